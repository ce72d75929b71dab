"""Two hours of broadcast with link faults on a clock that is moved: any peer, the real engine and store."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from streambot.adapters.store import Store, open_store
from streambot.application.engine import RoomEngine
from streambot.application.room_setup import RoomSetup
from streambot.domain.dedup import SeenEvents
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.events import Link
from streambot.domain.greeting import GreetingStyle
from streambot.domain.policy import SessionPolicy
from streambot.domain.room import RoomMode, SendLimits, Sink
from streambot.errors import StoreError
from streambot.testing import FakeClock
from streambot.testing.conformance import Feature, Happening, RoomPeer, Serving
from tests.acceptance.accounts import Accounts, read
from tests.domain.chat_room import ROOM, understanding

_STEP = timedelta(seconds=5)
_FAULTS = 30
_QUESTIONS = ("什么时候发货", "有运费险吗", "多久发货")


@dataclass(slots=True, kw_only=True)
class Broadcast:
    """One room for two hours: what is told, what goes wrong, and every life of the bot."""

    peer: RoomPeer
    clock: FakeClock
    store: Store
    chance: Random
    lacks: frozenset[Feature]
    length: timedelta
    told: list[Happening] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    _number: int = 0

    def engine(self) -> RoomEngine:
        """A bot for the room, as after a restart."""
        return RoomEngine(
            RoomSetup(
                policy=SessionPolicy(room=ROOM, greeting=True),
                desk=DeskPolicy(),
                limits=SendLimits(lines=1, per=timedelta(seconds=2), line_length=100),
                style=GreetingStyle(),
                sinks=(Sink.ROOM_CHAT, Sink.PROMPTER),
                mode=RoomMode.ANSWERING,
            ),
            self.peer.connector(),
            self.store,
            self.clock,
            understanding(),
            seen=SeenEvents(),
            attended=lambda: True,
            publish=lambda _: None,
        )

    async def play(self) -> None:
        """From the first minute to the last; a quarter of the faults end the process."""
        steps = int(self.length / _STEP)
        strikes = set(self.chance.sample(range(20, steps - 20), _FAULTS))
        restarts = set(self.chance.sample(sorted(strikes), _FAULTS // 4))
        for life in _lives(steps, restarts):
            async with self._running() as engine:
                for step in life:
                    await self._step(engine, fault=step in strikes - restarts)
                    if step in restarts:
                        self.faults["killed"] += 1

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[RoomEngine]:
        engine = self.engine()
        task = asyncio.create_task(engine.run())
        try:
            await self._linked(engine)
            yield engine
        finally:
            task.cancel()
            ends = await asyncio.gather(task, return_exceptions=True)
            assert isinstance(ends[0], asyncio.CancelledError), ends

    async def _step(self, engine: RoomEngine, *, fault: bool) -> None:
        """Five seconds: perhaps somebody comes or asks, perhaps something breaks."""
        if self.chance.random() < 0.35:
            await self._tell()
        if fault:
            await self._break(engine)
        for _ in range(5):
            await self.clock.advance(_STEP / 5)
            await self._rest()

    async def _linked(self, engine: RoomEngine) -> None:
        """A bot that knows no event yet misses none; the next ones start with a link too."""
        async with asyncio.timeout(20):
            while engine.view.link is not Link.CONNECTED:
                await self._rest()

    async def _tell(self) -> None:
        """Somebody comes in, or asks; some of it is told twice."""
        self._number += 1
        asks = self.chance.random() < 0.5
        happening = Happening(
            mark=f"m{self._number}",
            viewer=f"guest{self._number:04}",
            at=self.clock.now(),
            text=self.chance.choice(_QUESTIONS) if asks else None,
        )
        if happening.text is None and Feature.ENTERS in self.lacks:
            return
        twice = Feature.EVENT_IDS not in self.lacks and self.chance.random() < 0.2
        self.told.append(happening)
        await self.peer.tell(*[happening] * (2 if twice else 1))

    async def _break(self, engine: RoomEngine) -> None:
        """One fault of those that the platform can have."""
        kinds = ["cut", "silent", "half open", "malformed", "old again"]
        if not {Feature.WRITES, Feature.UNCERTAIN} & self.lacks:
            kinds += ["uncertain", "uncertain"]
        if Feature.RESUME not in self.lacks:
            kinds.append("forgotten")
        kind = self.chance.choice(kinds)
        if engine.view.link is not Link.CONNECTED:
            kind = "cut"
        self.faults[kind] += 1
        match kind:
            case "cut":
                await self.peer.cut()
            case "silent":
                await self.peer.fall_silent()
            case "half open":
                await self.peer.stop_reading()
            case "malformed":
                await self.peer.tell_malformed()
                await self.peer.cut()
            case "uncertain":
                await self.peer.die_after_next()
                await self._tell()
            case "forgotten":
                await self.peer.cut()
                await self.peer.forget()
            case _:
                old = self.told[-3:] if Feature.EVENT_IDS not in self.lacks else []
                await self.peer.tell(*old)
                await self.peer.cut()

    async def _rest(self) -> None:
        """Let sockets and store do what they have to do just now."""
        with suppress(StoreError):
            await self.store.transact(lambda tx: None)
        await asyncio.wait({asyncio.ensure_future(self.clock.settle())})


def _lives(steps: int, restarts: set[int]) -> list[range]:
    """The steps of each life of the process."""
    ends = [0, *(step + 1 for step in sorted(restarts)), steps]
    return [range(low, high) for low, high in pairwise(ends)]


def check(broadcast: Broadcast, accounts: Accounts) -> None:
    """Nothing twice by the bot's own account and by the room's, and every gap journaled."""
    accounts.check_nothing_twice()
    guests = Counter(each.viewer for each in accounts.heard)
    assert max(guests.values()) == 1, f"heard twice: {guests.most_common(3)}"
    lines = Counter(
        text.rstrip("~") for text in broadcast.peer.shown if "@guest" in text
    )
    assert max(lines.values()) == 1, f"said twice: {lines.most_common(3)}"
    shown = Counter(
        name
        for text in broadcast.peer.shown
        for name in {each.viewer for each in broadcast.told if each.text is not None}
        if f"@{name} " in text and ("发出" in text or "运费险" in text)
    )
    assert max(shown.values()) == 1, f"answered twice: {shown.most_common(3)}"
    heard = {each.viewer: each.at for each in accounts.heard}
    times = sorted(heard.values())
    for each in broadcast.told:
        if each.viewer in heard:
            continue
        lost_at = each.at.timestamp()
        next_heard = next((at for at in times if at > lost_at), float("inf"))
        assert any(lost_at <= at <= next_heard for at in accounts.gap_times), (
            f"{each.mark} was missed, and nothing says so"
        )


async def play(
    folder: Path,
    serving: Serving,
    lacks: frozenset[Feature],
    *,
    seed: int,
    length: timedelta = timedelta(hours=2),
) -> tuple[Broadcast, Accounts]:
    """A broadcast over *serving*'s platform and its accounts, checked."""
    await asyncio.to_thread(understanding)  # reads tables, once
    clock = FakeClock()
    async with serving(clock) as peer, open_store(folder) as store:
        broadcast = Broadcast(
            peer=peer,
            clock=clock,
            store=store,
            chance=Random(seed),
            lacks=lacks,
            length=length,
        )
        await broadcast.play()
    accounts = await asyncio.to_thread(read, folder / "streambot.db")
    check(broadcast, accounts)
    return broadcast, accounts
