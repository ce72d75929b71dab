"""What it does to tickets that the host answered their question aloud, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection

from streambot.application.desk_record import record
from streambot.domain import ticket_moves as moves
from streambot.domain import ticket_steps as steps
from streambot.domain.board_question import SAYABLE
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.reply import EventId, ReplyState, TicketId
from streambot.domain.ticket import Outcome, Ticket, TicketState
from streambot.domain.ticket_rules import answer_id
from streambot.ports.host_board import Mark
from streambot.ports.store import DeskTransaction

_WAITING = frozenset({TicketState.QUEUED, TicketState.OFFERED})


def answered_aloud(
    tx: DeskTransaction,
    name: TicketId,
    lines: Collection[EventId],
    mark: Mark,
    policy: DeskPolicy,
) -> None:
    """The host said the answer to what *lines* of a ticket ask.

    An agent's ticket counts as answered by a person. One that waits and holds nothing else is
    over with it; one that holds more, or is no mere question, waits on with a note.
    """
    ticket = tx.ticket(name)
    if ticket is None or not ticket.is_live:
        return
    if ticket.state in _WAITING and ticket.reason in SAYABLE:
        if set(ticket.heard) <= set(lines):
            _over(tx, ticket, mark, policy)
            return
    elif ticket.state is TicketState.ACTIVE and not ticket.in_flight:
        if ticket.heard[-1] in lines:
            _said(tx, ticket, mark, policy)
            return
    record(
        tx,
        steps.noted(ticket, f"{mark.by}/{mark.ref}", mark.at, policy),
        mark.by,
        text="主播已口头回答 · The host answered aloud",
    )


def _said(
    tx: DeskTransaction, ticket: Ticket, mark: Mark, policy: DeskPolicy
) -> Ticket:
    key = f"{mark.by}/{mark.ref}"
    out = answer_id(ticket.id, key)
    owed = steps.answered(ticket, out, mark.at, key, mark.at, policy)
    ticket = record(tx, owed, mark.by, ref=mark.ref, out_id=out, aloud=True)
    said = steps.settled(ticket, out, ReplyState.SENT, mark.at, policy)
    assert said is not None, "a live ticket is not over"
    return record(tx, said, mark.by, out_id=out, state=ReplyState.SENT.value)


def _over(
    tx: DeskTransaction, ticket: Ticket, mark: Mark, policy: DeskPolicy
) -> Ticket:
    """Whom the host answered needs nobody else; who writes on is queued again."""
    taken = moves.claimed(ticket, mark.by, "", mark.at, policy)
    ticket = _said(tx, record(tx, taken, mark.by, ref=mark.ref), mark, policy)
    done = steps.resolved(ticket, Outcome.NOT_NEEDED, "", mark.at, policy)
    return record(tx, done, mark.by, outcome=Outcome.NOT_NEEDED.value)
