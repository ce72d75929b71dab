"""A shift in a process of its own: the room, its crowd, and every agent's console; prints what it found.

It is told the bot's address on its input once the bot follows the room.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from _desk_console import Console, Done, Refused, Ticket, running
from _latency import percentile

from streambot.bootstrap.collector import calm_collector
from streambot.simulator import frames
from streambot.simulator.facts import Limits
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.server import serve_rooms

ROOM = "bench"
#: What viewers who want a human write.
WORDS = "转人工"
#: Agents who go for the same new ticket at once.
RACERS = 2
_LOOK = 0.005


def agent_names(count: int) -> list[str]:
    """Who works this shift."""
    return [f"agent-{number}" for number in range(count)]


@dataclass(slots=True)
class Shift:
    """What one run does and finds."""

    options: argparse.Namespace
    room: SimulatedRoom
    consoles: list[Console] = field(default_factory=list)
    sent: dict[str, float] = field(default_factory=dict)  # by event
    pushes: list[float] = field(default_factory=list)  # ms
    claims: list[float] = field(default_factory=list)
    race_claims: list[float] = field(default_factory=list)
    winners: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)
    raced: int = 0
    cuts: int = 0
    racing: bool = False
    _busy: set[asyncio.Task[None]] = field(default_factory=set)

    # --- the crowd

    def call(self, count: int) -> None:
        """So many viewers ask for a human."""
        for _ in range(count):
            number = len(self.sent)
            who = frames.Viewer(id=f"v{number}", name=f"观众{number}")
            self.sent[f"e{number}"] = time.perf_counter()
            self.room.emit("spoke", who, id=f"e{number}", text=WORDS)

    async def calls(self, rate: float, seconds: float) -> None:
        """A steady stream of them."""
        start, done = time.perf_counter(), 0
        while done < rate * seconds:
            due = min(int((time.perf_counter() - start) * rate) + 1, rate * seconds)
            self.call(int(due) - done)
            done = int(due)
            await asyncio.sleep(_LOOK)

    # --- the agents

    def heard(self, console: Console, ticket: Ticket) -> None:
        """An entry came in at *console*."""
        if ticket.version == 1:
            event = ticket.lines[0].id
            self.pushes.append((time.perf_counter() - self.sent[event]) * 1000)
            if self.racing and self._goes_for(console, event):
                self._start(self._work(console, ticket))
        if ticket.owner is not None and console is self.consoles[0]:
            self.winners.setdefault((ticket.id, ticket.epoch), set()).add(ticket.owner)

    def _goes_for(self, console: Console, event: str) -> bool:
        index, count = self.consoles.index(console), len(self.consoles)
        first = int(event[1:]) * RACERS % count
        return (index - first) % count < RACERS

    async def _work(self, console: Console, ticket: Ticket) -> None:
        """Race for a ticket; who gets it settles it at once."""
        mine = await self._claim(console, ticket, self.claims)
        while mine is not None and mine.owner == console.name:
            done = await console.do("resolve", mine, outcome="solved")
            if done is not None:
                self.codes[done.code if isinstance(done, Refused) else "resolved"] += 1
                return
            await self._back(console)

    async def _claim(
        self, console: Console, ticket: Ticket, waits: list[float]
    ) -> Ticket | None:
        begun = time.perf_counter()
        self.raced += 1
        answer = await console.do("claim", ticket)
        if answer is None:  # cut off: whether it was got is seen in the feed
            await self._back(console)
            known = console.tickets.get(ticket.id)
            return known if known and known.owner == console.name else None
        waits.append((time.perf_counter() - begun) * 1000)
        if isinstance(answer, Done) and answer.ticket is not None:
            self._won(console, answer.ticket)
            self.codes["won"] += 1
            return answer.ticket
        assert isinstance(answer, Refused)
        self.codes[answer.code] += 1
        return None

    async def _back(self, console: Console) -> None:
        """Wait for a console whose link broke."""
        await asyncio.sleep(_LOOK)
        await console.joined.wait()

    def _won(self, console: Console, ticket: Ticket) -> None:
        key = ticket.id, ticket.epoch
        self.winners.setdefault(key, set()).add(console.name)

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    # --- phases

    async def fill(self) -> None:
        """Let the queue grow before anybody works."""
        self.call(self.options.queued)
        for console in self.consoles:
            while len(console.tickets) < self.options.queued:  # noqa: ASYNC110
                await asyncio.sleep(_LOOK)
        await asyncio.sleep(1)  # what else the bot has to do with them

    async def load(self) -> None:
        """Viewers come, agents race, links break, pings are answered."""
        self.pushes.clear()
        self.racing = True
        for console in self.consoles:
            console.echoes.clear()
        async with asyncio.TaskGroup() as tasks:
            side = [
                tasks.create_task(self._cut_links()),
                tasks.create_task(self._echo()),
            ]
            await self.calls(self.options.rate, self.options.seconds)
            for task in side:
                task.cancel()
        self.racing = False
        while self._busy:
            await asyncio.wait(self._busy)

    async def races(self) -> None:
        """Several agents at once for one ticket, again and again, until enough claims raced."""
        size = min(5, len(self.consoles))
        groups = [
            self.consoles[at : at + size]
            for at in range(0, len(self.consoles) - size + 1, size)
        ]
        queued = [
            each for each in self.consoles[0].tickets.values() if each.state == "queued"
        ]
        async with asyncio.TaskGroup() as tasks:
            for group, ticket in zip(groups, queued, strict=False):
                tasks.create_task(self._race(group, ticket))

    async def _race(self, group: Sequence[Console], ticket: Ticket) -> None:
        while self.raced < self.options.races:
            got = await asyncio.gather(
                *(self._claim(each, ticket, self.race_claims) for each in group)
            )
            won = [pair for pair in zip(group, got, strict=True) if pair[1]]
            if not won:
                ticket = self.consoles[0].tickets[ticket.id]
                await asyncio.sleep(_LOOK)
                continue
            winner, mine = won[0]
            assert mine is not None
            answer = await winner.do("release", mine, note="again")
            if isinstance(answer, Done) and answer.ticket is not None:
                ticket = answer.ticket

    async def _cut_links(self) -> None:
        at = 0
        while True:
            await asyncio.sleep(self.options.cut_every)
            self.consoles[1 + at % (len(self.consoles) - 1)].cut()
            at += 1
            self.cuts += 1

    async def _echo(self) -> None:
        while True:
            for console in self.consoles:
                with contextlib.suppress(Exception):
                    await console.echo()
                await asyncio.sleep(0.01)

    async def lost(self) -> int:
        """Entries that some console never heard: holes, and tickets that differ at the end."""
        fresh = Console(self.consoles[0].url, self.consoles[0].name, lambda *_: None)
        await fresh.log_in()
        async with running([fresh]):
            await fresh.until(1)
            everybody = (fresh, *self.consoles)
            while len({each.seq for each in everybody}) > 1:  # clocks go on firing
                now = max(each.seq or 0 for each in everybody)
                await asyncio.gather(*(each.until(now) for each in everybody))
            wanted = fresh.versions()
            differ = sum(
                len(wanted.items() ^ console.versions().items())
                for console in self.consoles
            )
        return differ + sum(console.holes for console in self.consoles)

    def figures(self) -> dict[str, Any]:
        """What was found."""
        echoes = [each for console in self.consoles for each in console.echoes]
        doubles = sum(len(names) - 1 for names in self.winners.values())
        return {
            "claim_p99_ms": percentile(self.claims, 0.99),
            "claim_p50_ms": percentile(self.claims, 0.5),
            "push_p99_ms": percentile(self.pushes, 0.99),
            "push_p50_ms": percentile(self.pushes, 0.5),
            "race_claim_p99_ms": percentile(self.race_claims, 0.99),
            "echo_p99_ms": percentile(echoes, 0.99),
            "echo_p50_ms": percentile(echoes, 0.5),
            "races": self.raced,
            "double_claims": doubles,
            "forced_reconnects": self.cuts,
            "answers": dict(self.codes),
            "frames": sum(console.frames for console in self.consoles),
            "mb_heard": round(sum(each.bytes for each in self.consoles) / 1e6, 1),
        }


async def _shift(options: argparse.Namespace) -> None:
    limits = Limits(lines=50, per_seconds=1.0, line_length=100)
    room = SimulatedRoom(ROOM, limits=limits, history=100_000)
    async with serve_rooms([room]) as server:
        print(server.url, flush=True)
        url = (await asyncio.to_thread(sys.stdin.readline)).strip()
        shift = Shift(options, room)
        shift.consoles = [
            Console(url, name, shift.heard) for name in agent_names(options.agents)
        ]
        for console in shift.consoles:
            await console.log_in()
        async with running(shift.consoles):
            figures = await _phases(shift)
    print(json.dumps(figures), flush=True)


async def _phases(shift: Shift) -> dict[str, Any]:
    calm_collector()
    started = time.perf_counter()
    took = {}
    for name, phase in (
        ("fill", shift.fill),
        ("load", shift.load),
        ("races", shift.races),
    ):
        print(f"{name} ...", file=sys.stderr, flush=True)
        await phase()
        took[name] = round(time.perf_counter() - started, 1)
        started = time.perf_counter()
    lost = await shift.lost()
    return {**shift.figures(), "lost_frames": lost, "seconds": took}


def options(parser: argparse.ArgumentParser) -> None:
    """What both processes are told."""
    add = parser.add_argument
    add("--agents", type=int, default=50, help="consoles on sockets of their own")
    add("--rate", type=float, default=200.0, help="handoffs a second")
    add("--seconds", type=float, default=30.0, help="of them")
    add("--queued", type=int, default=5_000, help="tickets that wait already")
    add("--races", type=int, default=100_000, help="claims raced in all")
    add("--cut-every", type=float, default=0.5, help="seconds between cut links")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    options(parser)
    asyncio.run(_shift(parser.parse_args()))
