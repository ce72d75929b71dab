"""Sockets: which consoles are connected by which login, so that one that ends closes them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable


class Sockets:
    """Open sockets by the key of their session."""

    def __init__(self) -> None:
        self._open: defaultdict[str, set[Callable[[int], None]]] = defaultdict(set)

    def opened(self, key: str, close: Callable[[int], None]) -> None:
        """A socket of this session opened; *close* ends it."""
        self._open[key].add(close)

    def closed(self, key: str, close: Callable[[int], None]) -> None:
        """It closed."""
        self._open[key].discard(close)
        if not self._open[key]:
            del self._open[key]

    def end(self, key: str, code: int) -> None:
        """Close every socket of a session with *code*."""
        for close in tuple(self._open.get(key, ())):
            close(code)

    def end_all(self, code: int) -> None:
        """Close every socket, e.g. when the process goes."""
        for key in tuple(self._open):
            self.end(key, code)
