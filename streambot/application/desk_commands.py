"""What an agent's command does, decided inside the store's transaction: the only arbiter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from streambot.application import desk_answers as answering
from streambot.application import desk_moves as moving
from streambot.application.desk_audit import audit_command, warn_of
from streambot.application.desk_command import EVENTS, Command, GuardOf, Result
from streambot.application.desk_record import record, stays_open
from streambot.domain import refusal as say
from streambot.domain import ticket_moves as moves
from streambot.domain import ticket_steps as steps
from streambot.domain.agent import Agent, Permission, can
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.faq.entry import Visibility
from streambot.domain.guard import Held, Passed
from streambot.domain.refusal import Refusal
from streambot.domain.ticket import Handoff, Ticket, TicketState
from streambot.domain.ticket_load import has_place
from streambot.domain.ticket_rules import allows, ticket_id
from streambot.ports.store import DeskTransaction

__all__ = ["Command", "GuardOf", "Result", "execute", "pick"]

#: Commands that a paused ticket is woken for.
_WAKES = frozenset({Permission.ANSWER, Permission.RELEASE, Permission.TRANSFER})
#: Commands that need no look at the newest version.
_ANY_VERSION = frozenset(
    {
        Permission.NOTE,
        Permission.WHISPER,
        Permission.TAKE_OVER,
        Permission.REQUEUE,
    }
)


def execute(
    tx: DeskTransaction, command: Command, policy: DeskPolicy, guard_of: GuardOf
) -> Result:
    """Do *command*, once, or say why not."""
    ticket = tx.ticket(command.ticket)
    if ticket is None:
        return say.unknown(command.ticket)
    if command.key in ticket.refs:
        return ticket
    refused = _refused(command, ticket)
    if refused is not None:
        return refused
    if command.action is Permission.ANSWER:
        public = answering.visibility_of(command, ticket) is not Visibility.PRIVATE
        verdict = guard_of(ticket.room).judge(command.text, public=public)
        held = say.unsayable(verdict, command.confirmed)
        if held is not None:
            return held
        command = replace(command, confirmed=_warned(verdict))
    done = _DOES[command.action](tx, ticket, command, policy)
    if isinstance(done, Ticket):
        audit_command(
            tx, command.agent, command.action, ticket, command.at, command.text
        )
    if isinstance(done, Ticket) and command.action is Permission.ANSWER:
        for rule in command.confirmed:
            warn_of(tx, command.agent.name, ticket, rule, command.at)
    return done


def _warned(verdict: Passed | Held) -> tuple[str, ...]:
    return verdict.warnings if isinstance(verdict, Passed) else ()


def pick(
    tx: DeskTransaction, agent: Agent, handoff: Handoff, policy: DeskPolicy
) -> Result:
    """Take a viewer's line straight from the room, with whatever ticket they have."""
    ticket = tx.ticket(ticket_id(handoff.room, handoff.event_id))
    if ticket is None or not ticket.is_live:
        known = ticket
        ticket = tx.live_ticket(handoff.room, handoff.viewer.key)
        if ticket is None and known is not None:
            return say.over(known)
    if ticket is None or not stays_open(tx, ticket, handoff.at, policy):
        step = steps.picked(handoff, tx.next_no(), agent.name, policy)
        if not has_place(tx.held_by(agent.name), step.ticket, policy.capacity):
            return say.full(policy.capacity)
        return record(tx, step, agent.name, text=handoff.text, line=handoff.event_id)
    if ticket.owner is not None:
        return ticket if ticket.owner == agent.name else say.taken(ticket)
    if not has_place(tx.held_by(agent.name), ticket, policy.capacity):
        return say.full(policy.capacity)
    if ticket.state is TicketState.RESOLVED:
        step = steps.reopened(
            ticket, handoff.event_id, handoff.at, policy, attended=True, handoff=handoff
        )
        ticket = record(tx, step, agent.name, text=handoff.text, line=handoff.event_id)
    ref = f"{agent.name}/pick:{handoff.event_id}"
    return record(
        tx, moves.claimed(ticket, agent.name, ref, handoff.at, policy), agent.name
    )


def _refused(command: Command, ticket: Ticket) -> Refusal | None:
    agent, action = command.agent, command.action
    if not ticket.is_live and not allows(ticket.state, EVENTS[action]):
        return say.over(ticket)
    if action is Permission.CLAIM and ticket.owner is not None:
        return None if ticket.owner == agent.name else say.taken(ticket)
    stands_in = action is Permission.CLAIM and ticket.group in command.unmanned
    if not (stands_in or can(agent, action, ticket)):
        others = action is Permission.CLAIM and ticket.group != ""
        return say.not_your_group(ticket) if others else say.not_yours(ticket)
    if (
        action not in _ANY_VERSION
        and not ticket.owner_version <= command.version <= ticket.version
    ):
        return say.stale(ticket)
    wakes = ticket.state is TicketState.PAUSED and action in _WAKES
    if not wakes and not allows(ticket.state, EVENTS[action]):
        return say.not_now(ticket) if ticket.owner else say.not_yours(ticket)
    return None


_DOES: dict[
    Permission, Callable[[DeskTransaction, Ticket, Command, DeskPolicy], Result]
] = {
    Permission.CLAIM: moving.claim,
    Permission.DECLINE: moving.decline,
    Permission.RELEASE: moving.release,
    Permission.TRANSFER: moving.transfer,
    Permission.SNOOZE: moving.snooze,
    Permission.WAKE: moving.wake,
    Permission.TAKE_OVER: moving.take_over,
    Permission.REQUEUE: moving.requeue,
    Permission.ANSWER: answering.answer,
    Permission.UNDO: answering.undo,
    Permission.NOTE: answering.note,
    Permission.WHISPER: answering.whisper,
    Permission.RESOLVE: answering.resolve,
}
