"""OnTime: the platform's times by our clock, which may be minutes off; pure."""

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
    """How late messages are, over all links of a room.

    After an outage the oldest missed message comes first: how late that one is can't be told by
    messages alone. The date of a response tells it, and where there is none, earlier links do.
    """

    def __init__(self) -> None:
        self._least: timedelta | None = (
            None  # our clock less the times on what is on time
        )
        self._dated = False

    def answered(self, date: datetime | None, now: datetime) -> None:
        """A response began to arrive with the platform's *date*; one of our clocks may have been set."""
        if date is not None:
            self._least = now - date + _QUICK
            self._dated = True

    def heard(self, published: datetime, now: datetime) -> None:
        """A message that may be as quick as it gets."""
        delay = now - published
        if self._known(delay) and (self._least is None or delay < self._least):
            self._least = delay

    def ours(self, published: datetime, now: datetime) -> datetime:
        """When something happened by our clock, never later than *now*."""
        delay = now - published
        if not self._known(delay):
            return now
        late = max(delay - (self._least or timedelta()), timedelta())
        return now - min(late, _LATE_MOST)

    def _known(self, delay: timedelta) -> bool:
        return self._dated or abs(delay) <= _OFF_MOST
