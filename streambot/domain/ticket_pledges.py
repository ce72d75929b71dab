"""What a step of a ticket means for what its viewer was promised."""

from __future__ import annotations

from datetime import datetime

from streambot.domain import pledge
from streambot.domain.clocks import Wound
from streambot.domain.pledge import Broken, Pledges
from streambot.domain.ticket import ClockKind, Ticket
from streambot.domain.ticket_rules import TicketEvent

_E = TicketEvent
#: Clocks whose end is said or meant to a viewer, the one that counts first.
_PROMISED = (ClockKind.COMPLAINT, ClockKind.FIRST, ClockKind.FOLLOW_UP)
_ARRIVED = frozenset({_E.ACCEPTED, _E.BEHIND})
#: Who asks, or asks more gravely, is promised somebody; who is told that nobody is there, too.
_ASKED = frozenset({_E.HANDOFF, _E.REOPEN})
_ENDS = {
    _E.RESOLVE: Broken.UNANSWERED,
    _E.UNREACHABLE: Broken.UNREACHABLE,
    _E.WITHDRAW: Broken.WITHDRAWN,
}


def pledged(ticket: Ticket, event: TicketEvent, at: datetime, wound: Wound) -> Pledges:
    """The promises of *ticket* after *event*, whose clocks are *wound*."""
    found = ticket.pledges
    if event in _ENDS:
        return pledge.broken(found, _ENDS[event])
    if event in _ARRIVED and not ticket.said_wait:
        return pledge.kept(found, at)
    if event in _ASKED:
        return pledge.made(found, at, _due(ticket, wound))
    owed = pledge.open_one(found) is not None
    if event is _E.UNATTENDED and owed:
        return pledge.made(found, at, None)
    moved = {due.kind for due in (*wound.started, *wound.moved)}
    # An agent's "one moment" is a promise by itself, a graver complaint only a sooner one.
    again = ClockKind.FOLLOW_UP in moved or (owed and ClockKind.COMPLAINT in moved)
    return pledge.made(found, at, _due(ticket, wound)) if again else found


def _due(ticket: Ticket, wound: Wound) -> datetime | None:
    """The time that was promised; nobody who hears that the desk is empty is promised one."""
    if ticket.unattended:
        return None
    ends = {due.kind: due.due_at for due in wound.running}
    return next((ends[kind] for kind in _PROMISED if kind in ends), None)
