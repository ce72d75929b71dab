"""Memory of the whole bot: many rooms that share a book, and everybody who came in."""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import psutil
import yaml
from _book import synthetic_book

from streambot.bootstrap import open_app
from streambot.bootstrap.collector import calm_collector
from streambot.cli import logs
from streambot.config import Config, RoomConfig, WebConfig
from streambot.domain.room import RoomName

_MB = 1024 * 1024
#: Arrivals a second over all rooms: a big evening's rush, minutes of it.
_RATE = 4000


def memory(url: str, scratch: Path, *, entries: int, rooms: int, viewers: int) -> float:
    """MB that a fresh process holds at most, with so many rooms and viewers in all of them."""
    figures = map(str, (entries, rooms, viewers))
    done = subprocess.run(
        [sys.executable, __file__, url, str(scratch), *figures],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(done.stdout)


async def _measured(config: Config, viewers: int) -> float:
    process = psutil.Process()
    highest = 0.0
    async with open_app(config) as app:
        calm_collector()
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
    book = synthetic_book(entries)
    faqs = [
        {
            "id": entry.id,
            "questions": list(entry.questions),
            "answer": entry.answers[0],
        }
        for entry in book.entries
    ]
    text = yaml.safe_dump({"version": 1, "faqs": faqs}, allow_unicode=True)
    path.write_text(text, encoding="utf-8")


def _main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("scratch", type=Path)
    for name in ("entries", "rooms", "viewers"):
        parser.add_argument(name, type=int)
    asked = parser.parse_args(arguments)
    with Path(os.devnull).open("w", encoding="utf-8") as sys.stderr:
        logs.configure()
        book = asked.scratch / "book.yaml"
        _write_book(book, asked.entries)
        each = max(1, asked.viewers // asked.rooms)
        rate = _RATE / asked.rooms
        config = Config(
            data_dir=asked.scratch / "memory",
            web=WebConfig(port=0),
            rooms=tuple(
                RoomConfig(
                    name=RoomName(f"room-{number}"),
                    url=f"{asked.url}?lines={each}&rate={rate}&kind=entered&tag=m{number}",
                    faq=(book,),
                )
                for number in range(asked.rooms)
            ),
        )
        print(asyncio.run(_measured(config, each * asked.rooms)))


if __name__ == "__main__":
    _main(sys.argv[1:])
