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
