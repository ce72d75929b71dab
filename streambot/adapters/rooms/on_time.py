"""OnTime: a platform's own times told by our clock, however far its clock is off; pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

#: A message is as quick as it gets where it is here so long behind its writing; a response's date
#: is a second too early at most.
_QUICK: Final = timedelta(seconds=2)
#: Without the platform's own date a clock further off than this tells no time at all.
_OFF_MOST: Final = timedelta(days=1)
#: Lateness beyond is all the same.
_LATE_MOST: Final = timedelta(days=3650)


class OnTime:
    """The quickest message so far counts as on time: how late the others are follows from it.

    Where a platform tells after an outage what was missed, the oldest comes first, and how late
    that one is no message tells: there the date of each response does (``answered``), and where
    it has none, earlier links whose OnTime lives on.
    """

    def __init__(self) -> None:
        # Our clock less the platform's times, on what is on time.
        self._least: timedelta | None = None
        self._dated = False

    def answered(self, date: datetime | None, now: datetime) -> None:
        """A response began to arrive with the platform's *date*; one of our clocks may have been set."""
        if date is not None:
            self._least = now - date + _QUICK
            self._dated = True

    def instant(
        self, at: datetime | None, received_at: datetime, *, old: bool = False
    ) -> datetime:
        """The event's time by our clock; *at* is the platform's, None where it tells none.

        *old*: it is history, and tells nothing of how quick messages are.
        """
        if at is None:
            return received_at
        delay = received_at - at
        if not self._dated and abs(delay) > _OFF_MOST:
            return received_at
        if not old and (self._least is None or delay < self._least):
            self._least = delay
        late = max(delay - (self._least or timedelta()), timedelta())
        return received_at - min(late, _LATE_MOST)
