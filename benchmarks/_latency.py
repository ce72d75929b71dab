"""From a line's arrival to its committed reply, beside the bare commit of one row."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Sequence
from pathlib import Path

from _bot import Bench, TimedStore, settled

from streambot.adapters.store.connections import open_writer

_ROW = b"x" * 300


def percentile(values: Sequence[float], share: float) -> float:
    """The value that *share* of *values* do not exceed; nan where there are none."""
    if not values:
        return math.nan
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, math.ceil(share * len(ranked)) - 1)]


async def reply_waits(bench: Bench, rate: float, seconds: float) -> list[float]:
    """Milliseconds from received to committed of every line that was owed a reply."""
    lines = max(1, int(rate * seconds))
    async with bench.store() as store:
        timed = TimedStore(store, bench.clock.now)
        address = bench.address(lines, rate)
        async with bench.engine(timed, address) as engine:
            await settled(engine, store, lines)
    return list(timed.waits.values())


def commit_waits(path: Path, rate: float, seconds: float) -> list[float]:
    """Milliseconds that single commits of one row take on the same disk, paced alike."""
    connection = open_writer(path, "FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS bare (row BLOB)")
    waits = []
    start = time.perf_counter()
    for number in range(max(1, int(rate * seconds))):
        time.sleep(max(0.0, start + number / rate - time.perf_counter()))
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bare VALUES (?)", (_ROW,))
        connection.execute("COMMIT")
        waits.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return waits


async def latencies(bench: Bench, seconds: float) -> dict[str, float]:
    """p99 at 200 and at 2,000 lines a second, with bare commits before, between and after."""
    commits: list[float] = []
    figures = {}
    for rate in (200, 2000):
        commits += await _bare(bench, seconds)
        waits = await reply_waits(bench, rate, seconds)
        figures[f"p99_ms_at_{rate}"] = percentile(waits, 0.99)
    commits += await _bare(bench, seconds)
    return figures | {"commit_p99_ms": percentile(commits, 0.99)}


async def _bare(bench: Bench, seconds: float) -> list[float]:
    path = bench.scratch / "bare.db"
    return await asyncio.to_thread(commit_waits, path, 200, seconds / 2)
