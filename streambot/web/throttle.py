"""Throttle: wrong logins are counted, so that nobody tries passwords one after the other."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

#: Names and addresses remembered; beyond, the least recently used are forgotten.
REMEMBERED = 10_000


#: A span grows to at most this many times its first length: nobody waits for ever.
LONGEST_SPAN = 15


@dataclass(slots=True)
class _Tries:
    """Failures of one key; each time the limit is reached its span doubles."""

    span: timedelta
    failures: deque[datetime] = field(default_factory=deque)


class Throttle:
    """At most *most* failures of a key in any span of *per*; then it backs off.

    A span is forgotten when the key did nothing wrong for as long again.
    """

    def __init__(self, most: int, per: timedelta) -> None:
        self._most = most
        self._per = per
        self._tries: OrderedDict[str, _Tries] = OrderedDict()

    def wait(self, key: str, now: datetime) -> timedelta:
        """How long *key* must wait; zero when it may try."""
        tries = self._tries.get(key)
        if tries is None:
            return timedelta()
        # A clock that was set back locks nobody out for longer than the span.
        if not timedelta() <= now - tries.failures[-1] < 2 * tries.span:
            del self._tries[key]
            return timedelta()
        if len(tries.failures) < self._most:
            return timedelta()
        return max(timedelta(), tries.span - (now - tries.failures[0]))

    def failed(self, key: str, now: datetime) -> None:
        """Count a failure."""
        tries = self._tries.setdefault(key, _Tries(self._per))
        if len(tries.failures) >= self._most and now - tries.failures[0] >= tries.span:
            # It waited, and goes on: longer next time.
            tries.span = min(2 * tries.span, LONGEST_SPAN * self._per)
            tries.failures.clear()
        while tries.failures and now - tries.failures[0] >= tries.span:
            tries.failures.popleft()
        tries.failures.append(now)
        self._tries.move_to_end(key)
        if len(self._tries) > REMEMBERED:
            self._tries.popitem(last=False)

    def passed(self, key: str) -> None:
        """Forget the failures of *key*."""
        self._tries.pop(key, None)


class KnownAddresses:
    """Where names logged in from, the newest *REMEMBERED* of them."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    def add(self, name: str, address: str) -> None:
        """*name* logged in from *address*."""
        self._known[name, address] = None
        self._known.move_to_end((name, address))
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def holds(self, name: str, address: str) -> bool:
        """Whether *name* ever logged in from *address*, as far as is remembered."""
        return (name, address) in self._known
