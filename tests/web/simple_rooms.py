"""Rooms without engines, for a console under test."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from streambot.adapters.store import Store
from streambot.application.room_view import RoomView, Trouble
from streambot.domain.audit import Deed
from streambot.domain.guard import Held, built_in_guard
from streambot.domain.product import ProductId
from streambot.domain.reply import LineId
from streambot.domain.room import RoomMode, RoomName
from streambot.ports.clock import Clock
from streambot.ports.store import Committed

ROOM = RoomName("demo")


class SimpleRooms:
    """Rooms without engines: views, and what was asked of them."""

    def __init__(
        self, store: Store, clock: Clock, publish: Callable[[Committed], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._publish = publish
        self.views = {ROOM: RoomView(room=ROOM, mode=RoomMode.ANSWERING)}
        self.settled: list[tuple[str, str, bool]] = []

    async def set_mode(self, room: RoomName, mode: RoomMode, by: str) -> None:
        """Switch and tell the feed."""
        at = self._clock.now()
        self._publish(await self._store.set_mode(room, mode, by, at))
        self.views[room].switched(mode)
        self.views[room].changes += 1

    async def set_modes(self, modes: Mapping[RoomName, RoomMode], deed: Deed) -> None:
        """Switch several and tell the feed."""
        self._publish(await self._store.set_modes(modes, deed))
        for room, mode in modes.items():
            self.views[room].switched(mode)
            self.views[room].changes += 1

    async def show_product(self, room: RoomName, name: str | None, by: str) -> bool:
        """Put a known product on screen and tell the feed."""
        view = self.views[room]
        known = {each.id: each for each in view.products}
        product = None if name is None else ProductId(name)
        if product is not None and product not in known:
            return False
        at = self._clock.now()
        self._publish(await self._store.show_product(room, product, by, at))
        view.show_product(product)
        return True

    async def pin_notice(self, room: RoomName, text: str, by: str) -> Held | None:
        """Pin what nothing holds, and tell the feed."""
        verdict = built_in_guard().judge(text, public=True) if text else None
        if isinstance(verdict, Held):
            return verdict
        at = self._clock.now()
        self._publish(await self._store.pin_notice(room, text, by, at))
        self.views[room].pin(text)
        return None

    def broadcast(self, room: RoomName, *, begins: bool, by: str) -> None:
        """Show that it begins or ends; an engine would journal it too."""
        self.views[room].running(self._clock.now() if begins else None)

    async def mark_said(self, room: RoomName, line: LineId, by: str) -> bool:
        """Take the line off the prompter as said."""
        return self._settle(room, line, by, said=True)

    async def skip_line(self, room: RoomName, line: LineId, by: str) -> bool:
        """Take the line off the prompter."""
        return self._settle(room, line, by, said=False)

    def suggestions_wait(self, room: RoomName, count: int) -> None:
        """Show how many suggestions wait."""
        self.views[room].counters["suggestions"] = count
        self.views[room].changes += 1

    def ready(self) -> list[Trouble]:
        """Every trouble."""
        return [each for view in self.views.values() for each in view.troubles.values()]

    def _settle(self, room: RoomName, line: LineId, by: str, *, said: bool) -> bool:
        view = self.views[room]
        if view.prompter.pop(line, None) is None:
            return False
        view.changes += 1
        self.settled.append((line, by, said))
        return True
