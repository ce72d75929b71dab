"""OrderDesks: one desk for each order file, shared by the rooms that name it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from streambot.adapters.orders.csv_source import CsvOrders
from streambot.application.orders import OrderDesk
from streambot.application.rooms import Rooms
from streambot.authoring.problem import Problem
from streambot.config import RoomConfig
from streambot.domain.events import OrderChanged
from streambot.domain.room import RoomName
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.ports.orders import OrderLedger


class OrderDesks:
    """Makes the desks as rooms ask for theirs, and tells the rooms what they report."""

    def __init__(
        self,
        clock: Clock,
        key_of: Callable[[str, str], ViewerKey],
        ledger: OrderLedger,
        rooms: Rooms,
    ) -> None:
        self._clock = clock
        self._key_of = key_of
        self._ledger = ledger
        self._rooms = rooms
        self._desks: dict[Path, OrderDesk] = {}
        self._buyers: dict[Path, list[RoomName]] = {}
        self._of_room: dict[RoomName, OrderDesk] = {}

    @property
    def all(self) -> tuple[OrderDesk, ...]:
        """Every desk there is."""
        return tuple(self._desks.values())

    def of(self, room: RoomConfig) -> OrderDesk | None:
        """The desk of a room's order file; None: it has none."""
        if room.orders is None:
            return None
        path, default = room.orders.path, room.orders.platform
        self._buyers.setdefault(path, []).append(room.name)
        if path not in self._desks:
            source = CsvOrders(
                path,
                columns=room.orders.columns,
                key_of=lambda platform, raw: self._key_of(platform or default, raw),
                report=partial(self._problems, path),
            )
            self._desks[path] = OrderDesk(
                source,
                self._clock,
                ledger=self._ledger,
                deliver=partial(self._changed, path),
            )
        self._of_room[room.name] = self._desks[path]
        return self._desks[path]

    def named(self, room: RoomName) -> OrderDesk | None:
        """The desk of a room that was asked for with ``of``."""
        return self._of_room.get(room)

    def _problems(self, path: Path, problems: Sequence[Problem]) -> None:
        for room in self._buyers[path]:
            self._rooms.order_problems(room, problems)

    def _changed(self, path: Path, event: OrderChanged) -> None:
        self._rooms.order_changed(self._buyers[path], event)
