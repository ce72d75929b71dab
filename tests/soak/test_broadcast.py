"""A long, busy broadcast with a fault every half minute: memory stays flat, the accounts agree."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random

import psutil
import pytest

from streambot.simulator.crowd import Crowd
from streambot.simulator.event_log import Event
from streambot.simulator.facts import Fact
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.script import Player
from streambot.simulator.server import RoomServer, serve_rooms
from tests.acceptance.kills import Bot
from tests.acceptance.world import quick_room, room_settings, write_config

_MINUTES = float(os.environ.get("STREAMBOT_SOAK_MINUTES", "10"))
_SPEED = 20.0  # of the demo's crowd, which writes one to three lines a second
_FAULT_EVERY = 30.0
_MEASURE_EVERY = 5.0
#: Memory may still grow by so much after the first third: viewers seen, ids kept for dedup.
_GROWTH = 1.35


async def _faults(room: SimulatedRoom, server: RoomServer, chance: Random) -> int:
    """One fault every half minute until cancelled; how many there were."""
    count = 0
    try:
        while True:
            await asyncio.sleep(
                _FAULT_EVERY
            )  # a soak lasts: here time itself is the test
            count += 1
            match chance.randrange(4):
                case 0:
                    server.drop_link(room.name)
                case 1:
                    room.hold_sent()
                case 2:
                    room.refuse_next(3, "rate", 1.0)
                case _:
                    server.send_raw(room.name, "{broken")
    except asyncio.CancelledError:
        return count


async def _memory(bot: Bot, sizes: list[int]) -> None:
    process = psutil.Process(bot.pid)
    while True:
        await asyncio.sleep(_MEASURE_EVERY)
        sizes.append(process.memory_info().rss)


@pytest.mark.soak
@pytest.mark.timeout(0)
async def test_a_long_broadcast_stays_flat_and_loses_nothing(tmp_path: Path) -> None:
    """Minutes of crowd at twenty times its speed: memory flat, every line heard and decided once."""
    room, sizes, spoken = quick_room(), list[int](), Counter[str]()

    def note(fact: Fact) -> None:
        if isinstance(fact, Event) and fact.kind == "spoke":
            spoken[fact.id] += 1

    room.observers.append(note)
    async with serve_rooms([room]) as server:
        config = await asyncio.to_thread(
            lambda: write_config(tmp_path, room_settings(room.name, server.url))
        )
        bot = Bot(config)
        await bot.start()
        await server.linked(room.name)
        player = Player(
            room, speed=_SPEED, cut=lambda: server.drop_link(room.name), orders=None
        )
        works = [
            asyncio.create_task(player.play(Crowd(seed=1, run="soak").cues())),
            asyncio.create_task(_memory(bot, sizes)),
        ]
        faults = asyncio.create_task(_faults(room, server, Random(1)))
        await asyncio.wait(works, timeout=_MINUTES * 60)
        for work in (*works, faults):
            work.cancel()
        count = await faults
        await asyncio.gather(*works, return_exceptions=True)
        await server.drained(room.name)
        assert await bot.stop() == 0
    megabytes = [round(size / 2**20, 1) for size in sizes]
    print(
        f"minutes {_MINUTES}, lines {len(spoken)}, said {len(room.said)}, faults {count}"
    )
    print(
        f"links {server.links_opened[room.name]}, repeats shown once {room.duplicates}"
    )
    print(
        f"memory MB: first {megabytes[0]}, last {megabytes[-1]}, most {max(megabytes)}"
    )
    assert megabytes[-1] <= megabytes[len(megabytes) // 3] * _GROWTH
    await asyncio.to_thread(_compare, tmp_path / "data" / "streambot.db", spoken)


def _compare(database: Path, spoken: Counter[str]) -> None:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as store:
        heard = Counter(
            row[0]
            for row in store.execute("select event_id from journal where kind='spoke'")
        )
        decided = Counter(
            row[0]
            for row in store.execute(
                "select event_id from decisions where kind!='greet'"
            )
        )
        gaps = store.execute("select count(*) from gaps").fetchone()[0]
    missing = [each for each in spoken if each not in heard]
    print(f"gaps {gaps}, lines not heard {len(missing)}")
    assert not missing or gaps
    assert max(heard.values()) == max(decided.values()) == 1
