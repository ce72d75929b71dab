"""Same-question cards: who comes late gets the answer that stands, and one end ends all."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from streambot.application.desk_command import Command
from streambot.application.desk_moves import card_of
from streambot.application.desk_record import record
from streambot.domain import ticket_moves as moves
from streambot.domain import ticket_steps as steps
from streambot.domain.card import LATE, asks_only_this, is_alone
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.reply import Reply
from streambot.domain.ticket import Ticket
from streambot.domain.ticket_rules import OWNED, answer_id
from streambot.ports.store import DeskTransaction


def answered_already(
    tx: DeskTransaction, ticket: Ticket, at: datetime, policy: DeskPolicy
) -> Ticket | None:
    """*ticket*, answered as its card was a moment ago; None where nothing fresh was said to all.

    It is in the hands of whoever answered, and their taking back takes this back too.
    """
    said = _said_to_all(tx, ticket, at)
    if said is None or said.ticket is None or said.author is None:
        return None
    key = said.out_id.removeprefix(answer_id(said.ticket, ""))
    claimed = moves.claimed(ticket, said.author, key, at, policy)
    mine = record(tx, claimed, said.author)
    out, until = answer_id(ticket.id, key), at + policy.answer_lasts
    step = steps.answered(mine, out, until, key, at, policy)
    tx.owe(
        replace(
            said,
            out_id=out,
            trigger=ticket.trigger,
            owed_at=at,
            expires_at=until,
            viewer=ticket.viewer,
            ticket=ticket.id,
            epoch=step.ticket.epoch,
        )
    )
    shown = {"out_id": out, "visibility": said.visibility.value}
    return record(tx, step, said.author, text=said.text, **shown)


def _said_to_all(tx: DeskTransaction, ticket: Ticket, at: datetime) -> Reply | None:
    """The newest public answer to a card, where it is fresh and the first one to its asker."""
    if ticket.private or is_alone(ticket):
        return None
    for said in tx.said_to_card(ticket.room, ticket.card, at - LATE):
        other = None if said.ticket is None else tx.ticket(said.ticket)
        if other is not None and other.id != ticket.id and asks_only_this(other):
            return said
    return None


def resolve_others(
    tx: DeskTransaction, resolved: Ticket, command: Command, policy: DeskPolicy
) -> None:
    """End the rest of a card with *resolved*: all that its agent answered with it.

    Who wrote on, has an answer on its way, or got none, stays open: nobody is lost in a crowd.
    """
    others = (each for each in card_of(tx, resolved) if each.id != resolved.id)
    for other in others:
        with_it = other.owner == command.agent.name and other.state in OWNED
        told = other.first_reply_at is not None and not other.in_flight
        if not (with_it and told and asks_only_this(other)):
            continue
        step = steps.resolved(other, command.outcome, command.key, command.at, policy)
        how = command.outcome.value
        record(tx, step, command.agent.name, ref=command.ref, outcome=how)
