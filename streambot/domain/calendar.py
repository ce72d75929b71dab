"""Calendar: when the desk, a room or an agent works; promises may count open time only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

#: Merchants' hours without a zone are China's.
CHINA = timezone(timedelta(hours=8))
DAY = 24 * 60
DAYS = 7
#: Nothing opens later than this; a calendar that is closed so long never opens.
HORIZON_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Interval:
    """``[start, end)`` in minutes of the wall clock from a day's midnight.

    An end beyond 1440 is on the next day: 20:00-02:00 is 1200 to 1560.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < DAY and self.start < self.end <= self.start + DAY):
            raise ValueError(
                "an interval starts within its day and lasts at most a day"
            )


Intervals = tuple[Interval, ...]
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Hours of each weekday (Monday first), less breaks, with days of their own; never moves.

    An overnight shift belongs to the day it starts on: a holiday takes away the shifts that
    start on it, not the rest of the night before. Where the clock is put forward over an
    opening, it opens with the new time; an hour that comes twice is counted twice.

    Args:
        week: intervals of each weekday; None: always open.
        breaks: of each weekday, taken out of whatever is open at that time.
        days: dates with hours of their own; no intervals: a holiday.
        zone: whose wall clock.
        live: also open for as long as the room is live.
    """

    week: tuple[Intervals, ...] | None = None
    breaks: tuple[Intervals, ...] = ((),) * DAYS
    days: Mapping[date, Intervals] = field(default_factory=dict)
    zone: tzinfo = CHINA
    live: bool = False

    @property
    def always(self) -> bool:
        """Whether it never closes."""
        return self.week is None and not self.days and not any(self.breaks)

    def is_open(self, at: datetime, *, live: bool = False) -> bool:
        """Whether it is open at *at*; *live*: the room is live then."""
        if self.always or (self.live and live):
            return True
        start, _ = next(self.spans(at), (None, None))
        return start is not None and start <= at

    def next_open(self, at: datetime, *, live: bool = False) -> datetime | None:
        """The first open instant from *at* on; None where there is none for a year."""
        if self.always or (self.live and live):
            return at
        start, _ = next(self.spans(at), (None, None))
        return None if start is None else max(start, at)

    def add(
        self, at: datetime, span: timedelta, *, live: bool = False
    ) -> datetime | None:
        """The instant by which *span* of open time has passed since *at*; None: never."""
        if self.always or (self.live and live):
            return at + span
        if span <= timedelta():
            return at
        for start, end in self.spans(at):
            begun = max(start, at)
            if end - begun >= span:
                return begun + span
            span -= end - begun
        return None

    def spans(self, since: datetime) -> Iterator[Span]:
        """Open spans that end behind *since*, merged, earliest first, up to the horizon."""
        open_now: Span | None = None
        for start, end in self._pieces(since.astimezone(self.zone).date()):
            if end <= since:
                continue
            if open_now is not None and start <= open_now[1]:
                open_now = (open_now[0], max(open_now[1], end))
                continue
            if open_now is not None:
                yield open_now
            open_now = (start, end)
        if open_now is not None:
            yield open_now

    def _pieces(self, today: date) -> Iterator[Span]:
        """Spans in order, those of one day after those of the day before."""
        for ahead in range(-2, HORIZON_DAYS):
            day = today + timedelta(days=ahead)
            breaks = [
                each
                for near in (-1, 0, 1)
                for each in self._of(self.breaks, day + timedelta(days=near))
            ]
            for span in self._of(self.week or _ALWAYS, day, self.days):
                yield from _without(span, breaks)

    def _of(
        self,
        week: tuple[Intervals, ...],
        day: date,
        own: Mapping[date, Intervals] | None = None,
    ) -> list[Span]:
        intervals = week[day.weekday()]
        if own is not None:
            intervals = own.get(day, intervals)
        found = (
            (self._instant(day, each.start), self._instant(day, each.end))
            for each in sorted(intervals)
        )
        return [(start, end) for start, end in found if start < end]

    def _instant(self, day: date, minute: int) -> datetime:
        day += timedelta(days=minute // DAY)
        minute %= DAY
        wall = datetime.combine(day, time(minute // 60, minute % 60), self.zone)
        return wall.astimezone(UTC)


_ALWAYS: tuple[Intervals, ...] = ((Interval(start=0, end=DAY),),) * DAYS

#: Open day and night: what holds where nobody set hours.
ALWAYS = Calendar()


def _without(span: Span, breaks: list[Span]) -> Iterator[Span]:
    start, end = span
    for away, back in sorted(breaks):
        if back <= start or away >= end:
            continue
        if start < away:
            yield start, away
        start = back
    if start < end:
        yield start, end
