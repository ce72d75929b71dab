"""The quota of a Google project: what may still be asked, and a ledger that outlives its process."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from streambot.adapters.rooms.youtube.ledger import Ledger, Ledgers
from streambot.adapters.rooms.youtube.quota import (
    READ_COSTS,
    Quota,
    Spent,
    Standing,
    midnight_after,
    pacific_day,
)
from streambot.testing import FakeClock

_CALIFORNIA = ZoneInfo("America/Los_Angeles")
_DAY = date(2026, 1, 1)


@settings(max_examples=30)
@given(st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_the_day_is_californias(at: datetime) -> None:
    """Days and midnights by our own rule are those of the table of time zones, summer time included."""
    there = at.astimezone(_CALIFORNIA)
    assert pacific_day(at) == there.date()
    tomorrow = there.date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, datetime.min.time(), _CALIFORNIA)
    assert midnight_after(at) == midnight.astimezone(UTC)


def test_the_last_lines_are_for_people_and_orders() -> None:
    """Of 7,000 units for 140 lines the last 28 are urgent ones; then nothing is written."""
    quota, spent = Quota(), Spent(day=_DAY)
    seen = []
    while (standing := spent.standing(quota)) is not Standing.NOTHING:
        assert spent.may_write(quota, urgent=True)
        assert spent.may_write(quota, urgent=False) is (standing is Standing.ALL)
        seen.append(standing)
        spent = spent.wrote(quota.insert)
    assert (seen.count(Standing.ALL), seen.count(Standing.URGENT)) == (112, 28)
    assert not spent.may_write(quota, urgent=True)
    assert spent.may_read(quota, READ_COSTS)


@settings(max_examples=10)
@given(st.integers(0, 3000), st.integers(0, 86_399))
def test_reading_by_the_pace_never_uses_up_its_part(used: int, second: int) -> None:
    """However much is gone, three hours of calls at their pace fit, and lines keep what is theirs."""
    quota = Quota()
    spent = Spent(day=_DAY, reading=min(used, quota.reading - READ_COSTS))
    now = start = datetime(2026, 1, 1, 8, tzinfo=UTC) + timedelta(seconds=second)
    while now < min(start + timedelta(hours=3), midnight_after(start)):
        assert spent.may_read(quota, READ_COSTS)
        now += spent.pace(quota, READ_COSTS, now)
        if quota.reading - spent.reading <= 2 * READ_COSTS:
            break  # one call every three hours from here
        spent = spent.read(READ_COSTS)
    assert spent.reading <= quota.reading
    assert spent.standing(quota) is Standing.ALL


def _ledger(folder: Path, clock: FakeClock, client: str = "app") -> Ledger:
    return Ledgers(folder).of(client, Quota(units=1000, replies=600), clock)


async def test_a_restart_forgets_nothing_and_midnight_all(tmp_path: Path) -> None:
    """What one process booked the next one finds, project by project, until California's midnight."""
    clock = FakeClock()
    first = _ledger(tmp_path, clock)
    for _ in range(8):
        assert await first.write(urgent=False)
    assert await first.read(READ_COSTS)
    again, other = _ledger(tmp_path, clock), _ledger(tmp_path, clock, "other")
    await asyncio.gather(again.look(), other.look())
    assert (again.spent.writing, again.spent.reading) == (400, 5)
    assert (other.spent.writing, other.standing) == (0, Standing.ALL)
    assert await again.write(urgent=False)
    assert not await first.write(urgent=False)  # the other process spent the rest
    assert [await first.write(urgent=True) for _ in range(3)] == [True] * 3
    assert not await first.write(urgent=True)
    assert first.spent.lines_left(first.quota) == 0
    clock.jump(midnight_after(clock.now()) - clock.now() + timedelta(seconds=1))
    assert first.spent.lines_left(first.quota) == 12
    assert await first.write(urgent=False)
    with closing(sqlite3.connect(tmp_path / "youtube-quota.db")) as file:
        assert file.execute("select count(*) from quota").fetchone() == (1,)


async def test_the_platforms_word_ends_the_day(tmp_path: Path) -> None:
    """Once it says that the quota is used up nothing is asked, whatever we had counted, restart or not."""
    clock = FakeClock()
    await _ledger(tmp_path, clock).end()
    ledger = _ledger(tmp_path, clock)
    assert not await ledger.read(1)
    assert not await ledger.write(urgent=True)


async def test_calls_at_once_never_overrun(tmp_path: Path) -> None:
    """Fifty lines of several rooms at once, of which twelve fit: twelve are let through."""
    ledger = _ledger(tmp_path, FakeClock())
    let = await asyncio.gather(*(ledger.write(urgent=True) for _ in range(50)))
    assert sum(let) == 12
    await ledger.unwrite()
    assert await ledger.write(urgent=True)


async def test_a_damaged_file_stops_nothing(tmp_path: Path) -> None:
    """It is counted in memory, and the quota still holds."""
    await asyncio.to_thread((tmp_path / "youtube-quota.db").write_bytes, b"x" * 5000)
    ledger = _ledger(tmp_path, FakeClock())
    let = [await ledger.write(urgent=True) for _ in range(13)]
    assert let == [True] * 12 + [False]
