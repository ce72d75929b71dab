"""The store's ports: what must be on disk before the outside may see it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

import msgspec

from streambot.domain.actions import MemoryKind, Remember
from streambot.domain.attendance import Attendance
from streambot.domain.audit import Deed
from streambot.domain.broadcast import Broadcast, BroadcastMark, BroadcastSummary
from streambot.domain.decision import Decision
from streambot.domain.events import PlatformEvent, ViewerSpoke
from streambot.domain.product import ProductId
from streambot.domain.reply import (
    EventId,
    LineOut,
    OutId,
    Reply,
    ReplyState,
    TicketId,
)
from streambot.domain.room import BroadcastId, RoomMode, RoomName
from streambot.domain.ticket import Ticket
from streambot.ports.asked_before import AskedBefore
from streambot.ports.desk_transaction import (
    AgentSpell,
    ClockRow,
    DeskTransaction,
    Kept,
    TicketChange,
)
from streambot.ports.taken import TakenLine

T = TypeVar("T")


class RoomBatch(msgspec.Struct, kw_only=True):
    """What one event left behind; committed whole or not at all."""

    room: RoomName
    events: list[PlatformEvent] = []  # journal, once per id
    gaps: list[tuple[EventId | None, EventId | None, datetime]] = []
    decisions: list[Decision] = []
    replies: list[Reply] = []  # new, state queued
    settled: list[tuple[OutId, ReplyState]] = []
    memory: list[Remember] = []
    desk: list[Callable[[DeskTransaction], object]] = []
    marks: list[BroadcastMark] = []


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the desk feed; ``seq`` is gapless."""

    seq: int
    kind: str  # ticket, mode, notice
    at: datetime
    room: str
    data: dict[str, object]


class Committed(msgspec.Struct, frozen=True, kw_only=True):
    """What a committed batch really added: replies that were new, tickets, feed entries."""

    replies: tuple[Reply, ...] = ()
    withdrawn: tuple[OutId, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    entries: tuple[FeedEntry, ...] = ()
    duplicates: tuple[EventId, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to release: so it is with most lines of a room."""
        return not (self.replies or self.withdrawn or self.tickets or self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRevival:
    """Everything a room's session needs to go on after a restart."""

    mode: RoomMode | None
    cursor: EventId | None  # newest journaled event
    broadcast: BroadcastId | None
    seen: tuple[EventId, ...]  # newest first, at most 50,000 and 24 h old
    memory: tuple[Remember, ...]
    tickets: tuple[Ticket, ...]  # live and resolved
    lines: tuple[ViewerSpoke, ...]  # of the last 5 minutes, oldest first
    undecided: tuple[
        ViewerSpoke, ...
    ]  # journaled without a decision, of the last 5 minutes
    queued: tuple[Reply, ...]  # owed, not yet on their way
    sending: tuple[LineOut, ...]  # on their way when the process died
    running: Broadcast | None = None  # the broadcast that has not ended


class RoomWriter(Protocol):
    """Appends what rooms do, in grouped commits by one writer thread."""

    def append(
        self, batch: RoomBatch, done: Callable[[Committed | BaseException], None]
    ) -> None:
        """Queue *batch*; *done* is called on the event loop after its commit or failure.

        Never blocks. On StoreFull nothing of the batch is stored.
        """
        ...

    async def line_sending(self, line: LineOut, room: RoomName) -> bool:
        """Commit a line and its replies' ``sending``; False: withdrawn or a stale epoch."""
        ...

    async def line_settled(
        self,
        line: LineOut,
        room: RoomName,
        state: ReplyState,
        at: datetime,
        work: Callable[[DeskTransaction], None] | None = None,
        *,
        rule: str | None = None,
    ) -> Committed:
        """Commit what became of a line, with the desk's own change in the same transaction.

        *rule*: the guard's, by which it was held.
        """
        ...

    async def line_put_back(self, line: LineOut, room: RoomName, at: datetime) -> None:
        """Commit that *line* was refused for speed and its replies wait again."""
        ...

    async def revive(self, room: RoomName, now: datetime) -> RoomRevival:
        """Read what a session needs after a restart."""
        ...

    async def shown(self, room: RoomName) -> Sequence[LineOut]:
        """Lines on the prompter that nobody has settled, oldest first."""
        ...

    async def taken(self, room: RoomName) -> Sequence[TakenLine]:
        """What sending tools took of the lines that still wait on the prompter."""
        ...

    async def asked(self, room: RoomName, since: datetime) -> AskedBefore:
        """What was asked since an instant and no host dealt with, as it was decided."""
        ...

    async def usable(self) -> bool:
        """Whether the disk takes a write right now."""
        ...

    async def wait_for_room(self) -> None:
        """Return when few enough batches wait for their commit."""
        ...


class DeskStore(Protocol):
    """The only arbiter of claims."""

    def transact(
        self, work: Callable[[DeskTransaction], T]
    ) -> Awaitable[tuple[T, Committed]]:
        """Run *work* inside the next grouped commit: all of it or nothing; it may run twice."""
        ...

    async def snapshot(self) -> tuple[int, Sequence[Ticket]]:
        """The feed's head ``seq`` and every ticket that is live or resolved, of one instant."""
        ...

    async def entries(self, after: int, most: int) -> Sequence[FeedEntry] | None:
        """Entries behind *after*, oldest first; None when they are no longer kept."""
        ...

    async def history(self, ticket: TicketId) -> Sequence[TicketChange]:
        """A ticket's journal, oldest first."""
        ...

    async def agent_states(self, since: datetime) -> Sequence[AgentSpell]:
        """What agents were at since an instant, oldest first; what lasts has no end yet."""
        ...

    async def attendance(self, but: str = "") -> Sequence[Attendance]:
        """What all processes but *but* said last of the people at them."""
        ...


class RoomSettings(Protocol):
    """What people switch in a room, kept over restarts."""

    async def set_mode(
        self, room: RoomName, mode: RoomMode, by: str, at: datetime
    ) -> Committed:
        """Store a room's mode, with a feed entry."""
        ...

    async def set_modes(
        self, modes: Mapping[RoomName, RoomMode], deed: Deed
    ) -> Committed:
        """Store several rooms' modes and *deed*, with a feed entry each, whole or not at all."""
        ...

    async def show_product(
        self, room: RoomName, product: ProductId | None, by: str, at: datetime
    ) -> Committed:
        """Store which product is on screen, with a feed entry."""
        ...

    async def pin_notice(
        self, room: RoomName, text: str, by: str, at: datetime
    ) -> Committed:
        """Store a room's pinned notice, empty for none, with a feed entry."""
        ...


class BroadcastBook(Protocol):
    """What each broadcast of a room came to."""

    async def broadcasts(self, room: RoomName) -> Sequence[Broadcast]:
        """The newest broadcasts of *room*, newest first."""
        ...

    async def summary(
        self, room: RoomName, number: int | None, now: datetime
    ) -> BroadcastSummary | None:
        """What one broadcast came to by *now*, the newest where none is named; None: no such."""
        ...


__all__ = [
    "AgentSpell",
    "BroadcastBook",
    "ClockRow",
    "Committed",
    "DeskStore",
    "DeskTransaction",
    "FeedEntry",
    "Kept",
    "MemoryKind",
    "RoomBatch",
    "RoomRevival",
    "RoomSettings",
    "RoomWriter",
    "TicketChange",
]
