"""What of a room's events the host's board learns: lines that await their decision, and arrivals."""

from __future__ import annotations

from collections.abc import Iterable

from streambot.domain.board import Board
from streambot.domain.board_question import may_ask
from streambot.domain.decision import Decision
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
from streambot.ports.host_board import MarkAct


def hear_line(
    line: ViewerSpoke, last: Decision | None, board: Board, *, arrives: bool
) -> None:
    """Let *board* hear a line whose *last* decision stands; chatter, nearly all, never gets there.

    *arrives*: it is its viewer's arrival, too.
    """
    if line.origin is not Origin.LIVE:
        return
    if last is None or may_ask(last):
        board.heard(line.id, line.viewer, line.text, line.received_at)
    if arrives:
        board.arrived(line.viewer, line.received_at)


def show_host(event: FromRoom, board: Board) -> None:
    """Let *board* know of *event*, which is no line."""
    match event:
        case ViewerEntered() if event.origin is Origin.LIVE:
            board.arrived(event.viewer, event.received_at)
        case LineWithdrawn():
            board.withdrawn(event.event)
        case _:
            pass


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
    for mark in before.marks:
        question = board.find(mark.question)
        if question is None:
            continue
        if mark.act is MarkAct.SKIP:
            board.close(question, mark.at, answered=False)
        elif mark.act is not MarkAct.ANSWERED:
            board.pin(question, pinned=mark.act is MarkAct.PIN)
    for event in before.withdrawn:
        board.withdrawn(event)
    board.tickets.clear()  # a room that starts again may have missed the end of some
    for ticket in tickets:
        board.ticket_changed(ticket)
