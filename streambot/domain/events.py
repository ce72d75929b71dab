"""RoomEvent: every fact a room's session can be told, past tense, frozen, a closed union."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from streambot.domain.faq.likeness import Likeness
from streambot.domain.order import Order
from streambot.domain.product import ProductId
from streambot.domain.reply import EventId, LineOut, OutId, ReplyState
from streambot.domain.room import Capability, RoomMode, Scene
from streambot.domain.ticket import Ticket
from streambot.domain.viewer import Viewer

if TYPE_CHECKING:
    from streambot.domain.understanding import Understanding


class Origin(StrEnum):
    """Whether an event happens now or is told again."""

    LIVE = "live"
    HISTORY = "history"


class Link(StrEnum):
    """States of a room's link."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    GAP = "gap"
    REVOKED = "revoked"
    AUTH_ERROR = "auth_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class FromRoom:
    """What every platform event carries; ``id`` is the platform's own, the dedup key."""

    id: EventId
    at: datetime  # platform time, UTC
    received_at: datetime
    scene: Scene
    origin: Origin = Origin.LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class FromViewer(FromRoom):
    """A platform event about one viewer."""

    viewer: Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerEntered(FromViewer):
    """Somebody came in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerSpoke(FromViewer):
    """Somebody wrote a line."""

    text: str
    reply_to: EventId | None = None
    mentions_shop: bool = False
    paid: bool = False
    storm: bool = False  # a platform's one-click repeat: an arrival, never a question


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerLeft(FromViewer):
    """Somebody left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerFollowed(FromViewer):
    """Somebody followed the shop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerLiked(FromViewer):
    """Somebody liked."""

    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftSent(FromViewer):
    """Somebody sent a gift; ``amount_minor`` in minor units of ``currency``."""

    gift: str
    count: int = 1
    amount_minor: int = 0
    currency: str = "CNY"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerOrdered(FromViewer):
    """The platform says somebody placed an order."""

    order_id: str
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerCarted(FromViewer):
    """Somebody put a product into the cart."""

    product: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWithdrawn(FromRoom):
    """A line was taken back or moderated; ``event`` is that line's id."""

    event: EventId


@dataclass(frozen=True, slots=True, kw_only=True)
class StatsChanged(FromRoom):
    """The platform's own figures."""

    viewers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomOpened(FromRoom):
    """The broadcast began; ``by`` is who said so at the console, empty: the platform."""

    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomClosed(FromRoom):
    """The broadcast ended; ``by`` as with its beginning."""

    by: str = ""


#: How ids of events begin that people made at the console, which no platform knows.
BY_HAND = "hand:"


def is_by_hand(event: EventId) -> bool:
    """Whether people made *event*: no platform can go on from it."""
    return event.startswith(BY_HAND)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChanged:
    """The link's state changed; a gap names the events between which lines are missing."""

    at: datetime
    link: Link
    after: EventId | None = None
    before: EventId | None = None
    detail: str = ""
    capabilities: frozenset[Capability] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySettled:
    """What became of one or more replies (sent, refused, expired ...), by line out where one was written."""

    at: datetime
    outs: tuple[OutId, ...]
    state: ReplyState
    line: LineOut | None = None
    rule: str | None = None  # the guard's rule for HELD


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFound:
    """A look-up found orders that belong to the asking viewer, newest first."""

    at: datetime
    ref: str
    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderMissing:
    """A look-up found nothing that may be told to this viewer."""

    at: datetime
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLookupFailed:
    """The order source is down or slow; never the same as "not found"."""

    at: datetime
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChanged:
    """An order's status changed; told to its buyer once per (order, revision)."""

    at: datetime
    order: Order
    before: str | None = None
    step_back: bool = False  # a newer revision goes back: recorded, and a ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLookDone:
    """What the encoder says of a line that was looked at again; None: unavailable."""

    at: datetime
    ref: str
    scores: Likeness | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketChanged:
    """A ticket of this room changed at the desk."""

    at: datetime
    ticket: Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductShown:
    """The product on screen changed; None: nothing is shown."""

    at: datetime
    product: ProductId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePinned:
    """People pinned a notice in the room; empty: none is pinned any more."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookReplaced:
    """A new FAQ book is in force from here."""

    at: datetime
    understanding: Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeChanged:
    """Somebody switched the room's mode."""

    at: datetime
    mode: RoomMode
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTicked:
    """Time passed to ``at``, as asked for by WakeAt."""

    at: datetime


PlatformEvent = (
    ViewerEntered
    | ViewerSpoke
    | ViewerLeft
    | ViewerFollowed
    | ViewerLiked
    | GiftSent
    | ViewerOrdered
    | ViewerCarted
    | LineWithdrawn
    | StatsChanged
    | RoomOpened
    | RoomClosed
)

InsideEvent = (
    LinkChanged
    | ReplySettled
    | OrderFound
    | OrderMissing
    | OrderLookupFailed
    | OrderChanged
    | SecondLookDone
    | TicketChanged
    | ProductShown
    | NoticePinned
    | BookReplaced
    | ModeChanged
    | ClockTicked
)

RoomEvent = PlatformEvent | InsideEvent
