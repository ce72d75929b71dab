"""Ticket: the record of one handoff episode, its life-cycle table and its rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from streambot.domain.evidence import Evidence
from streambot.domain.reply import EventId, TicketId
from streambot.domain.room import RoomName
from streambot.domain.viewer import Viewer


class Reason(StrEnum):
    """Why a human is asked for; the codes of desk.md."""

    ASKED_HUMAN = "asked_human"
    UNMATCHED = "unmatched"
    ANGRY = "angry"
    COMPLAINT = "complaint"
    REPEAT_QUESTION = "repeat_question"
    ORDER_PROBLEM = "order_problem"
    ORDER_CHANGE = "order_change"
    AFTER_SALE = "after_sale"
    SAFETY_WORD = "safety_word"
    LEGAL = "legal"
    VIP = "vip"
    LOW_CSAT = "low_csat"
    PICKED = "picked"
    PLATFORM_ERROR = "platform_error"


class TicketState(StrEnum):
    """States of a ticket; ``offered`` and ``paused`` come with routing."""

    QUEUED = "queued"
    ACTIVE = "active"
    WAITING_VIEWER = "waiting_viewer"
    RESOLVED = "resolved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


#: A viewer with a ticket in one of these has a live ticket.
LIVE = frozenset({TicketState.QUEUED, TicketState.ACTIVE, TicketState.WAITING_VIEWER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """The moment a human is asked for.

    ``key`` is the canonical question, so that same questions share a card (None: a card of
    its own).
    """

    room: RoomName
    viewer: Viewer
    reason: Reason
    priority: int  # 0 is most urgent
    evidence: tuple[Evidence, ...]
    event_id: EventId
    text: str
    at: datetime
    key: str | None = None
    private: bool = False
    holding: str | None = None  # instead of the reason's own holding line; may hold {no}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One handoff episode, as it stands; every change raises ``version``."""

    id: TicketId
    no: int
    room: RoomName
    viewer: Viewer
    state: TicketState
    reason: Reason
    priority: int
    evidence: tuple[Evidence, ...]
    trigger: EventId
    text: str  # the line that opened it
    card: str  # tickets with the same card are shown as one
    queued_at: datetime  # never changes
    waiting_since: datetime  # start of the present wait
    owner: str | None = None
    version: int = 1
    epoch: int = 0
    unattended: bool = False  # the viewer was told that nobody is there
    reopen_count: int = 0
    tried: tuple[str, ...] = ()
    first_claim_at: datetime | None = None
    first_reply_at: datetime | None = None
    resolved_at: datetime | None = None
    outcome: str | None = None
    last_owner: str | None = None

    @property
    def is_live(self) -> bool:
        """Whether somebody or the queue still owns the matter."""
        return self.state in LIVE
