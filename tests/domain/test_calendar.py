"""Calendars: nights, breaks, holidays, summer time, and promises that count open time only."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.calendar import ALWAYS, CHINA, Calendar, Interval

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)


def hours(*intervals: tuple[float, float]) -> tuple[Interval, ...]:
    """Intervals from hours of the day."""
    return tuple(Interval(start=int(a * 60), end=int(b * 60)) for a, b in intervals)


def at(day: int, hour: float, *, zone: object = CHINA, month: int = 1) -> datetime:
    """An hour of a day in 2026; its first of January is a Thursday."""
    begun = datetime(2026, month, day, tzinfo=zone)  # type: ignore[arg-type]
    return begun + timedelta(hours=hour)


NIGHT = Calendar(
    week=(hours((20, 26)),) * 7,
    breaks=((Interval(start=30, end=60),),) + (hours((23, 23.5)),) * 6,
    days={date(2026, 1, 9): (), date(2026, 1, 10): hours((9, 10))},
)


def test_an_overnight_shift_is_open_on_both_sides_of_midnight() -> None:
    """20:00-02:00 is one shift: hours that compare start <= now < end lose the night.

    Named flaw: no shift past midnight.
    """
    assert NIGHT.is_open(at(6, 22))
    assert NIGHT.is_open(at(7, 1.9))
    assert not NIGHT.is_open(at(7, 2))
    assert not NIGHT.is_open(at(7, 19.99))


def test_breaks_are_closed_wherever_the_shift_began() -> None:
    """A break of the wall clock holds inside last night's shift too."""
    assert not NIGHT.is_open(at(6, 23.2))
    assert NIGHT.is_open(at(6, 23.5))
    assert not NIGHT.is_open(at(12, 0.75))  # Monday, in Sunday's shift
    assert NIGHT.is_open(at(12, 1))
    assert NIGHT.next_open(at(6, 23.2)) == at(6, 23.5)


def test_a_holiday_takes_its_own_shift_and_leaves_the_night_before() -> None:
    """The night of the 8th goes on into the holiday, the 9th's own does not begin."""
    assert NIGHT.is_open(at(9, 1))
    assert not NIGHT.is_open(at(9, 22))
    assert not NIGHT.is_open(at(10, 1))
    assert NIGHT.next_open(at(9, 3)) == at(10, 9)  # a day with hours of its own
    assert NIGHT.next_open(at(10, 10)) == at(11, 20)


def test_a_promise_made_before_closing_is_due_after_the_next_opening() -> None:
    """Only open time counts, over breaks, nights and holidays."""
    assert NIGHT.add(at(6, 22.5), timedelta(hours=1)) == at(7, 0)
    assert NIGHT.add(at(9, 1), timedelta(hours=1, minutes=30)) == at(10, 9.5)
    assert NIGHT.add(at(6, 12), timedelta()) == at(6, 12)


def test_while_the_room_is_live_it_is_open() -> None:
    """A live room is a calendar of its own, beside the hours or without any."""
    live = Calendar(week=((),) * 7, live=True)
    assert not live.is_open(at(6, 12))
    assert live.is_open(at(6, 12), live=True)
    assert live.next_open(at(6, 12)) is None
    assert live.next_open(at(6, 12), live=True) == at(6, 12)
    assert live.add(at(6, 12), MINUTE) is None
    assert live.add(at(6, 12), MINUTE, live=True) == at(6, 12) + MINUTE
    assert not NIGHT.is_open(at(6, 12), live=True)


def test_no_hours_are_always_open() -> None:
    """A shop that set nothing is never told it is closed."""
    assert ALWAYS.is_open(at(6, 4))
    assert ALWAYS.add(at(6, 4), MINUTE) == at(6, 4) + MINUTE
    rests = Calendar(days={date(2026, 1, 6): ()})
    assert not rests.is_open(at(6, 4))
    assert rests.next_open(at(6, 4)) == at(7, 0)


