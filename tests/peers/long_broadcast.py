"""A two-hour broadcast on a clock that tests move: crowd, questions and link faults on any peer.

The whole room works in it: a connector, its link, the engine, a real store. Nobody waits for real time.
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from streambot.adapters.store import Store, open_store
from streambot.application.engine import RoomEngine
from streambot.application.room_setup import RoomSetup
from streambot.authoring.book import read_book
from streambot.authoring.judges import domain_judges
from streambot.config import shipped
from streambot.domain.dedup import SeenEvents
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.faq.match import MatchSettings
from streambot.domain.greeting import GreetingStyle
from streambot.domain.policy import SessionPolicy
from streambot.domain.reply import EventId
from streambot.domain.room import RoomMode, RoomName, SendLimits, Sink
from streambot.domain.understanding import Understanding
from streambot.ports.connector import Connection, Connector
from streambot.testing import FakeClock
from streambot.testing.conformance import Happening, RoomPeer
from tests.acceptance.kills import answerable

_ROOM = RoomName("demo")
_LENGTH = timedelta(hours=2)
_FAULTS = 30
#: The clock moves on by so much; then sockets and store get their time.
_STEP = timedelta(seconds=2)
_LIMITS = SendLimits(lines=1, per=timedelta(seconds=2), line_length=60)
#: A platform's worst silence, our longest back-off and the longest penalty together.
_BACK_WITHIN = timedelta(seconds=180)

#: Opening a link takes a dozen requests; each has a bound by the clock that moves meanwhile.
_ROUNDS_TO_OPEN = 25

Fault = Callable[[], Awaitable[None]]


@dataclass(slots=True, kw_only=True)
class Account:
    """What the platform told, by the marks of happenings, and what became of it."""

    entered: list[str] = field(default_factory=list)  # told while a bot listened
    asked: list[str] = field(default_factory=list)
    unheard: int = 0  # happened while none did
    repeated: int = 0
    links: int = 0
    faults: Counter[str] = field(default_factory=Counter)


class _Counted:
    """A connector whose links are counted as they open."""

    def __init__(self, connector: Connector, account: Account) -> None:
        self._connector = connector
        self._account = account
        self.is_open = False

    @asynccontextmanager
    async def open(
        self, after: EventId | None, *, odd: Callable[[str], None] | None = None
    ) -> AsyncIterator[Connection]:
        """The same link."""
        async with self._connector.open(after, odd=odd) as connection:
            self._account.links += 1
            self.is_open = True
            try:
                yield connection
            finally:
                self.is_open = False


class LongBroadcast:
    """One broadcast of *peer*'s room; ``play`` it, then ``check`` both accounts.

    A fault ends the link, save those of *outlived*, which tell when they are over.
    """

    def __init__(
        self,
        peer: RoomPeer,
        clock: FakeClock,
        folder: Path,
        *,
        seed: int,
        faults: dict[str, Fault] | None = None,
        length: timedelta = _LENGTH,
        listening: Callable[[], bool] = lambda: False,
        outlived: Mapping[str, Callable[[], bool]] | None = None,
    ) -> None:
        self.account = Account()
        self._peer = peer
        self._clock = clock
        self._folder = folder
        self._chance = random.Random(seed)
        self._length = length
        self._listening = listening  # a bot that isn't quite open yet hears already
        self._outlived = outlived or {}
        usual = {
            "cut": peer.cut,
            "silence": peer.fall_silent,
            "half open": peer.stop_reading,
            "killed": self._kill,
        }
        self.faults = usual | (faults or {})
        self._told: list[Happening] = []
        self._number = 0
        self._questions: Sequence[str] = ()
        self._understood: Understanding
        self._store: Store
        self._connector: _Counted
        self._bot: asyncio.Task[None]

    async def play(self) -> None:
        """Two hours of arrivals, questions, repeats and thirty faults."""
        self._questions = await asyncio.to_thread(answerable)
        self._understood = await asyncio.to_thread(self._understanding)
        async with open_store(self._folder, synchronous="NORMAL") as self._store:
            self._start()
            try:
                await self._until_open()
                for kind in self._schedule():
                    await self._quarter(self._length / _FAULTS, kind)
                await self._pass(timedelta(seconds=60))
                assert not self._bot.done(), self._bot.exception()
            finally:
                await self._stop()

    def _start(self) -> None:
        """The bot begins, with nothing but what is in the store."""
        self._connector = _Counted(self._peer.connector(), self.account)
        self._bot = asyncio.ensure_future(self._engine(self._understood).run())

    async def _stop(self) -> None:
        self._bot.cancel()
        await asyncio.gather(self._bot, return_exceptions=True)

    async def _kill(self) -> None:
        """The process ends, whatever it was at, and another begins."""
        await self._stop()
        self._start()

    async def die_unsaid(self) -> None:
        """A fault for rooms whose link is one with their sending: a line arrives without a word on it."""
        links = self.account.links
        await self._peer.die_after_next()
        self._number += 1
        number, now = self._number, self._clock.now()
        guest = Happening(mark=f"e{number}", viewer=f"客{number}", at=now)
        await self._peer.tell(guest)
        self._heard([guest])
        for _ in range(50):
            if not self._connector.is_open or self.account.links > links:
                return
            await self._pass(_STEP)
        raise AssertionError("a welcome was never written")

    def _schedule(self) -> list[str]:
        kinds = [list(self.faults)[n % len(self.faults)] for n in range(_FAULTS)]
        self._chance.shuffle(kinds)
        return kinds

    async def _quarter(self, span: timedelta, kind: str) -> None:
        """A stretch of the broadcast with one fault somewhere in it."""
        before = span * self._chance.uniform(0.1, 0.4)
        end = self._clock.now() + span
        await self._chat_until(self._clock.now() + before)
        links = self.account.links

        def is_open_again() -> bool:
            return self.account.links > links and self._connector.is_open

        is_over = self._outlived.get(kind, is_open_again)
        self.account.faults[kind] += 1
        await self.faults[kind]()
        late = self._clock.now() + _BACK_WITHIN
        while not is_over():
            assert self._clock.now() < late, f"no link again after: {kind}"
            if self._chance.random() < 0.2 and not self._listening():
                await self._peer.tell(self._happens())
                self.account.unheard += 1
            await self._pass(_STEP, _ROUNDS_TO_OPEN)
        await self._again(3)  # what a platform may tell twice after a cut
        await self._chat_until(end)

    async def _chat_until(self, end: datetime) -> None:
        while self._clock.now() < end:
            if self._chance.random() < 0.3:
                crowd = 40 if self._chance.random() < 0.02 else 1
                fresh = [self._happens() for _ in range(crowd)]
                await self._peer.tell(*fresh)
                self._heard(fresh)
            if self._chance.random() < 0.05:
                await self._again(1)
            await self._pass(_STEP)

    def _heard(self, fresh: Sequence[Happening]) -> None:
        for each in fresh:
            mine = self.account.entered if each.text is None else self.account.asked
            mine.append(each.mark)
        self._told += fresh

    def _happens(self) -> Happening:
        """Somebody comes in, comes back, or asks; who asks, asks once."""
        self._number += 1
        number, now = self._number, self._clock.now()
        if self._chance.random() < 0.4:
            text = self._chance.choice(self._questions)
            return Happening(mark=f"q{number}", viewer=f"问{number}", at=now, text=text)
        back = self._chance.random() < 0.1 and number > 20
        guest = self._chance.randrange(1, number) if back else number
        return Happening(mark=f"e{number}", viewer=f"客{guest}", at=now)

    async def _again(self, most: int) -> None:
        old = self._told[-20:]
        for each in self._chance.sample(old, min(most, len(old))):
            await self._peer.tell(each)
            self.account.repeated += 1

    # --- time --------------------------------------------------------------------------

    async def _pass(self, span: timedelta, rounds: int = 3) -> None:
        """Let *span* pass in steps, each with time for sockets and store."""
        end = self._clock.now() + span
        while (left := end - self._clock.now()) > timedelta():
            await self._clock.advance(min(left, _STEP))
            for _ in range(rounds):
                await self._store.transact(lambda tx: None)
                await self._clock.settle()

    async def _until_open(self) -> None:
        for _ in range(50):
            if self._connector.is_open:
                return
            await self._pass(_STEP)
        raise AssertionError("the room never opened")

    # --- the room ----------------------------------------------------------------------

    def _understanding(self) -> Understanding:
        reading = read_book(
            [shipped() / "faq"],
            products=shipped() / "demo" / "products.yaml",
            now=self._clock.now(),
            judges=domain_judges(),
        )
        return Understanding.of(reading.book, MatchSettings())

    def _engine(self, understanding: Understanding) -> RoomEngine:
        return RoomEngine(
            RoomSetup(
                policy=SessionPolicy(room=_ROOM),
                desk=DeskPolicy(),
                limits=_LIMITS,
                style=GreetingStyle(),
                sinks=(Sink.ROOM_CHAT, Sink.PROMPTER),
                mode=RoomMode.ANSWERING,
            ),
            self._connector,
            self._store,
            self._clock,
            understanding,
            seen=SeenEvents(),
            attended=lambda: True,
            publish=lambda _: None,
        )

    # --- the accounts compared ---------------------------------------------------------

    def check(self, *, resumes: bool, echoed: int = 0, lost: str = "") -> str:
        """Nobody greeted twice, nothing answered twice, nothing lost that was told, every gap kept.

        *resumes*: the platform tells afterwards what was missed; *echoed*: of our own lines it told so
        many; *lost*: the fault that a link outlives and that leaves a gap in it. Gives the figures in
        one line.
        """
        account = self.account
        with closing(sqlite3.connect(self._folder / "streambot.db")) as store:
            rows = list(store.execute("select event_id, kind, viewer from decisions"))
            [(events,)] = store.execute(
                "select count(*) from journal where viewer is not null"
            )
            [(gaps,)] = store.execute("select count(*) from gaps")
            owed = dict(store.execute("select out_id, state from replies"))
            lines = [
                json.loads(data)
                for state, data in store.execute("select state, data from lines")
                if state in {"sent", "shown", "expired", "uncertain"}
            ]
        greeted = Counter(viewer for _, kind, viewer in rows if kind == "greet")
        decided = Counter(event for event, kind, _ in rows if kind != "greet")
        answered = Counter(viewer for _, kind, viewer in rows if kind == "answer")
        ends = [
            each for each in lines if each["text"] and each["part"] == each["parts"]
        ]
        said = Counter(out for line in ends for out in line["covers"])
        assert max(greeted.values()) == 1, "a viewer was greeted twice"
        assert max(answered.values()) == 1, "a viewer's question was answered twice"
        assert max(decided.values()) == 1, "a line was decided twice"
        assert max(said.values()) == 1, "a reply was said twice"
        told = len(account.entered) + len(account.asked)
        heard = events - (account.unheard if resumes else 0) - echoed
        assert heard == told, f"{told} told while we listened, {heard} heard"
        assert len(decided) >= len(account.asked)
        assert sum(account.faults.values()) == _FAULTS
        shown = Counter(
            text.rstrip("~")
            for text in self._peer.shown
            if "@客" in text or "@问" in text
        )
        assert max(shown.values(), default=1) == 1, "the room shows a line twice"
        missing = account.faults["forgotten"] if resumes else account.links - 1
        missing += account.faults[lost]
        assert gaps == missing, f"{missing} gaps, {gaps} recorded"
        states = Counter(
            state for out, state in owed.items() if out.startswith("answer:")
        )
        return (
            f"two hours, {_FAULTS} faults {dict(account.faults)}: {account.links} links, "
            f"{gaps} gaps recorded, {told} told and heard, {account.repeated} told again, "
            f"{account.unheard} while nobody listened; {len(greeted)} greeted once, "
            f"{len(answered)} of {len(account.asked)} questions answered once {dict(states)}"
        )
