"""What an agent writes on a ticket: answers and taking them back, notes, and how it ended."""

from __future__ import annotations

from streambot.application.desk_cards import resolve_others
from streambot.application.desk_command import Command, Result
from streambot.application.desk_moves import WAITING, awake, card_of, take
from streambot.application.desk_record import record
from streambot.domain import refusal as say
from streambot.domain import ticket_steps as steps
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import Reply, ReplyKind, ReplyState
from streambot.domain.ticket import Ticket
from streambot.domain.ticket_rules import answer_id
from streambot.domain.waiting_words import asks_to_wait
from streambot.ports.store import DeskTransaction


def answer(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Ticket:
    """Owe the answer to its viewer, and a first public answer to all who asked the same."""
    ticket = awake(tx, ticket, command, policy)
    visibility = visibility_of(command, ticket)
    if ticket.first_reply_at is None and visibility is Visibility.PUBLIC:
        for other in card_of(tx, ticket):
            if other.id == ticket.id or other.first_reply_at is not None:
                continue
            if other.state in WAITING:
                other = take(tx, other, command, policy)
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
    waits = asks_to_wait(command.text) is not None
    step = steps.answered(
        ticket, out, until, command.key, command.at, policy, promises=waits
    )
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
        not_before=command.at + policy.undo if policy.undo else None,
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


def undo(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Result:
    """Take the newest own answer back, for all it was for, where it isn't on its way yet.

    The viewer waits on as if nothing had been written: their clocks never stopped.
    """
    newest = ticket.in_flight[-1] if ticket.in_flight else None
    prefix = answer_id(ticket.id, "")
    key = "" if newest is None else newest.removeprefix(prefix)
    if not key.startswith(f"{command.agent.name}/"):
        return say.said_already(ticket)
    taken_back = None
    for each in (*(one for one in card_of(tx, ticket) if one.id != ticket.id), ticket):
        out = answer_id(each.id, key)
        if out in each.in_flight and tx.recall(out):
            taken_back = _taken_back(tx, each, command, key, policy)
    if taken_back is None or taken_back.id != ticket.id:
        return say.said_already(ticket)
    return taken_back


def _taken_back(
    tx: DeskTransaction, ticket: Ticket, command: Command, key: str, policy: DeskPolicy
) -> Ticket:
    out = answer_id(ticket.id, key)
    gone = ReplyState.WITHDRAWN
    step = steps.settled(ticket, out, gone, command.at, policy, ref=command.key)
    assert step is not None, "a ticket with an answer in flight is not over"
    return record(
        tx, step, command.agent.name, ref=command.ref, out_id=out, undone=True
    )


def note(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Ticket:
    """Write something for colleagues."""
    step = steps.noted(ticket, command.key, command.at, policy)
    return record(tx, step, command.agent.name, text=command.text, ref=command.ref)


def whisper(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Ticket:
    """Tell its owner something; who else is sent it, or reads it, is the feed's to deny."""
    step = steps.whispered(ticket, command.key, command.at, policy)
    return record(tx, step, command.agent.name, text=command.text, ref=command.ref)


def resolve(
    tx: DeskTransaction, ticket: Ticket, command: Command, policy: DeskPolicy
) -> Result:
    """Say how it ended, once nothing is on its way and nothing the viewer wrote is unseen."""
    until = ticket.in_flight_until
    if ticket.in_flight and (until is None or command.at <= until):
        return say.held(
            f"工单 {ticket.no} 还有一条回复正在发送，发出后再点解决。",
            f"An answer of ticket {ticket.no} is on its way: resolve when it has arrived.",
        )
    if command.version < ticket.heard_version:
        return say.stale(ticket)
    step = steps.resolved(ticket, command.outcome, command.key, command.at, policy)
    resolve_others(tx, ticket, command, policy)
    return record(
        tx,
        step,
        command.agent.name,
        text=command.text,
        ref=command.ref,
        outcome=command.outcome.value,
    )


def visibility_of(command: Command, ticket: Ticket) -> Visibility:
    """Who sees an answer: as said, else as private as the ticket is, else what its room left."""
    by_ticket = Visibility.PRIVATE if ticket.private else ticket.sink
    return command.visibility or by_ticket or Visibility.PUBLIC
