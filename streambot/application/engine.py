"""RoomEngine: one task group per room that joins link, session, store and sender.

A store that can't write ends the group, and so does a fault of the program: nothing more is said,
the link is closed, and then the room is revived from what was committed, exactly as after a
restart; the platform sends again what it can, and says ``gap`` for what it can't.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from streambot.application.decision_log import DecisionLog
from streambot.application.desk_returns import There
from streambot.application.host_sight import recall
from streambot.application.link import RoomLink
from streambot.application.room_core import RoomCore, Step
from streambot.application.room_life import RoomLife
from streambot.application.room_setup import RoomSetup
from streambot.application.room_view import RoomView, Trouble
from streambot.application.running import Running
from streambot.application.sender import Sender
from streambot.application.wakes import Wakes
from streambot.domain.actions import LookAgain, LookUpOrder
from streambot.domain.board import FRESH
from streambot.domain.dedup import SeenEvents
from streambot.domain.events import (
    BookReplaced,
    ClockTicked,
    FromRoom,
    ModeChanged,
    NoticePinned,
    OrderFound,
    OrderLookupFailed,
    OrderMissing,
    ReplySettled,
    RoomClosed,
    RoomEvent,
    RoomOpened,
    SecondLookDone,
    is_by_hand,
)
from streambot.domain.guard import Guard
from streambot.domain.pacing import Outbox
from streambot.domain.product import ProductId
from streambot.domain.reply import EventId, LineId, LineOut, OutId, Reply
from streambot.domain.room import SPEAKING, Capability, RoomMode, RoomName
from streambot.domain.session import RoomSession
from streambot.domain.ticket import Ticket
from streambot.domain.understanding import Understanding
from streambot.errors import StoreError
from streambot.ports.clock import Clock
from streambot.ports.connector import Connection, Connector
from streambot.ports.store import Committed, RoomRevival, RoomWriter

_log = structlog.get_logger()

#: Bunches waiting for a decision before the link is made to wait.
_INBOX_FULL = 256
#: How often the prompter is looked through for lines that nobody will say any more.
_PROMPTER_LOOK = timedelta(seconds=3)
#: How long a stop waits for the room's word on the line being written.
_FINISH_WITHIN = timedelta(seconds=3)

LookUp = Callable[
    [LookUpOrder], Awaitable[OrderFound | OrderMissing | OrderLookupFailed]
]
LookAtLine = Callable[[LookAgain], Awaitable[SecondLookDone]]


class RoomEngine:
    """Drives one room; see the module's docstring for what happens when the store fails."""

    def __init__(
        self,
        setup: RoomSetup,
        connector: Connector,
        store: RoomWriter,
        clock: Clock,
        understanding: Understanding,
        *,
        seen: SeenEvents,
        attended: Callable[[], bool],
        there: Callable[[], There] = lambda: None,
        publish: Callable[[Committed], None],
        look_up: LookUp | None = None,
        look_again: LookAtLine | None = None,
    ) -> None:
        self.room: RoomName = setup.policy.room
        self.view = RoomView(room=self.room, mode=setup.mode, official=setup.official)
        self.view.in_force(understanding)
        self._setup = setup
        self._decisions = DecisionLog(self.room)
        self._connector = connector
        self._store = store
        self._clock = clock
        self._understanding = understanding
        self._seen = seen
        self._attended, self._there = attended, there
        self._publish = publish
        self._look_up = look_up
        self._look_again = look_again
        self._inbox: asyncio.Queue[Sequence[RoomEvent]] = asyncio.Queue()
        self._is_resting = True  # nobody takes what is told
        self._told_resting: deque[RoomEvent] = deque(maxlen=_INBOX_FULL)
        self._drained = asyncio.Event()
        self._wakes = Wakes(clock)
        self._cursor: EventId | None = None
        self._core: RoomCore | None = None
        self._sender: Sender | None = None
        self._tasks: asyncio.TaskGroup | None = None
        self._failure: BaseException | None = None
        self._link: Connection | None = None

    @property
    def guard(self) -> Guard:
        """What may be said here, by whoever says it."""
        return self._understanding.book.guard

    # --- what others tell the room ---------------------------------------------------

    def tell(self, event: RoomEvent) -> None:
        """Queue an event from inside; order of telling is kept."""
        match event:
            case BookReplaced():
                self._understanding = event.understanding
                if self._core is not None:
                    self._core.outbox.guard = event.understanding.book.guard
                self.view.in_force(event.understanding)
            case ModeChanged():
                self.view.switched(event.mode)
            case NoticePinned():
                self.view.pin(event.text)
            case _:
                pass
        self._inbox.put_nowait((event,))
        if self._is_resting:
            self._told_resting.append(event)

    def product(self, name: str) -> ProductId | None:
        """The product of that id or link number, by the book in force."""
        product = self._understanding.shelf.called(name)
        return None if product is None else product.id

    def by_hand(self, event: type[RoomOpened | RoomClosed], by: str) -> None:
        """People say that the broadcast begins or ends, where the platform doesn't."""
        running = Running() if self._core is None else self._core.running
        self.tell(running.by_hand(event, self.room, self._clock.now(), by))

    def owe(self, reply: Reply) -> None:
        """Queue a reply that the desk committed."""
        if self._core is not None and self._sender is not None:
            self._core.owe(reply)
            self._sender.wake()

    def withdraw(self, out: OutId) -> None:
        """Take a reply back that the desk withdrew."""
        if self._core is not None:
            self._core.outbox.withdraw((out,))

    async def said(self, line_id: LineId, by: str, *, said: bool) -> bool:
        """A person said (or skipped) a line of the prompter."""
        line = self.view.off_prompter(line_id)
        if line is None or self._sender is None:
            return False
        _log.info("prompter_line_settled", room=self.room, said=said, by=by)
        try:
            await self._sender.said_by_person(line, said=said)
        except StoreError:
            self.view.show_on_prompter(line)
            raise
        return True

    async def finish_writing(self) -> None:
        """Write nothing more; returns when no line is on its way, or after 3 s."""
        if self._sender is not None:
            await self._sender.finish(_FINISH_WITHIN)

    # --- life ----------------------------------------------------------------------

    async def run(self) -> None:
        """Run the room until cancelled, over every failure of its own."""
        await RoomLife(self.view, self._store, self._clock).run(self._until_failure)

    async def _until_failure(self) -> None:
        try:
            await self._live()
        finally:
            self._is_resting = True

    async def _live(self) -> None:
        """Revive the room and run it until the store fails or the task is cancelled."""
        revival = await self._store.revive(self.room, self._clock.now())
        core = self._core = self._revived(revival)
        sender = self._sender = Sender(
            self.room,
            core.outbox,
            self._store,
            self._clock,
            sinks=self._setup.sinks,
            desk=self._setup.desk,
            tell=self._line_settled,
            show=self._show_on_prompter,
            part_said=core.part_said,
            warned=partial(self.view.count, "guard_warnings"),
        )
        sender.repeat(revival.sending)
        for shown in await self._store.shown(self.room):
            self.view.show_on_prompter(shown)
        for taken in await self._store.taken(self.room):
            self.view.taken_by_tool(taken)
        asked = await self._store.asked(self.room, self._clock.now() - FRESH)
        recall(self.view.board, asked, revival.tickets, self.guard)
        link = RoomLink(
            self.room,
            self._connector,
            self._clock,
            deliver=self._deliver,
            cursor=lambda: self._cursor,
            linked=self._linked,
            trouble=self._link_trouble,
            odd=self._odd_frame,
        )
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                if core.session.memory.mode not in SPEAKING:
                    self._take(core.withdrawn_all())
                for line in revival.undecided:
                    self._take(self._decided(core, line, journaled=True))
                tasks.create_task(link.run(), name=f"link {self.room}")
                tasks.create_task(sender.run(), name=f"sender {self.room}")
                tasks.create_task(
                    self._wakes.run(self._tick), name=f"ticker {self.room}"
                )
                tasks.create_task(
                    self._clear_prompter(sender), name=f"prompter {self.room}"
                )
                await self._decide(core)
        finally:
            self._tasks = None

    def _revived(self, revival: RoomRevival) -> RoomCore:
        """A session that knows what was committed before."""
        mode = revival.mode or self._setup.mode
        session = RoomSession(
            self._setup.policy,
            self._understanding,
            mode=mode,
            remembered=revival.memory,
            tickets=revival.tickets,
        )
        outbox = Outbox(self._setup.limits, self._setup.style, self._setup.sinks)
        outbox.guard = self._understanding.book.guard
        self._seen.forget(self.room)
        self._seen.restore(self.room, revival.seen)
        self._cursor = revival.cursor
        self._failure = None
        self._inbox = asyncio.Queue()
        self._inbox.put_nowait(tuple(self._told_resting))  # no store knows of it
        self._told_resting.clear()
        self._is_resting = False
        self._wakes.forget()
        self.view.switched(mode)
        self.view.show_product(session.memory.shown)
        core = RoomCore(
            self.room,
            session,
            outbox,
            self.view,
            desk=self._setup.desk,
            attended=self._attended,
            there=self._there,
            seen=self._seen,
        )
        for reply in revival.queued:
            core.owe(reply)
        core.running.restore(revival.running, revival.broadcast)
        self.view.running(core.running.since)
        self.view.pin(session.notice)
        return core

    # --- events in -----------------------------------------------------------------

    async def _deliver(self, events: Sequence[RoomEvent]) -> None:
        """Take a bunch from the link; waits while too much is undecided."""
        self._inbox.put_nowait(events)
        while self._inbox.qsize() > _INBOX_FULL:
            self._drained.clear()
            await self._drained.wait()

    async def _decide(self, core: RoomCore) -> None:
        while True:
            bunch = await self._inbox.get()
            for event in bunch:
                self._take(self._decided(core, event))
                if isinstance(event, FromRoom):
                    if not is_by_hand(event.id):
                        self._cursor = event.id
                elif isinstance(event, ModeChanged):
                    self._mode_changed(core, event)
            if self._failure is not None:
                raise self._failure
            if self._inbox.qsize() <= _INBOX_FULL:
                self._drained.set()
            await self._store.wait_for_room()
            await asyncio.sleep(0)

    def _decided(
        self, core: RoomCore, event: RoomEvent, *, journaled: bool = False
    ) -> Step | None:
        """What *event* leads to; one that nobody can decide about is kept so, and never again."""
        try:
            return core.receive(event, journaled=journaled)
        except Exception:
            if isinstance(event, FromRoom):
                left = core.undecidable(event, journaled=journaled)
                self._store.append(left, lambda _: None)
            raise

    def _mode_changed(self, core: RoomCore, event: ModeChanged) -> None:
        core.switch(event.mode)
        if event.mode is not RoomMode.ANSWERING:
            step = core.withdrawn_all()
            self._take(step)

    def _take(self, step: Step | None) -> None:
        """Commit what a step left behind, and ask the world what it asks."""
        if step is None:
            return
        if not step.is_empty:
            self._store.append(step.batch, self._committed)
        if step.batch.decisions:
            self._decisions.write(step.batch)
        for look_up in step.look_ups:
            self._start(self._find_order(look_up))
        for look in step.second_looks:
            self._start(self._compare(look))
        if step.wakes:
            self._wakes.ask(step.wakes)
        for alert in step.alerts:
            _log.warning("agents_alerted", room=self.room, what=alert.en)

    def _start(self, work: Awaitable[None]) -> None:
        if self._tasks is not None:
            self._tasks.create_task(_awaited(work))

    async def _find_order(self, action: LookUpOrder) -> None:
        if self._look_up is None:
            self.tell(OrderLookupFailed(at=self._clock.now(), ref=action.ref))
        else:
            self.tell(await self._look_up(action))

    async def _compare(self, action: LookAgain) -> None:
        if self._look_again is None:
            self.tell(SecondLookDone(at=action.at, ref=action.ref, scores=None))
        else:
            self.tell(await self._look_again(action))

    def _tick(self, now: datetime) -> None:
        self.tell(ClockTicked(at=now))

    async def _clear_prompter(self, sender: Sender) -> None:
        """Take lines off the prompter that nobody said while they were worth saying."""
        while True:
            await self._clock.sleep(_PROMPTER_LOOK)
            for line in self.view.overdue_prompts(self._clock.now()):
                taken = self.view.taken.get(line.line_id)
                self.view.off_prompter(line.line_id)
                unsure = taken is not None and taken.failed is None
                await sender.let_prompt_expire(line, unsure=unsure)

    # --- effects out ---------------------------------------------------------------

    def _committed(self, result: Committed | BaseException) -> None:
        """A batch is on disk: let its effects be seen."""
        if isinstance(result, BaseException):
            self._fail(result)
            return
        try:
            self._release(result)
        except Exception as failure:
            self._fail(failure)

    def _release(self, result: Committed) -> None:
        if self._core is None or result.is_empty:
            return
        for changed in self._core.committed(result):
            self.tell(changed)
        self._take(self._core.taken_back())
        if result.replies and self._sender is not None:
            self._sender.wake()
        if result.entries or result.tickets:
            self._publish(result)
        for ticket in result.tickets:
            self._keep_address(ticket)

    def _keep_address(self, ticket: Ticket) -> None:
        """Whoever waits for a human can be answered in private after a restart too."""
        link = self._link
        can = link.opened.capabilities if link is not None else frozenset()
        if link is not None and Capability.PRIVATE in can and ticket.is_live:
            self._start(link.keep_address(ticket.viewer.key))

    def _fail(self, failure: BaseException) -> None:
        if self._failure is None:
            self._failure = failure
            self._inbox.put_nowait(())

    def _line_settled(self, event: ReplySettled, committed: Committed) -> None:
        if self._core is not None:
            self._core.settled(event)
        self.tell(event)
        self._committed(committed)

    def _show_on_prompter(self, line: LineOut) -> None:
        self.view.show_on_prompter(line)

    def _linked(self, connection: Connection | None) -> None:
        self._link = connection
        if self._sender is not None:
            self._sender.linked(connection)
        if connection is not None:
            self.view.clear("link")
            self.view.can_write = self._sender is not None and self._sender.can_write
            can = connection.opened.capabilities
            self.view.private = Capability.PRIVATE in can
            self.view.read_only = Capability.ROOM_CHAT not in can

    def _odd_frame(self, name: str) -> None:
        """The platform sent something we can't understand."""
        self.view.count(f"odd_{name}")

    def _link_trouble(self, zh: str, en: str) -> None:
        self.view.trouble(Trouble(code="link", zh=zh, en=en))


async def _awaited(work: Awaitable[None]) -> None:
    await work
