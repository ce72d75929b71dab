"""The one error tree, so that every failure a person can cause ends as one clear sentence.

StreambotError
├── ConfigError         config.yaml or its environment can't be used (exit code 3)
├── UsageError          a command was called in a way it can't work with (exit code 2)
├── PortInUse           the console's or simulator's address is taken (exit code 4)
├── RoomError           something about one room's link; carries ``room``
│   ├── RoomUnreachable no connection could be made, yet (exit code 4 from ``doctor``)
│   ├── RoomRefused     the room answered and said no: bad token, no such room, replaced
│   └── ProtocolBroken  the peer broke the protocol so far that the link is useless
├── StoreError          the store can't do its work
│   ├── StoreFull       no space is left: nothing may be said until there is
│   ├── StoreLocked     another process holds this data directory
│   └── StoreBroken     the file is damaged or of a newer version
├── BookError           a FAQ or product file can't be read at all
├── OrderSourceDown     an order source did not answer
├── EncoderMissing      there is no encoder for the second look on this machine
└── EncoderFailed       an encoder is there and can't do its work
"""

from __future__ import annotations


class StreambotError(Exception):
    """Root of everything streambot raises on purpose; ``str()`` is one sentence for a person."""


class ConfigError(StreambotError):
    """The configuration can't be used; ``problems`` holds every sentence."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class UsageError(StreambotError):
    """A command was called in a way it can't work with."""


class PortInUse(StreambotError):
    """The address to listen on is taken."""

    def __init__(self, host: str, port: int, setting: str) -> None:
        self.host, self.port, self.setting = host, port, setting
        super().__init__(
            f"端口 {port} 已被占用：请关掉占用它的程序，或在 config.yaml 里改 {setting}。 "
            f"Port {port} on {host} is in use: stop the other program or change {setting}."
        )


class RoomError(StreambotError):
    """Something about one room's link."""

    def __init__(self, room: str, sentence: str) -> None:
        self.room = room
        super().__init__(sentence)


class RoomUnreachable(RoomError):
    """No connection could be made, yet."""


class RoomRefused(RoomError):
    """The room answered and said no; ``code`` is the protocol's close code."""

    def __init__(self, room: str, sentence: str, code: int) -> None:
        self.code = code
        super().__init__(room, sentence)


class ProtocolBroken(RoomError):
    """The peer broke the protocol so far that the link is useless."""


class StoreError(StreambotError):
    """The store can't do its work."""


class StoreFull(StoreError):
    """No space is left: nothing may be said until there is."""


class StoreLocked(StoreError):
    """Another process holds this data directory."""


class StoreBroken(StoreError):
    """The file is damaged or of a newer version."""


class BookError(StreambotError):
    """A FAQ or product file can't be read at all."""


class OrderSourceDown(StreambotError):
    """An order source did not answer."""


class EncoderMissing(StreambotError):
    """There is no encoder for the second look on this machine; nothing else is affected."""


class EncoderFailed(StreambotError):
    """An encoder is there and can't do its work; nothing but the second look is affected."""
