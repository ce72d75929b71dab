"""What a room's event left behind, as rows: many batches together, or one with its doubts."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy import bindparam, insert
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding, replies
from streambot.adapters.store.broadcasts import mark
from streambot.adapters.store.encoding import EVENT_KINDS, encode, micros, text
from streambot.adapters.store.later import Later
from streambot.adapters.store.prepared import Prepared, Row
from streambot.adapters.store.tables import decisions, gaps, heads, journal, memory
from streambot.adapters.store.transaction import StoreTransaction
from streambot.domain.events import FromViewer, is_by_hand
from streambot.domain.reply import EventId
from streambot.ports.store import Committed, RoomBatch

_JOURNAL = Prepared(
    upsert(journal)
    .values({c.name: bindparam(c.name) for c in journal.c if c.name != "n"})
    .on_conflict_do_nothing()
)
_DECISION = Prepared(
    insert(decisions).values(
        {c.name: bindparam(c.name) for c in decisions.c if c.name != "n"}
    )
)
_head = upsert(heads)
_HEAD = Prepared(
    _head.on_conflict_do_update(
        index_elements=[heads.c.room],
        set_={name: _head.excluded[name] for name in ("event_id", "broadcast")},
    )
)
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

_NOTHING = Committed()


class Rows:
    """Rows of one or many batches, by table, in the order of each table's columns."""

    __slots__ = ("decisions", "heads", "journal", "memory", "replies")

    def __init__(self) -> None:
        self.journal: list[Row] = []
        self.decisions: list[Row] = []
        self.replies: list[Row] = []
        self.memory: list[Row] = []
        self.heads: dict[str, Row] = {}

    def add(self, batch: RoomBatch) -> None:
        """Add a batch.

        Raises:
            TypeError, ValueError: a value can't be written; some rows of it may be added.
        """
        room = batch.room
        for event in batch.events:
            viewer = event.viewer.key if isinstance(event, FromViewer) else None
            kind = EVENT_KINDS[type(event)]
            at = micros(event.received_at)
            self.journal.append((room, event.id, kind, viewer, at, encode(event)))
        for made in batch.decisions:
            evidence = encode(made.evidence) if made.evidence else None
            reason = None if made.reason is None else text(made.reason)
            self.decisions.append(
                (
                    room,
                    made.event_id,
                    text(made.kind),
                    micros(made.at),
                    made.viewer,
                    made.entry,
                    made.score,
                    reason,
                    evidence,
                    made.out_id,
                    int(made.question),
                )
            )
        for reply in batch.replies:
            self.replies.append(replies.reply_row(reply, room))
        for fact in batch.memory:
            self.memory.append(
                (room, text(fact.memory), fact.key, micros(fact.at), fact.value)
            )
        last = batch.events[-1] if batch.events else None
        if last is not None and not is_by_hand(last.id):
            self.heads[room] = (room, last.id, last.scene.broadcast)


class KnownAlready(Exception):
    """An event or a reply of some batch is on disk: which one is found out one by one."""


def insert_together(later: Later, batches: Sequence[RoomBatch]) -> list[Committed]:
    """Insert *batches* in as few statements as that takes, and do what they ask of the desk.

    Replies keep their order with what the desk does; nobody can tell when the rest came.

    Raises:
        KnownAlready: not all of it is new; what was inserted must not stay.
    """
    rows, connection = Rows(), later.connection
    for batch in batches:
        rows.add(batch)
    _all_new(_JOURNAL, connection, rows.journal)
    _HEAD.many(connection, list(rows.heads.values()))
    _DECISION.many(connection, rows.decisions)
    _MEMORY.many(connection, rows.memory)
    done: list[Committed] = []
    owed = 0  # replies that are on disk
    seen = 0
    for batch in batches:
        seen += len(batch.replies)
        if not (batch.desk or batch.settled or batch.gaps or batch.marks):
            done.append(
                Committed(replies=tuple(batch.replies)) if batch.replies else _NOTHING
            )
            continue
        _all_new(replies.OWE, connection, rows.replies[owed:seen])
        owed = seen
        own = StoreTransaction(later, batch.room)
        own.owed(batch.replies)
        _settle_and_work(own, batch)
        done.append(own.committed())
    _all_new(replies.OWE, connection, rows.replies[owed:])
    return done


def _all_new(
    statement: Prepared, connection: sqlite3.Connection, rows: Sequence[Row]
) -> None:
    if statement.many(connection, rows) != len(rows):
        raise KnownAlready


def insert_one(transaction: StoreTransaction, batch: RoomBatch) -> Committed:
    """Insert a batch row by row.

    When one of its events was known already, only what is new of its events and the decisions
    about those are stored: the rest was decided on something that counts as not having happened.
    """
    rows = Rows()
    rows.add(batch)
    connection = transaction.connection
    duplicates = tuple(
        EventId(str(row[1]))
        for row in rows.journal
        if not _JOURNAL.many(connection, [row])
    )
    if len(duplicates) < len(rows.journal):
        _HEAD.many(connection, list(rows.heads.values()))
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
    _settle_and_work(transaction, batch)
    return replace(transaction.committed(), duplicates=duplicates)


def _settle_and_work(transaction: StoreTransaction, batch: RoomBatch) -> None:
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
    for work in batch.desk:
        work(transaction)
    for told in batch.marks:
        mark(transaction.connection, batch.room, told)
