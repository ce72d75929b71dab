"""What a store's file says of the desk, read beside every process that works on it."""

from __future__ import annotations

import sqlite3

from streambot.adapters.store.encoding import decode_ticket, micros
from streambot.domain.ticket import Ticket
from streambot.domain.ticket_rules import TicketEvent
from streambot.ports.store import TicketChange

#: Events that end a call for a human.
_ENDS = ("resolve", "unreachable", "withdraw", "close")


def stored_tickets(look: sqlite3.Connection) -> list[Ticket]:
    """Every ticket, by number."""
    rows = look.execute("SELECT data FROM tickets ORDER BY no").fetchall()
    return [decode_ticket(row[0]) for row in rows]


def ended(look: sqlite3.Connection) -> set[str]:
    """Tickets that something ended: only these may be missing from the live ones. (I3)"""
    marks = ", ".join("?" * len(_ENDS))
    rows = look.execute(
        f"SELECT DISTINCT ticket FROM ticket_journal WHERE event IN ({marks})", _ENDS
    )
    return {row[0] for row in rows}


def check_clocks(look: sqlite3.Connection, ticket: Ticket) -> None:
    """Each clock ended once at most, and those that run are the ticket's own. (I8)"""
    rows = look.execute(
        "SELECT kind, due_at, paused_at, met_at, breached_at, cancelled_at"
        " FROM clocks WHERE ticket = ?",
        (ticket.id,),
    ).fetchall()
    running = {}
    for kind, due_at, paused_at, *ends in rows:
        assert sum(end is not None for end in ends) <= 1
        if all(end is None for end in ends):
            assert kind not in running
            running[kind] = (due_at, paused_at is not None)
    assert running == {
        due.kind.value: (micros(due.due_at), due.paused_at is not None)
        for due in ticket.due
    }


def check_pause(change: TicketChange) -> None:
    """Neither falling asleep nor waking broke a promise. (I7)"""
    if change.event in (TicketEvent.SNOOZE, TicketEvent.WAKE):
        fields = change.data["set"]
        assert isinstance(fields, dict)
        assert "breached" not in fields, "a pause broke a promise"