def test_summer_time_moves_the_shop_with_its_wall_clock() -> None:
    """09:00 is an hour earlier in the world after the clock was put forward."""
    day = Calendar(week=(hours((9, 17)),) * 7, zone=BERLIN)
    assert day.next_open(datetime(2026, 3, 28, 0, tzinfo=UTC)) == datetime(
        2026, 3, 28, 8, tzinfo=UTC
    )
    assert day.next_open(datetime(2026, 3, 29, 0, tzinfo=UTC)) == datetime(
        2026, 3, 29, 7, tzinfo=UTC
    )


def test_an_opening_that_the_clock_leaps_over_does_no_harm() -> None:
    """02:30 does not exist on that night: it opens when the new time has come."""
    odd = Calendar(week=(hours((2.5, 4)),) * 7, zone=BERLIN)
    opened = odd.next_open(datetime(2026, 3, 29, 0, 30, tzinfo=UTC))
    assert opened is not None
    assert opened.astimezone(BERLIN).hour == 3
    assert not odd.is_open(datetime(2026, 3, 29, 2, tzinfo=UTC))


def test_impossible_intervals_are_refused() -> None:
    """Nothing starts outside its day, ends before it starts, or lasts more than a day."""
    for start, end in ((-1, 5), (1440, 1500), (60, 60), (60, 1501)):
        with pytest.raises(ValueError, match="interval"):
            Interval(start=start, end=end)


INTERVAL = st.integers(0, 95).flatmap(
    lambda a: st.integers(1, 96).map(
        lambda long: Interval(start=a * 15, end=(a + long) * 15)
    )
)
INTERVALS = st.lists(INTERVAL, max_size=3).map(tuple)
WEEK = st.tuples(*[INTERVALS] * 7)
CALENDARS = st.builds(
    Calendar,
    week=WEEK,
    breaks=WEEK,
    days=st.dictionaries(
        st.dates(date(2026, 3, 20), date(2026, 4, 5)), INTERVALS, max_size=3
    ),
    zone=st.sampled_from([CHINA, BERLIN, ZoneInfo("Australia/Lord_Howe"), UTC]),
)
MOMENTS = st.datetimes(
    datetime(2026, 3, 20),
    datetime(2026, 4, 10),
    timezones=st.just(UTC),
)


@given(calendar=CALENDARS, now=MOMENTS)
def test_spans_are_apart_and_in_order(calendar: Calendar, now: datetime) -> None:
    """Over any hours, breaks and changes of the clock, open spans never touch."""
    until = now + timedelta(days=20)
    spans = list(takewhile(lambda span: span[0] < until, calendar.spans(now)))
    for (_, ended), (begun, _) in pairwise(spans):
        assert ended < begun
    for start, end in spans[:6]:
        assert start < end
        assert calendar.is_open(max(start, now))
        assert not calendar.is_open(end)


@given(calendar=CALENDARS, now=MOMENTS, minutes=st.integers(1, 3000))
def test_due_instants_count_open_time_only(
    calendar: Calendar, now: datetime, minutes: int
) -> None:
    """Between a promise and its due instant lies exactly its span of open time."""
    span = minutes * MINUTE
    due = calendar.add(now, span)
    if due is None:
        assert (
            sum((e - max(s, now) for s, e in calendar.spans(now)), timedelta()) < span
        )
        return
    passed = sum(
        (
            min(end, due) - max(start, now)
            for start, end in takewhile(lambda each: each[0] < due, calendar.spans(now))
        ),
        timedelta(),
    )
    assert passed == span
    earlier = calendar.add(now, span / 2)
    assert earlier is not None
    assert calendar.add(earlier, span - span / 2) == due  # in steps as at once


@given(calendar=CALENDARS, now=MOMENTS)
def test_nothing_is_open_before_the_next_opening(
    calendar: Calendar, now: datetime
) -> None:
    """``next_open`` is open, and no minute before it is."""
    opens = calendar.next_open(now)
    if opens is None:
        assert not calendar.is_open(now)
        return
    assert opens >= now
    assert calendar.is_open(opens)
    assert calendar.is_open(now) == (opens == now)
    for part in range(1, 4):
        assert opens == now or not calendar.is_open(now + (opens - now) * part / 4)
