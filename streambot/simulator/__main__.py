"""``python -m streambot.simulator``: rooms for a bot to work in, as a process of their own."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

import click

from streambot.errors import ConfigError, PortInUse, StreambotError, UsageError
from streambot.simulator.crowd import Crowd
from streambot.simulator.facts import Limits
from streambot.simulator.reactions import Reactions
from streambot.simulator.record import recorded
from streambot.simulator.recorded import recorded_cues
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.scratch_orders import ScratchOrders
from streambot.simulator.script import Cue, Player
from streambot.simulator.server import RoomServer, serve_rooms

_DEMO = "demo"
_PING_EVERY = timedelta(seconds=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    host: str
    port: int
    script: str
    token_env: str
    speed: float
    seed: int
    run: str | None
    room: tuple[str, ...]
    orders: Path | None
    record: Path | None
    lines: int
    per_seconds: float
    line_length: int
    with_parent: bool


_file = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8720, show_default=True, help="0 takes a free one.")
@click.option(
    "--script", default=_DEMO, show_default=True, help="demo or a .jsonl log."
)
@click.option("--token-env", default="STREAMBOT_DEMO_TOKEN", show_default=True)
@click.option("--speed", default=1.0, type=click.FloatRange(0.01), show_default=True)
@click.option("--seed", default=7, show_default=True, help="Same seed, same crowd.")
@click.option(
    "--run", help="Suffix of the viewers' ids; a new one each time if left out."
)
@click.option(
    "--room", multiple=True, default=(_DEMO,), help="May be given repeatedly."
)
@click.option(
    "--orders", type=_file, help="Order file the demo changes; made if missing."
)
@click.option("--record", type=_file, help="Append every fact to this JSON Lines file.")
@click.option(
    "--lines", default=1, type=click.IntRange(1), help="Lines the room takes ..."
)
@click.option(
    "--per-seconds", default=2.0, type=click.FloatRange(0), help="... in these."
)
@click.option("--line-length", default=40, type=click.IntRange(10))
@click.option("--with-parent", is_flag=True, help="End when standard input closes.")
def main(**given: object) -> None:
    """Serve simulated live rooms that speak streambot.room.v1, until SIGTERM."""
    # A probe of the port, or a peer that dies, is no news here and no reason for a traceback.
    logging.getLogger("websockets").setLevel(logging.CRITICAL)
    options = _Options(**given)  # type: ignore[arg-type]  # click checked each
    try:
        asyncio.run(_serve(options, _script(options)))
    except StreambotError as error:
        click.echo(str(error), err=True)
        known = {PortInUse: 4, ConfigError: 3, UsageError: 2}
        sys.exit(known.get(type(error), 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Script:
    """What is played; a log is the same in every room, crowds differ."""

    run: str
    log: tuple[Cue, ...] | None
    orders: ScratchOrders | None

    def cues(self, seed: int) -> Iterable[Cue]:
        return Crowd(seed, self.run).cues() if self.log is None else self.log


def _script(options: _Options) -> _Script:
    """Reads and writes files before anything is served."""
    is_demo = options.script == _DEMO
    return _Script(
        run=options.run or token_hex(3),
        log=None if is_demo else tuple(recorded_cues(Path(options.script))),
        orders=ScratchOrders(options.orders) if options.orders else None,
    )


async def _serve(options: _Options, script: _Script) -> None:
    rooms = _rooms(options, script.run)
    stop = asyncio.Event()
    _stop_on_signals(stop)
    if options.with_parent:
        _stop_with_parent(stop)
    serving = serve_rooms(rooms, options.host, options.port, ping_every=_PING_EVERY)
    with recorded(rooms, options.record):
        async with serving as server, asyncio.TaskGroup() as tasks:
            click.echo(f"room protocol on {server.url}")
            sys.stdout.flush()
            playing = [
                tasks.create_task(_play(options, script, server, room, number))
                for number, room in enumerate(rooms)
            ]
            await stop.wait()
            for task in playing:
                task.cancel()


def _rooms(options: _Options, run: str) -> list[SimulatedRoom]:
    token = os.environ.get(options.token_env)
    if not token:
        sentence = (
            f"环境变量 {options.token_env} 是空的：请把直播间口令放进去再启动。 "
            f"{options.token_env} is empty: put the room's token into it and start again."
        )
        raise ConfigError([sentence])
    limits = Limits(
        lines=options.lines,
        per_seconds=options.per_seconds,
        line_length=options.line_length,
    )
    return [
        SimulatedRoom(
            name,
            token=token,
            broadcast=f"{name}-{run}",
            platform="demo",  # as in the shipped order file, so that buyers are known
            limits=limits,
        )
        for name in dict.fromkeys(options.room)
    ]


async def _play(
    options: _Options,
    script: _Script,
    server: RoomServer,
    room: SimulatedRoom,
    number: int,
) -> None:
    """Play to whoever comes first: a crowd nobody hears would say its best lines in vain."""
    seed = options.seed + number
    player = Player(
        room,
        speed=options.speed,
        cut=lambda: server.drop_link(room.name),
        orders=script.orders if number == 0 else None,  # one file, one hand
        crowd=Reactions(seed) if script.log is None else None,
    )
    await server.linked(room.name)
    await player.play(script.cues(seed))


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows: ^C ends us all the same
            loop.add_signal_handler(number, stop.set)


def _stop_with_parent(stop: asyncio.Event) -> None:
    """A parent that was killed can't tell us, but its end of the pipe closes."""
    loop = asyncio.get_running_loop()

    def watch() -> None:
        # Not sys.stdin: its lock, held by this thread for ever, would spoil the exit.
        while os.read(0, 4096):
            pass
        with suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    main()
