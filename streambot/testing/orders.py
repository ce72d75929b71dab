"""Orders in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import TYPE_CHECKING, TypeVar

from streambot.domain.order import Order
from streambot.domain.order_index import OrderIndex
from streambot.domain.viewer import ViewerKey
from streambot.errors import OrderSourceDown

if TYPE_CHECKING:
    pass

T = TypeVar("T")


class FakeOrders:
    """An order source in memory; ``down`` makes it fail, ``slow`` never answer."""

    def __init__(self, *orders: Order) -> None:
        self.down = False
        self.slow = False
        self.followed = asyncio.Event()  # set once ``changes`` has somebody listening
        self._orders = {(order.platform, order.order_id): order for order in orders}
        self._listeners: list[asyncio.Queue[Order]] = []

    def put(self, order: Order) -> None:
        """Read an order newly, whatever its revision."""
        self._orders[order.platform, order.order_id] = order
        for listener in self._listeners:
            listener.put_nowait(order)

    async def by_number(self, number: str) -> Sequence[Order]:
        """Orders whose number is *number* or, for 4-6 digits, ends in it."""
        await self._answering()
        return OrderIndex(self._orders.values()).by_number(number)

    async def by_viewer(self, viewer: ViewerKey) -> Sequence[Order]:
        """A buyer's orders, newest first."""
        await self._answering()
        return OrderIndex(self._orders.values()).by_viewer(viewer)

    async def current(self) -> Sequence[Order]:
        """Every order as last put."""
        await self._answering()
        return tuple(self._orders.values())

    async def changes(self) -> AsyncGenerator[Order, None]:
        """Every order as last put, then each that is put."""
        await self._answering()
        news: asyncio.Queue[Order] = asyncio.Queue()
        self._listeners.append(news)
        self.followed.set()
        try:
            for order in tuple(self._orders.values()):
                yield order
            while True:
                yield await news.get()
        finally:
            self._listeners.remove(news)

    async def _answering(self) -> None:
        if self.slow:
            await asyncio.Event().wait()
        if self.down:
            raise OrderSourceDown("订单源没有回应。 The order source did not answer.")
