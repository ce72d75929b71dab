"""SystemClock: the machine's own time, the only place the application's time comes from."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class SystemClock:
    """Wall time of the machine; waits by the monotonic clock, so wall jumps never stretch them."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return datetime.now(UTC)

    async def sleep(self, span: timedelta) -> None:
        """Return after *span* of elapsed time; at once when it is not positive."""
        await asyncio.sleep(max(span.total_seconds(), 0.0))
