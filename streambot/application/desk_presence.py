"""Presence: whether anybody is at the desk; several tabs and phones of one agent count as one."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from streambot.ports.clock import Clock


class Presence:
    """Counts the consoles of each agent; a page reload is not an absence."""

    def __init__(self, clock: Clock, away_after: timedelta) -> None:
        self._clock = clock
        self._away_after = away_after
        self._consoles: Counter[str] = Counter()
        self._last_left: datetime | None = None

    def arrived(self, name: str) -> None:
        """One console of *name* connected."""
        self._consoles[name] += 1

    def left(self, name: str) -> None:
        """One console of *name* disconnected."""
        if self._consoles[name] <= 1:
            del self._consoles[name]
        else:
            self._consoles[name] -= 1
        if not self._consoles:
            self._last_left = self._clock.now()

    @property
    def names(self) -> tuple[str, ...]:
        """Agents with a console open, by name."""
        return tuple(sorted(self._consoles))

    @property
    def attended(self) -> bool:
        """Whether somebody is at the desk, or was a moment ago."""
        if self._consoles:
            return True
        if self._last_left is None:
            return False
        # abs: after the clock was set back nobody counts as present for hours.
        return abs(self._clock.now() - self._last_left) < self._away_after
