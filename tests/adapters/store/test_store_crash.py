"""Killed at any instant: what was acknowledged is there, nothing is there twice."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from streambot.adapters.store import fold, open_store
from tests.adapters.store.samples import NOW, ROOM

ROUNDS = 8

WRITER = """
import asyncio, sys
from dataclasses import replace
from pathlib import Path
from streambot.adapters.store import open_store
from streambot.domain.reply import ReplyState
from tests.adapters.store.samples import *

async def main():
    async with open_store(Path(sys.argv[1])) as store:
        n = int(sys.argv[2])

        def told(names):
            def done(result):
                if not isinstance(result, BaseException) and not result.duplicates:
                    print(*names, sep="\\n", flush=True)
            return done

        while True:
            for _ in range(7):
                store.append(batch(n, replies=(reply(n),)), told([f"e{n}", f"o{n}"]))
                n += 1
            opens = batch(n)
            opens.desk.append(Opening(f"t{n}", of=f"viewer {n}"))
            store.append(opens, told([f"e{n}", f"t{n}"]))
            n += 1
            out = line(n, n - 8)
            if await store.line_sending(out, ROOM):
                print("sending " + out.line_id, flush=True)
                await store.line_settled(out, ROOM, ReplyState.SENT, NOW)
                print("sent " + out.line_id, flush=True)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
async def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    """Kill -9 at random instants, eight times over one store."""
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    for life in range(ROUNDS):
        acknowledged |= await _one_life(tmp_path, life, chance.randint(1, 600))
        await _check(tmp_path, acknowledged, life + 1)


async def _one_life(data_dir: Path, life: int, lines_read: int) -> set[str]:
    """Run a writer, kill it after it acknowledged so much, and give all it acknowledged."""
    return await asyncio.to_thread(_write_and_die, data_dir, life, lines_read)


def _write_and_die(data_dir: Path, life: int, lines_read: int) -> set[str]:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(data_dir), str(life * 1_000_000)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    ) as process:
        assert process.stdout is not None
        watchdog = threading.Timer(60, process.kill)
        watchdog.start()
        told = [process.stdout.readline().strip() for _ in range(lines_read)]
        process.send_signal(signal.SIGKILL)
        # What was in the pipe was acknowledged as well; a torn last line was not.
        rest = process.stdout.read()
        watchdog.cancel()
    told += rest[: rest.rfind("\n") + 1].split("\n")
    return {each for each in told if each}


async def _check(data_dir: Path, acknowledged: set[str], lives: int) -> None:
    async with open_store(data_dir) as store:
        revival = await store.revive(ROOM, NOW)
        head, tickets = await store.snapshot()
        entries = await store.entries(0, 1_000_000)
        assert entries is not None
        assert [entry.seq for entry in entries] == list(range(1, head + 1))
        assert len({entry.data["ticket"]["id"] for entry in entries}) == len(entries)  # type: ignore[index]
        assert [each.no for each in tickets] == list(range(1, len(tickets) + 1))
        for ticket in tickets[-3:]:
            assert fold(await store.history(ticket.id)) == ticket
        assert len(set(revival.seen)) == len(revival.seen)
        stored = {*revival.seen, *(each.id for each in tickets)}
        assert {name for name in acknowledged if name[0] in "et"} <= stored
        queued = {each.out_id for each in revival.queued}
        sending = {each.line_id for each in revival.sending}
        on_way = {out for each in revival.sending for out in each.covers}
        assert not queued & on_way
        begun = {name[8:] for name in acknowledged if name.startswith("sending ")}
        sent = {name[5:] for name in acknowledged if name.startswith("sent ")}
        assert not sent & sending
        # Told as begun, and neither waiting nor told as sent: settled in the very last instant.
        assert len(begun - sent - sending) <= lives
        owed = {name for name in acknowledged if name[0] == "o"}
        said = {f"o{int(line_id[1:]) - 8}" for line_id in begun}
        assert owed - said <= queued | on_way
