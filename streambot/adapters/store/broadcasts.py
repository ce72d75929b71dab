"""Broadcasts on disk: when each began and ended, and what one came to, counted from the journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, cast, func, insert, select, update
from sqlalchemy.types import Text

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.readers import Readers
from streambot.adapters.store.tables import (
    TICKET_LIVE,
    broadcasts,
    decisions,
    gaps,
    journal,
    lines,
    replies,
    tickets,
)
from streambot.domain.broadcast import Broadcast, BroadcastMark, BroadcastSummary
from streambot.domain.decision import DecisionKind
from streambot.domain.events import ViewerSpoke
from streambot.domain.reply import ReplyState
from streambot.domain.room import BroadcastId, RoomName
from streambot.domain.summary import Summary

#: Behind every instant in microseconds.
_EVER = (1 << 63) - 1
#: Broadcasts of a room that are listed.
LISTED = 50

_NEWEST = Prepared(
    select(broadcasts)
    .where(broadcasts.c.room == bindparam("of_room"))
    .order_by(broadcasts.c.id.desc())
    .limit(bindparam("most"))
)
_ONE = Prepared(
    select(broadcasts).where(
        broadcasts.c.room == bindparam("of_room"), broadcasts.c.id == bindparam("no")
    )
)
_BEGIN = Prepared(
    insert(broadcasts).values(
        {
            name: bindparam(name)
            for name in ("room", "broadcast", "began_at", "began_by")
        }
        | {"ended_by": "", "tickets_left": 0}
    )
)
_END = Prepared(
    update(broadcasts)
    .where(broadcasts.c.id == bindparam("no"))
    .values(
        ended_at=bindparam("at"), ended_by=bindparam("by"), tickets_left=bindparam("n")
    )
)
_LIVE = Prepared(
    select(func.count())
    .select_from(tickets)
    .where(tickets.c.room == bindparam("of_room"), TICKET_LIVE)
)


def _during(column: Any) -> Any:
    return and_(column >= bindparam("since"), column < bindparam("until"))


_SPOKEN = Prepared(
    select(func.count())
    .select_from(journal)
    .where(
        journal.c.room == bindparam("of_room"),
        journal.c.kind == "spoke",
        _during(journal.c.received_at),
    )
)
_DECIDED = Prepared(
    select(decisions.c.kind, decisions.c.reason, func.count())
    .where(decisions.c.room == bindparam("of_room"), _during(decisions.c.at))
    .group_by(decisions.c.kind, decisions.c.reason)
)
_ASKED = Prepared(
    select(journal.c.kind, journal.c.data)
    .join(
        decisions,
        and_(
            decisions.c.event_id == journal.c.event_id,
            decisions.c.room == journal.c.room,
        ),
    )
    .where(
        decisions.c.question,
        decisions.c.room == bindparam("of_room"),
        _during(decisions.c.at),
    )
)
_ANSWERED = Prepared(
    select(decisions.c.entry, func.count())
    .join(replies, replies.c.out_id == decisions.c.out_id)
    .where(
        decisions.c.room == bindparam("of_room"),
        _during(decisions.c.at),
        decisions.c.kind == DecisionKind.ANSWER,
        replies.c.state == ReplyState.SENT,
    )
    .group_by(decisions.c.entry)
)
_HELD = Prepared(
    select(lines.c.rule, func.count())
    .select_from(replies)
    .join(lines, lines.c.line_id == replies.c.line_id)
    .where(
        replies.c.room == bindparam("of_room"),
        _during(replies.c.owed_at),
        replies.c.state == ReplyState.HELD,
    )
    .group_by(lines.c.rule)
)
_line = cast(lines.c.data, Text)
_named = func.coalesce(func.json_extract(_line, "$.named"), 0)
_counted = func.coalesce(func.json_extract(_line, "$.counted"), 0)
_NAMED = Prepared(
    select(
        func.coalesce(func.sum(_named), 0), func.coalesce(func.sum(_counted), 0)
    ).where(
        lines.c.room == bindparam("of_room"),
        _during(lines.c.made_at),
        lines.c.state == ReplyState.SENT,
    )
)
_heard_at = func.json_extract(cast(replies.c.data, Text), "$.heard_at")
_WELCOMES = Prepared(
    select(replies.c.state, _heard_at, lines.c.settled_at)
    .select_from(replies)
    .outerjoin(lines, lines.c.line_id == replies.c.line_id)
    .where(
        replies.c.out_id >= "greet:",
        replies.c.out_id < "greet;",
        replies.c.room == bindparam("of_room"),
        _during(replies.c.owed_at),
    )
)
_GAPS = Prepared(
    select(func.count())
    .select_from(gaps)
    .where(gaps.c.room == bindparam("of_room"), _during(gaps.c.at))
)
#: What a welcome came to that was due and not said.
_MISSED = frozenset(
    {
        ReplyState.EXPIRED,
        ReplyState.HELD,
        ReplyState.REFUSED,
        ReplyState.UNCERTAIN,
    }
)


def mark(connection: sqlite3.Connection, room: RoomName, told: BroadcastMark) -> None:
    """Keep that a broadcast of *room* begins or ends; what is known already changes nothing."""
    newest = next(iter(read_broadcasts(connection, room, 1)), None)
    running = newest if newest is not None and newest.ended_at is None else None
    if told.begins:
        same = newest is not None and newest.broadcast == told.broadcast
        if same and not told.by and (running is not None or not told.told):
            return
        if running is not None:
            _end(connection, running, told)
        _BEGIN.run(
            connection,
            room=room,
            broadcast=told.broadcast,
            began_at=encoding.micros(told.at),
            began_by=told.by,
        )
    elif running is not None:
        _end(connection, running, told)


def _end(
    connection: sqlite3.Connection, running: Broadcast, told: BroadcastMark
) -> None:
    (left,) = _LIVE.run(connection, of_room=running.room).fetchone()
    _END.run(
        connection,
        no=running.number,
        at=encoding.micros(told.at),
        by=told.by,
        n=left,
    )


def read_broadcasts(
    connection: sqlite3.Connection, room: RoomName, most: int = LISTED
) -> Sequence[Broadcast]:
    """The newest broadcasts of *room*, newest first."""
    rows = _NEWEST.run(connection, of_room=room, most=most)
    return [_broadcast(row) for row in rows]


def read_summary(
    connection: sqlite3.Connection, room: RoomName, number: int | None, now: datetime
) -> BroadcastSummary | None:
    """What one broadcast of *room* came to by *now*, the newest where none is named."""
    if number is None:
        found = next(iter(read_broadcasts(connection, room, 1)), None)
    else:
        row = _ONE.run(connection, of_room=room, no=number).fetchone()
        found = None if row is None else _broadcast(row)
    if found is None:
        return None
    of: dict[str, Any] = {
        "of_room": room,
        "since": encoding.micros(found.began_at),
        "until": encoding.micros(found.ended_at or now + encoding.MICROSECOND),
    }
    if found.ended_at is None:
        (left,) = _LIVE.run(connection, of_room=room).fetchone()
        found = replace(found, tickets_left=left)
    (missing,) = _GAPS.run(connection, **of).fetchone()
    return BroadcastSummary(
        broadcast=found, summary=count(connection, of), gaps=missing
    )


def count(connection: sqlite3.Connection, of: dict[str, Any]) -> Summary:
    """The summary of a room (``of_room``) between two instants (``since``, ``until``)."""
    summary = Summary()
    (summary.lines,) = _SPOKEN.run(connection, **of).fetchone()
    for kind, reason, times in _DECIDED.run(connection, **of):
        summary.decided(kind, reason, times)
    for kind, data in _ASKED.run(connection, **of):
        event = encoding.decode_event(kind, data)
        if isinstance(event, ViewerSpoke):
            summary.asked(event.text)
    for entry, times in _ANSWERED.run(connection, **of):
        summary.said(entry, times)
    for rule, times in _HELD.run(connection, **of):
        summary.refused(rule, times)
    welcomed = summary.welcomed
    welcomed.named, welcomed.counted = _NAMED.run(connection, **of).fetchone()
    for state, heard, settled in _WELCOMES.run(connection, **of):
        if state == ReplyState.SENT and heard is not None and settled is not None:
            welcomed.took([datetime.fromisoformat(heard)], encoding.instant(settled))
        elif state in _MISSED:
            welcomed.miss()
    return summary


def _broadcast(row: Sequence[Any]) -> Broadcast:
    number, room, broadcast, began_at, began_by, ended_at, ended_by, left = row
    return Broadcast(
        number=number,
        room=RoomName(room),
        broadcast=BroadcastId(broadcast),
        began_at=encoding.instant(began_at),
        began_by=began_by,
        ended_at=encoding.maybe_instant(ended_at),
        ended_by=ended_by,
        tickets_left=left,
    )


class Broadcasts:
    """The part of a store that tells of broadcasts; ``_readers`` is the store's own."""

    _readers: Readers

    async def broadcasts(self, room: RoomName) -> Sequence[Broadcast]:
        """The newest broadcasts of *room*, newest first."""
        return await self._readers.read(
            lambda connection: read_broadcasts(connection, room)
        )

    async def counted(self, room: RoomName) -> Summary:
        """What all that is known of *room* came to."""
        of: dict[str, Any] = {"of_room": room, "since": 0, "until": _EVER}
        return await self._readers.read(lambda connection: count(connection, of))

    async def summary(
        self, room: RoomName, number: int | None, now: datetime
    ) -> BroadcastSummary | None:
        """What one broadcast came to by *now*, the newest where none is named; None: no such."""
        return await self._readers.read(
            lambda connection: read_summary(connection, room, number, now)
        )
