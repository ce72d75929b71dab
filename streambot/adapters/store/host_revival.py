"""What a host's board showed before a restart, read back from the journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, or_, select

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.tables import (
    board_marks,
    decisions,
    host_answers,
    journal,
    replies,
)
from streambot.domain.decision import Decision, DecisionKind, IgnoreReason
from streambot.domain.events import LineWithdrawn, ViewerSpoke
from streambot.domain.reply import EventId, OutId, ReplyState
from streambot.domain.room import RoomName
from streambot.domain.viewer import ViewerKey
from streambot.ports.asked_before import AskedBefore, AskedLine, Marked
from streambot.ports.host_board import MarkAct

#: Newest decisions, over all rooms, that are looked through.
LOOK_BACK = 50_000
#: Lines that were ignored and yet ask what others asked.
_JOINS = (IgnoreReason.COOLDOWN, IgnoreReason.HUMAN_OWNS)

_made = select(decisions).order_by(decisions.c.n.desc()).limit(LOOK_BACK).subquery()
_ASKED = Prepared(
    select(
        journal.c.data.label("line"),
        _made.c.event_id,
        _made.c.kind,
        _made.c.at,
        _made.c.viewer,
        _made.c.entry,
        _made.c.reason,
        _made.c.out_id,
        _made.c.question,
        replies.c.data,
        replies.c.state,
    )
    .join(
        journal,
        and_(journal.c.event_id == _made.c.event_id, journal.c.room == _made.c.room),
    )
    .outerjoin(replies, replies.c.out_id == _made.c.out_id)
    .outerjoin(
        host_answers,
        and_(
            host_answers.c.event_id == _made.c.event_id,
            host_answers.c.room == _made.c.room,
        ),
    )
    .where(
        _made.c.room == bindparam("of_room"),
        _made.c.at >= bindparam("since"),
        _made.c.kind != DecisionKind.GREET.value,
        or_(
            _made.c.kind != DecisionKind.IGNORE.value,
            _made.c.question,
            *(_made.c.reason == each.value for each in _JOINS),
        ),
        journal.c.kind == "spoke",
        host_answers.c.ref.is_(None),
    )
    .order_by(_made.c.n)
)
_MARKS = Prepared(
    select(board_marks.c.question, board_marks.c.act, board_marks.c.at)
    .where(
        board_marks.c.room == bindparam("of_room"),
        board_marks.c.at >= bindparam("since"),
    )
    .order_by(board_marks.c.at)
)


_recent = select(journal).order_by(journal.c.n.desc()).limit(LOOK_BACK).subquery()
_WITHDRAWN = Prepared(
    select(_recent.c.data).where(
        _recent.c.room == bindparam("of_room"),
        _recent.c.kind == "moderated",
        _recent.c.received_at >= bindparam("since"),
    )
)


def read_asked(
    connection: sqlite3.Connection, room: RoomName, since: datetime
) -> AskedBefore:
    """Lines since an instant that no host answered, and the last marks of their questions."""
    after = encoding.micros(since)
    rows = _ASKED.run(connection, of_room=room, since=after).fetchall()
    marks = _MARKS.run(connection, of_room=room, since=after)
    return AskedBefore(
        lines=tuple(map(_asked, rows)),
        marks=tuple(
            Marked(question=question, act=MarkAct(act), at=encoding.instant(at))
            for question, act, at in marks
        ),
        withdrawn=tuple(_withdrawn(connection, room, after)),
    )


def _withdrawn(
    connection: sqlite3.Connection, room: RoomName, after: int
) -> Iterator[EventId]:
    for (data,) in _WITHDRAWN.run(connection, of_room=room, since=after):
        event = encoding.decode_event("moderated", data)
        assert isinstance(event, LineWithdrawn)
        yield event.event


def _asked(row: tuple[Any, ...]) -> AskedLine:
    line, event, kind, at, viewer, entry, reason, out, question, reply, state = row
    spoken = encoding.decode_event("spoke", line)
    assert isinstance(spoken, ViewerSpoke)
    return AskedLine(
        line=spoken,
        decision=Decision(
            at=encoding.instant(at),
            event_id=EventId(event),
            viewer=ViewerKey(viewer),
            kind=DecisionKind(kind),
            entry=entry,
            reason=reason,
            out_id=None if out is None else OutId(out),
            question=bool(question),
        ),
        reply=None if reply is None else encoding.decode_reply(reply),
        state=None if state is None else ReplyState(state),
    )
