"""What the host marks on the board, kept so that a mark sent twice acts once and figures last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from streambot.domain.reply import EventId, LineId
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenLine:
    """A line of the prompter that a sending tool took; ``failed`` is why it could not say it."""

    line: LineId
    by: str
    at: datetime
    failed: str | None = None


class TakenStore(Protocol):
    """Keeps which lines tools took."""

    async def take(
        self, room: RoomName, line: LineId, by: str, at: datetime
    ) -> TakenLine | None:
        """Take it; None when it was taken before, then or ever."""
        ...

    async def take_failed(self, room: RoomName, line: LineId, why: str) -> None:
        """The tool could not say what it took."""
        ...

    async def taken(self, room: RoomName) -> Sequence[TakenLine]:
        """What was taken of the lines that still wait on the room's prompter."""
        ...
