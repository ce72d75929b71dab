"""SecondLooks: which encoder looks for which room; rooms that name the same share it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from streambot.application.look_report import LookReport, LookState
from streambot.application.second_look import SecondLook
from streambot.domain.actions import LookAgain
from streambot.domain.faq.likeness import Likeness
from streambot.domain.room import RoomName
from streambot.domain.understanding import Understanding
from streambot.ports.clock import Clock
from streambot.ports.encoder import Encoder, VectorShelf

_OFF = LookReport(state=LookState.OFF)
#: What is said of several encoders: how the worst of them stands.
_WORST_FIRST = (
    LookState.UNAVAILABLE,
    LookState.LOADING,
    LookState.LEARNING,
    LookState.READY,
)


class SecondLooks:
    """One SecondLook an encoder, by what the configuration calls it."""

    def __init__(
        self, load: Callable[[str], Encoder], clock: Clock, shelf: VectorShelf
    ) -> None:
        self._load = load
        self._clock = clock
        self._shelf = shelf
        self._looks: dict[str, SecondLook] = {}
        self._rooms: dict[RoomName, SecondLook] = {}

    def open(self, room: RoomName, encoder: str) -> SecondLook:
        """The second look of a room that has it on; before ``run``."""
        if encoder not in self._looks:
            self._looks[encoder] = SecondLook(
                lambda: self._load(encoder), self._clock, self._shelf
            )
        self._rooms[room] = self._looks[encoder]
        return self._looks[encoder]

    def follow(self, room: RoomName, understanding: Understanding) -> None:
        """A room's book from now on."""
        look = self._rooms.get(room)
        if look is not None:
            look.follow(room, understanding)

    async def likeness(self, room: RoomName, action: LookAgain) -> Likeness | None:
        """What a room's encoder tells of a line; None: it has none, or none in time."""
        look = self._rooms.get(room)
        if look is None:
            return None
        try:
            async with asyncio.timeout((action.by - action.at).total_seconds()):
                return (await look.look(action)).scores
        except TimeoutError:
            return None

    async def run(self) -> None:
        """Serve every room until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for look in self._looks.values():
                tasks.create_task(look.run(), name="second look")

    @property
    def report(self) -> LookReport:
        """How it stands with the encoder that stands worst."""
        reports = [look.report for look in self._looks.values()]
        return min(
            reports, key=lambda each: _WORST_FIRST.index(each.state), default=_OFF
        )

    @property
    def figures(self) -> Mapping[str, float]:
        """Figures since the start, over all encoders; of times the slowest one's."""
        total: dict[str, float] = {}
        for look in self._looks.values():
            for name, value in look.figures.as_figures().items():
                before = total.get(name, 0.0)
                slowest = name.endswith("_ms")
                total[name] = max(before, value) if slowest else before + value
        return total
