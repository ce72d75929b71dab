"""Throttle: wrong logins are counted, so that nobody tries passwords one after the other."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta

#: Names and addresses remembered; beyond, the least recently used are forgotten.
REMEMBERED = 10_000


class Throttle:
    """At most *most* failures of a key in any span of *per*."""

    def __init__(self, most: int, per: timedelta) -> None:
        self._most = most
        self._per = per
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()

    def wait(self, key: str, now: datetime) -> timedelta:
        """How long *key* must wait; zero when it may try."""
        failures = self._failures.get(key)
        if failures is None:
            return timedelta()
        # A clock that was set back locks nobody out for longer than the span.
        while failures and not timedelta() <= now - failures[0] < self._per:
            failures.popleft()
        if not failures:
            del self._failures[key]
        if len(failures) < self._most:
            return timedelta()
        return self._per - (now - failures[0])

    def failed(self, key: str, now: datetime) -> None:
        """Count a failure."""
        self._failures.setdefault(key, deque(maxlen=self._most)).append(now)
        self._failures.move_to_end(key)
        if len(self._failures) > REMEMBERED:
            self._failures.popitem(last=False)

    def passed(self, key: str) -> None:
        """Forget the failures of *key*."""
        self._failures.pop(key, None)
