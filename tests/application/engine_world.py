"""A whole room on a real store, a clock that stands still, and a room in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from streambot.adapters.store import Store, open_store
from streambot.application.engine import LookUp, RoomEngine
from streambot.application.room_setup import RoomSetup
from streambot.domain.dedup import SeenEvents
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.events import ModeChanged, ViewerSpoke
from streambot.domain.greeting import GreetingStyle
from streambot.domain.policy import SessionPolicy
from streambot.domain.reply import EventId
from streambot.domain.room import RoomMode, RoomName, Sink
from streambot.domain.understanding import Understanding
from streambot.domain.viewer import Viewer
from streambot.errors import StoreError
from streambot.ports.store import Committed
from tests.application.room_fakes import (
    FAST,
    FakeConnection,
    FakeConnector,
    RecordingClock,
)
from tests.domain.chat_room import ROOM, scene, understanding, viewer


@dataclass(slots=True)
class EngineWorld:
    """An engine and everything around it; ``start`` and ``stop`` are the process's life."""

    folder: Path
    greets: bool = False
    mode: RoomMode = RoomMode.ANSWERING
    look_up: LookUp | None = None
    max_pages: int | None = None
    clock: RecordingClock = field(default_factory=RecordingClock)
    connector: FakeConnector = field(default_factory=FakeConnector)
    published: list[Committed] = field(default_factory=list)
    engine: RoomEngine = field(init=False)
    store: Store = field(init=False)
    lines: int = 0
    settings: dict[str, Any] = field(default_factory=dict)  # of the session's policy
    book: Understanding = field(default_factory=understanding)
    name: RoomName = ROOM

    @asynccontextmanager
    async def running(self) -> AsyncIterator[EngineWorld]:
        """One life of the process, ended as by a power cut."""
        async with open_store(self.folder, max_pages=self.max_pages) as self.store:
            self.build()
            self.connector.is_waiting = False
            task = asyncio.create_task(self.engine.run())
            await self.until(lambda: self.connector.is_waiting)
            try:
                yield self
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    def build(self) -> None:
        """Make the engine, on the store that is open."""
        self.engine = RoomEngine(
            RoomSetup(
                policy=SessionPolicy(
                    room=self.name,
                    greeting=self.greets,
                    has_orders=self.look_up is not None,
                    **self.settings,
                ),
                desk=DeskPolicy(),
                limits=FAST,
                style=GreetingStyle(),
                sinks=(Sink.ROOM_CHAT, Sink.PROMPTER),
                mode=self.mode,
            ),
            self.connector,
            self.store,
            self.clock,
            self.book,
            seen=SeenEvents(),
            attended=lambda: True,
            publish=self.published.append,
            look_up=self.look_up,
        )

    async def link(self, **settings: Any) -> FakeConnection:
        """The next link opens; the room is alive then, whatever it had to read before."""
        connection = FakeConnection(self.clock, **settings)
        self.connector.add(connection)
        await self.until(lambda: self.connector.newest is connection)
        await self.rest()
        return connection

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds that depends on threads."""
        async with asyncio.timeout(20):
            while not holds():
                await self._barrier()

    async def rest(self) -> None:
        """Wait until store and room have nothing more to do just now."""
        for _ in range(8):
            await self._barrier()

    async def _barrier(self) -> None:
        """Come behind all that was handed to the store, and let its effects happen."""
        with suppress(StoreError):
            await self.store.transact(lambda tx: None)
        await self.clock.settle()

    async def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        await self.clock.advance(timedelta(seconds=seconds))
        await self.rest()

    def line(
        self, text: str, by: Viewer | None = None, at: datetime | None = None
    ) -> ViewerSpoke:
        """The next line, said now."""
        self.lines += 1
        now = at or self.clock.now()
        return ViewerSpoke(
            id=EventId(f"e{self.lines}"),
            at=now,
            received_at=now,
            scene=scene(),
            viewer=by or viewer(f"观众{self.lines}"),
            text=text,
        )

    async def says(
        self, link: FakeConnection, text: str, by: Viewer | None = None
    ) -> ViewerSpoke:
        """A viewer says *text*, and what follows from it happens."""
        line = self.line(text, by)
        link.tell(line)
        await self.rest()
        return line

    async def switch(self, mode: RoomMode) -> None:
        """Somebody switches the mode, as the console does."""
        at = self.clock.now()
        await self.store.set_mode(ROOM, mode, "小王", at)
        self.engine.tell(ModeChanged(at=at, mode=mode, by="小王"))
        await self.rest()

    def states(self) -> dict[str, float]:
        """The room's counters."""
        return self.engine.view.counters
