"""A real minute and a half of chat over InspIRCd with five faults, and figures of how it went."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from streambot.errors import RoomError
from tests.acceptance.accounts import Accounts, read
from tests.acceptance.kills import IN_ROOM, Bot, answerable, answers
from tests.acceptance.world import write_config
from tests.peers.cuttable import Wire, wire
from tests.peers.inspircd import Inspircd, running_inspircd
from tests.peers.irc_crowd import Chatter, chatting
from tests.peers.test_inspircd_priority import irc_room

pytestmark = [pytest.mark.proof, pytest.mark.timeout(200)]

_SECONDS = 90.0
_GUEST_EVERY = 0.8
_GUEST_STAYS = 4.0
_LAST = "guestlast"
#: The first, and one after each fault but the frozen one.
_LINKS = 5
#: What happens this close to a fault may be lost with it: bytes on their way.
_MARGIN = 0.5


@dataclass(slots=True, kw_only=True)
class Broadcast:
    """The server, the wire to the bot, and what the crowd knows of itself."""

    server: Inspircd
    wire: Wire
    questions: list[str]
    came: dict[str, float] = field(default_factory=dict)
    asked: dict[str, float] = field(default_factory=dict)
    faults: list[tuple[str, float]] = field(default_factory=list)
    thawed: float = 0.0  # when the frozen server went on

    async def guest(self, name: str, question: str | None) -> None:
        """Come in, perhaps ask, stay a little; a server that dies ends it."""
        with suppress(RoomError):
            async with chatting(self.server.url, name) as chatter:
                self.came[name] = time.time()
                if question is not None:
                    await self._ask(chatter, name, question)
                await _lasting(_GUEST_STAYS)

    async def _ask(self, chatter: Chatter, name: str, question: str) -> None:
        with suppress(AssertionError):  # the server died before its word
            await chatter.say(question)
            self.asked[name] = time.time()

    async def crowd(self, seconds: float) -> None:
        """Guests one after the other, every fourth with a question of its own."""
        async with asyncio.TaskGroup() as guests:
            for number in range(int(seconds / _GUEST_EVERY)):
                asks = number % 4 == 0 and bool(self.questions)
                question = self.questions.pop() if asks else None
                guests.create_task(self.guest(f"guest{number:03}", question))
                await _lasting(_GUEST_EVERY)

    async def trouble(self) -> None:
        """Five faults; those that end the link are named."""
        await self._fault(10, "cut", self.wire.cut)
        await self._fault(10, "killed", None)
        await self._fault(12, "half open", self.wire.hang)
        await self._fault(36, "frozen", self.server.freeze)
        await _lasting(4)
        self.server.thaw()
        self.thawed = time.time()
        await self._fault(5, "killed", None)

    async def _fault(
        self, after: float, name: str, act: Callable[[], None] | None
    ) -> None:
        await _lasting(after)
        self.faults.append((name, time.time()))
        if act is not None:
            act()
            return
        await self.server.kill()
        await _lasting(1.5)
        await self.server.start()


async def _lasting(seconds: float) -> None:
    """The run is one of real seconds: here time itself is what the bot is tried with."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()


