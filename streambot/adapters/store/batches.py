"""What a room's event left behind, as rows: many batches by executemany, or one with its doubts."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field, replace

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding, replies
from streambot.adapters.store.encoding import EVENT_KINDS, encode, micros
from streambot.adapters.store.prepared import Prepared, Row
from streambot.adapters.store.tables import decisions, gaps, journal, memory
from streambot.adapters.store.transaction import StoreTransaction
from streambot.domain.events import FromViewer
from streambot.domain.reply import EventId
from streambot.domain.room import RoomName
from streambot.ports.store import Committed, RoomBatch

_JOURNAL = Prepared(upsert(journal).on_conflict_do_nothing())
_DECISION = Prepared(upsert(decisions).on_conflict_do_nothing())
_remember = upsert(memory)
_MEMORY = Prepared(
    _remember.on_conflict_do_update(
        index_elements=[memory.c.room, memory.c.kind, memory.c.key],
        set_={name: _remember.excluded[name] for name in ("at", "value")},
    )
)
_GAP = Prepared(
    insert(gaps).values(
        {name: bindparam(name) for name in ("room", "after", "before", "at")}
    )
)
_LAST = Prepared(
    select(func.coalesce(func.max(journal.c.n), 0)).where(
        journal.c.room == bindparam("room")
    )
)


@dataclass(slots=True)
class Rows:
    """Rows of one or many batches, by table."""

    journal: list[Row] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)
    replies: list[Row] = field(default_factory=list)
    memory: list[Row] = field(default_factory=list)

    def extend(self, other: Rows) -> None:
        """Add the rows of *other*."""
        self.journal += other.journal
        self.decisions += other.decisions
        self.replies += other.replies
        self.memory += other.memory


class Numbering:
    """Gives every journaled event of a room its place, in order of arrival."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._last: dict[RoomName, int] = {}

    def take(self, room: RoomName, count: int) -> int:
        """The first of *count* numbers that follow on in *room*."""
        last = self._last.get(room)
        if last is None:
            last = _LAST.run(self._connection, room=room).fetchone()[0]
        self._last[room] = last + count
        return last + 1


def rows_of(batch: RoomBatch, first: int) -> Rows:
    """The batch as rows, its events numbered from *first*.

    Raises:
        TypeError, ValueError: a value of the batch can't be written.
    """
    room = batch.room
    rows = Rows()
    for n, event in enumerate(batch.events, first):
        rows.journal.append(
            (
                room,
                n,
                event.id,
                EVENT_KINDS[type(event)],
                event.viewer.key if isinstance(event, FromViewer) else None,
                event.scene.broadcast,
                micros(event.received_at),
                encode(event),
            )
        )
    for made in batch.decisions:
        rows.decisions.append(
            (
                room,
                made.event_id,
                made.kind.value,
                micros(made.at),
                made.viewer,
                made.entry,
                made.score,
                made.reason,
                encode(made.evidence) if made.evidence else None,
                made.out_id,
                made.question,
            )
        )
    if batch.replies:
        rows.replies = [replies.reply_row(reply, room) for reply in batch.replies]
    if batch.memory:
        rows.memory = [
            (room, fact.memory.value, fact.key, micros(fact.at), fact.value)
            for fact in batch.memory
        ]
    return rows


def insert_many(connection: sqlite3.Connection, rows: Rows) -> bool:
    """Insert all of *rows*; False when an event or a reply among them was known already."""
    if _JOURNAL.many(connection, rows.journal) != len(rows.journal):
        return False
    if replies.OWE.many(connection, rows.replies) != len(rows.replies):
        return False
    _DECISION.many(connection, rows.decisions)
    _MEMORY.many(connection, rows.memory)
    return True


def finish_many(transaction: StoreTransaction, batch: RoomBatch) -> Committed:
    """The rare rest of a batch whose rows went in with the others."""
    transaction.owed(batch.replies)
    _settle(transaction, batch)
    return transaction.committed()


def insert_one(
    transaction: StoreTransaction, batch: RoomBatch, rows: Rows
) -> Committed:
    """Insert a batch row by row.

    When one of its events was known already, only what is new of its events and the decisions
    about those are stored: the rest was decided on something that counts as not having happened.
    """
    connection = transaction.connection
    duplicates = tuple(
        EventId(str(row[2]))
        for row in rows.journal
        if not _JOURNAL.many(connection, [row])
    )
    if duplicates:
        fresh = {event.id for event in batch.events} - set(duplicates)
        _DECISION.many(connection, [row for row in rows.decisions if row[1] in fresh])
        return Committed(duplicates=duplicates)
    _DECISION.many(connection, rows.decisions)
    _MEMORY.many(connection, rows.memory)
    transaction.owed(
        [
            reply
            for reply, row in zip(batch.replies, rows.replies, strict=True)
            if replies.OWE.many(connection, [row])
        ]
    )
    _settle(transaction, batch)
    for work in batch.desk:
        work(transaction)
    return replace(transaction.committed(), duplicates=duplicates)


def _settle(transaction: StoreTransaction, batch: RoomBatch) -> None:
    for after, before, at in batch.gaps:
        _GAP.run(
            transaction.connection,
            room=batch.room,
            after=after,
            before=before,
            at=encoding.micros(at),
        )
    if batch.settled:
        transaction.settled(replies.settle(transaction.connection, batch.settled))
