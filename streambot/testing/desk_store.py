"""A desk's store in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import msgspec

from streambot.domain.audit import Deed
from streambot.domain.reply import LineOut, OutId, Reply, ReplyState, TicketId
from streambot.domain.room import RoomName
from streambot.domain.satisfaction import Rating
from streambot.domain.ticket import LIVE, Ticket, TicketState
from streambot.domain.ticket_load import place_of
from streambot.domain.ticket_rules import FINAL
from streambot.domain.viewer import ViewerKey
from streambot.errors import StoreError
from streambot.ports.store import (
    ClockRow,
    Committed,
    DeskTransaction,
    FeedEntry,
    TicketChange,
)

if TYPE_CHECKING:
    pass

T = TypeVar("T")


@dataclass(slots=True)
class _DeskRows:
    """Everything a fake desk store keeps; copied to take a transaction back."""

    tickets: dict[TicketId, Ticket] = field(default_factory=dict)
    changes: dict[TicketId, list[TicketChange]] = field(default_factory=dict)
    clocks: list[ClockRow] = field(default_factory=list)
    replies: dict[OutId, tuple[Reply, ReplyState]] = field(default_factory=dict)
    feed: list[FeedEntry] = field(default_factory=list)
    ratings: dict[tuple[TicketId, int], Rating] = field(default_factory=dict)
    last_no: int = 0
    deeds: list[Deed] = field(default_factory=list)

    def open_tickets(self) -> list[Ticket]:
        """Live and resolved tickets, by number."""
        open_states = (*LIVE, TicketState.RESOLVED)
        rows = [one for one in self.tickets.values() if one.state in open_states]
        return sorted(rows, key=lambda one: one.no)

    def copy(self) -> _DeskRows:
        """The rows as they stand."""
        return _DeskRows(
            tickets=dict(self.tickets),
            changes={ticket: list(rows) for ticket, rows in self.changes.items()},
            clocks=list(self.clocks),
            replies=dict(self.replies),
            feed=list(self.feed),
            ratings=dict(self.ratings),
            last_no=self.last_no,
            deeds=list(self.deeds),
        )


def _plain(ticket: Ticket) -> dict[str, object]:
    fields: dict[str, object] = msgspec.to_builtins(ticket, order="deterministic")
    return fields


def _is_running(clock: ClockRow) -> bool:
    return clock.met_at is clock.breached_at is clock.cancelled_at is None


def _ended(clock: ClockRow, how: str, at: datetime) -> ClockRow:
    match how:
        case "met":
            return replace(clock, met_at=at)
        case "breached":
            return replace(clock, breached_at=at)
        case "cancelled":
            return replace(clock, cancelled_at=at)
        case _:
            raise StoreError(f"A clock can't end as {how!r}.")


class _FakeDeskTransaction:
    """Implements ``DeskTransaction`` over a copy of the rows."""

    def __init__(self, rows: _DeskRows) -> None:
        self.rows = rows
        self._tickets: dict[TicketId, Ticket] = {}
        self._replies: list[Reply] = []
        self._withdrawn: list[OutId] = []
        self._entries: list[FeedEntry] = []

    def ticket(self, ticket: TicketId) -> Ticket | None:
        return self.rows.tickets.get(ticket)

    def live_ticket(self, room: RoomName, viewer: ViewerKey) -> Ticket | None:
        theirs = [
            ticket for ticket in self.tickets_of(room) if ticket.viewer.key == viewer
        ]
        return max(theirs, key=lambda one: (one.is_live, one.no), default=None)

    def tickets_of(self, room: RoomName) -> Sequence[Ticket]:
        return [ticket for ticket in self.rows.open_tickets() if ticket.room == room]

    def card(self, room: RoomName, card: str) -> Sequence[Ticket]:
        return [ticket for ticket in self.tickets_of(room) if ticket.card == card]

    def held_by(self, agent: str) -> Sequence[Ticket]:
        return [one for one in self.rows.open_tickets() if place_of(one) == agent]

    def next_no(self) -> int:
        self.rows.last_no += 1
        return self.rows.last_no

    def save(self, ticket: Ticket, change: TicketChange) -> None:
        before = self.rows.tickets.get(ticket.id)
        if before is not None and before.state in FINAL:
            raise StoreError(f"Ticket {before.no} is {before.state} and can't change.")
        if ticket.is_live and any(
            other.is_live and other.id != ticket.id
            for other in self.tickets_of(ticket.room)
            if other.viewer.key == ticket.viewer.key
        ):
            raise StoreError(f"{ticket.viewer.key} has a live ticket already.")
        self.rows.tickets[ticket.id] = self._tickets[ticket.id] = ticket
        old = {} if before is None else _plain(before)
        now = _plain(ticket)
        changed = {name: now[name] for name in now if old.get(name, now) != now[name]}
        kept = replace(change, data={**change.data, "set": changed})
        self.rows.changes.setdefault(ticket.id, []).append(kept)
        entry = FeedEntry(
            seq=len(self.rows.feed) + 1,
            kind="ticket",
            at=change.at,
            room=ticket.room,
            data={"ticket": now, "change": msgspec.to_builtins(change)},
        )
        self.rows.feed.append(entry)
        self._entries.append(entry)

    def add_clock(self, clock: ClockRow) -> None:
        if not any(
            (row.ticket, row.kind) == (clock.ticket, clock.kind) and _is_running(row)
            for row in self.rows.clocks
        ):
            self.rows.clocks.append(clock)

    def move_clock(self, clock: ClockRow) -> None:
        for i, row in enumerate(self.rows.clocks):
            if (row.ticket, row.kind) == (clock.ticket, clock.kind) and _is_running(
                row
            ):
                self.rows.clocks[i] = clock

    def end_clock(self, ticket: TicketId, kind: str, how: str, at: datetime) -> None:
        for i, row in enumerate(self.rows.clocks):
            if (row.ticket, row.kind) == (ticket, kind) and _is_running(row):
                self.rows.clocks[i] = _ended(row, how, at)

    def rating(self, ticket: TicketId, episode: int) -> Rating | None:
        return self.rows.ratings.get((ticket, episode))

    def last_rating(self, room: RoomName, viewer: ViewerKey) -> Rating | None:
        theirs = [
            one
            for one in self.rows.ratings.values()
            if (one.room, one.viewer) == (room, viewer)
        ]
        return max(theirs, key=lambda one: one.asked_at, default=None)

    def put_rating(self, rating: Rating) -> None:
        self.rows.ratings[rating.ticket, rating.episode] = rating

    def owe(self, reply: Reply) -> bool:
        if reply.out_id in self.rows.replies:
            return False
        self.rows.replies[reply.out_id] = (reply, ReplyState.QUEUED)
        self._replies.append(reply)
        return True

    def withdraw(self, ticket: TicketId) -> None:
        for out, (reply, state) in self.rows.replies.items():
            if reply.ticket == ticket and state is ReplyState.QUEUED:
                self.rows.replies[out] = (reply, ReplyState.WITHDRAWN)
                self._withdrawn.append(out)

    def recall(self, out: OutId) -> bool:
        reply, state = self.rows.replies[out]
        if state is not ReplyState.QUEUED:
            return False
        self.rows.replies[out] = (reply, ReplyState.WITHDRAWN)
        self._withdrawn.append(out)
        return True

    def audit(self, deed: Deed) -> None:
        self.rows.deeds.append(deed)

    def committed(self) -> Committed:
        return Committed(
            replies=tuple(self._replies),
            withdrawn=tuple(self._withdrawn),
            tickets=tuple(self._tickets.values()),
            entries=tuple(self._entries),
        )


class FakeDeskStore:
    """Implements ``DeskStore``, and of ``RoomWriter`` what lines out need, in memory.

    A transaction that raises leaves nothing behind. ``clocks`` and ``replies`` are there to be
    looked at by tests.
    """

    def __init__(self) -> None:
        self._rows = _DeskRows()
        self._lines: dict[str, ReplyState] = {}

    async def transact(
        self, work: Callable[[DeskTransaction], T]
    ) -> tuple[T, Committed]:
        """Run *work* on a copy of the rows, and keep the copy unless it raises."""
        own = _FakeDeskTransaction(self._rows.copy())
        result = work(own)
        self._rows = own.rows
        return result, own.committed()

    async def snapshot(self) -> tuple[int, Sequence[Ticket]]:
        """The feed's head and every live or resolved ticket."""
        return len(self._rows.feed), self._rows.open_tickets()

    async def entries(self, after: int, most: int) -> Sequence[FeedEntry] | None:
        """Entries behind *after*; all are kept."""
        if after > len(self._rows.feed):
            return None
        return self._rows.feed[after : after + most]

    async def history(self, ticket: TicketId) -> Sequence[TicketChange]:
        """A ticket's journal, oldest first."""
        return tuple(self._rows.changes.get(ticket, ()))

    async def ticket(self, ticket: TicketId) -> Ticket | None:
        """One ticket as stored."""
        return self._rows.tickets.get(ticket)

    def clocks(self, ticket: TicketId) -> Sequence[ClockRow]:
        """Every clock of *ticket*, in order of starting."""
        return [row for row in self._rows.clocks if row.ticket == ticket]

    def replies(self) -> dict[OutId, tuple[Reply, ReplyState]]:
        """Every reply ever owed, with its state."""
        return dict(self._rows.replies)

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """Everything audited, oldest first."""
        return tuple(self._rows.deeds)

    async def line_sending(self, line: LineOut, room: RoomName) -> bool:
        """Put a line on its way; False when a reply is settled or its ticket's epoch is another."""
        ticket = None if line.ticket is None else self._rows.tickets.get(line.ticket)
        if line.ticket is not None and (
            ticket is None or not ticket.is_live or ticket.epoch != line.epoch
        ):
            return False
        states = [self._rows.replies[out][1] for out in line.covers]
        if any(state is not ReplyState.QUEUED for state in states):
            return False
        self._put(line, ReplyState.SENDING)
        return True

    async def line_settled(
        self,
        line: LineOut,
        room: RoomName,
        state: ReplyState,
        at: datetime,
        work: Callable[[DeskTransaction], None] | None = None,
    ) -> Committed:
        """Keep what became of a line, once, with the desk's own change."""
        if self._lines.get(line.line_id) not in (
            None,
            ReplyState.SENDING,
            ReplyState.SHOWN,
        ):
            return Committed()
        committed = Committed()
        if work is not None:
            _, committed = await self.transact(work)
        self._put(line, state)
        return committed

    def _put(self, line: LineOut, state: ReplyState) -> None:
        self._lines[line.line_id] = state
        for out in line.covers:
            reply, _ = self._rows.replies[out]
            self._rows.replies[out] = (reply, state)
