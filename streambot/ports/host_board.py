"""What the host marks on the board, kept so that a mark sent twice acts once and figures last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from streambot.domain.reply import EventId
from streambot.domain.room import RoomName
from streambot.domain.viewer import ViewerKey
from streambot.ports.desk_transaction import DeskTransaction
from streambot.ports.store import Committed


class MarkAct(StrEnum):
    """What a host does with a question."""

    ANSWERED = "answered"
    SKIP = "skip"
    PIN = "pin"
    UNPIN = "unpin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One press of a key; ``ref`` is the page's own, so that sending it again changes nothing."""

    room: RoomName
    ref: str
    act: MarkAct
    question: str
    by: str
    at: datetime  # when it was pressed, also if the network was down


@dataclass(frozen=True, slots=True, kw_only=True)
class HostAnswer:
    """A viewer's question that a mark answers, by the line that asked it first."""

    event: EventId
    viewer: ViewerKey
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFigure:
    """What the host of a room answered: marks, viewers, and the median of seconds it took."""

    room: RoomName
    questions: int
    viewers: int
    median: float


class MarkStore(Protocol):
    """Keeps marks."""

    async def mark(
        self,
        mark: Mark,
        text: str,
        answers: Sequence[HostAnswer],
        work: Callable[[DeskTransaction], None],
    ) -> tuple[bool, Committed]:
        """Keep *mark* with what *work* does to tickets; False: its ref was kept before."""
        ...

    async def is_marked(self, room: RoomName, ref: str) -> bool:
        """Whether a mark of this ref was kept."""
        ...

    async def host_figures(self, since: datetime) -> Sequence[HostFigure]:
        """What hosts answered from *since* on, by room."""
        ...
