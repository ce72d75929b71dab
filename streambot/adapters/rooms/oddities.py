"""Oddities: what a room says that its connector doesn't understand - counted always, logged once."""

from __future__ import annotations

from collections.abc import Callable

import structlog

_log = structlog.get_logger()


class Oddities:
    """Of one room, over all its links of one start; never fatal."""

    def __init__(self, room: str) -> None:
        self._room = room
        self._named: set[str] = set()

    def heard_by(self, told: Callable[[str], None] | None) -> Callable[[str], None]:
        """What a link calls with an oddity's name: it goes on to *told*, who counts."""

        def heard(name: str) -> None:
            if name not in self._named:
                self._named.add(name)
                _log.warning("frame_not_understood", room=self._room, what=name)
            if told is not None:
                told(name)

        return heard
