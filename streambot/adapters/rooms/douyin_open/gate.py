"""Gate: which pushes are let in - signed with our secret, signed just now, and for the first time."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from streambot.adapters.rooms.douyin_open.signature import Push

#: The platform's clock and ours may differ by so much, either way.
FRESH = timedelta(minutes=5)
#: Pushes remembered: more than come in twice that span at the platform's 100 a second.
_KEPT = 100_000


class Answer(StrEnum):
    """What becomes of a push, best first; its value names it in figures."""

    TAKEN = "taken"
    ANOTHER_ROOM = "another_room"  # genuine, and nothing of ours
    FULL = "full"  # no room for it now
    REPLAYED = "replayed"
    STALE = "stale"
    FORGED = "forged"


class Gate:
    """One room's; ``let_in`` what was taken, so that it is taken once."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._seen: dict[str, datetime] = {}  # by signature, oldest first

    def why_not(self, push: Push, now: datetime) -> Answer | None:
        """Why *push* stays out; None: it may come in."""
        if not push.is_genuine(self._secret):
            return Answer.FORGED
        at = push.sent_at
        if at is None or abs(now - at) > FRESH:
            return Answer.STALE
        # What is signed holds a nonce, so two pushes never share a signature.
        return Answer.REPLAYED if push.signature in self._seen else None

    def let_in(self, push: Push, now: datetime) -> None:
        """*push* was taken; the same once more is a replay."""
        self._seen[push.signature] = now
        oldest = next(iter(self._seen))
        while len(self._seen) > _KEPT or now - self._seen[oldest] > 2 * FRESH:
            del self._seen[oldest]
            oldest = next(iter(self._seen))
