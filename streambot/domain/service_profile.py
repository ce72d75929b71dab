"""ServiceProfile: what a platform is said to measure a shop's service by; dated, never truth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from streambot.domain.calendar import ALWAYS, Calendar

#: Rules change: an older profile must be looked at again.
AGES_AFTER = timedelta(days=365)


class Counts(StrEnum):
    """Which waits of viewers a rate is about."""

    FIRST = "first"  # from the handoff to the first human reply
    EVERY = "every"  # and each later line until its reply


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRate:
    """One rate: so many of those waits end within the span; ``at_least`` None: no bar is known."""

    name: str
    of: Counts
    within: timedelta
    at_least: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceProfile:
    """A platform's rules as somebody noted them; ``hours`` are when it measures."""

    name: str
    title: str
    source: str
    noted: date
    rates: tuple[ServiceRate, ...]
    hours: Calendar = ALWAYS

    def is_old(self, today: date) -> bool:
        """Whether it must be looked at again."""
        return today - self.noted > AGES_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A viewer's wait for a human reply; ``answered_at`` None: none in the time the desk allows."""

    of: Counts
    since: datetime
    answered_at: datetime | None
    until: datetime  # it is over, or was too late by then


@dataclass(frozen=True, slots=True, kw_only=True)
class RateFigures:
    """How a shift stands against one rate; ``rate`` is None while nothing counted."""

    name: str
    of: Counts
    within_seconds: float
    at_least: float | None
    counted: int
    kept: int
    rate: float | None


def rate_figures(
    profile: ServiceProfile, waits: Iterable[Wait], now: datetime
) -> tuple[RateFigures, ...]:
    """How *waits* stand against every rate; those that may still be kept don't count yet.

    A wait whose own clock ended unanswered counts as missed, also where that clock is shorter.
    """
    measured = [wait for wait in waits if profile.hours.is_open(wait.since)]
    return tuple(_figures(rate, measured, now) for rate in profile.rates)


def _figures(rate: ServiceRate, waits: Iterable[Wait], now: datetime) -> RateFigures:
    counted = kept = 0
    for wait in waits:
        if rate.of is Counts.FIRST and wait.of is not Counts.FIRST:
            continue
        answered = wait.answered_at
        in_time = answered is not None and answered - wait.since <= rate.within
        over = answered is not None or min(now, wait.until) - wait.since >= rate.within
        if not over and wait.until >= now:
            continue
        counted += 1
        kept += in_time
    return RateFigures(
        name=rate.name,
        of=rate.of,
        within_seconds=rate.within.total_seconds(),
        at_least=rate.at_least,
        counted=counted,
        kept=kept,
        rate=round(kept / counted, 4) if counted else None,
    )
