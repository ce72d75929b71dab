"""The last word on how fast and how often the same may be said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from streambot.adapters.rooms.pace import Pace
from streambot.domain.room import SendLimits

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def test_words_told_apart_are_never_longer_than_a_line() -> None:
    """The same full line three times within 30 s: three lines, none too long; later it is itself."""
    pace = Pace(SendLimits(lines=9, per=timedelta(seconds=1), line_length=20))
    full = "一" * 20
    said = []
    for _ in range(3):
        said.append(pace.distinct(full, NOW))
        pace.use(said[-1], NOW)
    assert said == [full, "一" * 19 + "~", "一" * 18 + "~~"]
    assert pace.distinct(full, NOW + timedelta(seconds=30)) == full
