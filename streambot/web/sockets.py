"""Sockets: which consoles are connected by whom, so that a login or a right that ends closes them at once."""

from __future__ import annotations

from collections.abc import Callable

from streambot.domain.agent import AgentName

Close = Callable[[int], None]


class Sockets:
    """Open sockets by the key of their session and the name it is of."""

    def __init__(self) -> None:
        self._open: dict[Close, tuple[str, AgentName]] = {}

    def opened(self, key: str, name: AgentName, close: Close) -> None:
        """A socket of this session of *name* opened; *close* ends it."""
        self._open[close] = key, name

    def closed(self, close: Close) -> None:
        """It closed."""
        self._open.pop(close, None)

    def end(self, key: str, code: int) -> None:
        """Close every socket of a session with *code*."""
        self._end([each for each, (own, _) in self._open.items() if own == key], code)

    def kick(self, name: AgentName, code: int) -> None:
        """Close every socket of somebody, whatever they logged in with: their rights changed."""
        self._end([each for each, (_, own) in self._open.items() if own == name], code)

    def end_all(self, code: int) -> None:
        """Close every socket, e.g. when the process goes."""
        self._end(list(self._open), code)

    def _end(self, closes: list[Close], code: int) -> None:
        for close in closes:
            close(code)
