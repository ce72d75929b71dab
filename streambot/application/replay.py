"""Replay: a recorded broadcast through the real session, outbox and store on a virtual clock.

One loop handles the earliest of log line, look-up result, delivery, free slot and wake-up, ties
in that order, and drains the store before the next. The simulated room accepts every line at
once; simulated agents resolve each ticket after a set time. Nothing is ever sent.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from streambot.application.engine import LookAtLine, LookUp
from streambot.application.room_core import RoomCore, Step
from streambot.domain.decision import Decision, DecisionKind, IgnoreReason
from streambot.domain.events import (
    ClockTicked,
    PlatformEvent,
    ReplySettled,
    RoomEvent,
    ViewerSpoke,
)
from streambot.domain.faq.entry import Visibility
from streambot.domain.guard import Held
from streambot.domain.reply import (
    EventId,
    LineOut,
    Reply,
    ReplyState,
    SendOutcome,
    SendResult,
)
from streambot.domain.ticket import Ticket, TicketState
from streambot.ports.store import Committed, RoomWriter

#: Commits of mere chatter that may be under way at once.
_LAG = 512


class Recorder(Protocol):
    """Keeps what a replay decided and what became of it."""

    def decided(self, decision: Decision) -> None:
        """A decision was taken."""
        ...

    def owed(self, reply: Reply) -> None:
        """A reply was queued."""
        ...

    def settled(self, event: ReplySettled) -> None:
        """Replies found their end."""
        ...


class VirtualClock:
    """The replay's time; ``sleep`` never waits for the wall."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """The instant the replay has reached."""
        return self._now

    def advance(self, to: datetime) -> None:
        """Move on; time never goes back."""
        self._now = max(self._now, to)

    async def sleep(self, span: timedelta) -> None:
        """Give way once; virtual time is moved by the replay alone."""
        await asyncio.sleep(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedAgents:
    """People who resolve every ticket *after* a while; None: nobody is there."""

    resolve: Callable[[Ticket, datetime], Awaitable[Committed]]
    after: timedelta | None


class Replay:
    """Drives one room's core through a log."""

    def __init__(
        self,
        core: RoomCore,
        store: RoomWriter,
        clock: VirtualClock,
        recorder: Recorder,
        *,
        agents: SimulatedAgents,
        look_up: LookUp | None,
        look_again: LookAtLine | None = None,
        is_repeated: Callable[[EventId], bool] = lambda _: False,
        until: Callable[[datetime], Awaitable[None]] | None = None,
    ) -> None:
        self._core = core
        self._store = store
        self._clock = clock
        self._recorder = recorder
        self._agents = agents
        self._look_up = look_up
        self._look_again = look_again
        self._is_repeated = is_repeated
        self._pace = until
        self._told: deque[RoomEvent] = deque()
        self._uncommitted: deque[asyncio.Future[Committed | BaseException]] = deque()
        self._wakes: list[datetime] = []
        self._resolutions: list[tuple[datetime, int, Ticket]] = []
        self._scheduled: set[tuple[str, int]] = set()

    async def run(self, events: AsyncIterator[PlatformEvent]) -> None:
        """Replay *events* to the end, and then until nothing is owed any more."""
        upcoming = await anext(events, None)
        while True:
            now = self._clock.now()
            choice = self._core.outbox.choose(now)
            slot = now if isinstance(choice, LineOut) else choice
            wake = self._next_wake()
            times = [
                at
                for at in (upcoming.received_at if upcoming else None, slot, wake)
                if at is not None
            ]
            if not times:
                await self._drained()
                return
            at = max(now, min(times))
            if self._pace is not None and at > now:
                await self._pace(at)
            self._clock.advance(at)
            if upcoming is not None and upcoming.received_at <= at:
                await self._happens(upcoming)
                upcoming = await anext(events, None)
            elif isinstance(choice, LineOut) and slot == now:
                await self._say(choice, at)
            elif wake is not None and wake <= at:
                await self._wake_up(at)
            await self._let_expire(at)

    def _next_wake(self) -> datetime | None:
        expiry = self._core.outbox.first_expiry
        wakes = [*self._wakes[:1], *([] if expiry is None else [expiry])]
        resolutions = [item[0] for item in self._resolutions[:1]]
        return min((*wakes, *resolutions), default=None)

    async def _happens(self, event: PlatformEvent) -> None:
        """An event of the log; one that a platform sent twice acts once."""
        if not self._is_repeated(event.id):
            await self._receive(event)
        elif isinstance(event, ViewerSpoke):
            self._recorder.decided(
                Decision(
                    at=event.received_at,
                    event_id=event.id,
                    viewer=event.viewer.key,
                    kind=DecisionKind.IGNORE,
                    reason=IgnoreReason.DUPLICATE,
                )
            )

    async def _receive(self, event: RoomEvent) -> None:
        """One event, its commit, and everything the commit and the look-ups say."""
        await self._carry_out(self._core.receive(event))
        await self._carry_out(self._core.taken_back())
        await self._hear_told()

    async def _carry_out(self, step: Step | None) -> None:
        if step is None:
            return
        for decision in step.batch.decisions:
            self._recorder.decided(decision)
        if not step.is_empty:
            await self._drain(step)
        for look_up in step.look_ups:
            if self._look_up is not None:
                self._told.append(await self._look_up(look_up))
        for look in step.second_looks:
            if self._look_again is not None:
                self._told.append(await self._look_again(look))
        for at in step.wakes:
            heapq.heappush(self._wakes, at)

    async def _drain(self, step: Step) -> None:
        """Commit, and go on with what that says; of mere chatter it says nothing, so it may lag."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Committed | BaseException] = loop.create_future()
        self._store.append(step.batch, done.set_result)
        self._uncommitted.append(done)
        if step.is_mere_record and len(self._uncommitted) < _LAG:
            return
        await self._drained()

    async def _drained(self) -> None:
        while self._uncommitted:
            result = await self._uncommitted.popleft()
            if isinstance(result, BaseException):
                raise result
            self._commit(result)

    def _commit(self, result: Committed) -> None:
        for reply in result.replies:
            self._recorder.owed(reply)
        self._told.extend(self._core.committed(result))
        for ticket in result.tickets:
            self._schedule(ticket)

    def _schedule(self, ticket: Ticket) -> None:
        episode = (ticket.id, ticket.reopen_count)
        queued = ticket.state is TicketState.QUEUED
        if self._agents.after is None or not queued or episode in self._scheduled:
            return
        self._scheduled.add(episode)
        due = ticket.waiting_since + self._agents.after
        heapq.heappush(self._resolutions, (due, ticket.no, ticket))

    async def _wake_up(self, at: datetime) -> None:
        while self._wakes and self._wakes[0] <= at:
            heapq.heappop(self._wakes)
            await self._receive(ClockTicked(at=at))
        while self._resolutions and self._resolutions[0][0] <= at:
            _, _, ticket = heapq.heappop(self._resolutions)
            self._commit(await self._agents.resolve(ticket, at))
            await self._hear_told()

    async def _hear_told(self) -> None:
        while self._told:
            await self._carry_out(self._core.receive(self._told.popleft()))
            await self._carry_out(self._core.taken_back())

    async def _let_expire(self, at: datetime) -> None:
        expired = self._core.outbox.expired(at)
        for reply in expired:
            unsaid = LineOut.unsaid(reply, (reply.out_id,), at)
            await self._store.line_settled(
                unsaid, self._core.room, ReplyState.EXPIRED, at
            )
            await self._settle(
                ReplySettled(
                    at=min(at, reply.expires_at),
                    outs=(reply.out_id,),
                    state=ReplyState.EXPIRED,
                )
            )

    async def _say(self, line: LineOut, at: datetime) -> None:
        """The simulated room accepts at once what the guard lets pass."""
        verdict = self._core.outbox.guard.judge(
            line.text, public=line.visibility is not Visibility.PRIVATE
        )
        self._core.outbox.sending(line, at)
        if isinstance(verdict, Held):
            held = self._core.outbox.held(line)
            settled = ReplySettled(
                at=at,
                outs=held.covers,
                state=ReplyState.HELD,
                line=held,
                rule=verdict.rule,
            )
            await self._store.line_settled(
                held, self._core.room, ReplyState.HELD, at, rule=verdict.rule
            )
            await self._settle(settled)
            return
        if not await self._store.line_sending(line, self._core.room):
            self._core.outbox.declined(line, again=False)
        else:
            self._core.outbox.settled(line, SendOutcome(result=SendResult.SENT, at=at))
            committed = await self._store.line_settled(
                line, self._core.room, ReplyState.SENT, at
            )
            self._commit(committed)
            if line.part == line.parts:
                await self._settle(
                    ReplySettled(
                        at=at, outs=line.covers, state=ReplyState.SENT, line=line
                    )
                )

    async def _settle(self, event: ReplySettled) -> None:
        self._core.settled(event)
        self._recorder.settled(event)
        await self._receive(event)


async def in_order(events: Iterable[PlatformEvent]) -> AsyncIterator[PlatformEvent]:
    """A log as the replay reads it."""
    for event in events:
        yield event
