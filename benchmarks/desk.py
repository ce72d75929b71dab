"""A whole shift at the desk: how long claims, pushes and offers take, and whether anything is lost.

The bot runs in this process as it is shipped: web, desk, feed and store, and one room followed
over a real link. The room, its viewers and every agent's console are in another process, on real
sockets with real logins. How to read the figures: docs/operations.md.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import yaml
from _desk_console import PASSWORD
from _desk_shift import ROOM, agent_names, options
from _latency import commit_waits, percentile

from streambot.bootstrap import App, open_app
from streambot.bootstrap.collector import calm_collector
from streambot.bootstrap.threads import take_short_turns
from streambot.cli import logs
from streambot.config import load_config
from streambot.domain.agent import AgentName, Role
from streambot.web.passwords import Passwords

#: What ``--quick`` makes of the sizes that weren't given.
QUICK = {"seconds": 5.0, "races": 5_000, "queued": 1_000}
#: The aims, in ms.
AIMS = {"claim_p99_ms": 100.0, "push_p99_ms": 150.0}


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--quick", action="store_true", help=f"shorter: {QUICK}")
    parser.add_argument("--data", type=Path, help="other benchmarks' recordings")
    options(parser)
    quick, _ = parser.parse_known_args(arguments)
    if quick.quick:
        parser.set_defaults(**QUICK)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print what was found."""
    asked = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="streambot-bench-") as folder:
        figures = _figures(asked, Path(folder))
    print(json.dumps(figures) if asked.json else _table(figures))
    return 0


def _figures(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    commits = commit_waits(folder / "bare.db", 200, 1)
    found = _run(asked, folder / "shift", "_desk_shift.py", "pull")
    # Offers need another way of routing, and with it a desk of their own.
    found |= {
        name: value
        for name, value in _run(
            asked, folder / "offers", "_desk_offers.py", "push"
        ).items()
        if "offer" in name
    }
    commits += commit_waits(folder / "bare.db", 200, 1)
    found["commit_p99_ms"] = percentile(commits, 0.99)
    return _rounded(found)


def _run(
    asked: argparse.Namespace, folder: Path, script: str, routing: str
) -> dict[str, Any]:
    """One desk of its own, and *script* as everybody who works with it."""
    folder.mkdir()
    with _shift(asked, script) as shift:
        assert shift.stdout is not None
        config = _write_config(folder, shift.stdout.readline().strip(), routing)
        with (
            (folder / "log.jsonl").open("w", encoding="utf-8") as log,
            contextlib.redirect_stderr(log),
        ):
            logs.configure()
            return asyncio.run(_measured(config, shift, asked))


@contextlib.contextmanager
def _shift(asked: argparse.Namespace, name: str) -> Iterator[subprocess.Popen[str]]:
    """The other process, with the same options."""
    script = Path(__file__).with_name(name)
    sizes = {"agents", "rate", "seconds", "queued", "races", "cut_every"}
    told = [
        f"--{each.replace('_', '-')}={getattr(asked, each)}" for each in sorted(sizes)
    ]
    with subprocess.Popen(
        [sys.executable, str(script), *told],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _write_config(folder: Path, url: str, routing: str) -> Path:
    config = {
        "version": 1,
        "data_dir": "data",
        "desk": {"routing": routing},
        "web": {"host": "127.0.0.1", "port": 0},
        "rooms": [
            {
                "name": ROOM,
                "connector": "room_protocol",
                "url": url,
                "greeting": {"enabled": False},
                "matching": {"second_look": False},
            }
        ],
    }
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    return path


async def _measured(
    config: Path, shift: subprocess.Popen[str], asked: argparse.Namespace
) -> dict[str, Any]:
    settings = await asyncio.to_thread(load_config, config, environ=dict(os.environ))
    async with open_app(settings) as app:
        await _hire(app, asked.agents)
        calm_collector()
        take_short_turns()
        stop = asyncio.Event()
        running = asyncio.create_task(app.run_until(stop))
        while app.rooms.views[next(iter(app.rooms.views))].link != "connected":  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        found = await _told(app, shift)
        stop.set()
        await running
    return found


async def _told(app: App, shift: subprocess.Popen[str]) -> dict[str, Any]:
    assert shift.stdin is not None
    assert shift.stdout is not None
    cpu, wall = time.process_time(), time.perf_counter()
    shift.stdin.write(f"{app.url}\n")
    shift.stdin.flush()
    found: dict[str, Any] = json.loads(await asyncio.to_thread(shift.stdout.readline))
    spent = time.process_time() - cpu
    return {
        **found,
        "bot_cpu_share": spent / (time.perf_counter() - wall),
        "entries": app.feed.head,
        "rss_mb": psutil.Process().memory_info().rss / 1e6,
    }


async def _hire(app: App, count: int) -> None:
    """Accounts with one password, hashed once."""
    hashed = await Passwords().hashed(PASSWORD)
    for name in agent_names(count):
        now = datetime.now(UTC)
        await app.store.accounts.add(AgentName(name), Role.AGENT, hashed, now)


def _rounded(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        name: round(value, 2) if isinstance(value, float) else value
        for name, value in figures.items()
    }


def _table(figures: dict[str, Any]) -> str:
    rows = []
    for name, value in figures.items():
        aim = AIMS.get(name)
        rows.append(f"{name:24} {value}" + (f"   (aim {aim:g})" if aim else ""))
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
