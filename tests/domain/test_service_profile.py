"""Rates of a service profile: what counts, what is kept, and what may still be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from streambot.domain.calendar import DAYS, Calendar, Interval
from streambot.domain.service_profile import (
    Counts,
    ServiceProfile,
    ServiceRate,
    Wait,
    rate_figures,
)

NOON = datetime(2026, 11, 28, 4, tzinfo=UTC)  # in China
DAY = Calendar(week=((Interval(start=8 * 60, end=23 * 60),),) * DAYS)
FIRST = ServiceRate(
    name="30s", of=Counts.FIRST, within=timedelta(seconds=30), at_least=0.8
)
EVERY = ServiceRate(name="3m", of=Counts.EVERY, within=timedelta(minutes=3))


def wait(
    answered: float | None,
    of: Counts = Counts.FIRST,
    ago: float = 600,
    due: float = 180,
) -> Wait:
    """A wait that began *ago* seconds before noon, answered so many seconds later."""
    since = NOON - timedelta(seconds=ago)
    return Wait(
        of=of,
        since=since,
        answered_at=None if answered is None else since + timedelta(seconds=answered),
        until=since + timedelta(seconds=due),
    )


@pytest.mark.parametrize(
    ("waits", "first", "every"),
    [
        ([], (0, 0), (0, 0)),
        ([wait(30)], (1, 1), (1, 1)),
        ([wait(31)], (1, 0), (1, 1)),
        ([wait(None)], (1, 0), (1, 0)),  # its clock ran out
        ([wait(None, ago=20)], (0, 0), (0, 0)),  # may still be kept
        ([wait(None, ago=40)], (1, 0), (0, 0)),  # for the shorter rate it is too late
        ([wait(10, Counts.EVERY), wait(31)], (1, 0), (2, 2)),
        ([wait(5, ago=6 * 3600)], (0, 0), (0, 0)),  # at six in the morning
    ],
)
def test_rates_count_what_is_over(
    waits: list[Wait], first: tuple[int, int], every: tuple[int, int]
) -> None:
    """Of the right kind, begun within the hours, answered or too late."""
    profile = ServiceProfile(
        name="p",
        title="p",
        source="s",
        noted=date(2026, 1, 1),
        rates=(FIRST, EVERY),
        hours=DAY,
    )
    found = rate_figures(profile, waits, NOON)
    assert [(each.counted, each.kept) for each in found] == [first, every]
    assert [each.rate is None for each in found] == [not first[0], not every[0]]
