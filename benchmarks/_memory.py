"""Memory of the whole bot: many rooms that share a book, and everybody who came in."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import psutil

from streambot.adapters.store import open_store
from streambot.bootstrap import open_app
from streambot.bootstrap.collector import calm_collector
from streambot.bootstrap.threads import take_short_turns
from streambot.cli import logs
from streambot.config import Config, MatchingConfig, RoomConfig, WebConfig
from streambot.domain.room import RoomName

_MB = 1024 * 1024
#: Arrivals a second over all rooms: a rush that lasts as long as there are viewers to come.
_RATE = 1500


def memory(url: str, scratch: Path, *, entries: int, rooms: int, viewers: int) -> float:
    """MB that a fresh process holds at most, with so many rooms and viewers in all of them."""
    asyncio.run(_make_store(scratch / "memory"))
    _write_book(scratch / "book.yaml", entries)
    figures = map(str, (rooms, viewers))
    done = subprocess.run(
        [sys.executable, __file__, url, str(scratch), *figures],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(done.stdout)


async def _make_store(folder: Path) -> None:
    """What is measured is not the very first start, which alone needs the migrations."""
    async with open_store(folder):
        pass


async def _measured(config: Config, viewers: int) -> float:
    process = psutil.Process()
    highest = 0.0
    async with open_app(config) as app:
        calm_collector()
        take_short_turns()
        stop = asyncio.Event()
        running = asyncio.create_task(app.run_until(stop))
        while _arrived(app.rooms.views.values()) < viewers or app.store.waiting:
            await asyncio.sleep(0.1)
            highest = max(highest, process.memory_info().rss / _MB)
            if running.done():
                await running
        stop.set()
        await running
    return highest


def _arrived(views: object) -> float:
    return sum(view.counters.get("arrivals", 0) for view in views)  # type: ignore[attr-defined]


def _write_book(path: Path, entries: int) -> None:
    from _book import synthetic_book  # not in the process that is measured

    book = synthetic_book(entries)
    faqs = [
        {
            "id": entry.id,
            "questions": list(entry.questions),
            "answer": entry.answers[0],
        }
        for entry in book.entries
    ]
    # JSON is YAML, and the measured process loads no writer of either.
    text = json.dumps({"version": 1, "faqs": faqs}, ensure_ascii=False, indent=1)
    path.write_text(text, encoding="utf-8")


def _main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("scratch", type=Path)
    for name in ("rooms", "viewers"):
        parser.add_argument(name, type=int)
    asked = parser.parse_args(arguments)
    with Path(os.devnull).open("w", encoding="utf-8") as sys.stderr:
        logs.configure()
        each = max(1, asked.viewers // asked.rooms)
        rate = _RATE / asked.rooms
        config = Config(
            data_dir=asked.scratch / "memory",
            web=WebConfig(port=0),
            rooms=tuple(
                RoomConfig(
                    name=RoomName(f"room-{number}"),
                    url=f"{asked.url}?lines={each}&rate={rate}&kind=entered&tag=m{number}",
                    faq=(asked.scratch / "book.yaml",),
                    matching=MatchingConfig(second_look=False),
                )
                for number in range(asked.rooms)
            ),
        )
        print(asyncio.run(_measured(config, each * asked.rooms)))


if __name__ == "__main__":
    _main(sys.argv[1:])
