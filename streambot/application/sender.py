"""Sender: one room's way out - chooses a line, commits it, writes it, and tells what became of it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from streambot.application import handoffs
from streambot.application.alarm import Alarm
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.events import ReplySettled
from streambot.domain.faq.entry import Visibility
from streambot.domain.guard import Held, Passed
from streambot.domain.pacing import Outbox
from streambot.domain.reply import (
    LineId,
    LineOut,
    Reply,
    ReplyKind,
    ReplyState,
    SendOutcome,
    SendResult,
)
from streambot.domain.room import Capability, RoomName, Sink
from streambot.ports.clock import Clock
from streambot.ports.connector import Connection
from streambot.ports.store import Committed, DeskTransaction, RoomWriter

_log = structlog.get_logger()

#: How long after it was made a line whose fate is unknown may be repeated where that is safe.
_REPEAT_WITHIN = {
    ReplyKind.GREETING: timedelta(seconds=1),  # a promise in seconds: never late
    ReplyKind.AGENT: timedelta(minutes=2),
}
_REPEAT_OTHERS = timedelta(seconds=30)
#: Lines the store said no to, of which each is tried twice at most.
_DECLINED_KEPT = 100

_STATES = {
    SendResult.SENT: ReplyState.SENT,
    SendResult.REFUSED: ReplyState.REFUSED,
    SendResult.UNCERTAIN: ReplyState.UNCERTAIN,
}


class Sender:
    """Writes one room's lines in the order and at the pace its outbox chooses.

    Nothing is written before its record is committed; a line whose fate is unknown is repeated
    only where the platform shows a repeated line once.
    """

    def __init__(
        self,
        room: RoomName,
        outbox: Outbox,
        store: RoomWriter,
        clock: Clock,
        *,
        sinks: Sequence[Sink],
        desk: DeskPolicy,
        tell: Callable[[ReplySettled, Committed], None],
        show: Callable[[LineOut], None],
        part_said: Callable[[LineOut, datetime], None],
        warned: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._room = room
        self._outbox = outbox
        self._store = store
        self._clock = clock
        self._sinks = frozenset(sinks)
        self._desk = desk
        self._tell = tell
        self._show = show
        self._part_said = part_said
        self._warned = warned
        self._alarm = Alarm(clock)
        self._connection: Connection | None = None
        self._repeat: deque[LineOut] = deque()
        self._declined: deque[LineId] = deque(maxlen=_DECLINED_KEPT)
        self._finishing = False
        self._idle = asyncio.Event()
        self._idle.set()

    def wake(self) -> None:
        """Look again: something was queued or the link changed."""
        self._alarm.nudge()

    def linked(self, connection: Connection | None) -> None:
        """Write to *connection* from now on; None: the link is down."""
        self._connection = connection
        if connection is not None:
            self._outbox.limit(connection.opened.limits, can_write=self.can_write)
        self.wake()

    @property
    def can_write(self) -> bool:
        """Whether lines for everybody can be written where the room is now."""
        connection = self._connection
        if connection is None or Sink.ROOM_CHAT not in self._sinks:
            return False
        return Capability.ROOM_CHAT in connection.opened.capabilities

    def repeat(self, lines: Sequence[LineOut]) -> None:
        """Lines that were on their way when the process died."""
        self._repeat.extend(lines)

    async def finish(self, within: timedelta) -> None:
        """Write nothing more; returns when no line is on its way, or after *within*."""
        self._finishing = True
        self._alarm.nudge()
        idle = asyncio.ensure_future(self._idle.wait())
        patience = asyncio.ensure_future(self._clock.sleep(within))
        await asyncio.wait({idle, patience}, return_when=asyncio.FIRST_COMPLETED)
        for task in (idle, patience):
            task.cancel()
        await asyncio.gather(idle, patience, return_exceptions=True)

    async def run(self) -> None:
        """Write whenever a slot is free, until cancelled or told to finish."""
        self._idle.clear()
        try:
            await self._write_on()
        finally:
            self._idle.set()

    async def _write_on(self) -> None:
        while not self._finishing:
            now = self._clock.now()
            await self._let_expire(now)
            until: datetime | None = None
            if self._repeat and self._connection is not None:
                await self._write_again(self._repeat.popleft(), now)
                continue
            if self._connection is not None:
                choice = self._outbox.choose(now)
                if isinstance(choice, LineOut):
                    await self._say(choice)
                    continue
                until = choice
            await self._alarm.wait(self._next_look(now, until))

    def _next_look(self, now: datetime, until: datetime | None) -> datetime | None:
        """The nearer of the next slot and the next expiry."""
        times = (until, self._outbox.first_expiry)
        soonest = min((at for at in times if at is not None), default=None)
        return (
            None if soonest is None else max(soonest, now + timedelta(milliseconds=1))
        )

    async def _let_expire(self, now: datetime) -> None:
        """Settle what was not said in time; it is never said late."""
        expired = self._outbox.expired(now)
        if expired:
            await self._settle_silently(expired, ReplyState.EXPIRED, now)

    async def _settle_silently(
        self, replies: Sequence[Reply], state: ReplyState, at: datetime
    ) -> None:
        outs = tuple(reply.out_id for reply in replies)
        line = LineOut.unsaid(replies[0], outs, at)
        for_desk = any(reply.ticket is not None for reply in replies)
        work = self._for_desk(line, state, at) if for_desk else None
        committed = await self._store.line_settled(line, self._room, state, at, work)
        self._tell(ReplySettled(at=at, outs=outs, state=state), committed)

    async def _say(self, line: LineOut) -> None:
        """Guard, commit, write, settle one line."""
        now = self._clock.now()
        public = line.visibility is not Visibility.PRIVATE  # a prompter is read aloud
        # A cut may hide what is forbidden, so what it is a part of is judged as well.
        whole = self._outbox.whole_texts(line)
        verdict = self._outbox.guard.judge_all((line.text, *whole), public=public)
        if isinstance(verdict, Held):
            self._outbox.sending(line, now)
            held = self._outbox.held(line)
            await self._settle(held, ReplyState.HELD, now, rule=verdict.rule)
            return
        self._warn(line, verdict)
        self._outbox.sending(line, now)
        if not await self._store.line_sending(line, self._room):
            self._decline(line)
            return
        await self._put_out(line)

    def _warn(self, line: LineOut, verdict: Passed) -> None:
        """Record what a rule warns of in the assistant's words; an agent confirmed their own."""
        if verdict.warnings and line.kind is not ReplyKind.AGENT:
            _log.warning("line_warned", room=self._room, rules=list(verdict.warnings))
            self._warned(len(verdict.warnings))

    def _decline(self, line: LineOut) -> None:
        """One of its replies was withdrawn, or the ticket changed hands, meanwhile.

        The others wait for another line, which is a different one once the store's word on
        the withdrawn is heard; the same line is not tried a third time.
        """
        again = line.line_id not in self._declined
        self._declined.append(line.line_id)
        self._outbox.declined(line, again=again)

    async def _put_out(self, line: LineOut) -> None:
        """Write a committed line, or show it to the person who must say it."""
        now = self._clock.now()
        if self._needs_a_person(line):
            shown = ReplyState.SHOWN
            committed = await self._store.line_settled(line, self._room, shown, now)
            self._show(line)
            event = ReplySettled(at=now, outs=line.covers, state=shown, line=line)
            self._tell(event, committed)
            return
        await self._write(line)

    def _needs_a_person(self, line: LineOut) -> bool:
        """Whether a person must say the line, since the room can't be written to."""
        connection = self._connection
        if connection is None:
            return False
        if line.visibility is Visibility.PROMPTER:
            return True
        if line.visibility is Visibility.PRIVATE:
            return Capability.PRIVATE not in connection.opened.capabilities
        return not (self.can_write and connection.opened.takes(line.kind))

    async def _write(self, line: LineOut) -> None:
        connection = self._connection
        if connection is None:
            outcome = SendOutcome(result=SendResult.UNCERTAIN, at=self._clock.now())
        else:
            outcome = await connection.send(line)
        waits_again = self._outbox.settled(line, outcome)
        if waits_again:
            await self._store.line_put_back(line, self._room, outcome.at)
            return
        state = _STATES[outcome.result]
        if state is ReplyState.UNCERTAIN and self._may_repeat(line, outcome.at):
            self._repeat.append(line)
            if connection is self._connection:
                self._connection = None  # dead; the link brings a new one
            return
        await self._settle(line, state, outcome.at)

    def _may_repeat(self, line: LineOut, at: datetime) -> bool:
        """Whether repeating can neither double the line nor say it late."""
        connection = self._connection
        if connection is not None and not connection.opened.idempotent_send:
            return False
        return at - line.made_at < _REPEAT_WITHIN.get(line.kind, _REPEAT_OTHERS)

    async def _write_again(self, line: LineOut, now: datetime) -> None:
        if self._may_repeat(line, now):
            await self._put_out(line)
        else:
            await self._settle(line, ReplyState.UNCERTAIN, now)

    async def _settle(
        self,
        line: LineOut,
        state: ReplyState,
        at: datetime,
        *,
        rule: str | None = None,
    ) -> None:
        work = None if line.ticket is None else self._for_desk(line, state, at)
        settle = self._store.line_settled
        committed = await settle(line, self._room, state, at, work, rule=rule)
        if line.part < line.parts and state is ReplyState.SENT:
            self._part_said(line, at)
            return  # the reply settles with its last part
        event = ReplySettled(at=at, outs=line.covers, state=state, line=line, rule=rule)
        self._tell(event, committed)

    def _for_desk(
        self, line: LineOut, state: ReplyState, at: datetime
    ) -> Callable[[DeskTransaction], None]:
        """What a line's fate means for its ticket, in the same transaction."""

        def work(tx: DeskTransaction) -> None:
            if state is ReplyState.SENT:
                handoffs.line_accepted(tx, line, at, policy=self._desk)
            else:
                handoffs.line_failed(tx, line, state, at, policy=self._desk)

        return work

    async def let_prompt_expire(self, line: LineOut, *, unsure: bool) -> None:
        """Nobody said a shown line in time; *unsure*: a tool took it and never told."""
        state = ReplyState.UNCERTAIN if unsure else ReplyState.EXPIRED
        await self._settle(line, state, self._clock.now())

    async def said_by_person(self, line: LineOut, *, said: bool) -> None:
        """A person read a shown line out, or skipped it."""
        at = self._clock.now()
        await self._settle(line, ReplyState.SENT if said else ReplyState.WITHDRAWN, at)
