"""What viewers were promised, read from their tickets and from the lines that told them why."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.tables import replies, tickets
from streambot.domain.pledge_figures import Promised
from streambot.domain.reply import OutId, ReplyState
from streambot.domain.ticket import Ticket

#: A ticket this much older than the span is not looked at: nothing is promised on it any more.
_LONGEST_MATTER = timedelta(days=2)

_NEWEST = Prepared(select(tickets.c.data).order_by(tickets.c.no.desc()))
_STATE = Prepared(select(replies.c.state).where(replies.c.out_id == bindparam("out")))


def read_pledges(
    connection: sqlite3.Connection, since: datetime
) -> tuple[Promised, ...]:
    """Everything promised from *since* on, newest ticket first."""
    return tuple(
        Promised(
            ticket=ticket.id,
            no=ticket.no,
            room=ticket.room,
            viewer=ticket.viewer.name,
            pledge=each,
            said=None if each.told is None else _state(connection, each.told),
        )
        for ticket in newest_tickets(connection, since)
        for each in ticket.pledges
        if each.made_at >= since
    )


def newest_tickets(connection: sqlite3.Connection, since: datetime) -> Iterator[Ticket]:
    """Tickets that may have been worked on from *since* on, newest first."""
    oldest = since - _LONGEST_MATTER
    for (data,) in _NEWEST.run(connection):
        ticket = encoding.decode_ticket(data)
        if ticket.queued_at < oldest:
            return
        yield ticket


def _state(connection: sqlite3.Connection, out: OutId) -> ReplyState | None:
    row = _STATE.run(connection, out=out).fetchone()
    return None if row is None else ReplyState(row[0])
