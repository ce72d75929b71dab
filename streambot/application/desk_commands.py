"""What an agent's command does, decided inside the store's transaction: the only arbiter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from streambot.application.desk_audit import audit_command
from streambot.application.desk_record import record, stays_open
from streambot.domain import refusal as say
from streambot.domain import ticket_steps as steps
from streambot.domain.agent import Agent, Permission, can
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.faq.entry import Visibility
from streambot.domain.guard import Guard, Held, Passed
from streambot.domain.refusal import Refusal
from streambot.domain.reply import Reply, ReplyKind, TicketId
from streambot.domain.room import RoomName
from streambot.domain.ticket import Handoff, Outcome, Ticket, TicketState
from streambot.domain.ticket_rules import (
    TicketEvent,
    allows,
    answer_id,
    ticket_id,
)
from streambot.ports.store import DeskTransaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command as the console sent it; ``ref`` is the console's own, unique per agent."""

    agent: Agent
    action: Permission
    ticket: TicketId
    version: int
    ref: str
    at: datetime
    text: str = ""
    visibility: Visibility | None = None
    outcome: Outcome = Outcome.SOLVED
    confirmed: tuple[str, ...] = ()  # rules that warned, which the agent answers for

    @property
    def key(self) -> str:
        """What a ticket remembers a command by."""
        return f"{self.agent.name}/{self.ref}"


Result = Ticket | Refusal
#: What may be said in a room.
GuardOf = Callable[[RoomName], Guard]
#: What each command makes of a ticket.
EVENTS: dict[Permission, TicketEvent] = {
    Permission.CLAIM: TicketEvent.CLAIM,
    Permission.RELEASE: TicketEvent.RELEASE,
    Permission.ANSWER: TicketEvent.ANSWER,
    Permission.NOTE: TicketEvent.NOTE,
    Permission.RESOLVE: TicketEvent.RESOLVE,
}


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
        public = _visibility(command, ticket) is not Visibility.PRIVATE
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
        return record(tx, step, agent.name, text=handoff.text, line=handoff.event_id)
    if ticket.owner is not None:
        return ticket if ticket.owner == agent.name else say.taken(ticket)
    if ticket.state is TicketState.RESOLVED:
        step = steps.reopened(
            ticket, handoff.event_id, handoff.at, policy, attended=True, handoff=handoff
        )
        ticket = record(tx, step, agent.name, text=handoff.text, line=handoff.event_id)
    ref = f"{agent.name}/pick:{handoff.event_id}"
    return record(
        tx, steps.claimed(ticket, agent.name, ref, handoff.at, policy), agent.name
    )


def _refused(command: Command, ticket: Ticket) -> Refusal | None:
    agent, action = command.agent, command.action
    if not ticket.is_live and not allows(ticket.state, EVENTS[action]):
        return say.over(ticket)
    if action is Permission.CLAIM and ticket.owner is not None:
        return None if ticket.owner == agent.name else say.taken(ticket)
    if not can(agent, action, ticket):
        return say.not_yours(ticket)
    if (
        action is not Permission.NOTE
        and not ticket.owner_version <= command.version <= ticket.version
    ):
        return say.stale(ticket)
    if not allows(ticket.state, EVENTS[action]):
        return say.not_yours(ticket)
    return None


def _claim(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Ticket:
    """Claim the whole card: every viewer in the queue who asks the same."""
    if ticket.owner == command.agent.name:
        return ticket
    for other in _card(tx, ticket):
        if other.state is TicketState.QUEUED and other.id != ticket.id:
            _take(tx, other, command, policy)
    return _take(tx, ticket, command, policy)


def _take(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Ticket:
    name = command.agent.name
    claimed = steps.claimed(ticket, name, command.key, command.at, policy)
    return record(tx, claimed, name, ref=command.ref)


def _answer(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Ticket:
    """Owe the answer to its viewer, and a first public answer to all who asked the same."""
    visibility = _visibility(command, ticket)
    if ticket.first_reply_at is None and visibility is Visibility.PUBLIC:
        for other in _card(tx, ticket):
            if other.id == ticket.id or other.first_reply_at is not None:
                continue
            if other.state is TicketState.QUEUED:
                other = _take(tx, other, command, policy)
            if other.owner == command.agent.name:
                _say(tx, other, command, visibility, policy)
    return _say(tx, ticket, command, visibility, policy)


def _say(
    tx: DeskTransaction,
    ticket: Ticket,
    command: Command,
    visibility: Visibility,
    policy: DeskPolicy,
) -> Ticket:
    out = answer_id(ticket.id, command.key)
    until = command.at + policy.answer_lasts
    step = steps.answered(ticket, out, until, command.key, command.at, policy)
    reply = Reply(
        out_id=out,
        kind=ReplyKind.AGENT,
        trigger=ticket.heard[-1],
        owed_at=command.at,
        expires_at=until,
        text=command.text,
        viewer=ticket.viewer,
        visibility=visibility,
        merge_key=f"agent:{command.key}",
        ticket=ticket.id,
        epoch=step.ticket.epoch,
        author=command.agent.name,
    )
    tx.owe(reply)
    return record(
        tx,
        step,
        command.agent.name,
        text=command.text,
        ref=command.ref,
        out_id=out,
        visibility=visibility.value,
        **({"confirmed": list(command.confirmed)} if command.confirmed else {}),
    )


def _note(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Ticket:
    step = steps.noted(ticket, command.key, command.at, policy)
    return record(tx, step, command.agent.name, text=command.text, ref=command.ref)


def _release(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Ticket:
    step = steps.released(ticket, command.key, command.at, policy)
    return record(tx, step, command.agent.name, text=command.text, ref=command.ref)


def _resolve(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Result:
    until = ticket.in_flight_until
    if ticket.in_flight and (until is None or command.at <= until):
        return say.held(
            f"工单 {ticket.no} 还有一条回复正在发送，发出后再点解决。",
            f"An answer of ticket {ticket.no} is on its way: resolve when it has arrived.",
        )
    if command.version < ticket.heard_version:
        return say.stale(ticket)
    step = steps.resolved(ticket, command.outcome, command.key, command.at, policy)
    return record(
        tx,
        step,
        command.agent.name,
        text=command.text,
        ref=command.ref,
        outcome=command.outcome.value,
    )


def _visibility(command: Command, ticket: Ticket) -> Visibility:
    by_ticket = Visibility.PRIVATE if ticket.private else Visibility.PUBLIC
    return command.visibility or by_ticket


def _card(tx: DeskTransaction, ticket: Ticket) -> Sequence[Ticket]:
    """Live tickets shown on the same card, oldest first."""
    return [each for each in tx.card(ticket.room, ticket.card) if each.is_live]


_DOES: dict[
    Permission, Callable[[DeskTransaction, Ticket, Command, DeskPolicy], Result]
] = {
    Permission.CLAIM: _claim,
    Permission.ANSWER: _answer,
    Permission.NOTE: _note,
    Permission.RELEASE: _release,
    Permission.RESOLVE: _resolve,
}
