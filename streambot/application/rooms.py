"""Rooms: every room of this process, as the desk and the console reach them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from streambot.application.lost_files import FILE_GONE
from streambot.application.room_view import RoomView, Trouble
from streambot.authoring.problem import Problem
from streambot.domain.audit import Deed
from streambot.domain.events import (
    BookReplaced,
    ModeChanged,
    NoticePinned,
    OrderChanged,
    ProductShown,
    RoomClosed,
    RoomOpened,
    TicketChanged,
)
from streambot.domain.guard import Guard, Held, built_in_guard
from streambot.domain.reply import LineId
from streambot.domain.room import RoomMode, RoomName
from streambot.domain.understanding import Understanding
from streambot.ports.clock import Clock
from streambot.ports.store import Committed, RoomSettings

if TYPE_CHECKING:
    from streambot.application.engine import RoomEngine


class Rooms:
    """Runs the engines side by side; one room's failure never slows another."""

    def __init__(
        self,
        settings: RoomSettings,
        clock: Clock,
        publish: Callable[[Committed], None],
        live_changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._engines: dict[RoomName, RoomEngine] = {}
        self._settings = settings
        self._clock = clock
        self._publish = publish
        self._live_changed = live_changed

    def add(self, engine: RoomEngine) -> None:
        """Have a room; before ``run``."""
        self._engines[engine.room] = engine
        engine.view.live_changed = self._live_changed

    @property
    def live(self) -> bool:
        """Whether a broadcast runs in any room."""
        return any(view.live for view in self.views.values())

    @property
    def views(self) -> Mapping[RoomName, RoomView]:
        """What each room shows right now."""
        return {name: engine.view for name, engine in self._engines.items()}

    def guard(self, room: RoomName) -> Guard:
        """What may be said in *room*; of a room that is gone, nobody's data."""
        engine = self._engines.get(room)
        return built_in_guard() if engine is None else engine.guard

    async def run(self) -> None:
        """Run every room until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for engine in self._engines.values():
                tasks.create_task(engine.run(), name=f"room {engine.room}")

    async def finish_writing(self) -> None:
        """Stop writing in every room; returns when no line is on its way, or after 3 s."""
        async with asyncio.TaskGroup() as tasks:
            for engine in self._engines.values():
                tasks.create_task(engine.finish_writing())

    def committed(self, result: Committed) -> None:
        """Let the rooms know what the desk committed."""
        room_of = {ticket.id: ticket.room for ticket in result.tickets}
        for ticket in result.tickets:
            engine = self._engines.get(ticket.room)
            if engine is not None:
                engine.tell(TicketChanged(at=self._clock.now(), ticket=ticket))
        for reply in result.replies:
            if reply.ticket is not None and reply.ticket in room_of:
                self._engines[room_of[reply.ticket]].owe(reply)
        for out in result.withdrawn:
            for engine in self._engines.values():
                engine.withdraw(out)

    async def set_mode(self, room: RoomName, mode: RoomMode, by: str) -> None:
        """Switch a room's mode at once, and keep it.

        Raises:
            KeyError: there is no such room.
        """
        engine = self._engines[room]
        at = self._clock.now()
        self._publish(await self._settings.set_mode(room, mode, by, at))
        engine.tell(ModeChanged(at=at, mode=mode, by=by))

    async def set_modes(self, modes: Mapping[RoomName, RoomMode], deed: Deed) -> None:
        """Switch several rooms at once, and keep it with *deed*, whole or not at all.

        Raises:
            KeyError: there is no such room.
        """
        engines = {room: self._engines[room] for room in modes}
        self._publish(await self._settings.set_modes(modes, deed))
        for room, engine in engines.items():
            engine.tell(ModeChanged(at=deed.at, mode=modes[room], by=deed.actor))

    async def show_product(self, room: RoomName, name: str | None, by: str) -> bool:
        """Put a product on screen, or none; False when the shop has no such product.

        Raises:
            KeyError: there is no such room.
        """
        engine = self._engines[room]
        product = None if name is None else engine.product(name)
        if name is not None and product is None:
            return False
        at = self._clock.now()
        self._publish(await self._settings.show_product(room, product, by, at))
        engine.tell(ProductShown(at=at, product=product))
        return True

    async def pin_notice(self, room: RoomName, text: str, by: str) -> Held | None:
        """Pin *text*, or take the notice down with an empty one; what the guard holds it for.

        Raises:
            KeyError: there is no such room.
        """
        engine = self._engines[room]
        verdict = engine.guard.judge(text, public=True) if text else None
        if isinstance(verdict, Held):
            return verdict
        at = self._clock.now()
        self._publish(await self._settings.pin_notice(room, text, by, at))
        engine.tell(NoticePinned(at=at, text=text))
        return None

    def broadcast(self, room: RoomName, *, begins: bool, by: str) -> None:
        """People say that a broadcast begins or ends.

        Raises:
            KeyError: there is no such room.
        """
        self._engines[room].by_hand(RoomOpened if begins else RoomClosed, by)

    async def mark_said(self, room: RoomName, line: LineId, by: str) -> bool:
        """A person said a shown line; False when it is no longer waiting."""
        return await self._engines[room].said(line, by, said=True)

    async def skip_line(self, room: RoomName, line: LineId, by: str) -> bool:
        """A person skipped a shown line; False when it is no longer waiting."""
        return await self._engines[room].said(line, by, said=False)

    def order_changed(self, rooms: Iterable[RoomName], event: OrderChanged) -> None:
        """Let the rooms that sell this shop's goods tell the buyer."""
        for room in rooms:
            self._engines[room].tell(event)

    def book_replaced(self, room: RoomName, understanding: Understanding) -> None:
        """Put a new book in force between two lines."""
        event = BookReplaced(at=self._clock.now(), understanding=understanding)
        self._engines[room].tell(event)

    def book_problems(self, room: RoomName, problems: Sequence[Problem]) -> None:
        """Show what is wrong in a room's books, whose last good version stays in force, and
        which of their files are gone."""
        errors = [each for each in problems if each.is_error]
        if errors:
            self._engines[room].view.count("book_reload_failures")
        self._show_problems(
            room,
            "book",
            errors,
            "问答本有 {n} 处错误，有错的条目仍用上一个好的版本（没有就先不用）",
            "{n} errors in the FAQ book; its last good version stays in force",
        )
        self._show_problems(
            room,
            "book_files",
            [each for each in problems if each.code == FILE_GONE],
            "问答本少了 {n} 个文件",
            "{n} files of the FAQ book are gone",
        )

    def suggestions_wait(self, room: RoomName, count: int) -> None:
        """Show how many of the agents' suggestions for a room's book wait."""
        view = self._engines[room].view
        view.counters["suggestions"] = count
        view.changes += 1

    def order_problems(self, room: RoomName, problems: Sequence[Problem]) -> None:
        """Show what is wrong in a room's order file; its other rows are in force."""
        self._show_problems(
            room,
            "orders",
            problems,
            "订单表有 {n} 行读不懂，其余的照常使用",
            "{n} rows of the order file can't be read; the others are used",
        )

    def _show_problems(
        self, room: RoomName, code: str, problems: Sequence[Problem], zh: str, en: str
    ) -> None:
        view = self._engines[room].view
        if not problems:
            view.clear(code)
            return
        first, n = problems[0], len(problems)
        view.trouble(
            Trouble(
                code=code,
                zh=f"{zh.format(n=n)}。{first.place}：{first.zh}",
                en=f"{en.format(n=n)}. {first.place}: {first.en}",
            )
        )

    def ready(self) -> list[Trouble]:
        """What keeps the rooms from doing their job; empty: nothing."""
        return [
            trouble
            for view in self.views.values()
            for trouble in view.troubles.values()
        ]
