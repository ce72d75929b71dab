"""Quota: what a project may still ask of YouTube on a Pacific day, and for what; pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from streambot.domain.reply import ReplyKind

#: Units a call, by the API's own description of it; any other call is at least one.
READ_COSTS: Final = 5
LOOK_UP_COSTS: Final = 1
#: What reading has left is made to last for so long, or to the end of the day.
_LASTS: Final = timedelta(hours=3)
#: Of the units for replies, the last part is for people's words and orders alone.
_URGENT_PART: Final = 0.2
#: What is refused so soon after midnight may be yesterday's still: our clock is fast, or the platform
#: late. It is asked again in a while; else now and then, since more may have been granted.
_EARLY: Final = timedelta(minutes=30)
_EARLY_HOLDS: Final = timedelta(minutes=15)
_HOLDS: Final = timedelta(hours=1)
#: Lines that are still written then.
URGENT: Final = frozenset({ReplyKind.AGENT, ReplyKind.ORDER})


class Standing(StrEnum):
    """What may still be written today."""

    ALL = "all"
    URGENT = "urgent"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """A project's day: *units* in all, of which *replies* are kept back for writing."""

    units: int = 10_000
    replies: int = 7_000
    insert: int = 50

    @property
    def reading(self) -> int:
        """What reading may use."""
        return self.units - self.replies


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a Pacific day has cost so far; ``over``: the platform itself said that it is.

    That holds for a while from ``over_at``; then it is in doubt until something is served again.
    """

    day: date
    reading: int = 0
    writing: int = 0
    over_at: datetime | None = None
    over: bool = False

    def as_of(self, now: datetime) -> Spent:
        """With what the platform said, if that still holds."""
        at = self.over_at
        return replace(self, over=at is not None and at <= now < at + _holds(at))

    def ended(self, now: datetime) -> Spent:
        """After the platform's word that it is over, in whole seconds."""
        return replace(self, over_at=now.replace(microsecond=0), over=True)

    def served(self) -> Spent:
        """After an answer that shows that it isn't."""
        return replace(self, over_at=None, over=False)

    @property
    def in_doubt(self) -> bool:
        """Whether the platform's word is old, and nothing was served since."""
        return self.over_at is not None and not self.over

    def back_at(self, now: datetime) -> datetime:
        """When there is a quota again, as far as anybody can tell."""
        if self.over and self.over_at is not None and _is_early(self.over_at):
            return self.over_at + _EARLY_HOLDS
        return midnight_after(now)

    def may_read(self, quota: Quota, cost: int) -> bool:
        """Whether one more call to read fits."""
        return not self.over and self.reading + cost <= quota.reading

    def may_write(self, quota: Quota, *, urgent: bool) -> bool:
        """Whether one more line fits, now that the last of them are for what is urgent."""
        standing = self.standing(quota)
        return standing is Standing.ALL or (urgent and standing is Standing.URGENT)

    def standing(self, quota: Quota) -> Standing:
        """Which lines still fit."""
        left = quota.replies - self.writing
        if self.over or left < quota.insert:
            return Standing.NOTHING
        kept = quota.replies * _URGENT_PART
        return Standing.URGENT if left - quota.insert < kept else Standing.ALL

    def lines_left(self, quota: Quota) -> int:
        """How many lines still fit."""
        return 0 if self.over else max(0, quota.replies - self.writing) // quota.insert

    def read(self, cost: int) -> Spent:
        """After a call to read."""
        return replace(self, reading=self.reading + cost)

    def wrote(self, cost: int) -> Spent:
        """After a line; a negative *cost* takes one back that was never asked for."""
        return replace(self, writing=max(0, self.writing + cost))

    def pace(self, quota: Quota, cost: int, now: datetime) -> timedelta:
        """How long to wait between two calls so that reading never comes to its end."""
        left = max(quota.reading - self.reading, cost)
        return min(_LASTS, midnight_after(now) - now) * cost / left


def _is_early(at: datetime) -> bool:
    return pacific_day(at - _EARLY) != pacific_day(at)


def _holds(at: datetime) -> timedelta:
    return _EARLY_HOLDS if _is_early(at) else _HOLDS


def pacific_day(at: datetime) -> date:
    """The date in California, by whose midnight the quota is reset."""
    return (at.astimezone(UTC) + _offset(at)).date()


def midnight_after(at: datetime) -> datetime:
    """The next reset behind *at*."""
    start = datetime.combine(pacific_day(at), datetime.min.time(), UTC)
    for offset in (timedelta(hours=-7), timedelta(hours=-8)):
        midnight = start + timedelta(days=1) - offset
        if _offset(midnight) == offset:
            return midnight
    return start + timedelta(days=1, hours=8)


def _offset(at: datetime) -> timedelta:
    """California's: summer time from March's second Sunday to November's first, since 2007.

    By hand, since a machine need not have a table of time zones.
    """
    year = at.astimezone(UTC).year
    begins = _sunday(year, 3, 2) + timedelta(hours=10)  # 2:00, 8 hours behind
    ends = _sunday(year, 11, 1) + timedelta(hours=9)  # 2:00, 7 hours behind
    return timedelta(hours=-7 if begins <= at < ends else -8)


def _sunday(year: int, month: int, which: int) -> datetime:
    first = datetime(year, month, 1, tzinfo=UTC)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (which - 1))
