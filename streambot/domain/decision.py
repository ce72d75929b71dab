"""What the assistant decided about a line or an arrival, as it is kept and shown."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from streambot.domain.evidence import Evidence
from streambot.domain.reply import EventId, OutId
from streambot.domain.viewer import ViewerKey


class DecisionKind(StrEnum):
    """The kinds of the decisions file."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    ORDER = "order"
    HANDOFF = "handoff"
    HOLD = "hold"
    IGNORE = "ignore"
    GREET = "greet"


class IgnoreReason(StrEnum):
    """Why nothing was done about a line."""

    CHATTER = "chatter"
    HISTORY = "history"
    STALE = "stale"
    DUPLICATE = "duplicate"
    SELF = "self"
    BOT = "bot"
    ANCHOR = "anchor"
    COOLDOWN = "cooldown"
    MERGED = "merged"
    HUMAN_OWNS = "human_owns"
    QUIET = "quiet"
    SILENT = "silent"
    FAILED = "failed"  # the program failed on it
    WITHDRAWN = "withdrawn"  # taken back or moderated while it waited for its verdict


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision; ``out_id`` names the reply whose fate settles it, if any."""

    at: datetime
    event_id: EventId
    viewer: ViewerKey
    kind: DecisionKind
    entry: str | None = None
    score: float | None = None
    reason: str | None = None
    evidence: tuple[Evidence, ...] = ()
    out_id: OutId | None = None
    question: bool = False  # question-like and unanswered: counts for the gaps report
