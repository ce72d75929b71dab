"""Offers in a process of its own: people become ready one after another; how long until each is offered."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from dataclasses import dataclass, field

from _desk_console import Console, Ticket, running
from _desk_shift import ROOM, WORDS, agent_names, options
from _latency import percentile

from streambot.simulator import frames
from streambot.simulator.facts import Limits
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.server import serve_rooms

#: How often each becomes ready at most, and how many tickets wait meanwhile.
ROUNDS, QUEUED = 10, 1_000
_LOOK = 0.005


@dataclass(slots=True)
class Offers:
    """What one run finds; a person's offers are counted on their own console."""

    waits: list[float] = field(default_factory=list)  # ms
    offered: dict[str, dict[str, Ticket]] = field(default_factory=dict)
    come: dict[str, asyncio.Event] = field(default_factory=dict)

    def heard(self, console: Console, ticket: Ticket) -> None:
        """An entry came in at *console*."""
        mine = self.offered.setdefault(console.name, {})
        if ticket.state == "offered" and ticket.offered_to == console.name:
            mine[ticket.id] = ticket
            self.come[console.name].set()
        else:
            mine.pop(ticket.id, None)

    async def round(self, console: Console) -> None:
        """Ready, offered, back on a break, and the offers left to others."""
        self.come[console.name] = asyncio.Event()
        begun = time.perf_counter()
        await console.be("ready")
        await self.come[console.name].wait()
        self.waits.append((time.perf_counter() - begun) * 1000)
        await console.be("break")
        for ticket in list(self.offered[console.name].values()):
            await console.do("decline", ticket)


async def _run(agents: int, queued: int) -> None:
    rounds = min(ROUNDS, queued // 4)  # whoever left a ticket isn't asked again
    limits = Limits(lines=50, per_seconds=1.0, line_length=100)
    room = SimulatedRoom(ROOM, limits=limits, history=100_000)
    async with serve_rooms([room]) as server:
        print(server.url, flush=True)
        url = (await asyncio.to_thread(sys.stdin.readline)).strip()
        offers = Offers()
        consoles = [Console(url, name, offers.heard) for name in agent_names(agents)]
        for console in consoles:
            offers.come[console.name] = asyncio.Event()
            await console.log_in()
        async with running(consoles):
            for console in consoles:
                await console.joined.wait()
                await console.be("break")
            for number in range(queued):
                who = frames.Viewer(id=f"v{number}", name=f"观众{number}")
                room.emit("spoke", who, id=f"e{number}", text=WORDS)
            while len(consoles[0].tickets) < queued:  # noqa: ASYNC110
                await asyncio.sleep(_LOOK)
            for _ in range(rounds):
                for console in consoles:
                    await offers.round(console)
    found = {
        "ready_to_offer_p99_ms": percentile(offers.waits, 0.99),
        "ready_to_offer_p50_ms": percentile(offers.waits, 0.5),
        "offers": len(offers.waits),
    }
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    options(parser)
    asked = parser.parse_args()
    asyncio.run(_run(asked.agents, min(asked.queued, QUEUED)))
