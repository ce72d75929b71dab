"""Wakes: the instants at which a room asked to be told the time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from datetime import datetime

from streambot.application.alarm import Alarm
from streambot.ports.clock import Clock


class Wakes:
    """Remembers the instants asked for, and tells each once it has come."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._alarm = Alarm(clock)
        self._due: list[datetime] = []

    def ask(self, instants: Iterable[datetime]) -> None:
        """Be told the time at these instants, too."""
        for at in instants:
            heapq.heappush(self._due, at)
        self._alarm.nudge()

    def forget(self) -> None:
        """Nothing is asked for any more."""
        self._due.clear()

    async def run(self, tell: Callable[[datetime], None]) -> None:
        """Tell the time at every instant asked for, once for those that came together."""
        while True:
            now = self._clock.now()
            if self._due and self._due[0] <= now:
                while self._due and self._due[0] <= now:
                    heapq.heappop(self._due)
                tell(now)
            await self._alarm.wait(self._due[0] if self._due else None)
