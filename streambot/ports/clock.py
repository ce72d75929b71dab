"""Clock: the only way the application learns the time or waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Wall time for records, and waiting that survives wall-clock jumps."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        ...

    async def sleep(self, span: timedelta) -> None:
        """Return after *span* of elapsed (monotonic) time."""
        ...
