"""Panic: all rooms to people, to the assistant or to silence at once, and back with one key."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Protocol

from streambot.application.room_view import RoomView
from streambot.domain.agent import Agent
from streambot.domain.audit import Act, Audited, Deed
from streambot.domain.room import RoomMode, RoomName
from streambot.ports.audit import AuditFilter, AuditTrail
from streambot.ports.clock import Clock

#: What all rooms can be switched to at once.
ALL_TO = (RoomMode.PEOPLE, RoomMode.ANSWERING, RoomMode.SILENT)


class SwitchedRooms(Protocol):
    """Rooms that are switched together."""

    @property
    def views(self) -> Mapping[RoomName, RoomView]:
        """What each room shows right now."""
        ...

    async def set_modes(self, modes: Mapping[RoomName, RoomMode], deed: Deed) -> None:
        """Switch several rooms at once, with *deed*, whole or not at all."""
        ...


class Panic:
    """Switches all rooms; what each had before stands in the audit, so it outlives a restart.

    A second panic before the first is over keeps what the rooms had before the first.
    """

    def __init__(self, rooms: SwitchedRooms, trail: AuditTrail, clock: Clock) -> None:
        self._rooms = rooms
        self._trail = trail
        self._clock = clock
        self._turn = asyncio.Lock()
        self._resumes: dict[RoomName, RoomMode] = {}  # as it was before the panic

    async def standing(self) -> Audited | None:
        """The panic that is not over; None: the rooms are as they were set one by one."""
        rows = [
            row
            for act in (Act.PANIC, Act.PANIC_OVER)
            for row in await self._trail.audited(AuditFilter(action=act), most=1)
        ]
        newest = max(rows, key=lambda row: row.id, default=None)
        if newest is None or newest.deed.action is Act.PANIC_OVER:
            return None
        return newest

    async def switch_all(
        self, by: Agent, mode: RoomMode
    ) -> Mapping[RoomName, RoomMode]:
        """Switch every room to *mode*; gives what each had before."""
        async with self._turn:
            standing = await self.standing()
            before: dict[str, str | int | bool | None] = {
                room: view.mode.value for room, view in self._rooms.views.items()
            }
            if standing is not None:
                before |= standing.deed.data
            else:
                views = self._rooms.views
                self._resumes = {room: view.resumes for room, view in views.items()}
            deed = self._deed(by, Act.PANIC, mode.value, before)
            modes = dict.fromkeys(self._rooms.views, mode)
            await self._rooms.set_modes(modes, deed)
            return _modes(before)

    async def back(self, by: Agent) -> Mapping[RoomName, RoomMode] | None:
        """Every room back to what it had; None: no panic stands. Rooms that are gone stay so."""
        async with self._turn:
            standing = await self.standing()
            if standing is None:
                return None
            known = _modes(standing.deed.data)
            modes = {room: known[room] for room in self._rooms.views if room in known}
            deed = self._deed(by, Act.PANIC_OVER, standing.deed.object, {})
            await self._rooms.set_modes(modes, deed)
            for room in modes:
                view = self._rooms.views[room]
                view.resumes = self._resumes.get(room, view.resumes)
            return modes

    def _deed(
        self,
        by: Agent,
        action: Act,
        mode: str,
        before: Mapping[str, str | int | bool | None],
    ) -> Deed:
        return Deed(
            at=self._clock.now(),
            actor=by.name,
            role=by.role.value,
            action=action,
            object=mode,
            data=before,
        )


def _modes(kept: Mapping[str, object]) -> dict[RoomName, RoomMode]:
    return {RoomName(room): RoomMode(str(mode)) for room, mode in kept.items()}
