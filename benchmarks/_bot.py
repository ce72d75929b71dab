"""The bot under measurement: one room's engine on a real link and a real store, and a bare loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from streambot.adapters.clock import SystemClock
from streambot.adapters.rooms.address_book import AddressBook
from streambot.adapters.rooms.room_protocol import codec, frames
from streambot.adapters.rooms.room_protocol.client import RoomProtocolConnector
from streambot.adapters.store import Store, open_store
from streambot.adapters.store.installation import Installation, load_installation
from streambot.application.engine import RoomEngine
from streambot.application.room_setup import RoomSetup
from streambot.config import SendingConfig
from streambot.domain.dedup import SeenEvents
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.events import PlatformEvent
from streambot.domain.greeting import GreetingStyle
from streambot.domain.policy import SessionPolicy
from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId, RoomMode, RoomName, Sink
from streambot.domain.understanding import Understanding
from streambot.ports.store import RoomWriter

_LOOK_EVERY = 0.01
SINKS = (Sink.ROOM_CHAT, Sink.PROMPTER)
ROOM = RoomName("bench")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a round took: CPU seconds of this process with its threads, and wall seconds."""

    lines: int
    cpu: float
    wall: float

    @property
    def cpu_us(self) -> float:
        """CPU microseconds a line."""
        return self.cpu / self.lines * 1e6

    @property
    def per_second(self) -> float:
        """Lines a second."""
        return self.lines / self.wall


class Meter:
    """Measures from its making."""

    def __init__(self) -> None:
        self._cpu, self._wall = time.process_time(), time.perf_counter()

    def read(self, lines: int) -> Cost:
        """The cost of *lines* until now."""
        return Cost(
            lines=lines,
            cpu=time.process_time() - self._cpu,
            wall=time.perf_counter() - self._wall,
        )


@dataclass(slots=True, kw_only=True)
class Bench:
    """Everything rounds share; each round has a store of its own."""

    url: str
    scratch: Path
    understanding: Understanding
    clock: SystemClock = field(default_factory=SystemClock)
    rounds: int = 0
    stores: int = 0

    def address(self, lines: int, rate: float = 0, kind: str = "spoke") -> str:
        """Where so many lines are played; ids and viewers differ from round to round."""
        self.rounds += 1
        return f"{self.url}?lines={lines}&rate={rate}&kind={kind}&tag=r{self.rounds}"

    def keys(self) -> Installation:
        """The keys of this installation."""
        return load_installation(self.scratch)

    async def received(self, lines: int) -> tuple[Cost, list[PlatformEvent]]:
        """Receive and decode only; gives the events too."""
        events: list[PlatformEvent] = []
        book = AddressBook(self.keys().viewer_key, None)
        reading = codec.Reading(
            scene=codec.scene("", ROOM, BroadcastId("b")), key_of=book.key_for
        )
        now, decode, event = self.clock.now, codec.decode, reading.event
        meter = Meter()
        async with connect(
            self.address(lines),
            subprotocols=[Subprotocol(codec.SUBPROTOCOL)],
            compression=None,
            ping_interval=None,
            max_queue=64,
            proxy=None,
        ) as socket:
            await socket.send(codec.hello(ROOM, "", None))
            left = lines
            async for message in socket:
                frame = decode(message)
                if isinstance(frame, frames.EventFrame):
                    events.append(event(frame, now()))
                    left -= 1
                    if not left:
                        break
            cost = meter.read(lines)
        return cost, events

    async def worked(self, lines: int) -> Cost:
        """Receive, decode, decide, journal, reply."""
        async with self.store() as store:
            meter = Meter()
            async with self.engine(store, self.address(lines)) as engine:
                await settled(engine, store, lines)
                return meter.read(lines)

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """A new store, as durable as the shipped one."""
        self.stores += 1
        folder = self.scratch / f"store-{self.stores}"
        folder.mkdir()
        async with open_store(folder, synchronous="FULL") as store:
            yield store

    @asynccontextmanager
    async def engine(self, store: RoomWriter, url: str) -> AsyncIterator[RoomEngine]:
        """A room that runs while the block does."""
        engine = RoomEngine(
            self.setup(),
            RoomProtocolConnector(
                room=ROOM,
                url=url,
                token="",
                clock=self.clock,
                key_of=self.keys().viewer_key,
            ),
            store,
            self.clock,
            self.understanding,
            seen=SeenEvents(),
            attended=lambda: False,
            publish=lambda _: None,
        )
        running = asyncio.create_task(engine.run())
        try:
            yield engine
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    def setup(self) -> RoomSetup:
        """The settings as shipped."""
        return RoomSetup(
            policy=SessionPolicy(room=ROOM, has_orders=True),
            desk=DeskPolicy(),
            limits=SendingConfig().limits,
            style=GreetingStyle(),
            sinks=SINKS,
            mode=RoomMode.ANSWERING,
        )


async def settled(engine: RoomEngine, store: Store, lines: int) -> None:
    """Return once so many lines are decided and everything is on disk."""
    while engine.view.counters.get("lines", 0) < lines or store.waiting:  # noqa: ASYNC110
        await asyncio.sleep(_LOOK_EVERY)


class TimedStore:
    """A store that notes how long after a line was received its reply was committed."""

    def __init__(self, store: Store, now: Callable[[], Any]) -> None:
        self._store = store
        self._now = now
        self.waits: dict[EventId, float] = {}

    def append(self, batch: Any, done: Callable[[Any], None]) -> None:
        """Pass the batch on; once it is on disk look at the clock."""
        if not (batch.events and batch.replies):
            self._store.append(batch, done)
            return

        def noted(result: Any) -> None:
            for event in batch.events:
                waited = self._now() - event.received_at
                self.waits[event.id] = waited.total_seconds() * 1000
            done(result)

        self._store.append(batch, noted)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)
