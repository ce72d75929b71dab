"""What Twitch puts up with from one account: so many lines, so long, and none twice."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from tests.peers.twitch_said import Account

LINES, WINDOW = 20, timedelta(seconds=30)
MUTED = timedelta(minutes=30)
LONGEST = 500


class Patience:
    """Counts by the clock it is given; beyond the limit an account is ignored for half an hour."""

    def __init__(self) -> None:
        self._written: dict[str, deque[datetime]] = {}
        self._lately: dict[tuple[str, str], datetime] = {}
        self._muted: dict[str, datetime] = {}

    def wrong(self, account: Account, text: str, now: datetime) -> str:
        """Why a line isn't shown, by Twitch's name where it says so; empty for one that is."""
        who = account.login
        if self._muted.get(who, now) > now:
            return "muted"
        written = self._written.setdefault(who, deque())
        while written and now - written[0] >= WINDOW:
            written.popleft()
        written.append(now)
        if len(written) > LINES * (5 if account.moderator else 1):
            self._muted[who] = now + MUTED
            return "msg_ratelimit"
        if len(text) > LONGEST:
            return "too_long"
        before = self._lately.get((who, text))
        self._lately[who, text] = now
        again = before is not None and now - before < WINDOW
        return "msg_duplicate" if again and not account.moderator else ""
