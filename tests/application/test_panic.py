"""Panic over several rooms and back, with what they had kept in the audit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from streambot.adapters.store import Store, open_store
from streambot.application.panic import Panic
from streambot.application.room_view import RoomView
from streambot.domain.agent import Agent, AgentName, Role
from streambot.domain.audit import Act, Deed
from streambot.domain.room import RoomMode, RoomName
from streambot.ports.audit import AuditFilter
from streambot.testing import FakeClock

BOSS = Agent(name=AgentName("李姐"), role=Role.SUPERVISOR)
A, B, C = RoomName("a"), RoomName("b"), RoomName("c")
HAD = {A: RoomMode.ANSWERING, B: RoomMode.OBSERVING, C: RoomMode.SILENT}


class ThreeRooms:
    """Rooms that keep their modes in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.views = {
            room: RoomView(room=room, mode=mode) for room, mode in HAD.items()
        }

    @property
    def modes(self) -> dict[RoomName, RoomMode]:
        """What each does now."""
        return {room: RoomMode(view.mode) for room, view in self.views.items()}

    async def set_modes(self, modes: Mapping[RoomName, RoomMode], deed: Deed) -> None:
        """Keep and switch."""
        await self._store.set_modes(modes, deed)
        for room, mode in modes.items():
            self.views[room].mode = mode


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A fresh store."""
    async with open_store(tmp_path / "data", synchronous="OFF") as opened:
        yield opened


async def test_panic_and_back_gives_each_room_what_it_had(store: Store) -> None:
    """Also after a second panic and a restart of the process in between."""
    rooms, clock = ThreeRooms(store), FakeClock()
    panic = Panic(rooms, store, clock)
    assert await panic.back(BOSS) is None
    await panic.switch_all(BOSS, RoomMode.PEOPLE)
    assert rooms.modes == dict.fromkeys(HAD, RoomMode.PEOPLE)
    assert (await store.revive(B, clock.now())).mode is RoomMode.PEOPLE
    assert await panic.switch_all(BOSS, RoomMode.SILENT) == HAD
    after_restart = Panic(rooms, store, clock)
    standing = await after_restart.standing()
    assert standing is not None and standing.deed.object == "silent"
    assert await after_restart.back(BOSS) == HAD
    assert rooms.modes == HAD
    assert await after_restart.standing() is None
    acts = [row.deed.action for row in await store.audited(AuditFilter())]
    assert acts.count(Act.PANIC) == 2 and acts.count(Act.PANIC_OVER) == 1
    assert await store.broken_audit() is None
