"""What viewers asked before a restart and no host dealt with, so that a board goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from streambot.domain.decision import Decision
from streambot.domain.events import ViewerSpoke
from streambot.domain.reply import EventId, Reply, ReplyState

if TYPE_CHECKING:
    from streambot.ports.host_board import MarkAct


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """A line, what was decided about it, and what became of the reply it was owed."""

    line: ViewerSpoke
    decision: Decision
    reply: Reply | None = None
    state: ReplyState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What a host did with a question, by its id, and when."""

    question: str
    act: MarkAct
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBefore:
    """Lines and what hosts did with their questions, oldest first, and lines taken back since."""

    lines: tuple[AskedLine, ...]
    marks: tuple[Marked, ...] = ()
    withdrawn: tuple[EventId, ...] = ()
