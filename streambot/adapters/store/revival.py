"""What a room's session needs to go on after a restart, read in one instant."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, exists, select, update

from streambot.adapters.store import encoding
from streambot.adapters.store.broadcasts import read_broadcasts
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.tables import (
    LINE_OPEN,
    REPLY_OPEN,
    decisions,
    heads,
    journal,
    lines,
    memory,
    replies,
    rooms,
)
from streambot.adapters.store.tickets import read_open
from streambot.adapters.store.transaction import StoreTransaction
from streambot.domain.actions import MemoryKind, Remember
from streambot.domain.decision import DecisionKind
from streambot.domain.events import ViewerSpoke
from streambot.domain.reply import EventId, LineOut, Reply, ReplyState
from streambot.domain.room import BroadcastId, RoomMode, RoomName
from streambot.ports.store import RoomRevival

#: Event ids a session gets back for its dedup.
SEEN_MOST = 50_000
#: Newest rows, over all rooms, that are looked through for them.
LOOK_BACK = 200_000
SEEN_FOR = timedelta(hours=24)
#: How far back lines are read again.
LINES_FOR = timedelta(minutes=5)
#: How long memory is kept.
MEMORY_FOR = timedelta(days=7)

_MODE = Prepared(select(rooms.c.mode).where(rooms.c.room == bindparam("room")))
_HEAD = Prepared(
    select(heads.c.event_id, heads.c.broadcast).where(heads.c.room == bindparam("room"))
)
# The newest rows first and the age afterwards: a clock that jumped hides nothing newer.
_recent = select(journal).order_by(journal.c.n.desc()).limit(LOOK_BACK).subquery()
_SEEN = Prepared(
    select(_recent.c.event_id)
    .where(
        _recent.c.room == bindparam("room"),
        _recent.c.received_at >= bindparam("since"),
    )
    .order_by(_recent.c.n.desc())
    .limit(SEEN_MOST)
)
_LINES = Prepared(
    select(_recent.c.event_id, _recent.c.data)
    .where(
        _recent.c.room == bindparam("room"),
        _recent.c.kind == "spoke",
        _recent.c.received_at >= bindparam("since"),
    )
    .order_by(_recent.c.n)
)
_made = select(decisions).order_by(decisions.c.n.desc()).limit(LOOK_BACK).subquery()
_DECIDED = Prepared(
    select(_made.c.event_id).where(
        _made.c.room == bindparam("room"), _made.c.kind != DecisionKind.GREET
    )
)
_KINDS = frozenset(MemoryKind)
_MEMORY = Prepared(
    select(memory.c.kind, memory.c.key, memory.c.at, memory.c.value)
    .where(memory.c.room == bindparam("room"))
    .order_by(memory.c.at, memory.c.kind, memory.c.key)
)
_QUEUED = Prepared(
    select(replies.c.data)
    .where(
        replies.c.room == bindparam("room"),
        replies.c.state == ReplyState.QUEUED,
        REPLY_OPEN,
    )
    .order_by(replies.c.owed_at, replies.c.out_id)
)
_LINES_IN = Prepared(
    select(lines.c.data)
    .where(
        lines.c.room == bindparam("room"),
        lines.c.state == bindparam("in_state"),
        LINE_OPEN,
    )
    .order_by(lines.c.made_at, lines.c.line_id)
)
# What people pinned is there until they take it down, however long that is.
_FORGET = Prepared(
    delete(memory).where(
        memory.c.at < bindparam("before"), memory.c.kind != MemoryKind.PINNED.value
    )
)
_ORPHANS = Prepared(
    update(replies)
    .where(
        replies.c.room == bindparam("of_room"),
        replies.c.state == ReplyState.SENDING,
        ~exists().where(
            lines.c.line_id == replies.c.line_id, lines.c.state == ReplyState.SENDING
        ),
    )
    .values(state=ReplyState.UNCERTAIN)
)


def tidy(transaction: StoreTransaction, room: RoomName, now: datetime) -> None:
    """Forget memory that is too old; settle replies whose further parts were never written."""
    _FORGET.run(transaction.connection, before=encoding.micros(now - MEMORY_FOR))
    _ORPHANS.run(transaction.connection, of_room=room)


def read_revival(
    connection: sqlite3.Connection, room: RoomName, now: datetime
) -> RoomRevival:
    """Everything the session of *room* needs."""
    mode = _MODE.run(connection, room=room).fetchone()
    newest = _HEAD.run(connection, room=room).fetchone()
    seen = _SEEN.run(connection, room=room, since=encoding.micros(now - SEEN_FOR))
    spoken, undecided = _read_lines(connection, room, now)
    return RoomRevival(
        mode=None if mode is None else RoomMode(mode[0]),
        cursor=None if newest is None else EventId(newest[0]),
        broadcast=None if newest is None else BroadcastId(newest[1]),
        seen=tuple(EventId(row[0]) for row in seen),
        memory=_read_memory(connection, room),
        tickets=read_open(connection, room),
        lines=spoken,
        undecided=undecided,
        queued=read_queued(connection, room),
        sending=read_lines_out(connection, room, ReplyState.SENDING),
        running=next(
            (
                each
                for each in read_broadcasts(connection, room, 1)
                if each.ended_at is None
            ),
            None,
        ),
    )


def read_queued(connection: sqlite3.Connection, room: RoomName) -> tuple[Reply, ...]:
    """Replies owed and not on their way, oldest first."""
    rows = _QUEUED.run(connection, room=room)
    return tuple(encoding.decode_reply(row[0]) for row in rows)


def read_lines_out(
    connection: sqlite3.Connection, room: RoomName, state: ReplyState
) -> tuple[LineOut, ...]:
    """Lines out of *room* in *state*, oldest first."""
    rows = _LINES_IN.run(connection, room=room, in_state=state.value)
    return tuple(encoding.decode_line(row[0]) for row in rows)


def _read_memory(
    connection: sqlite3.Connection, room: RoomName
) -> tuple[Remember, ...]:
    """What this version knows of; what another one remembered besides is passed over."""
    return tuple(
        Remember(memory=MemoryKind(kind), key=key, at=encoding.instant(at), value=value)
        for kind, key, at, value in _MEMORY.run(connection, room=room)
        if kind in _KINDS
    )


def _read_lines(
    connection: sqlite3.Connection, room: RoomName, now: datetime
) -> tuple[tuple[ViewerSpoke, ...], tuple[ViewerSpoke, ...]]:
    since = encoding.micros(now - LINES_FOR)
    decided = {row[0] for row in _DECIDED.run(connection, room=room)}
    spoken, undecided = [], []
    for event_id, data in _LINES.run(connection, room=room, since=since):
        event = encoding.decode_event("spoke", data)
        assert isinstance(event, ViewerSpoke)
        spoken.append(event)
        if event_id not in decided:
            undecided.append(event)
    return tuple(spoken), tuple(undecided)
