"""SystemClock: the machine's own time, the only place the application's time comes from."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _wall() -> datetime:
    return datetime.now(UTC)


class SystemClock:
    """Wall time as of the start, carried on by the monotonic clock.

    Somebody who sets the machine's clock during a broadcast neither freezes a send budget
    (time would stand still for it) nor makes a promise late: only the next start notices.
    """

    def __init__(
        self,
        *,
        wall: Callable[[], datetime] = _wall,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic = monotonic
        self._started = wall()
        self._since = monotonic()

    def now(self) -> datetime:
        """The present instant, aware, UTC; never earlier than one told before."""
        return self._started + timedelta(seconds=self._monotonic() - self._since)

    async def sleep(self, span: timedelta) -> None:
        """Return after *span* of elapsed time; at once when it is not positive."""
        await asyncio.sleep(max(span.total_seconds(), 0.0))
