"""TheirTime: the platform's own time, by which it judges how old a signature is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from streambot.ports.clock import Clock

#: A clock so little off is no reason for a refusal: the platform grants minutes.
_AS_GOOD: Final = timedelta(minutes=1)
#: Further off than any machine's clock; such an answer tells no time.
_OFF_MOST: Final = timedelta(days=36_500)


class TheirTime:
    """Our clock until an answer tells better; lasts over links.

    Our clock is the machine's as of the start, carried on. It never learns that the machine's
    was set right, or that the machine slept: the answers are what tells.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The platform's time, as far as it is known."""
        return self._clock.now() + self._ahead

    def told(self, theirs: datetime | None) -> bool:
        """Go by the time an answer told; whether that makes a difference."""
        if theirs is None:
            return False
        ahead = theirs - self._clock.now()
        if abs(ahead) > _OFF_MOST or abs(ahead - self._ahead) < _AS_GOOD:
            return False
        self._ahead = ahead
        return True
