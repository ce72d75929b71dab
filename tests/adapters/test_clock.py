"""The machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from streambot.adapters.clock import SystemClock
from streambot.ports.clock import Clock


async def test_the_system_clock_is_a_clock() -> None:
    """It tells aware UTC time, and a span that isn't positive doesn't wait."""
    clock: Clock = SystemClock()
    before = clock.now()
    await clock.sleep(timedelta(seconds=-5))
    await clock.sleep(timedelta(milliseconds=1))
    assert before.tzinfo is UTC
    assert before < clock.now()


def test_setting_the_machines_clock_back_does_not_move_time_back() -> None:
    """Only elapsed time counts after the start."""
    wall = [datetime(2026, 1, 1, 12, tzinfo=UTC)]
    elapsed = [100.0]
    clock = SystemClock(wall=lambda: wall[0], monotonic=lambda: elapsed[0])
    wall[0] -= timedelta(hours=3)
    elapsed[0] += 2.5
    assert clock.now() == datetime(2026, 1, 1, 12, 0, 2, 500_000, tzinfo=UTC)
