"""World: a simulated room and a bot following it, both real, with a config.yaml as people write it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from streambot.bootstrap import App, open_app
from streambot.bootstrap.encoders import Encoders
from streambot.config import load_config, shipped
from streambot.simulator import frames
from streambot.simulator.facts import Limits, Said
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.server import RoomServer, serve_rooms

TOKEN = "an-open-secret"
TOKEN_ENV = "STREAMBOT_TEST_TOKEN"
#: So long a test waits for something to happen before it fails.
PATIENCE = 20.0


def viewer(name: str, **fields: Any) -> frames.Viewer:
    """A viewer whose id is derived from the name."""
    return frames.Viewer(id=f"id-{name}", name=name, **fields)


def quick_room(name: str = "demo", **settings: Any) -> SimulatedRoom:
    """A room that takes lines fast, so that tests needn't wait for slots."""
    settings.setdefault("limits", Limits(lines=50, per_seconds=1.0, line_length=100))
    return SimulatedRoom(name, token=TOKEN, **settings)


def room_settings(name: str, url: str, **more: Any) -> dict[str, Any]:
    """One room of a config.yaml, following the shipped shop."""
    settings: dict[str, Any] = {
        "name": name,
        "connector": "room_protocol",
        "url": url,
        "token_env": TOKEN_ENV,
        "faq": [str(shipped() / "faq")],
        "products": str(shipped() / "demo" / "products.yaml"),
        "sending": {"lines": 50, "per_seconds": 1, "line_length": 100},
        "greeting": {"within_seconds": 5},
        "matching": {"second_look": False},  # tests of it switch it on
    }
    return settings | more


def write_config(folder: Path, *rooms: dict[str, Any], **more: Any) -> Path:
    """A config.yaml in *folder* with its data beside it."""
    path = folder / "config.yaml"
    config = {
        "version": 1,
        "data_dir": "data",
        "web": {"host": "127.0.0.1", "port": 0},
        "desk": {"undo_seconds": 0},  # nobody waits for what nobody takes back
        "rooms": list(rooms),
        **more,
    }
    path.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A running bot and the rooms it follows."""

    app: App
    server: RoomServer
    rooms: dict[str, SimulatedRoom]

    @property
    def room(self) -> SimulatedRoom:
        """The only room, or the first."""
        return next(iter(self.rooms.values()))

    async def said(
        self, holds: Callable[[Said], bool], room: str | None = None
    ) -> Said:
        """The first line said in the room for which *holds* holds, once it is said."""
        where = self.rooms[room] if room else self.room

        def found(_: SimulatedRoom) -> bool:
            return any(holds(line) for line in where.said)

        async with asyncio.timeout(PATIENCE):
            await where.until(found)
        return next(line for line in where.said if holds(line))


@asynccontextmanager
async def running(config: Path, encoders: Encoders | None = None) -> AsyncIterator[App]:
    """The bot of a config.yaml, stopped as by SIGTERM at the end."""
    settings = await asyncio.to_thread(
        load_config, config, environ={**os.environ, TOKEN_ENV: TOKEN}
    )
    async with open_app(settings, encoders) as app:
        stop = asyncio.Event()
        async with (
            asyncio.TaskGroup() as tasks
        ):  # a bot that fails ends the test at once
            tasks.create_task(app.run_until(stop))
            try:
                yield app
            finally:
                stop.set()


@asynccontextmanager
async def world(
    folder: Path,
    *rooms: SimulatedRoom,
    room: dict[str, Any] | None = None,
    encoders: Encoders | None = None,
    **more: Any,
) -> AsyncIterator[World]:
    """Rooms (one quick room by default) and a bot that has connected to all of them.

    *room* are settings of every room, *more* those of the whole config.yaml; *encoders* stand
    in for those of this machine.
    """
    there = rooms or (quick_room(),)
    async with serve_rooms(there) as server:
        config = await asyncio.to_thread(
            lambda: write_config(
                folder,
                *(
                    room_settings(each.name, server.url, **(room or {}))
                    for each in there
                ),
                **more,
            )
        )
        async with running(config, encoders) as app:
            async with asyncio.timeout(PATIENCE):
                for each in there:
                    await server.linked(each.name)
            yield World(
                app=app, server=server, rooms={each.name: each for each in there}
            )
