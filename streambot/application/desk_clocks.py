"""DeskClocks: fires every deadline of every ticket from one heap, also after a restart."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from streambot.application.desk_audit import alarm_of_clocks
from streambot.application.desk_record import CLOCK, owe_late, owe_unattended, record
from streambot.application.desk_returns import There, awake
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.reply import TicketId
from streambot.domain.ticket import ClockKind, Due, Ticket
from streambot.domain.ticket_deadlines import ran_out
from streambot.domain.ticket_rules import TicketEvent
from streambot.errors import StoreError
from streambot.ports.clock import Clock
from streambot.ports.store import Committed, DeskStore, DeskTransaction

_log = structlog.get_logger(__name__)

#: Never asleep longer, so that a wall clock set forward is noticed.
LONGEST_SLEEP = timedelta(seconds=30)
#: Deadlines of one commit: thousands may be due together, after an outage or a flood, and an
#: agent's claim waits behind no more than these.
AT_ONCE = 16
#: Promises whose viewer hears, once an episode, that it takes longer.
TOLD_LATE = frozenset({ClockKind.FIRST, ClockKind.FOLLOW_UP, ClockKind.COMPLAINT})
#: Until the clocks of a ticket that failed are tried again.
AFTER_FAULT = timedelta(minutes=1)
#: Pause before the next try when the store can't take writes.
STORE_PAUSE = timedelta(seconds=1)


Deadline = tuple[datetime, TicketId]


class DeskClocks:
    """The tickets' deadlines; the truth is on the tickets, the heap only says when to look."""

    def __init__(
        self,
        store: DeskStore,
        clock: Clock,
        policy: DeskPolicy,
        committed: Callable[[Committed], None],
        there: Callable[[], There] = lambda: None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._committed = committed
        self._there = there
        self._heap: list[Deadline] = []
        self._known: set[Deadline] = set()
        self._nearer = asyncio.Event()
        self._alarmed: set[TicketId] = set()  # of whose clocks supervisors were told

    def note(self, tickets: Iterable[Ticket]) -> None:
        """Take in the deadlines of tickets that were just committed."""
        for ticket in tickets:
            for due in ticket.due:
                if due.paused_at is None:
                    self._push((due.due_at, ticket.id))
            if ticket.paused_until is not None:
                self._push((ticket.paused_until, ticket.id))

    async def run(self) -> None:
        """Fire what is due, for ever; ``note`` the store's tickets first."""
        while True:
            self._nearer.clear()
            try:
                await self.fire()
            except StoreError as broken:
                _log.warning("desk_clocks_wait", reason=str(broken))
                await self._clock.sleep(STORE_PAUSE)
                continue
            await self._until_next()

    async def fire(self) -> None:
        """End every clock that is due now.

        Raises:
            StoreError: the store took nothing; the deadlines stay in the heap.
        """
        now = self._clock.now()
        while deadlines := self._due(now):
            begun = self._clock.now()
            try:
                await self._ring([ticket for _, ticket in deadlines], now)
            except Exception as broken:
                if not await self._ring_each(deadlines, now, broken):
                    raise
            except BaseException:
                self._put_back(deadlines)
                raise
            took = self._clock.now() - begun
            if took > timedelta() and self._heap and self._heap[0][0] <= now:
                # As long again is left to people: whole queues run out in the same second.
                await self._clock.sleep(took)

    async def _ring(self, tickets: Sequence[TicketId], now: datetime) -> None:
        work = partial(
            ring_all,
            tickets=list(dict.fromkeys(tickets)),
            now=now,
            policy=self._policy,
            there=self._there(),
        )
        _, committed = await self._store.transact(work)
        self._committed(committed)

    async def _ring_each(
        self, deadlines: Sequence[Deadline], now: datetime, broken: Exception
    ) -> bool:
        """Ring the tickets of a commit that failed each by itself, so that one stops no other.

        A ticket that fails alone is tried again later, and supervisors are told once. Gives
        False, with every deadline back in the heap, where the store took none of them.
        """
        failed: dict[TicketId, Exception] = {}
        tickets = list(dict.fromkeys(ticket for _, ticket in deadlines))
        for ticket in tickets:
            try:
                await self._ring([ticket], now)
            except Exception as fault:
                failed[ticket] = fault
        if len(failed) == len(tickets) and isinstance(broken, StoreError):
            self._put_back(deadlines)
            return False
        for ticket, reason in failed.items():
            self._push((now + AFTER_FAULT, ticket))
            await self._alarm(ticket, now, reason)
        return True

    async def _alarm(self, ticket: TicketId, now: datetime, fault: Exception) -> None:
        _log.error("desk_clock_failed", ticket=ticket, kind=type(fault).__name__)
        if ticket in self._alarmed:
            return
        try:
            await self._store.transact(lambda tx: alarm_of_clocks(tx, ticket, now))
        except StoreError as broken:
            _log.warning("desk_alarm_waits", ticket=ticket, reason=str(broken))
            return  # with the next try
        self._alarmed.add(ticket)

    def _put_back(self, deadlines: Iterable[Deadline]) -> None:
        for deadline in deadlines:
            self._push(deadline)

    def _due(self, now: datetime) -> list[Deadline]:
        """The next deadlines that are due, taken off the heap: as many as one commit bears."""
        due: list[Deadline] = []
        while len(due) < AT_ONCE and self._heap and self._heap[0][0] <= now:
            due.append(heapq.heappop(self._heap))
            self._known.discard(due[-1])
        return due

    def _push(self, deadline: Deadline) -> None:
        if deadline in self._known:
            return
        if not self._heap or deadline < self._heap[0]:
            self._nearer.set()
        self._known.add(deadline)
        heapq.heappush(self._heap, deadline)

    async def _until_next(self) -> None:
        """Sleep to the nearest deadline, or until a nearer one is committed."""
        span = LONGEST_SLEEP
        if self._heap:
            span = min(span, self._heap[0][0] - self._clock.now())
        sleeping = asyncio.ensure_future(self._clock.sleep(max(span, timedelta())))
        waking = asyncio.ensure_future(self._nearer.wait())
        try:
            await asyncio.wait((sleeping, waking), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            waking.cancel()


def ring_all(
    tx: DeskTransaction,
    tickets: Sequence[TicketId],
    now: datetime,
    policy: DeskPolicy,
    there: There,
) -> None:
    """End the clocks of *tickets* that are due, and wake what slept long enough."""
    for ticket in tickets:
        ring(tx, ticket, now, policy)
        _wake(tx, ticket, now, policy, there)


def ring(
    tx: DeskTransaction, ticket: TicketId, now: datetime, policy: DeskPolicy
) -> None:
    """End the clocks of one ticket that are due, earliest first; others have ended already."""
    stored = tx.ticket(ticket)
    while stored is not None and (due := _first_due(stored, now)) is not None:
        step = ran_out(stored, due, now, policy)
        stored = record(tx, step, CLOCK, clock=due.kind.value)
        if step.event is TicketEvent.UNATTENDED:
            owe_unattended(tx, stored, stored.trigger, now, policy)
        elif due.kind in TOLD_LATE and not stored.unattended:
            owe_late(tx, stored, now, policy)


def _wake(
    tx: DeskTransaction,
    ticket: TicketId,
    now: datetime,
    policy: DeskPolicy,
    there: There,
) -> None:
    """Its time is over: its owner's again, or the queue's where they are gone meanwhile."""
    stored = tx.ticket(ticket)
    if stored is None or stored.paused_until is None or stored.paused_until > now:
        return
    awake(tx, stored, now, policy, actor=CLOCK, there=there)


def _first_due(ticket: Ticket, now: datetime) -> Due | None:
    """Of a resolved ticket only its closing: stores of before 2026-11-28 may hold others."""
    running = [
        due
        for due in ticket.due
        if due.paused_at is None
        and due.due_at <= now
        and (ticket.is_live or due.kind is ClockKind.CLOSE)
    ]
    return min(running, key=lambda due: due.due_at, default=None)
