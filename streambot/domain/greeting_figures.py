"""GreetingFigures: whether the promise to welcome everybody in time is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from streambot.domain.reply import LineOut

_STEP = timedelta(milliseconds=20)
#: Lateness is kept exactly to one step up to 30 s; the last bucket is "longer".
_BUCKETS = 1_501


class GreetingFigures:
    """Counts welcomes and their lateness in a fixed histogram of 20 ms steps."""

    def __init__(self) -> None:
        self.named = 0
        self.counted = 0
        self.missed = 0
        self._late = [0] * _BUCKETS
        self._said = 0

    def sent(self, line: LineOut, heard: Iterable[datetime], at: datetime) -> None:
        """The room took *line* at *at*; *heard* are its welcomes' ``heard_at``."""
        self.named += line.named
        self.counted += line.counted
        self.took(heard, at)

    def took(self, heard: Iterable[datetime], at: datetime) -> None:
        """Welcomes that were due from *heard* on were said *at*."""
        for instant in heard:
            step = max(timedelta(0), at - instant) // _STEP
            self._late[min(step, _BUCKETS - 1)] += 1
            self._said += 1

    def miss(self, count: int = 1) -> None:
        """Somebody due could not be welcomed in time."""
        self.missed += count

    @property
    def p50(self) -> float | None:
        """Median lateness in seconds; None before the first welcome."""
        return self.quantile(0.50)

    @property
    def p99(self) -> float | None:
        """Lateness in seconds that 99 % of the welcomes keep."""
        return self.quantile(0.99)

    def quantile(self, share: float) -> float | None:
        """The lateness, in seconds, that *share* of the welcomes does not exceed."""
        if not self._said:
            return None
        wanted, seen = share * self._said, 0
        for step, count in enumerate(self._late):
            seen += count
            if count and seen >= wanted:
                return step * _STEP.total_seconds()
        return None
