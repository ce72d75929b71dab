"""Replies and lines out on disk: owed once, on their way once, settled once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Text, bindparam, cast, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared, Row
from streambot.adapters.store.tables import (
    TICKET_LIVE,
    TICKET_OPEN,
    lines,
    replies,
    tickets,
)
from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import (
    ARRIVING,
    SETTLED,
    LineId,
    LineOut,
    OutId,
    Reply,
    ReplyKind,
    ReplyState,
    TicketId,
)
from streambot.domain.room import RoomName

_Stored = tuple[str, LineId | None]  # state, and the line that carries it

#: Inserts a reply unless its ``out_id`` is known.
OWE = Prepared(upsert(replies).on_conflict_do_nothing())
_SETTLE = Prepared(
    update(replies)
    .where(
        replies.c.out_id == bindparam("out"),
        or_(replies.c.state == ReplyState.QUEUED, replies.c.state == ReplyState.SHOWN),
    )
    .values(state=bindparam("new_state"))
)
_WITHDRAW = Prepared(
    update(replies)
    .where(
        replies.c.ticket == bindparam("of_ticket"),
        replies.c.state == ReplyState.QUEUED,
    )
    .values(state=ReplyState.WITHDRAWN)
    .returning(replies.c.out_id)
)
# Of a card that a thousand people ask, hardly one ticket has an answer: the others aren't read.
_reply = cast(replies.c.data, Text)
_SAID_TO_CARD = Prepared(
    select(replies.c.data)
    .where(
        replies.c.ticket.in_(
            select(tickets.c.id).where(
                tickets.c.room == bindparam("room"),
                tickets.c.card == bindparam("card"),
                TICKET_OPEN,
            )
        ),
        replies.c.owed_at > bindparam("since"),
        or_(*(replies.c.state == state for state in sorted(ARRIVING))),
        func.json_extract(_reply, "$.kind") == ReplyKind.AGENT,
        func.json_extract(_reply, "$.visibility") == Visibility.PUBLIC,
    )
    .order_by(replies.c.owed_at.desc())
)
# A line that welcomes a flood covers hundreds of replies: they are looked at and moved together.
_covered = replies.c.out_id.in_(
    select(func.json_each(bindparam("outs")).table_valued("value").c.value)
)
_STATES = Prepared(
    select(replies.c.out_id, replies.c.state, replies.c.line_id).where(_covered)
)
_ON_WAY = Prepared(
    update(replies)
    .where(_covered)
    .values(state=bindparam("new_state"), line_id=bindparam("of_line"))
)
_EPOCH = Prepared(
    select(tickets.c.epoch).where(tickets.c.id == bindparam("ticket"), TICKET_LIVE)
)
_LINE_STATE = Prepared(
    select(lines.c.state).where(lines.c.line_id == bindparam("line"))
)
_line = upsert(lines)
_PUT_LINE = Prepared(
    _line.on_conflict_do_update(
        index_elements=[lines.c.line_id],
        set_={name: _line.excluded[name] for name in ("state", "settled_at", "rule")},
    )
)
#: A line in one of these can still be settled.
_UNSETTLED_LINE = {
    None,
    ReplyState.SENDING,
    ReplyState.SHOWN,
    ReplyState.UNCERTAIN,
    ReplyState.QUEUED,
}


def reply_row(reply: Reply, room: RoomName) -> Row:
    """A queued reply as a row of ``replies``."""
    return (
        reply.out_id,
        room,
        ReplyState.QUEUED.value,
        reply.ticket,
        None,
        encoding.micros(reply.owed_at),
        encoding.encode(reply),
    )


def owe(connection: sqlite3.Connection, reply: Reply, room: RoomName) -> bool:
    """Queue *reply*; False when its ``out_id`` is known."""
    return OWE.many(connection, [reply_row(reply, room)]) == 1


def settle(
    connection: sqlite3.Connection, settled: Iterable[tuple[OutId, ReplyState]]
) -> list[OutId]:
    """Settle replies that are not on their way; gives those withdrawn now."""
    withdrawn = []
    for out, state in settled:
        changed = _SETTLE.run(connection, out=out, new_state=state.value).rowcount
        if changed and state is ReplyState.WITHDRAWN:
            withdrawn.append(out)
    return withdrawn


def said_to_card(
    connection: sqlite3.Connection, room: RoomName, card: str, since: datetime
) -> list[Reply]:
    """Public answers of agents to a card that arrive and were owed after *since*, newest first."""
    rows = _SAID_TO_CARD.run(
        connection, room=room, card=card, since=encoding.micros(since)
    )
    return [encoding.decode_reply(data) for (data,) in rows]


def withdraw(connection: sqlite3.Connection, ticket: TicketId) -> list[OutId]:
    """Withdraw the queued replies of *ticket*."""
    return [row[0] for row in _WITHDRAW.run(connection, of_ticket=ticket).fetchall()]


def start_line(connection: sqlite3.Connection, line: LineOut, room: RoomName) -> bool:
    """Put *line* and its replies on their way; False when something forbids it.

    Asking again for a line that is on its way is granted: a platform that shows a repeated
    line once is asked again after a restart.
    """
    if _line_state(connection, line) not in _UNSETTLED_LINE:
        return False
    if not _epoch_holds(connection, line):
        return False
    stored = _states(connection, line)
    if not all(_may_go(stored.get(out), line) for out in line.covers):
        return False
    _put_line(connection, line, room, ReplyState.SENDING, None)
    _move(connection, line.covers, ReplyState.SENDING, line.line_id)
    return True


def settle_line(
    connection: sqlite3.Connection,
    line: LineOut,
    room: RoomName,
    state: ReplyState,
    at: datetime,
    rule: str | None = None,
) -> bool:
    """Store what became of *line* and its replies; False when that was settled before.

    A sent part leaves its replies on their way until the last part is sent.
    """
    if _line_state(connection, line) not in _UNSETTLED_LINE:
        return False
    _put_line(connection, line, room, state, at, rule)
    more = state is ReplyState.SENT and line.part < line.parts
    new = ReplyState.SENDING if more else state
    _move(connection, _its_own(connection, line), new, line.line_id)
    return True


def put_back(
    connection: sqlite3.Connection, line: LineOut, room: RoomName, at: datetime
) -> None:
    """Store that *line* was refused for speed; it and its replies wait again.

    A later part of a long text stays on its way: it is written again as it is.
    """
    if line.part > 1:
        return
    _put_line(connection, line, room, ReplyState.QUEUED, at)
    _move(connection, _its_own(connection, line), ReplyState.QUEUED, None)


def _states(connection: sqlite3.Connection, line: LineOut) -> dict[OutId, _Stored]:
    """The stored state of each reply that *line* covers, and the line that carries it."""
    rows = _STATES.run(connection, outs=encoding.array(line.covers))
    return {OutId(out): (state, line_id) for out, state, line_id in rows}


def _its_own(connection: sqlite3.Connection, line: LineOut) -> list[OutId]:
    """The replies whose fate is this line's."""
    stored = _states(connection, line)
    return [out for out in line.covers if _is_of(stored.get(out), line)]


