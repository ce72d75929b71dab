"""What viewers asked before a restart and no host dealt with, so that a board goes on."""

from __future__ import annotations

from dataclasses import dataclass

from streambot.domain.decision import Decision
from streambot.domain.events import ViewerSpoke
from streambot.domain.reply import Reply, ReplyState


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """A line, what was decided about it, and what became of the reply it was owed."""

    line: ViewerSpoke
    decision: Decision
    reply: Reply | None = None
    state: ReplyState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBefore:
    """Lines, oldest first, and the questions of them by id that are pinned or were skipped."""

    lines: tuple[AskedLine, ...]
    pinned: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
