"""OnTime: a platform's own times told by our clock, however far its clock is off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

#: A clock further off than this tells no time at all.
_OFF_MOST = timedelta(days=1)


@dataclass(slots=True)
class OnTime:
    """Of one link: the quickest message so far counts as on time."""

    _delay: timedelta | None = None  # the smallest seen, a clock's error included

    def instant(
        self, at: datetime | None, received_at: datetime, *, old: bool = False
    ) -> datetime:
        """The event's time by our clock; *at* is the platform's, None where it tells none."""
        if at is None or abs(received_at - at) > _OFF_MOST:
            return received_at
        delay = received_at - at
        if not old and (self._delay is None or delay < self._delay):
            self._delay = delay
        return min(at + (self._delay or timedelta()), received_at)
