"""Shipped fakes: they obey the same contracts as the real adapters, and need no machine.

``FakeClock`` moves only when told; ``FakeDeskStore`` keeps tickets in memory,
``FakeOrders`` orders, ``FakeEncoder`` knows which sentences mean the same.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Event
from typing import TYPE_CHECKING, TypeVar

import msgspec

from streambot.domain.order import Order
from streambot.domain.order_index import OrderIndex
from streambot.domain.presence import AgentState
from streambot.domain.reply import LineOut, OutId, Reply, ReplyState, TicketId
from streambot.domain.room import RoomName
from streambot.domain.ticket import LIVE, Ticket, TicketState
from streambot.domain.ticket_rules import FINAL
from streambot.domain.viewer import ViewerKey
from streambot.errors import EncoderFailed, OrderSourceDown, StoreError
from streambot.ports.store import (
    AgentSpell,
    ClockRow,
    Committed,
    DeskTransaction,
    FeedEntry,
    TicketChange,
)

if TYPE_CHECKING:
    from streambot.ports.encoder import Vectors

T = TypeVar("T")


class FakeClock:
    """A clock that stands still until ``advance``; ``jump`` sets the wall clock only."""

    def __init__(self, start: datetime = datetime(2026, 1, 1, 12, tzinfo=UTC)) -> None:
        self._wall = start
        self._elapsed = timedelta()
        self._sleepers: list[tuple[timedelta, int, asyncio.Future[None]]] = []
        self._order = count()

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return self._wall

    async def sleep(self, span: timedelta) -> None:
        """Return once ``advance`` has moved by *span*."""
        if span <= timedelta():
            await asyncio.sleep(0)
            return
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        due = self._elapsed + span
        heapq.heappush(self._sleepers, (due, next(self._order), woken))
        await woken

    def jump(self, span: timedelta) -> None:
        """Set the wall clock by *span*, forwards or backwards; sleepers don't notice."""
        self._wall += span

    async def advance(self, span: timedelta) -> None:
        """Let *span* pass; sleepers wake in order, each seeing its own instant."""
        end = self._elapsed + span
        await self.settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            due, _, woken = heapq.heappop(self._sleepers)
            self._move_to(max(due, self._elapsed))
            if not woken.done():
                woken.set_result(None)
                await self.settle()
        self._move_to(end)
        await self.settle()

    async def settle(self) -> None:
        """Let every task go on until it waits for something."""
        for _ in range(50):
            await asyncio.sleep(0)

    def _move_to(self, elapsed: timedelta) -> None:
        self._wall += elapsed - self._elapsed
        self._elapsed = elapsed


@dataclass(slots=True)
class _DeskRows:
    """Everything a fake desk store keeps; copied to take a transaction back."""

    tickets: dict[TicketId, Ticket] = field(default_factory=dict)
    changes: dict[TicketId, list[TicketChange]] = field(default_factory=dict)
    clocks: list[ClockRow] = field(default_factory=list)
    replies: dict[OutId, tuple[Reply, ReplyState]] = field(default_factory=dict)
    feed: list[FeedEntry] = field(default_factory=list)
    spells: list[AgentSpell] = field(default_factory=list)
    last_no: int = 0

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
            spells=list(self.spells),
            last_no=self.last_no,
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

    def end_clock(self, ticket: TicketId, kind: str, how: str, at: datetime) -> None:
        for i, row in enumerate(self.rows.clocks):
            if (row.ticket, row.kind) == (ticket, kind) and _is_running(row):
                self.rows.clocks[i] = _ended(row, how, at)

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

    def agent_is(self, agent: str, state: AgentState, at: datetime, cause: str) -> None:
        self.rows.spells = [
            replace(one, until=at) if one.agent == agent and one.until is None else one
            for one in self.rows.spells
        ]
        self.rows.spells.append(
            AgentSpell(agent=agent, state=state, since=at, until=None, cause=cause)
        )

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

    async def agent_states(self, since: datetime) -> Sequence[AgentSpell]:
        """What agents were at since an instant, oldest first."""
        return [
            one for one in self._rows.spells if one.until is None or one.until > since
        ]

    async def ticket(self, ticket: TicketId) -> Ticket | None:
        """One ticket as stored."""
        return self._rows.tickets.get(ticket)

    def clocks(self, ticket: TicketId) -> Sequence[ClockRow]:
        """Every clock of *ticket*, in order of starting."""
        return [row for row in self._rows.clocks if row.ticket == ticket]

    def replies(self) -> dict[OutId, tuple[Reply, ReplyState]]:
        """Every reply ever owed, with its state."""
        return dict(self._rows.replies)

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


class FakeOrders:
    """An order source in memory; ``down`` makes it fail, ``slow`` never answer."""

    def __init__(self, *orders: Order) -> None:
        self.down = False
        self.slow = False
        self.followed = asyncio.Event()  # set once ``changes`` has somebody listening
        self._orders = {(order.platform, order.order_id): order for order in orders}
        self._listeners: list[asyncio.Queue[Order]] = []

    def put(self, order: Order) -> None:
        """Read an order newly, whatever its revision."""
        self._orders[order.platform, order.order_id] = order
        for listener in self._listeners:
            listener.put_nowait(order)

    async def by_number(self, number: str) -> Sequence[Order]:
        """Orders whose number is *number* or, for 4-6 digits, ends in it."""
        await self._answering()
        return OrderIndex(self._orders.values()).by_number(number)

    async def by_viewer(self, viewer: ViewerKey) -> Sequence[Order]:
        """A buyer's orders, newest first."""
        await self._answering()
        return OrderIndex(self._orders.values()).by_viewer(viewer)

    async def current(self) -> Sequence[Order]:
        """Every order as last put."""
        await self._answering()
        return tuple(self._orders.values())

    async def changes(self) -> AsyncGenerator[Order, None]:
        """Every order as last put, then each that is put."""
        await self._answering()
        news: asyncio.Queue[Order] = asyncio.Queue()
        self._listeners.append(news)
        self.followed.set()
        try:
            for order in tuple(self._orders.values()):
                yield order
            while True:
                yield await news.get()
        finally:
            self._listeners.remove(news)

    async def _answering(self) -> None:
        if self.slow:
            await asyncio.Event().wait()
        if self.down:
            raise OrderSourceDown("订单源没有回应。 The order source did not answer.")


class FakeEncoder:
    """An encoder over counted characters that is told which sentences mean the same.

    Clear ``goes_on`` to let it be slow, set ``broken`` to let it fail; ``encoded`` holds all it
    was given.
    """

    name = "fake-1"

    def __init__(self, *alike: Sequence[str]) -> None:
        self._alike = {text: group[0] for group in alike for text in group}
        self.encoded: list[str] = []
        self.broken = False
        self.goes_on = Event()
        self.goes_on.set()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text.

        Raises:
            EncoderFailed: it was told to be broken.
        """
        import numpy

        self.goes_on.wait()
        self.encoded += texts
        if self.broken:
            raise EncoderFailed("坏了。 Broken.")
        rows = numpy.zeros((len(texts), 256), dtype=numpy.float32)
        for row, text in zip(rows, texts, strict=True):
            for char in self._alike.get(text, text) or " ":
                row[ord(char) % 256] += 1
            row /= numpy.linalg.norm(row)
        return rows
