"""FeedTickets: each opens one feed socket, once and soon, so that no token that lasts is ever passed on."""

from __future__ import annotations

from datetime import datetime, timedelta

from streambot.web.passwords import new_token, token_hash

#: How long a ticket waits for its socket.
LASTS = timedelta(seconds=30)
#: Tickets of one login that wait at once; beyond this the oldest is void.
MOST = 10


class FeedTickets:
    """Tickets that wait for their socket, by hash; gone with the process."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[str, datetime]] = {}  # session and end, by hash

    def issue(self, key: str, now: datetime) -> str:
        """A ticket for one socket of the session *key*."""
        self._forget(key, now)
        token = new_token()
        self._waiting[token_hash(token)] = key, now + LASTS
        return token

    def redeem(self, token: str, key: str, now: datetime) -> bool:
        """Use *token* up; whether it was still good, and this session's."""
        session, until = self._waiting.pop(token_hash(token), ("", now))
        # Not only behind its end: after the clock was set back none may live for hours.
        return session == key and timedelta() < until - now <= LASTS

    def _forget(self, key: str, now: datetime) -> None:
        for each, (_, until) in tuple(self._waiting.items()):
            if until <= now:
                del self._waiting[each]
        own = [each for each, (session, _) in self._waiting.items() if session == key]
        for each in own[: max(0, len(own) - MOST + 1)]:
            del self._waiting[each]
