"""Scheduled lines through the real room protocol: a virtual clock, a socket of this machine."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from streambot.adapters.rooms.room_protocol.client import RoomProtocolConnector
from streambot.domain.timers import TimerRule
from streambot.domain.viewer import ViewerKey
from streambot.simulator import frames
from streambot.simulator.facts import Limits
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.server import RoomServer, serve_rooms
from tests.application.engine_world import EngineWorld

RULE = TimerRule(every=timedelta(minutes=1), after_lines=3, texts=("点点关注",))


class _Waiting(RoomProtocolConnector):
    """The real connector; the world asks whether it waits for a link to be made by hand."""

    @property
    def is_waiting(self) -> bool:
        """It needs no link by hand."""
        return True

    @is_waiting.setter
    def is_waiting(self, waits: bool) -> None:
        """Nothing to forget."""


async def _chat(world: EngineWorld, room: SimulatedRoom, count: int) -> None:
    before = world.states().get("lines", 0)
    for _ in range(count):
        room.emit("spoke", frames.Viewer(id="raw", name="小雨"), text="哈哈")
    await world.until(lambda: world.states().get("lines", 0) >= before + count)


async def _pass(world: EngineWorld, seconds: int) -> None:
    """Time passes in steps in which the socket's own signs of life keep up."""
    for _ in range(seconds // 5):
        await world.pass_time(5)
        await world.until(lambda: world.engine.view.link == "connected")


async def _linked(world: EngineWorld, server: RoomServer) -> None:
    await server.linked("demo")
    await world.until(lambda: world.engine.view.link == "connected")


async def test_periods_of_timers_over_a_real_socket_and_a_restart(
    tmp_path: Path,
) -> None:
    """Each period says its line once it has its viewer lines, an idle one none, a restart none more."""
    world = EngineWorld(tmp_path, settings={"timers": (RULE,)})
    limits = Limits(lines=50, per_seconds=1.0, line_length=100)
    room = SimulatedRoom("demo", token="t", limits=limits, clock=world.clock)
    async with serve_rooms([room]) as server:
        world.connector = cast(
            Any,
            _Waiting(
                room="demo",
                url=server.url,
                token="t",
                clock=world.clock,
                key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
            ),
        )
        async with world.running():
            await _linked(world, server)
            for period in range(6):
                await _chat(world, room, 3 if period != 2 else 2)
                await _pass(world, 70)
                wanted = period + 1 if period < 2 else period
                await world.until(lambda n=wanted: len(room.said) >= n)  # type: ignore[misc]
                assert len(room.said) == wanted
        async with world.running():
            await _linked(world, server)
            await _chat(world, room, 9)
            await _pass(world, 70)
            await world.until(lambda: len(room.said) >= 6)
        assert {line.text for line in room.said} == {"点点关注"}
        said = [line.at for line in room.said]
        assert len(said) == 6
        assert min(b - a for a, b in pairwise(said)) >= RULE.every
