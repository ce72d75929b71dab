"""Message: one line of IRC, read from and written to text, pure and total.

Whatever can't be understood raises ``NotUnderstood`` with a short, constant name that is safe to
log and to count; nothing else is ever raised for what a peer sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

#: A WebSocket message may hold so much, in one line or many; longer ones are dropped and counted.
FRAME_MOST = 64 * 1024
#: Tags may take 8191 bytes and the rest 512; Twitch sends somewhat longer lines.
_LINE_MOST = 8191 + 4096
_PARAMS_MOST = 64
#: Words that servers say; numbers are sentences for people, and are never counted.
KNOWN = frozenset(
    {
        *("ACCOUNT", "ACK", "AUTHENTICATE", "AWAY", "BATCH", "CAP", "CHGHOST", "FAIL"),
        *("CLEARCHAT", "CLEARMSG", "GLOBALUSERSTATE", "HOSTTARGET", "INVITE", "JOIN"),
        *("KICK", "KILL", "MODE", "NICK", "NOTE", "NOTICE", "PART", "PONG", "PRIVMSG"),
        *(
            "QUIT",
            "REDACT",
            "RENAME",
            "ROOMSTATE",
            "SETNAME",
            "TAGMSG",
            "TOPIC",
            "WARN",
        ),
        *("USERNOTICE", "USERSTATE", "WALLOPS", "WHISPER"),
    }
)
_ESCAPES = {":": ";", "s": " ", "\\": "\\", "r": "\r", "n": "\n"}
_COMMAND = re.compile(r"[A-Za-z]{1,32}|[0-9]{3}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


class NotUnderstood(Exception):
    """A line that says nothing we know; ``str()`` is a constant name for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One line; ``command`` is in capitals."""

    command: str
    params: tuple[str, ...] = ()
    source: str = ""
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def nick(self) -> str:
        """Who it is from; a server's name for what a server says."""
        return self.source.partition("!")[0].partition("@")[0]

    @property
    def last(self) -> str:
        """The last parameter, where servers put their sentences."""
        return self.params[-1] if self.params else ""

    def param(self, number: int) -> str:
        """A parameter, empty where there is none."""
        return self.params[number] if number < len(self.params) else ""


def lines(frame: str | bytes) -> Iterator[str]:
    """The lines of one WebSocket message, without their ends.

    Raises:
        NotUnderstood: the message is too long.
    """
    if len(frame) > FRAME_MOST:
        raise NotUnderstood("frame_too_long")
    text = frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
    return (line for line in re.split(r"[\r\n]+", text) if line)


def parse(line: str) -> Message:
    """One line as a message.

    Raises:
        NotUnderstood: too long, or there is no command in it.
    """
    if len(line) > _LINE_MOST:
        raise NotUnderstood("line_too_long")
    tags: dict[str, str] = {}
    rest = line
    if rest.startswith("@"):
        given, _, rest = rest[1:].partition(" ")
        tags = _tags(given)
    rest = rest.lstrip(" ")
    source = ""
    if rest.startswith(":"):
        source, _, rest = rest[1:].partition(" ")
    command, *params = _words(rest) or [""]
    if not _COMMAND.fullmatch(command):
        raise NotUnderstood("no_command")
    return Message(
        command=command.upper(), params=tuple(params), source=source, tags=tags
    )


def _words(rest: str) -> list[str]:
    head, colon, last = rest.partition(" :")
    words = [word for word in head.split(" ") if word][:_PARAMS_MOST]
    return [*words, last] if colon else words


def _tags(given: str) -> dict[str, str]:
    pairs = (item.partition("=") for item in given.split(";") if item)
    return {key: _unescaped(value) for key, _, value in pairs if key}


def _unescaped(value: str) -> str:
    if "\\" not in value:
        return value
    return re.sub(
        r"\\(.?)", lambda it: _ESCAPES.get(it[1], it[1]), value, flags=re.DOTALL
    )


def written(*words: str, text: str | None = None, label: str = "") -> str:
    """A line to send; nothing in *text* can end it or begin another."""
    head = " ".join(_CONTROL.sub("", word).replace(" ", "") for word in words)
    said = "" if text is None else f" :{_CONTROL.sub(' ', text)}"
    return f"{label and f'@label={label} '}{head}{said}\r\n"
