"""What is owed to a viewer (Reply) and what is written to the room (LineOut): two records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

import msgspec

from streambot.domain.faq.entry import Visibility
from streambot.domain.viewer import Viewer

EventId = NewType("EventId", str)
OutId = NewType("OutId", str)
LineId = NewType("LineId", str)
TicketId = NewType("TicketId", str)


class ReplyKind(StrEnum):
    """Why a reply is owed."""

    AGENT = "agent"  # a human's own words
    ORDER = "order"  # an order's status, asked for or told
    ANSWER = "answer"  # a FAQ answer
    CLARIFY = "clarify"  # "did you mean"
    HOLDING = "holding"  # told that a human will come
    GREETING = "greeting"
    THANKS = "thanks"  # for praise
    GIFT = "gift"  # thanks for a gift or a follow
    RATING = "rating"  # asked how the service was
    TIMER = "timer"  # scheduled lines


def owed_to(kind: ReplyKind, room: str, event: EventId) -> OutId:
    """What an event of a room is owed: two rooms may well have events of one id."""
    return OutId(f"{kind}:{room}:{event}")


class ReplyState(StrEnum):
    """Where a reply stands; the states of architecture.md."""

    HELD = "held"  # the guard refused the text
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    SHOWN = "shown"  # on the prompter or board, waiting to be said by a person
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


#: States of a reply that its viewer sees, or will.
ARRIVING = frozenset(
    {ReplyState.QUEUED, ReplyState.SENDING, ReplyState.SENT, ReplyState.SHOWN}
)

#: States after which nothing more happens to a reply.
SETTLED = frozenset(
    {
        ReplyState.HELD,
        ReplyState.SENT,
        ReplyState.REFUSED,
        ReplyState.UNCERTAIN,
        ReplyState.EXPIRED,
        ReplyState.WITHDRAWN,
    }
)


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """Owed to one trigger; ``out_id`` is derived from it, so it exists once at most.

    ``text`` is without the viewer's name: pacing puts "@name " before it when ``addressed``.
    A GREETING has an empty ``text``: pacing words the line for all it gathers.
    """

    out_id: OutId
    kind: ReplyKind
    trigger: EventId
    owed_at: datetime
    expires_at: datetime  # not said after this; for a greeting the promised deadline
    text: str = ""
    viewer: Viewer | None = None
    addressed: bool = True
    visibility: Visibility = Visibility.PUBLIC
    merge_key: str | None = None  # equal keys (same answer) may share a line
    greets: bool = False  # this answer also welcomes its viewer
    carries: bool = True  # welcomes may be put before it
    heard_at: datetime | None = None  # greeting: the instant lateness is counted from
    ticket: TicketId | None = None
    epoch: int = 0  # of the ticket, for fencing an agent's send
    author: str | None = None  # the agent's name
    not_before: datetime | None = None  # until then its author may take it back


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOut:
    """One line as written; ``covers`` are the replies it settles."""

    line_id: LineId
    kind: ReplyKind  # of the reply that won the slot
    text: str
    covers: tuple[OutId, ...]
    made_at: datetime
    visibility: Visibility = Visibility.PUBLIC
    to: tuple[Viewer, ...] = ()
    named: int = 0  # viewers welcomed by name
    counted: int = 0  # viewers welcomed in an aggregate
    part: int = 1  # a long text is written in parts
    parts: int = 1
    ticket: TicketId | None = None
    epoch: int = 0

    @classmethod
    def unsaid(cls, reply: Reply, outs: tuple[OutId, ...], at: datetime) -> LineOut:
        """A line that never was, under which unsaid replies are settled together."""
        return cls(
            line_id=LineId(f"unsaid:{outs[0]}"),
            kind=reply.kind,
            text="",
            covers=outs,
            made_at=at,
            ticket=reply.ticket,
            epoch=reply.epoch,
        )


class SendResult(StrEnum):
    """What a platform said of a line."""

    SENT = "sent"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"  # the link died after the write


#: Refusals that have nothing to do with the words.
_FOR_LATER = frozenset({"rate", "muted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOutcome:
    """What became of one write; ``retry_after`` is the platform's penalty, in seconds."""

    result: SendResult
    at: datetime
    code: str | None = None
    retry_after: float | None = None
    platform_id: str | None = None

    @property
    def for_later(self) -> bool:
        """Whether the line was refused for now: the same words may be said a little later."""
        return self.result is SendResult.REFUSED and self.code in _FOR_LATER
