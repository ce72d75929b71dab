"""Cues: what a script lets happen in a room and when, and the player that makes it so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, assert_never

from streambot.simulator.facts import Fact, Said
from streambot.simulator.frames import Viewer
from streambot.simulator.room import SimulatedRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class Happens:
    """An event of the room; *twice* sends it again under the same id."""

    kind: str
    viewer: Viewer | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    twice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """The platform removes the last line of *viewer*."""

    viewer: Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCut:
    """The network drops the link without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChanges:
    """The shop's order file gets new values for one order."""

    order_id: str
    values: Mapping[str, str]


Act = Happens | TakenBack | LinkCut | OrderChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """At *at* seconds do *act*; *tag* says what it is an example of."""

    at: float
    tag: str
    act: Act


class OrderBook(Protocol):
    """Where a script changes orders."""

    def change(self, order_id: str, values: Mapping[str, str]) -> None:
        """Give one order new values."""
        ...


class Listener(Protocol):
    """A crowd that answers back."""

    def notice(self, cue: Cue) -> None:
        """Something happened."""
        ...

    def hear(self, said: Said) -> Iterable[Cue]:
        """What follows from a line of the shop; times count from now."""
        ...


class Player:
    """Plays cues in a room at a speed; ``crowd`` answers what the bot says."""

    def __init__(
        self,
        room: SimulatedRoom,
        *,
        speed: float = 1.0,
        cut: Callable[[], object] = lambda: None,
        orders: OrderBook | None = None,
        crowd: Listener | None = None,
    ) -> None:
        self._room = room
        self._speed = speed
        self._cut = cut
        self._orders = orders
        self._crowd = crowd
        self._last_line: dict[str, str] = {}
        self._later: set[asyncio.TimerHandle] = set()

    async def play(self, cues: Iterable[Cue]) -> None:
        """Play *cues*, which come in order of time, to their end if they have one."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        with self._listening():
            for cue in cues:
                wait = start + cue.at / self._speed - loop.time()
                await asyncio.sleep(max(0.0, wait))
                if isinstance(cue.act, OrderChanges):
                    await self._change(cue.act)
                else:
                    self.do(cue)

    async def _change(self, act: OrderChanges) -> None:
        if self._orders is not None:
            await asyncio.to_thread(self._orders.change, act.order_id, act.values)

    def do(self, cue: Cue) -> None:
        """Let one cue happen now; orders, which are files, change only in ``play``."""
        if self._crowd is not None:
            self._crowd.notice(cue)
        match cue.act:
            case Happens() as act:
                self._happen(act)
            case TakenBack() as act:
                line = self._last_line.get(act.viewer.id)
                if line is not None:
                    self._room.emit("moderated", event=line)
            case LinkCut():
                self._cut()
            case OrderChanges():
                pass
            case _:
                assert_never(cue.act)

    def _happen(self, act: Happens) -> None:
        event = self._room.emit(act.kind, act.viewer, **act.fields)
        if act.twice:
            self._room.repeat(event)
        if act.kind == "spoke" and act.viewer is not None:
            self._last_line[act.viewer.id] = event.id

    @contextmanager
    def _listening(self) -> Iterator[None]:
        self._room.observers.append(self._heard)
        try:
            yield
        finally:
            self._room.observers.remove(self._heard)
            for handle in self._later:
                handle.cancel()

    def _heard(self, fact: Fact) -> None:
        if self._crowd is None or not isinstance(fact, Said):
            return
        loop = asyncio.get_running_loop()
        self._later = {each for each in self._later if each.when() > loop.time()}
        for cue in self._crowd.hear(fact):
            self._later.add(loop.call_later(cue.at / self._speed, self.do, cue))
