"""Alarm: waiting for an instant that may come nearer while one waits."""

from __future__ import annotations

import asyncio
from datetime import datetime

from streambot.ports.clock import Clock


class Alarm:
    """One waiter's alarm clock; ``nudge`` ends the wait early, also one that is yet to begin."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._nudged = asyncio.Event()

    def nudge(self) -> None:
        """Let the waiter look again."""
        self._nudged.set()

    async def wait(self, until: datetime | None) -> None:
        """Return at *until* (None: never by itself) or as soon as nudged."""
        if until is None:
            await self._nudged.wait()
            self._nudged.clear()
            return
        span = until - self._clock.now()
        if span.total_seconds() > 0 and not self._nudged.is_set():
            sleeper = asyncio.ensure_future(self._clock.sleep(span))
            nudged = asyncio.ensure_future(self._nudged.wait())
            waiting = {sleeper, nudged}
            try:
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in waiting:
                    task.cancel()
                await asyncio.gather(*waiting, return_exceptions=True)
        self._nudged.clear()
