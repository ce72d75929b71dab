"""OrderDesk: asks an order source for the rooms, and tells them once of every change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta

import structlog

from streambot.domain.actions import LookUpOrder
from streambot.domain.events import (
    OrderChanged,
    OrderFound,
    OrderLookupFailed,
    OrderMissing,
)
from streambot.domain.order import Order
from streambot.domain.order_table import (
    OrderState,
    is_step_back,
    newer,
    newest_first,
    revision_of,
)
from streambot.domain.viewer import ViewerKey
from streambot.errors import OrderSourceDown, StoreError
from streambot.ports.clock import Clock
from streambot.ports.orders import OrderLedger, OrderSource

_log = structlog.get_logger()

#: How long after a failure the source is followed again; nothing is lost meanwhile.
_AGAIN = timedelta(seconds=10)
#: Orders put in one transaction at the start.
_AT_ONCE = 500


class OrderDesk:
    """One order source as the rooms see it; orders are told to nobody but their buyer."""

    def __init__(
        self,
        source: OrderSource,
        clock: Clock,
        *,
        ledger: OrderLedger,
        deliver: Callable[[OrderChanged], None],
    ) -> None:
        self._source = source
        self._clock = clock
        self._ledger = ledger
        self._deliver = deliver
        self._known: dict[tuple[str, str], OrderState] = {}
        self._started: datetime | None = None

    async def look_up(
        self, action: LookUpOrder
    ) -> OrderFound | OrderMissing | OrderLookupFailed:
        """The asking viewer's orders; by ``action.by`` at the latest, and never an error."""
        asking = asyncio.ensure_future(self._own(action))
        timer = asyncio.ensure_future(self._until(action.by))
        try:
            await asyncio.wait({asking, timer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            late = not asking.done()
            for task in (asking, timer):
                task.cancel()
            await asyncio.gather(asking, timer, return_exceptions=True)
        at = self._clock.now()
        error = TimeoutError() if late else asking.exception()
        if error is not None:
            _log.warning("order_look_up_failed", error=type(error).__name__)
            return OrderLookupFailed(at=at, ref=action.ref)
        orders = asking.result()
        if not orders:
            return OrderMissing(at=at, ref=action.ref)
        return OrderFound(at=at, ref=action.ref, orders=orders)

    async def _own(self, action: LookUpOrder) -> tuple[Order, ...]:
        """What may be told: another person's order looks exactly like none."""
        viewer = action.viewer.key
        if not action.numbers:
            return newest_first(await self._source.by_viewer(viewer))
        found: dict[tuple[str, str], Order] = {}
        for number in action.numbers:
            for order in await self._source.by_number(number):
                if order.viewer == viewer:
                    found[order.platform, order.order_id] = order
        return newest_first(found.values())

    async def of_viewer(
        self, viewer: ViewerKey, numbers: Sequence[str]
    ) -> tuple[Order, ...]:
        """For people at the desk: the viewer's own orders, and those they named that are nobody's.

        Raises:
            OrderSourceDown: the source did not answer.
        """
        found = {
            (order.platform, order.order_id): order
            for order in await self._source.by_viewer(viewer)
        }
        for number in numbers:
            for order in await self._source.by_number(number):
                if order.viewer in (None, viewer):
                    found[order.platform, order.order_id] = order
        return newest_first(found.values())

    async def _until(self, by: datetime) -> None:
        """Wait for an instant; a clock that wakes early is asked again."""
        while (left := by - self._clock.now()) > timedelta():
            await self._clock.sleep(left)

    async def run(self) -> None:
        """Follow the source until cancelled, whatever happens to it."""
        while True:
            try:
                await self._start()
                async with aclosing(self._source.changes()) as changes:
                    async for order in changes:
                        await self._changed(order)
            except (OrderSourceDown, StoreError) as error:
                _log.warning(
                    "orders_not_followed", error=type(error).__name__, why=str(error)
                )
            await self._clock.sleep(_AGAIN)

    async def _start(self) -> None:
        """Learn what is there without a word, unless an older state was known before."""
        if self._started is not None:
            return
        known = dict(await self._ledger.all_known())
        at = self._clock.now()
        fresh: list[Order] = []
        try:
            fresh += [
                order
                for order in await self._source.current()
                if (order.platform, order.order_id) not in known
            ]
        except OrderSourceDown:  # no file yet: what comes later was not here before
            _log.warning("orders_missing_at_start")
        for start in range(0, len(fresh), _AT_ONCE):
            await self._ledger.put(*fresh[start : start + _AT_ONCE])
        known.update({(order.platform, order.order_id): order for order in fresh})
        self._known, self._started = known, at

    async def _changed(self, order: Order) -> None:
        """Keep a newer state, and tell a new status once."""
        key = (order.platform, order.order_id)
        known = self._known.get(key)
        if known is not None and not newer(known, order):
            return
        told = self._is_news(known, order) and await self._ledger.told(
            order.order_id, revision_of(order), order.platform
        )
        await self._ledger.put(order)
        self._known[key] = order
        if told:
            self._tell(known, order)

    def _is_news(self, known: OrderState | None, order: Order) -> bool:
        """Whether a change is told: a new status, or a new order known to be one."""
        if known is not None:
            return known.status is not order.status
        started, at = self._started, order.updated_at
        return started is not None and at is not None and at >= started

    def _tell(self, known: OrderState | None, order: Order) -> None:
        back = known is not None and is_step_back(known.status, order.status)
        if back:
            _log.warning("order_stepped_back", status=order.status.value)
        self._deliver(
            OrderChanged(
                at=self._clock.now(),
                order=order,
                before=None if known is None else known.status.value,
                step_back=back,
            )
        )
