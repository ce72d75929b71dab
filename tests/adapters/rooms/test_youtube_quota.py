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
    """Once it says that the quota is used up nothing is asked for an hour, restart or not, time and again."""
    clock = FakeClock()
    for _ in range(3):
        await _ledger(tmp_path, clock).end()
        ledger = _ledger(tmp_path, clock)
        clock.jump(timedelta(minutes=59, seconds=59))
        assert not await ledger.read(1)
        assert not await ledger.write(urgent=True)
        assert ledger.spent.back_at(clock.now()) == midnight_after(clock.now())
        clock.jump(timedelta(seconds=1))
        assert await _ledger(tmp_path, clock).read(1)
        assert await ledger.write(urgent=True)


async def test_what_is_served_after_that_settles_it(tmp_path: Path) -> None:
    """In doubt until then; an answer that was on its way when the platform's word came settles nothing."""
    clock = FakeClock()
    ledger = _ledger(tmp_path, clock)
    await ledger.end()
    await ledger.served()
    assert ledger.standing is Standing.NOTHING
    clock.jump(timedelta(hours=1))
    assert (ledger.standing, ledger.spent.in_doubt) == (Standing.ALL, True)
    await ledger.served()
    await (again := _ledger(tmp_path, clock)).look()
    assert not ledger.spent.in_doubt
    assert again.spent == ledger.spent


async def test_yesterdays_end_told_after_midnight_is_not_the_new_days(
    tmp_path: Path,
) -> None:
    """Our clock is fast, or the platform late: a quarter of an hour on it is asked again."""
    clock = FakeClock()
    midnight = midnight_after(clock.now())
    clock.jump(midnight + timedelta(seconds=40) - clock.now())
    await _ledger(tmp_path, clock).end()
    ledger = _ledger(tmp_path, clock)
    assert not await ledger.write(urgent=True)
    back = midnight + timedelta(minutes=15, seconds=40)
    assert ledger.spent.back_at(clock.now()) == back
    clock.jump(back - clock.now() - timedelta(seconds=1))
    assert not await ledger.write(urgent=True)
    clock.jump(timedelta(seconds=1))
    assert await ledger.write(urgent=True)
    await ledger.end()  # still
    clock.jump(timedelta(minutes=15))
    assert await ledger.write(urgent=True)
    await ledger.end()  # past the first half hour it is today's
    clock.jump(timedelta(minutes=59))
    assert not await ledger.write(urgent=True)


async def test_a_clock_that_is_set_back_mutes_nobody(tmp_path: Path) -> None:
    """What was said at a time to come is old."""
    clock = FakeClock()
    await _ledger(tmp_path, clock).end()
    clock.jump(timedelta(hours=-2))
    assert await _ledger(tmp_path, clock).write(urgent=True)


async def test_a_ledger_of_before_is_read(tmp_path: Path) -> None:
    """It kept that the day was over, and not since when: the platform is asked once more."""
    clock = FakeClock()
    await (ledger := _ledger(tmp_path, clock)).read(READ_COSTS)
    with closing(sqlite3.connect(tmp_path / "youtube-quota.db")) as file:
        file.execute("update quota set over = 1")
        file.commit()
    await ledger.look()
    assert (ledger.spent.reading, ledger.spent.in_doubt) == (READ_COSTS, True)
    assert await ledger.write(urgent=True)
    await ledger.end()
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
