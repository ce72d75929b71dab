"""The machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from streambot.adapters.clock import SystemClock
from streambot.ports.clock import Clock


async def test_the_system_clock_is_a_clock() -> None:
    """It tells aware UTC time, and a span that isn't positive doesn't wait."""
    clock: Clock = SystemClock()
    before = datetime.now(UTC)
    await clock.sleep(timedelta(seconds=-5))
    await clock.sleep(timedelta(milliseconds=1))
    now = clock.now()
    assert now.tzinfo is UTC
    assert before <= now <= datetime.now(UTC)
