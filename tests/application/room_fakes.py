"""A room in memory, as links, senders and engines meet it: connections that do as they are told."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from streambot.domain.events import LinkChanged, PlatformEvent
from streambot.domain.reply import EventId, LineOut, ReplyKind, SendOutcome, SendResult
from streambot.domain.room import BroadcastId, Capability, SendLimits
from streambot.domain.viewer import ViewerKey
from streambot.errors import RoomError, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.ports.connector import Connection, Opened
from streambot.testing import FakeClock

CHAT = frozenset({Capability.ROOM_CHAT, Capability.ENTER})
FAST = SendLimits(lines=50, per=timedelta(seconds=1), line_length=100)


def dead(sentence: str = "断了。 The link died.") -> RoomUnreachable:
    """The end of a link, or why there was none."""
    return RoomUnreachable("demo", sentence)


class RecordingClock(FakeClock):
    """Also keeps how long it was asked to sleep."""

    def __init__(self) -> None:
        super().__init__()
        self.slept: list[float] = []

    async def sleep(self, span: timedelta) -> None:
        """Note it and sleep."""
        self.slept.append(span.total_seconds())
        await super().sleep(span)


@dataclass(slots=True)
class FakeConnection:
    """One link; ``answers`` say what becomes of lines, then every line is sent."""

    clock: Clock
    can: frozenset[Capability] = CHAT
    limits: SendLimits = FAST
    idempotent: bool = True
    only: frozenset[ReplyKind] | None = None
    answers: deque[SendOutcome | asyncio.Future[SendOutcome]] = field(
        default_factory=deque
    )
    sent: list[LineOut] = field(default_factory=list)
    kept: list[ViewerKey] = field(default_factory=list)
    read: int = 0  # bunches taken from the link so far
    on_send: Callable[[LineOut], None] = lambda _: None
    _coming: asyncio.Queue[Sequence[PlatformEvent | LinkChanged] | RoomError] = field(
        default_factory=asyncio.Queue
    )

    @property
    def opened(self) -> Opened:
        """What the room said at the start."""
        return Opened(
            broadcast=BroadcastId("b1"),
            capabilities=self.can,
            limits=self.limits,
            idempotent_send=self.idempotent,
            only=self.only,
        )

    def tell(self, *events: PlatformEvent | LinkChanged) -> None:
        """The room sends *events* in one bunch."""
        self._coming.put_nowait(events)

    def die(self, error: RoomError | None = None) -> None:
        """The link breaks once all that was told is read."""
        self._coming.put_nowait(error or dead())

    async def events(self) -> AsyncIterator[Sequence[PlatformEvent | LinkChanged]]:
        """What was told."""
        while True:
            bunch = await self._coming.get()
            if isinstance(bunch, RoomError):
                raise bunch
            self.read += 1
            yield bunch

    async def keep_address(self, viewer: ViewerKey) -> None:
        """Note whose address is kept."""
        self.kept.append(viewer)

    async def send(self, line: LineOut) -> SendOutcome:
        """Take a line, and answer as told."""
        self.on_send(line)
        self.sent.append(line)
        if not self.answers:
            return SendOutcome(result=SendResult.SENT, at=self.clock.now())
        answer = self.answers.popleft()
        return answer if isinstance(answer, SendOutcome) else await answer

    def will(
        self, result: SendResult, code: str | None = None, retry: float | None = None
    ) -> None:
        """Say what becomes of the next line that has no answer yet."""
        outcome = SendOutcome(
            result=result, at=self.clock.now(), code=code, retry_after=retry
        )
        self.answers.append(outcome)

    @property
    def texts(self) -> list[str]:
        """What was written."""
        return [line.text for line in self.sent]


class FakeConnector:
    """Gives out *links* one after the other; when there are no more, opening waits."""

    def __init__(self, *links: FakeConnection | RoomError) -> None:
        self.links = deque(links)
        self.opened_after: list[EventId | None] = []
        self.newest: FakeConnection | None = None
        self.is_waiting = False
        self.more = asyncio.Event()

    def add(self, *links: FakeConnection | RoomError) -> None:
        """Let there be more."""
        self.links.extend(links)
        self.more.set()

    @asynccontextmanager
    async def open(
        self, after: EventId | None, *, odd: Callable[[str], None] | None = None
    ) -> AsyncIterator[Connection]:
        """The next link."""
        self.opened_after.append(after)
        while not self.links:
            self.more.clear()
            self.is_waiting = True
            await self.more.wait()
        self.is_waiting = False
        link = self.links.popleft()
        if isinstance(link, RoomError):
            raise link
        self.newest = link
        yield link
