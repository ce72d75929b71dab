"""What of a room's events the host's board learns: lines that await their decision, and arrivals."""

from __future__ import annotations

from collections.abc import Iterable

from streambot.domain.actions import Action, Decide
from streambot.domain.board import Board
from streambot.domain.decision import DecisionKind
from streambot.domain.events import (
    FromRoom,
    LineWithdrawn,
    Origin,
    ViewerEntered,
    ViewerSpoke,
)
from streambot.domain.guard import Guard
from streambot.domain.reply import SETTLED
from streambot.domain.ticket import Ticket
from streambot.ports.asked_before import AskedBefore


def show_host(event: FromRoom, actions: Iterable[Action], board: Board) -> None:
    """Let *board* hear *event*, before what was decided about it."""
    match event:
        case ViewerSpoke() if event.origin is Origin.LIVE:
            board.heard(event.id, event.viewer, event.text, event.received_at)
            if any(_welcomes(action) for action in actions):
                board.arrived(event.viewer, event.received_at)
        case ViewerEntered() if event.origin is Origin.LIVE:
            board.arrived(event.viewer, event.received_at)
        case LineWithdrawn():
            board.withdrawn(event.event)
        case _:
            pass


def _welcomes(action: Action) -> bool:
    """Whether a line is its viewer's arrival too."""
    return isinstance(action, Decide) and action.decision.kind is DecisionKind.GREET


def recall(
    board: Board, before: AskedBefore, tickets: Iterable[Ticket], guard: Guard
) -> None:
    """Let a fresh board know what was asked before the process began, and who waits."""
    for each in before.lines:
        line = each.line
        board.heard(line.id, line.viewer, line.text, line.received_at)
        if each.reply is not None:
            board.owes(each.reply)
        board.decided(each.decision, guard)
        if each.state in SETTLED and each.reply is not None:
            board.settled((each.reply.out_id,), each.state)
    for question in tuple(board.questions.values()):
        if question.id in before.skipped:
            board.close(question, question.last_at, answered=False)
        elif question.id in before.pinned:
            board.pin(question, pinned=True)
    for ticket in tickets:
        board.ticket_changed(ticket)