def _connected(log: Path) -> list[float]:
    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return [
        datetime.fromisoformat(row["timestamp"]).timestamp()
        for row in rows
        if row["event"] == "room_connected"
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """When the bot was in the room, and when it could say nothing there."""

    first: float
    downs: tuple[tuple[float, float], ...]  # from each fault to the next link
    frozen: tuple[float, float]  # the link stayed up, and nobody read

    @classmethod
    def of(cls, broadcast: Broadcast, connected: list[float]) -> Links:
        """By the instants of the faults, and of the links in the bot's log."""
        faults = broadcast.faults
        cuts = [at for name, at in faults if name != "frozen"]
        downs = []
        for cut, after in pairwise([*cuts, float("inf")]):
            back = min((at for at in connected if at > cut), default=after)
            downs.append((cut, back))
        froze = next(at for name, at in faults if name == "frozen")
        return cls(
            first=connected[0], downs=tuple(downs), frozen=(froze, broadcast.thawed)
        )

    def is_healthy(self, at: float) -> bool:
        """Whether the link was up at an instant, with no fault near."""
        return at > self.first and not any(
            low - _MARGIN < at < high + _MARGIN for low, high in self.downs
        )

    def open(self, since: float, until: float) -> float:
        """How many seconds of that time the room could be told something."""
        away = (
            min(until, high) - max(since, low)
            for low, high in (*self.downs, self.frozen)
        )
        return until - since - sum(max(each, 0) for each in away)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the run comes to."""

    joins: int
    joins_seen: int
    joins_lost: int  # while the link was up
    lines: int
    lines_heard: int
    lines_lost: int
    answers: dict[str, int]
    expired: list[float]  # answers: how much of its life each could have been said
    lateness: list[float]
    greetings: dict[str, int]
    greeting_lateness: list[float]  # without the time nobody could be told anything
    reconnects: int
    gaps: int

    def __str__(self) -> str:
        late, greet = self.lateness, self.greeting_lateness
        return (
            f"\njoins seen {self.joins_seen} of {self.joins}, lost while linked {self.joins_lost}"
            f"\nlines heard {self.lines_heard} of {self.lines}, lost while linked {self.lines_lost}"
            f"\nanswers {self.answers}, expired though sayable for {self.expired} s"
            f"\nanswers late by {_median(late):.2f} s, at most {late[-1]:.2f} s"
            f"\nwelcomes {self.greetings}, late by {_median(greet):.2f} s, at most {greet[-1]:.2f} s"
            f"\nreconnects {self.reconnects}, gaps journaled {self.gaps}\n"
        )


def _median(sorted_values: list[float]) -> float:
    return sorted_values[len(sorted_values) // 2]


def _figures(
    broadcast: Broadcast, accounts: Accounts, connected: list[float]
) -> Figures:
    links = Links.of(broadcast, connected)
    entered, spoke = accounts.of_kind("entered"), accounts.of_kind("spoke")
    states: dict[str, dict[str, int]] = {"answer": {}, "greet": {}}
    for (kind, state), count in accounts.replies.items():
        if kind in states:
            states[kind][state] = count
    return Figures(
        joins=len(broadcast.came),
        joins_seen=len(broadcast.came.keys() & entered.keys()),
        joins_lost=sum(
            links.is_healthy(at)
            for name, at in broadcast.came.items()
            if name not in entered
        ),
        lines=len(broadcast.asked),
        lines_heard=len(broadcast.asked.keys() & spoke.keys()),
        lines_lost=sum(
            links.is_healthy(at)
            for name, at in broadcast.asked.items()
            if name not in spoke
        ),
        answers=states["answer"],
        expired=[
            links.open(each.owed_at, each.ended_at)
            for each in accounts.expired
            if each.kind == "answer"
        ],
        lateness=sorted(
            line.settled_at - line.owed_at for line in accounts.sent("answer")
        ),
        greetings=states["greet"],
        greeting_lateness=sorted(
            links.open(line.owed_at, line.settled_at)
            for line in accounts.sent("greeting")
        ),
        reconnects=len(connected) - 1,
        gaps=accounts.gaps,
    )


def _is_told(last: Chatter) -> bool:
    """Whether the last question has its answer: their welcome may go before it in its own line."""
    return any(nick == "shopbot" and answers(text, _LAST) for nick, text in last.lines)


async def _played(bot: Bot, log: Path, broadcast: Broadcast) -> None:
    """The broadcast with its faults, then one last question answered and SIGTERM."""
    await bot.start()
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(chatting(broadcast.server.url, "first"))
        await first.saw("shopbot")
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(broadcast.crowd(_SECONDS))
        tasks.create_task(broadcast.trouble())
    async with asyncio.timeout(60):
        while len(await asyncio.to_thread(_connected, log)) < _LINKS:
            await _lasting(0.2)
    question = broadcast.questions.pop()
    async with chatting(broadcast.server.url, _LAST) as last:
        await last.say(question)
        await last.until(_is_told, "the last answer")
        assert await bot.stop() == 0
        await last.until(lambda it: it.goings["shopbot"] > 0, "our QUIT")


async def test_ninety_seconds_with_five_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cut, killed twice, half open, frozen: nothing twice, nothing lost while linked, every gap kept."""
    log = tmp_path / "bot.log"
    questions = await asyncio.to_thread(answerable)
    async with running_inspircd() as server, wire(server.port) as carried:
        url = f"ws://127.0.0.1:{carried.port}/"
        room = await asyncio.to_thread(irc_room, url)
        config = await asyncio.to_thread(write_config, tmp_path, room)
        broadcast = Broadcast(server=server, wire=carried, questions=questions)
        bot = Bot(config, log)
        try:
            await _played(bot, log, broadcast)
        finally:
            bot.kill()
            await bot.gone()
    accounts = await asyncio.to_thread(read, tmp_path / "data" / "streambot.db")
    connected = await asyncio.to_thread(_connected, log)
    figures = _figures(broadcast, accounts, connected)
    with capsys.disabled():
        print(figures)
    accounts.check_nothing_twice()
    assert figures.joins_lost == figures.lines_lost == 0
    assert figures.reconnects == figures.gaps == _LINKS - 1
    assert figures.answers.keys() <= {"sent", "uncertain", "expired"}
    # A half open link may last as long as an answer lives: the second of two that wait when it
    # begins isn't said then.
    sayable = max(figures.expired, default=0)
    assert sayable < IN_ROOM.total_seconds(), "an answer was never said"
    assert figures.greeting_lateness[-1] <= 5.0, "a welcome was said late"
