"""``streambot demo``: the bot on a lively room of its own, with nothing to set up."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from streambot.errors import RoomUnreachable

if TYPE_CHECKING:
    from streambot.config import Config

_TOKEN = "STREAMBOT_DEMO_TOKEN"  # noqa: S105 - the variable's name
_READY = "room protocol on "
_READY_WITHIN = 20.0


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), help="控制台端口 · the console's port"
)
@click.option(
    "--speed",
    type=click.FloatRange(0.1, 50),
    default=1.0,
    help="剧本速度 · script speed",
)
@click.option("--seed", type=int, help="同一场直播再来一次 · the same crowd again")
def demo(port: int | None, speed: float, seed: int | None) -> None:
    """自带直播间试用 · try it on the built-in demo room."""
    from streambot.cli.logs import configure

    configure("warning")
    with tempfile.TemporaryDirectory(
        prefix="streambot-demo-", ignore_cleanup_errors=True
    ) as scratch:
        asyncio.run(_demo(Path(scratch), port, speed, seed))


async def _demo(
    scratch: Path, port: int | None, speed: float, seed: int | None
) -> None:
    from streambot.cli.running import run_until_stopped
    from streambot.config import load_config, shipped

    token = secrets.token_urlsafe(16)
    orders = scratch / "orders.csv"
    shutil.copyfile(shipped() / "demo" / "orders.csv", orders)
    overrides = {"data_dir": str(scratch / "data")}
    if port is not None:
        overrides["web.port"] = str(port)
    config = load_config(
        shipped() / "config.yaml",
        environ={**os.environ, _TOKEN: token},
        overrides=overrides,
    )
    more = ["--speed", str(speed), "--orders", str(orders)]
    if seed is not None:
        more += ["--seed", str(seed)]
    async with _room(token, more) as url:
        await run_until_stopped(
            _at(config, url, orders), always_login=True, say=click.echo
        )


def _at(config: Config, url: str, orders: Path) -> Config:
    """The shipped configuration, its room where the simulator listens."""
    room = config.rooms[0]
    source = None if room.orders is None else replace(room.orders, path=orders)
    return replace(config, rooms=(replace(room, url=url, orders=source),))


@contextlib.asynccontextmanager
async def _room(token: str, more: list[str]) -> AsyncIterator[str]:
    """A simulator in a process of its own; it ends with us, as its standard input does."""
    simulator = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "streambot.simulator",
        *(
            "--port",
            "0",
            "--script",
            "demo",
            "--token-env",
            _TOKEN,
            "--with-parent",
            *more,
        ),
        env={**os.environ, _TOKEN: token},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield await _address(simulator)
    finally:
        with contextlib.suppress(ProcessLookupError):
            simulator.terminate()
        await simulator.wait()


async def _address(simulator: asyncio.subprocess.Process) -> str:
    """Where the simulator says it listens."""
    assert simulator.stdout is not None
    try:
        line = await asyncio.wait_for(simulator.stdout.readline(), _READY_WITHIN)
    except TimeoutError:
        line = b""
    text = line.decode("utf-8", "replace").strip()
    if not text.startswith(_READY):
        raise RoomUnreachable(
            "demo",
            "演示直播间没能启动，请再试一次。 The demo room did not start: try again.",
        )
    return text.removeprefix(_READY)
