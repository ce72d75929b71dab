"""Tickets and their journal on disk: rows, the difference a change made, and its folding."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Integer, bindparam, func, insert, literal_column, select
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared, Row
from streambot.adapters.store.tables import (
    TICKET_HELD,
    TICKET_OPEN,
    ticket_journal,
    tickets,
)
from streambot.domain.reply import TicketId
from streambot.domain.room import RoomName
from streambot.domain.ticket import Ticket, TicketState
from streambot.domain.ticket_load import place_of
from streambot.domain.viewer import ViewerKey
from streambot.ports.store import TicketChange

#: Key of ``TicketChange.data`` that holds what the change set, field by field.
SET = "set"

_put = upsert(tickets)
PUT = Prepared(
    _put.on_conflict_do_update(
        index_elements=[tickets.c.id],
        set_={
            name: _put.excluded[name]
            for name in ("state", "version", "epoch", "viewer", "data", "holder")
        },
    )
)
ONE = Prepared(select(tickets.c.data).where(tickets.c.id == bindparam("ticket")))
OF_VIEWER = Prepared(
    select(tickets.c.data)
    .where(
        tickets.c.room == bindparam("room"),
        tickets.c.viewer == bindparam("viewer"),
        TICKET_OPEN,
    )
    .order_by((tickets.c.state == TicketState.RESOLVED), tickets.c.no.desc())
    .limit(1)
)
OF_ROOM = Prepared(
    select(tickets.c.data)
    .where(tickets.c.room == bindparam("room"), TICKET_OPEN)
    .order_by(tickets.c.no)
)
OF_CARD = Prepared(
    select(tickets.c.data)
    .where(
        tickets.c.room == bindparam("room"),
        tickets.c.card == bindparam("card"),
        TICKET_OPEN,
    )
    .order_by(tickets.c.no)
)
HELD_BY = Prepared(
    select(tickets.c.data)
    .where(tickets.c.holder == bindparam("agent"), TICKET_HELD)
    .order_by(tickets.c.no)
)
OPEN = Prepared(select(tickets.c.data).where(TICKET_OPEN).order_by(tickets.c.no))
_CHANGE = ("event", "at", "actor", "text", "data")
_ZERO = literal_column("0", Integer)
_ONE = literal_column("1", Integer)
_so_far = ticket_journal.alias("so_far")
_APPEND = Prepared(
    insert(ticket_journal)
    .inline()
    .values(
        ticket=bindparam("of"),
        n=select(func.coalesce(func.max(_so_far.c.n), _ZERO) + _ONE)
        .where(_so_far.c.ticket == bindparam("of"))
        .scalar_subquery(),
        **{name: bindparam(f"its_{name}") for name in _CHANGE},
    )
)
_HISTORY = Prepared(
    select(
        ticket_journal.c.event,
        ticket_journal.c.at,
        ticket_journal.c.actor,
        ticket_journal.c.text,
        ticket_journal.c.data,
    )
    .where(ticket_journal.c.ticket == bindparam("ticket"))
    .order_by(ticket_journal.c.n)
)


def read_ticket(connection: sqlite3.Connection, ticket: TicketId) -> Ticket | None:
    """The ticket as stored."""
    row = ONE.run(connection, ticket=ticket).fetchone()
    return None if row is None else encoding.decode_ticket(row[0])


def read_ticket_of(
    connection: sqlite3.Connection, room: RoomName, viewer: ViewerKey
) -> Ticket | None:
    """The viewer's live ticket, else their newest resolved one."""
    row = OF_VIEWER.run(connection, room=room, viewer=viewer).fetchone()
    return None if row is None else encoding.decode_ticket(row[0])


def read_open(
    connection: sqlite3.Connection, room: RoomName | None = None
) -> tuple[Ticket, ...]:
    """Live and resolved tickets, of one room or of all, by number."""
    rows = OPEN.run(connection) if room is None else OF_ROOM.run(connection, room=room)
    return tuple(encoding.decode_ticket(row[0]) for row in rows)


def read_card(
    connection: sqlite3.Connection, room: RoomName, card: str
) -> tuple[Ticket, ...]:
    """Live and resolved tickets of one card, by number."""
    rows = OF_CARD.run(connection, room=room, card=card)
    return tuple(encoding.decode_ticket(row[0]) for row in rows)


def read_held_by(connection: sqlite3.Connection, agent: str) -> tuple[Ticket, ...]:
    """What an agent owns or is offered, by number."""
    rows = HELD_BY.run(connection, agent=agent)
    return tuple(encoding.decode_ticket(row[0]) for row in rows)


def write(connection: sqlite3.Connection, changed: Iterable[Ticket]) -> None:
    """Insert or replace tickets' rows."""
    PUT.many(
        connection,
        [
            (
                ticket.id,
                ticket.no,
                ticket.room,
                ticket.viewer.key,
                ticket.state.value,
                ticket.version,
                ticket.epoch,
                encoding.encode(ticket),
                ticket.card,
                place_of(ticket),
            )
            for ticket in changed
        ],
    )


def change_row(
    before: Ticket | None,
    after: Ticket,
    plain: Mapping[str, object],
    change: TicketChange,
) -> Row:
    """*change* as a row of the ticket's journal, with every field it set; *plain* is *after*."""
    data = {
        **change.data,
        SET: {
            name: value
            for name, value in plain.items()
            if before is None or getattr(before, name) != getattr(after, name)
        },
    }
    at = encoding.micros(change.at)
    raw = encoding.encode(data)
    return after.id, after.id, change.event, at, change.actor, change.text, raw


def append_changes(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Append rows to tickets' journals, in their order."""
    _APPEND.many(connection, rows)


def read_history(
    connection: sqlite3.Connection, ticket: TicketId
) -> tuple[TicketChange, ...]:
    """A ticket's journal, oldest first."""
    return tuple(
        TicketChange(
            event=event,
            at=encoding.instant(at),
            actor=actor,
            text=text,
            data=encoding.decode_object(data),
        )
        for event, at, actor, text, data in _HISTORY.run(connection, ticket=ticket)
    )


def fold(changes: Iterable[TicketChange]) -> Ticket:
    """The ticket that its journal, oldest first, adds up to.

    Raises:
        ValueError: the changes don't begin with the one that opened the ticket.
    """
    fields: dict[str, object] = {}
    for change in changes:
        part = change.data.get(SET, {})
        assert isinstance(part, dict)
        fields.update(part)
    return msgspec.convert(fields, Ticket)
