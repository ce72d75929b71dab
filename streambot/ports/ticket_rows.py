"""Rows beside a ticket: one change of its journal, one promise of its clocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from streambot.domain.reply import TicketId


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketChange:
    """One entry of a ticket's journal: folding them gives the stored ticket."""

    event: (
        str  # handoff, claim, answer, accepted, viewer_line, note, release, resolve ...
    )
    at: datetime
    actor: str  # agent's name, "viewer", "assistant" or "clock"
    text: str = ""
    data: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRow:
    """One promise: started, due, and ended exactly once."""

    ticket: TicketId
    kind: str  # claim, first, turn, ...
    started_at: datetime
    due_at: datetime
    policy: str = "default"
    met_at: datetime | None = None
    breached_at: datetime | None = None
    cancelled_at: datetime | None = None
    warn_at: datetime | None = None  # from here on it is at risk
    paused_at: datetime | None = None  # while set, the deadline means nothing