def _move(
    connection: sqlite3.Connection,
    outs: Sequence[OutId],
    state: ReplyState,
    line: LineId | None,
) -> None:
    covered = encoding.array(outs)
    _ON_WAY.run(connection, outs=covered, new_state=state.value, of_line=line)


def _may_go(stored: _Stored | None, line: LineOut) -> bool:
    if stored is None:
        return False
    state, line_id = stored
    if state == ReplyState.QUEUED:
        return True
    if line_id == line.line_id:
        return state in (ReplyState.SENDING, ReplyState.SHOWN, ReplyState.UNCERTAIN)
    return state == ReplyState.SENDING and line.part > 1  # a later part of a long text


def _is_of(stored: _Stored | None, line: LineOut) -> bool:
    """Whether the fate of *line* is the reply's: it waits, or this line carries it."""
    if stored is None:
        return False
    state, line_id = stored
    if line_id == line.line_id:
        return state not in SETTLED or state == ReplyState.UNCERTAIN
    return state == ReplyState.QUEUED or (state == ReplyState.SENDING and line.part > 1)


def _epoch_holds(connection: sqlite3.Connection, line: LineOut) -> bool:
    if line.ticket is None:
        return True
    row = _EPOCH.run(connection, ticket=line.ticket).fetchone()
    return row is not None and row[0] == line.epoch


def _line_state(connection: sqlite3.Connection, line: LineOut) -> ReplyState | None:
    row = _LINE_STATE.run(connection, line=line.line_id).fetchone()
    return None if row is None else ReplyState(row[0])


def _put_line(
    connection: sqlite3.Connection,
    line: LineOut,
    room: RoomName,
    state: ReplyState,
    at: datetime | None,
    rule: str | None = None,
) -> None:
    _PUT_LINE.run(
        connection,
        line_id=line.line_id,
        room=room,
        state=state.value,
        made_at=encoding.micros(line.made_at),
        settled_at=encoding.maybe_micros(at),
        data=encoding.encode(line),
        rule=rule,
    )
