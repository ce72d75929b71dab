"""Ticket: the record of one handoff episode; its life-cycle is the table in ``ticket_rules``."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from streambot.domain.evidence import Evidence
from streambot.domain.faq.entry import Visibility
from streambot.domain.pledge import Pledge
from streambot.domain.reply import EventId, OutId, ReplyState, TicketId
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


#: Reasons whose lines are graded; law and danger are major by themselves.
COMPLAINTS = frozenset({Reason.ANGRY, Reason.COMPLAINT})


class Outcome(StrEnum):
    """How a resolved matter ended."""

    SOLVED = "solved"
    PASSED_ON = "passed_on"  # goes on elsewhere, e.g. in the platform's after-sale
    NO_REPLY = "no_reply"  # the viewer said nothing more
    NOT_NEEDED = "not_needed"
    UNREACHABLE = "unreachable"  # the room closed and no way to the viewer was left


class ClockKind(StrEnum):
    """What is promised by an instant; the kinds of desk.md and two of the queue's own."""

    CLAIM = "claim"  # queued to claimed
    UNATTENDED = "unattended"  # a claim so late that the viewer is told
    FIRST = "first"  # to the first human reply
    TURN = "turn"  # each unanswered line of the viewer
    COMPLAINT = "complaint"  # the first answer to somebody angry
    FOLLOW_UP = "follow_up"  # the answer behind an agent's "one moment"
    OFFER = "offer"  # an agent it is offered to takes it or leaves it
    ESCALATE = "escalate"  # a complex matter nobody resolved goes to a supervisor
    RESOLVE = "resolve"  # the whole matter, without the time it was paused
    CLOSE = "close"  # the end of the reopen window


class PauseEvent(StrEnum):
    """What a paused matter may wait for beside a time."""

    ORDER_SHIPPED = "order_shipped"
    ROOM_CLOSED = "room_closed"


class TicketState(StrEnum):
    """States of a ticket."""

    QUEUED = "queued"
    OFFERED = "offered"  # the queue's still, with a place reserved at one agent
    ACTIVE = "active"
    WAITING_VIEWER = "waiting_viewer"
    PAUSED = "paused"  # its agent's, until a time or an event
    RESOLVED = "resolved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


#: A viewer with a ticket in one of these has a live ticket.
LIVE = frozenset(
    {
        TicketState.QUEUED,
        TicketState.OFFERED,
        TicketState.ACTIVE,
        TicketState.WAITING_VIEWER,
        TicketState.PAUSED,
    }
)

#: Groups every desk has; "" is anybody.
ANYBODY, LEGAL, SUPERVISORS = "", "legal", "supervisor"


class Handoff(msgspec.Struct, frozen=True, kw_only=True):
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
    # Instead of the reason's own holding line; may hold {no} and {promise}. Empty: nothing is said.
    holding: str | None = None
    follows: TicketId | None = None  # the closed ticket whose matter goes on


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """One running clock of a ticket; while it is paused its deadline means nothing."""

    kind: ClockKind
    started_at: datetime
    due_at: datetime
    warn_at: datetime | None = None  # from here on it is at risk
    paused_at: datetime | None = None


class Ticket(msgspec.Struct, frozen=True, kw_only=True):
    """One handoff episode, as it stands.

    Every change raises ``version``, every change of owner ``epoch``.
    """

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
    private: bool = False  # it began in private, so answers are private unless said
    due: tuple[Due, ...] = ()  # running clocks, at most one of a kind
    breached: tuple[ClockKind, ...] = ()  # promises not kept, oldest first
    in_flight: tuple[OutId, ...] = ()  # answers owed and not yet settled
    in_flight_until: datetime | None = None  # none of them is said after this
    last_send: ReplyState | None = None  # what became of the newest settled answer
    owner_version: int = 1  # version at the last change of owner
    heard_version: int = 1  # version at the viewer's last line
    answered_version: int = 0  # version at the last answer
    heard: tuple[
        EventId, ...
    ] = ()  # the newest lines on this ticket, so each acts once
    replied_by: str | None = None  # whose words last reached the viewer, this episode
    rating_asked_at: datetime | None = None  # this episode
    refs: tuple[str, ...] = ()  # the newest commands of agents, so each acts once
    offered_to: str | None = None  # set exactly while offered
    offer_until: datetime | None = None
    group: str = ANYBODY  # who may take it
    paused_at: datetime | None = None  # set exactly while paused
    paused_until: datetime | None = None
    paused_for: PauseEvent | None = None
    linked: TicketId | None = None  # the closed ticket this one follows
    episode: int = 1  # a reopening is the next one
    weight: float = 1.0  # of its agent's capacity; see ``ticket_load``
    promises: tuple[OutId, ...] = ()  # answers in flight that only promise another
    said_wait: bool = False  # the newest answer that arrived only promised another
    sink: Visibility | None = (
        None  # where answers go by default once the room has closed
    )

    pledges: tuple[Pledge, ...] = ()  # what the viewer was promised, oldest first

    @property
    def is_live(self) -> bool:
        """Whether somebody or the queue still owns the matter."""
        return self.state in LIVE

    @property
    def is_answered(self) -> bool:
        """Whether an answer was composed behind the viewer's last line."""
        return self.answered_version >= self.heard_version
