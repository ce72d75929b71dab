"""What a line costs from the wire to its committed reply, as a ratio to only receiving it.

Both halves run in this process, in turns, with the same library on the same frames from a room in
another process; what is compared is CPU time, all threads counted, on one core where the system
allows to choose one. How to read the figures: docs/operations.md.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from _book import synthetic_book
from _bot import Bench, Cost
from _chat import DATA
from _latency import latencies
from _memory import memory
from _room_process import room_process
from _stages import by_stage

from streambot.bootstrap.collector import calm_collector
from streambot.bootstrap.threads import take_short_turns
from streambot.cli import logs
from streambot.domain.faq.match import MatchSettings
from streambot.domain.understanding import Understanding


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--json", action="store_true", help="one line of JSON")
    add("--data", type=Path, default=DATA, help="folder with chat/evening-b.jsonl")
    add("--lines", type=int, default=20_000, help="lines of one round")
    add("--rounds", type=int, default=5, help="rounds of each half")
    add("--entries", type=int, default=500, help="entries of the book")
    add("--seconds", type=float, default=10.0, help="of each latency run")
    add("--rooms", type=int, default=50, help="rooms of the memory run")
    add("--viewers", type=int, default=100_000, help="viewers of the memory run")
    add("--only", choices=("ratio", "stages", "latency", "memory"), help="one part")
    return parser.parse_args(arguments)


async def _ratio(bench: Bench, lines: int, rounds: int) -> dict[str, float]:
    """Both halves in turns, so that a busy machine slows both; medians."""
    raw: list[Cost] = []
    full: list[Cost] = []
    for _ in range(rounds):
        raw.append((await bench.received(lines))[0])
        full.append(await bench.worked(lines))
    return {
        "ratio": _median(r.cpu / f.cpu for r, f in zip(raw, full, strict=True)),
        "full_lines_per_s": _median(each.per_second for each in full),
        "raw_lines_per_s": _median(each.per_second for each in raw),
    }


def _median(values: Iterable[float]) -> float:
    return statistics.median(values)


async def _measure(
    bench: Bench, options: argparse.Namespace, wanted: set[str]
) -> dict[str, Any]:
    await bench.worked(min(options.lines, 2_000))  # imports, tables, caches
    calm_collector()
    take_short_turns()
    figures: dict[str, Any] = {}
    if "ratio" in wanted:
        figures |= await _ratio(bench, options.lines, options.rounds)
    if "stages" in wanted:
        figures["cpu_us_by_stage"] = await by_stage(bench, options.lines)
    if "latency" in wanted:
        figures |= await latencies(bench, options.seconds)
    return figures


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print what was found."""
    options = _options(arguments)
    wanted = (
        {options.only} if options.only else {"ratio", "stages", "latency", "memory"}
    )
    with (
        room_process(options.data) as url,
        tempfile.TemporaryDirectory(prefix="streambot-bench-") as folder,
    ):
        figures: dict[str, Any] = {}
        if "memory" in wanted:
            figures["rss_mb"] = memory(
                url,
                Path(folder),
                entries=options.entries,
                rooms=options.rooms,
                viewers=options.viewers,
            )
        figures = asyncio.run(_quietly(url, Path(folder), options, wanted)) | figures
    figures = _rounded(figures)
    print(json.dumps(figures) if options.json else _table(figures))
    return 0


async def _quietly(
    url: str, folder: Path, options: argparse.Namespace, wanted: set[str]
) -> dict[str, Any]:
    """Measure with the log written to a file, as a service would have it."""
    _take_first_core()
    book = synthetic_book(options.entries)
    with (
        (folder / "log.jsonl").open("w", encoding="utf-8") as log,
        contextlib.redirect_stderr(log),
    ):
        logs.configure()
        bench = Bench(
            url=url,
            scratch=folder,
            understanding=Understanding.of(book, MatchSettings()),
        )
        return await _measure(bench, options, wanted)


def _take_first_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _rounded(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _rounded(value) if isinstance(value, dict) else round(value, 3)
        for name, value in figures.items()
    }


def _table(figures: dict[str, Any]) -> str:
    stages = figures.pop("cpu_us_by_stage", {})
    rows = [*figures.items(), *((f"cpu us, {name}", us) for name, us in stages.items())]
    return "\n".join(f"{name:<20} {value:>12,}" for name, value in rows)


if __name__ == "__main__":
    sys.exit(main())
