"""What a clock that ran out makes of its ticket: recorded, raised, offered no more, or closed."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from streambot.domain.clocks import Ended
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.ticket import SUPERVISORS, ClockKind, Due, Ticket
from streambot.domain.ticket_moves import missed
from streambot.domain.ticket_rules import TicketEvent
from streambot.domain.ticket_step import Step, step
from streambot.domain.ticket_steps import closed


def ran_out(ticket: Ticket, due: Due, at: datetime, policy: DeskPolicy) -> Step:
    """A clock reached its end: recorded, told to the viewer, or the window closed."""
    match due.kind:
        case ClockKind.CLOSE:
            return closed(ticket, at, policy)
        case ClockKind.UNATTENDED:
            draft = replace(ticket, unattended=True)
            return step(ticket, draft, TicketEvent.UNATTENDED, at, policy)
        case ClockKind.OFFER:
            return missed(ticket, at, policy)
        case ClockKind.ESCALATE | ClockKind.COMPLAINT | ClockKind.FOLLOW_UP:
            return _breached(ticket, due, TicketEvent.RAISE, at, policy)
        case _:
            return _breached(ticket, due, TicketEvent.BREACHED, at, policy)


def _breached(
    ticket: Ticket, due: Due, event: TicketEvent, at: datetime, policy: DeskPolicy
) -> Step:
    draft = replace(
        ticket,
        due=tuple(other for other in ticket.due if other != due),
        breached=(*ticket.breached, due.kind),
    )
    if event is TicketEvent.RAISE:
        draft = replace(draft, priority=max(ticket.priority - 1, 0))
    if due.kind is ClockKind.ESCALATE:
        draft = replace(draft, group=SUPERVISORS)
    taken = step(ticket, draft, event, at, policy)
    return replace(taken, ended=(Ended.breach(due),))
