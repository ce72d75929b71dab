"""The desk feed: entries numbered without a hole inside the committing transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared, Row
from streambot.adapters.store.tables import counters, feed
from streambot.ports.store import FeedEntry

#: The counters of entries, and of tickets.
FEED, TICKETS = "feed", "ticket_no"
#: Entries kept for consoles that come back.
KEPT = 50_000
#: How often old entries are deleted, in entries.
PRUNE_EVERY = 500

_count = upsert(counters)
_NEXT = Prepared(
    _count.values(name=bindparam("name"), value=1)
    .on_conflict_do_update(
        index_elements=[counters.c.name], set_={"value": counters.c.value + 1}
    )
    .returning(counters.c.value)
)
_KEEP = Prepared(
    _count.values(
        name=bindparam("name"), value=bindparam("value")
    ).on_conflict_do_update(
        index_elements=[counters.c.name], set_={"value": _count.excluded.value}
    )
)
_VALUE = Prepared(
    select(func.coalesce(func.max(counters.c.value), 0)).where(
        counters.c.name == bindparam("name")
    )
)
_APPEND = Prepared(insert(feed))
_PRUNE = Prepared(delete(feed).where(feed.c.seq <= bindparam("last")))
_OLDEST = Prepared(select(func.min(feed.c.seq)))
_BEHIND = Prepared(
    select(feed.c.seq, feed.c.kind, feed.c.at, feed.c.room, feed.c.data)
    .where(feed.c.seq > bindparam("after"))
    .order_by(feed.c.seq)
    .limit(bindparam("most"))
)


def next_value(connection: sqlite3.Connection, counter: str) -> int:
    """The next value of *counter*, from 1; taken back with its savepoint."""
    value: int = _NEXT.run(connection, name=counter).fetchone()[0]
    return value


class Numbers:
    """The numbers one commit takes: each counter's row is read once and written once.

    Nobody else writes between; what a savepoint took goes back with it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._stored: dict[str, int] = {}  # what the rows say, once they were read
        self._taken: dict[str, int] = {}  # since

    def next(self, counter: str) -> int:
        """The next number of *counter*, from 1."""
        stored = self._stored.get(counter)
        if stored is None:
            stored = self._stored[counter] = _value(self._connection, counter)
        taken = self._taken[counter] = self._taken.get(counter, 0) + 1
        return stored + taken

    @property
    def taken(self) -> Mapping[str, int]:
        """How many of each were taken, for ``go_back``."""
        return dict(self._taken)

    def go_back(self, taken: Mapping[str, int]) -> None:
        """What was taken since is free again."""
        self._taken = dict(taken)

    def keep(self) -> None:
        """Write the counters, before the commit."""
        rows = [
            (name, self._stored[name] + taken)
            for name, taken in self._taken.items()
            if taken
        ]
        _KEEP.many(self._connection, rows)


def made(
    seq: int, *, kind: str, at: datetime, room: str, data: dict[str, object]
) -> tuple[Row, FeedEntry]:
    """The entry under *seq*, and its row."""
    raw = encoding.encode(data)
    # Read back, so that what is pushed now equals what a resuming client reads later.
    entry = FeedEntry(
        seq=seq, kind=kind, at=at, room=room, data=encoding.decode_object(raw)
    )
    return (seq, kind, encoding.micros(at), room, raw), entry


def append(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Store entries; now and then the oldest go."""
    _APPEND.many(connection, rows)
    first, last = cast("int", rows[0][0]), cast("int", rows[-1][0])
    if (first - 1) // PRUNE_EVERY != last // PRUNE_EVERY:
        _PRUNE.run(connection, last=last - KEPT)


def head(connection: sqlite3.Connection) -> int:
    """The newest ``seq``; 0 before the first entry."""
    return _value(connection, FEED)


def _value(connection: sqlite3.Connection, counter: str) -> int:
    value: int = _VALUE.run(connection, name=counter).fetchone()[0]
    return value


def behind(
    connection: sqlite3.Connection, after: int, most: int
) -> tuple[FeedEntry, ...] | None:
    """Entries behind *after*; None when some are no longer kept or *after* is not ours."""
    newest = head(connection)
    oldest = _OLDEST.run(connection).fetchone()[0]
    if after > newest or (oldest is not None and after < oldest - 1):
        return None
    return tuple(
        FeedEntry(
            seq=seq,
            kind=kind,
            at=encoding.instant(at),
            room=room,
            data=encoding.decode_object(data),
        )
        for seq, kind, at, room, data in _BEHIND.run(
            connection, after=after, most=max(most, 0)
        )
    )
