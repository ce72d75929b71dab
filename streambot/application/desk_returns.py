"""Returns: a matter that slept or was over goes back to whoever had it, if they are there.

Who is there is read before the transaction and handed in; None says that nobody knows, as in a
replay or a room without a desk, and then nothing is moved on that account.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from streambot.application.desk_record import record
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.ticket import ANYBODY, Ticket, TicketState
from streambot.domain.ticket_load import has_place
from streambot.domain.ticket_moves import lease_lost, offered
from streambot.domain.ticket_pauses import woken
from streambot.ports.store import DeskTransaction

There = Collection[str] | None


def awake(
    tx: DeskTransaction,
    ticket: Ticket,
    at: datetime,
    policy: DeskPolicy,
    *,
    actor: str,
    there: There,
) -> Ticket:
    """*ticket*, woken first where it sleeps: its owner's again, or the queue's if they are gone."""
    if ticket.state is not TicketState.PAUSED:
        return ticket
    ticket = record(tx, woken(ticket, at, policy), actor)
    if there is None or ticket.owner in there:
        return ticket
    return record(tx, lease_lost(ticket, at, policy), actor)


def offer_back(
    tx: DeskTransaction,
    ticket: Ticket,
    at: datetime,
    policy: DeskPolicy,
    *,
    actor: str,
    there: There,
) -> Ticket:
    """A reopened *ticket* is offered to its last agent, only if there and with a place left."""
    last = ticket.last_owner
    if last is None or there is None or last not in there or ticket.group != ANYBODY:
        return ticket
    if not has_place(tx.held_by(last), ticket, policy.capacity):
        return ticket
    return record(tx, offered(ticket, last, at, policy), actor, to=last)
