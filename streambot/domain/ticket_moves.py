"""Moves: the steps by which a ticket comes to an agent, changes hands or goes back to the queue.

Whoever has a ticket and gives it away, or is made to, counts as tried; whose lease was lost does
not: they were no worse than absent.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.ticket import Ticket, TicketState
from streambot.domain.ticket_rules import TicketEvent
from streambot.domain.ticket_step import Step, step, with_ref


def offered(ticket: Ticket, agent: str, at: datetime, policy: DeskPolicy) -> Step:
    """A place is reserved at *agent*, who takes it or leaves it within the offer's time."""
    draft = replace(ticket, offered_to=agent, offer_until=at + policy.offer)
    return step(ticket, draft, TicketEvent.OFFER, at, policy)


def declined(ticket: Ticket, ref: str, at: datetime, policy: DeskPolicy) -> Step:
    """Whom it was offered to leaves it to others."""
    draft = _tried(with_ref(ticket, ref), ticket.offered_to)
    return step(ticket, draft, TicketEvent.DECLINED, at, policy)


def missed(ticket: Ticket, at: datetime, policy: DeskPolicy) -> Step:
    """Whom it was offered to said nothing in time."""
    draft = _tried(ticket, ticket.offered_to)
    return step(ticket, draft, TicketEvent.MISSED, at, policy)


def claimed(
    ticket: Ticket, agent: str, ref: str, at: datetime, policy: DeskPolicy
) -> Step:
    """An agent takes the matter out of the queue."""
    draft = _owned(with_ref(ticket, ref), agent, at)
    return step(ticket, draft, TicketEvent.CLAIM, at, policy)


def taken_over(
    ticket: Ticket, supervisor: str, ref: str, at: datetime, policy: DeskPolicy
) -> Step:
    """A supervisor takes the matter from wherever it is; the owner's answers are fenced off."""
    freed = _freed(ticket, at) if ticket.owner else ticket
    draft = _owned(with_ref(freed, ref), supervisor, at)
    return step(ticket, draft, TicketEvent.TAKE_OVER, at, policy)


def released(ticket: Ticket, ref: str, at: datetime, policy: DeskPolicy) -> Step:
    """The matter goes back to the queue; whoever had it counts as tried."""
    draft = _tried(_freed(with_ref(ticket, ref), at), ticket.owner)
    return step(ticket, draft, TicketEvent.RELEASE, at, policy)


def requeued(ticket: Ticket, ref: str, at: datetime, policy: DeskPolicy) -> Step:
    """A supervisor puts it back; whoever had it, or had the offer, counts as tried."""
    draft = _tried(_freed(with_ref(ticket, ref), at), ticket.owner or ticket.offered_to)
    return step(ticket, draft, TicketEvent.REQUEUE, at, policy)


def transferred(
    ticket: Ticket, group: str, ref: str, at: datetime, policy: DeskPolicy
) -> Step:
    """Passed on to *group* ("": to be offered to an agent in the next step)."""
    draft = _tried(_freed(with_ref(ticket, ref), at), ticket.owner)
    draft = replace(draft, group=group or ticket.group)
    return step(ticket, draft, TicketEvent.TRANSFER, at, policy)


def lease_lost(ticket: Ticket, at: datetime, policy: DeskPolicy) -> Step:
    """Its agent is gone: back to the queue, at its own age."""
    return step(ticket, _freed(ticket, at), TicketEvent.LEASE_LOST, at, policy)


def raised(
    ticket: Ticket, priority: int, group: str, at: datetime, policy: DeskPolicy
) -> Step:
    """More urgent, never less, and for *group*."""
    draft = replace(ticket, priority=min(priority, ticket.priority), group=group)
    return step(ticket, draft, TicketEvent.RAISE, at, policy)


def owes_reply(ticket: Ticket) -> bool:
    """Whether a line of the viewer is unanswered, or its answer not yet arrived."""
    waits = ticket.state in (TicketState.QUEUED, TicketState.OFFERED)
    in_hand = ticket.state in (TicketState.ACTIVE, TicketState.PAUSED)
    return waits or (in_hand and (not ticket.is_answered or bool(ticket.in_flight)))


def _owned(ticket: Ticket, agent: str, at: datetime) -> Ticket:
    return replace(
        ticket,
        owner=agent,
        unattended=False,
        first_claim_at=ticket.first_claim_at or at,
    )


def _freed(ticket: Ticket, at: datetime) -> Ticket:
    """*ticket* without its owner; a viewer who waits goes on waiting, others begin now."""
    waits = owes_reply(ticket) or ticket.state is TicketState.ACTIVE
    return replace(
        ticket,
        owner=None,
        last_owner=ticket.owner or ticket.last_owner,
        waiting_since=ticket.waiting_since if waits else at,
        # Answers in flight are withdrawn, so the viewer's last line is unanswered again.
        answered_version=0 if waits else ticket.answered_version,
    )


def _tried(ticket: Ticket, agent: str | None) -> Ticket:
    if agent is None or agent in ticket.tried:
        return ticket
    return replace(ticket, tried=(*ticket.tried, agent))
