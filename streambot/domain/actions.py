"""Action: every order a session can give the engine, imperative, frozen, a closed union."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from streambot.domain.acclaim import Acclaim
from streambot.domain.decision import Decision
from streambot.domain.reply import EventId, OutId, Reply, TicketId
from streambot.domain.ticket import Handoff
from streambot.domain.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """Keep what was decided about a line or an arrival."""

    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class OweReply:
    """Queue a reply; a known ``out_id`` changes nothing."""

    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowReply:
    """Observing: show people what would have been said, and say nothing."""

    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawReply:
    """Take back replies that are not yet on their way."""

    outs: tuple[OutId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTicket:
    """Ask for a human; merges into the viewer's live ticket where there is one."""

    handoff: Handoff


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendToTicket:
    """A viewer with a live ticket wrote again."""

    ticket: TicketId
    viewer: Viewer
    event_id: EventId
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawTicket:
    """The viewer wants no human any more; counts as abandoned, never as resolved."""

    ticket: TicketId
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRating:
    """Ask a resolved ticket's viewer for 1-5 by *reply*, unless they were asked lately."""

    ticket: TicketId
    episode: int
    reply: Reply
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RateTicket:
    """An asked viewer gave a score; a low one goes to a supervisor."""

    ticket: TicketId
    episode: int
    viewer: Viewer
    event_id: EventId
    score: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PraiseAgent:
    """Keep a viewer's praise for the agent it is about."""

    acclaim: Acclaim


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUpOrder:
    """Ask the order source; answered by OrderFound, OrderMissing or OrderLookupFailed."""

    ref: str
    viewer: Viewer
    numbers: tuple[str, ...]  # as found in the line; empty: by the viewer's identity
    at: datetime
    by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAgain:
    """Ask the second look; answered by SecondLookDone.

    ``line`` is compared with the book; of ``said``, a viewer's own words, the mood is wanted. What
    the book makes of the line may change by it only where that ``matters``.
    """

    ref: str
    line: str
    candidates: tuple[str, ...]  # phrasings whose cosines are wanted, near or not
    book_version: str
    at: datetime
    by: datetime
    said: str = ""
    matters: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAgents:
    """Show people at the desk that something needs them, without a ticket."""

    at: datetime
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeAt:
    """Send ClockTicked at this instant or soon after."""

    at: datetime


class MemoryKind(StrEnum):
    """What survives a restart beside replies and tickets."""

    WELCOMED = "welcomed"  # key: viewer, value: the broadcast
    COOLDOWN = "cooldown"  # key: entry
    PRAISED = "praised"  # key: viewer, value: the broadcast
    SHOWN = "shown"  # key: "", value: the product on screen
    TIMER = (
        "timer"  # key: timer; when it was last owed; value: broadcast, how often said
    )
    PINNED = "pinned"  # key: "", value: the notice that people pinned; empty: none
    NOTICE = "notice"  # key: viewer/order/revision; value: what to say when they come


@dataclass(frozen=True, slots=True, kw_only=True)
class Remember:
    """Keep one fact in durable memory, replacing what stood under its key."""

    memory: MemoryKind
    key: str
    at: datetime
    value: str = ""


Action = (
    Decide
    | OweReply
    | ShowReply
    | WithdrawReply
    | OpenTicket
    | AppendToTicket
    | WithdrawTicket
    | AskRating
    | RateTicket
    | PraiseAgent
    | LookUpOrder
    | LookAgain
    | AlertAgents
    | WakeAt
    | Remember
)
