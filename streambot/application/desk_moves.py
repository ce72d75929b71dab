"""How a command moves a ticket: to an agent, from one to another, aside, and back to the queue."""

from __future__ import annotations

from collections.abc import Sequence

from streambot.application.desk_command import TO_GROUP, Command, Result
from streambot.application.desk_record import record
from streambot.domain import refusal as say
from streambot.domain import ticket_moves as moves
from streambot.domain import ticket_pauses as pauses
from streambot.domain.agent import Permission, can
from streambot.domain.card import is_alone
from streambot.domain.desk_policy import DeskPolicy, Routing
from streambot.domain.ticket import Ticket, TicketState
from streambot.domain.ticket_load import has_place
from streambot.ports.store import DeskTransaction

#: States of the queue: nobody's yet.
WAITING = frozenset({TicketState.QUEUED, TicketState.OFFERED})


def claim(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Result:
    """Claim the whole card: every viewer in the queue who asks the same."""
    name = command.agent.name
    if ticket.owner == name:
        return ticket
    elsewhere = ticket.offered_to not in (None, name)
    if elsewhere and policy.routing_in(ticket.room) is Routing.PUSH:
        if not can(command.agent, Permission.SUPERVISE):
            return say.offered_elsewhere(ticket)
    if not _has_place(tx, name, ticket, policy):
        return say.full(policy.capacity)
    for other in card_of(tx, ticket):
        if other.state in WAITING and other.id != ticket.id:
            take(tx, other, command, policy)
    return take(tx, ticket, command, policy)


def take(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Ticket:
    """One ticket out of the queue."""
    name = command.agent.name
    claimed = moves.claimed(ticket, name, command.key, command.at, policy)
    return record(tx, claimed, name, ref=command.ref)


def decline(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Result:
    """Leave what was offered to others."""
    step = moves.declined(ticket, command.key, command.at, policy)
    return record(tx, step, command.agent.name, text=command.text, ref=command.ref)


def release(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Result:
    """Give it back to the queue, with the reason for whoever comes next."""
    ticket = awake(tx, ticket, command, policy)
    step = moves.released(ticket, command.key, command.at, policy)
    return record(tx, step, command.agent.name, text=command.text, ref=command.ref)


def transfer(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Result:
    """Pass it on to an agent, who is offered it, or to a group's queue; the clocks run on."""
    name, to = command.agent.name, command.to
    group = to.removeprefix(TO_GROUP) if to.startswith(TO_GROUP) else ""
    if group and group not in policy.groups:
        return say.no_such_group(group, sorted(policy.groups))
    over = False
    if not group:
        if to == ticket.owner or to not in command.present:
            return say.not_there(to, sorted(command.present - {ticket.owner or ""}))
        over = not _has_place(tx, to, ticket, policy)
        if over and not can(command.agent, Permission.SUPERVISE):
            return say.target_full(to, policy.capacity)
    ticket = awake(tx, ticket, command, policy)
    step = moves.transferred(ticket, group, command.key, command.at, policy)
    moved = record(
        tx, step, name, text=command.text, ref=command.ref, to=to, override=over
    )
    if group:
        return moved
    offer = moves.offered(moved, to, command.at, policy)
    return record(tx, offer, name, to=to)


def snooze(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Result:
    """Lay it aside until a time, an event, or until the viewer writes."""
    step = pauses.snoozed(
        ticket, command.until, command.until_event, command.key, command.at, policy
    )
    return record(tx, step, command.agent.name, text=command.text, ref=command.ref)


def wake(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Result:
    """Go on with it now."""
    step = pauses.woken(ticket, command.at, policy, ref=command.key)
    return record(tx, step, command.agent.name, ref=command.ref)


def awake(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Ticket:
    """*ticket*, woken first where it sleeps: what needs an open matter opens it."""
    if ticket.state is not TicketState.PAUSED:
        return ticket
    step = pauses.woken(ticket, command.at, policy)
    return record(tx, step, command.agent.name)


def take_over(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Result:
    """A supervisor takes it from wherever it is; above their capacity is theirs to decide."""
    name = command.agent.name
    if ticket.owner == name:
        return ticket
    over = not _has_place(tx, name, ticket, policy)
    step = moves.taken_over(ticket, name, command.key, command.at, policy)
    return record(
        tx,
        step,
        name,
        text=command.text,
        ref=command.ref,
        owner=ticket.owner,
        override=over,
    )


def requeue(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Result:
    """A supervisor gives it back to the queue."""
    step = moves.requeued(ticket, command.key, command.at, policy)
    return record(tx, step, command.agent.name, text=command.text, ref=command.ref)


def card_of(tx: DeskTransaction, ticket: Ticket) -> Sequence[Ticket]:
    """Live tickets shown on the same card, oldest first."""
    if is_alone(ticket):
        return [ticket] if ticket.is_live else []
    return [each for each in tx.card(ticket.room, ticket.card) if each.is_live]


def _has_place(
    tx: DeskTransaction, agent: str, ticket: Ticket, policy: DeskPolicy
) -> bool:
    """Whether *agent* can be given *ticket*, counted in the very transaction that gives it. (I5)"""
    held = [each for each in tx.held_by(agent) if each.id != ticket.id]
    return has_place(held, ticket, policy.capacity)
