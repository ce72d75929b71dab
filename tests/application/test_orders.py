"""The order desk: whose orders are told, and every change once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from streambot.adapters.store import Store, open_store
from streambot.application.orders import OrderDesk
from streambot.domain.actions import LookUpOrder
from streambot.domain.events import (
    OrderChanged,
    OrderFound,
    OrderLookupFailed,
    OrderMissing,
)
from streambot.domain.order import Order, OrderStatus
from streambot.domain.viewer import Viewer, ViewerKey
from streambot.testing import FakeClock, FakeOrders

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
ANNA, BOB = ViewerKey("anna"), ViewerKey("bob")
PAID = Order(
    order_id="202611230001",
    status=OrderStatus.PAID,
    platform="p",
    viewer=ANNA,
    updated_at=NOON - timedelta(hours=1),
    revision=1,
)
SHIPPED = replace(PAID, status=OrderStatus.SHIPPED, revision=2)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A real store."""
    async with open_store(tmp_path) as opened:
        yield opened


def _asked(*numbers: str, who: ViewerKey = ANNA) -> LookUpOrder:
    return LookUpOrder(
        ref="e1",
        viewer=Viewer(key=who, name="n"),
        numbers=numbers,
        at=NOON,
        by=NOON + timedelta(seconds=3),
    )


class _Watch:
    """A desk at work; what it tells can be awaited."""

    def __init__(self, source: FakeOrders, store: Store) -> None:
        self.clock = FakeClock(NOON)
        self.told: asyncio.Queue[OrderChanged] = asyncio.Queue()
        self.desk = OrderDesk(
            source, self.clock, ledger=store.orders, deliver=self.told.put_nowait
        )

    async def next(self) -> OrderChanged:
        """The next change told."""
        async with asyncio.timeout(30):
            return await self.told.get()


@asynccontextmanager
async def _watching(source: FakeOrders, store: Store) -> AsyncIterator[_Watch]:
    watch = _Watch(source, store)
    running = asyncio.create_task(watch.desk.run())
    try:
        if not source.down:
            await source.followed.wait()
        yield watch
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def _mark(order_id: str = "mark") -> Order:
    """An order that is certainly new: once it is told, all before it was dealt with."""
    return Order(
        order_id=order_id,
        status=OrderStatus.PAID,
        viewer=BOB,
        updated_at=NOON + timedelta(hours=9),
    )


async def test_a_buyer_hears_of_their_own_orders_only(store: Store) -> None:
    """By identity, number or tail; another's order looks exactly like one that isn't there."""
    own, other = SHIPPED, replace(PAID, order_id="202611990001", viewer=BOB)
    desk = _Watch(FakeOrders(own, other), store).desk
    for numbers in ((), ("202611230001",), ("0001",), ("202611990001", "0001")):
        found = await desk.look_up(_asked(*numbers))
        assert found == OrderFound(at=NOON, ref="e1", orders=(own,))
    missing = OrderMissing(at=NOON, ref="e1")
    assert await desk.look_up(_asked("202611990001")) == missing
    assert await desk.look_up(_asked("000000000000")) == missing
    assert await desk.look_up(_asked(who=ViewerKey("eve"))) == missing


async def test_an_unowned_order_is_told_to_nobody(store: Store) -> None:
    """Without a buyer's identity nobody can be the buyer."""
    desk = _Watch(FakeOrders(replace(PAID, viewer=None)), store).desk
    assert isinstance(await desk.look_up(_asked("202611230001")), OrderMissing)


async def test_a_source_down_or_slow_is_not_a_missing_order(store: Store) -> None:
    """Failing or silent past the instant, the look-up has failed, and says so."""
    source = FakeOrders(PAID)
    watch = _Watch(source, store)
    source.down = True
    failed = await watch.desk.look_up(_asked())
    assert failed == OrderLookupFailed(at=NOON, ref="e1")
    source.slow = True
    asking = asyncio.create_task(watch.desk.look_up(_asked()))
    await watch.clock.advance(timedelta(seconds=2))
    assert not asking.done()
    await watch.clock.advance(timedelta(seconds=1))
    assert isinstance(await asking, OrderLookupFailed)


async def test_a_source_that_breaks_costs_one_answer(store: Store) -> None:
    """Even an error nobody thought of is a failed look-up, not the end of the room."""

    class Broken(FakeOrders):
        async def by_viewer(self, viewer: ViewerKey) -> list[Order]:
            raise RuntimeError(viewer)

    assert isinstance(
        await _Watch(Broken(), store).desk.look_up(_asked()), OrderLookupFailed
    )


async def test_what_is_there_at_the_start_is_known_silently(store: Store) -> None:
    """Only what changes afterwards is told; replays and older revisions change nothing."""
    source = FakeOrders(PAID, *(replace(PAID, order_id=str(n)) for n in range(600)))
    async with _watching(source, store) as watch:
        source.put(_mark())
        assert (await watch.next()).order.order_id == "mark"
        for update in (SHIPPED, PAID, SHIPPED, _mark("end")):
            source.put(update)
        changed = await watch.next()
        assert (changed.order, changed.before, changed.step_back) == (
            SHIPPED,
            "paid",
            False,
        )
        assert (await watch.next()).order.order_id == "end"
        known = await store.orders.known(PAID.order_id, "p")
    assert known is not None
    assert known.status is OrderStatus.SHIPPED


async def test_a_change_during_a_stop_is_told_once(store: Store) -> None:
    """The ledger knew an older revision, so the buyer is told; the next start is silent."""
    await store.orders.put(PAID)
    for told in (SHIPPED, None):
        source = FakeOrders(SHIPPED)
        async with _watching(source, store) as watch:
            source.put(_mark(f"end-{told is None}"))
            if told is not None:
                assert (await watch.next()).order == told
            assert (await watch.next()).order.order_id.startswith("end")


async def test_a_step_back_is_kept_and_marked(store: Store) -> None:
    """A newer revision that goes back is applied, and a person is to look at it."""
    await store.orders.put(SHIPPED)
    back = replace(PAID, revision=3)
    async with _watching(FakeOrders(back), store) as watch:
        changed = await watch.next()
    assert (changed.order, changed.before, changed.step_back) == (back, "shipped", True)
    known = await store.orders.known(PAID.order_id, "p")
    assert known is not None
    assert known.revision == 3


async def test_the_same_status_again_is_no_news(store: Store) -> None:
    """A newer revision without a new status is kept and not told."""
    await store.orders.put(SHIPPED)
    source = FakeOrders(replace(SHIPPED, revision=7))
    async with _watching(source, store) as watch:
        source.put(_mark())
        assert (await watch.next()).order.order_id == "mark"
    known = await store.orders.known(PAID.order_id, "p")
    assert known is not None
    assert known.revision == 7


async def test_an_old_or_undated_export_floods_nobody(store: Store) -> None:
    """Orders seen for the first time are told only when they changed since the start."""
    source = FakeOrders()
    async with _watching(source, store) as watch:
        for number in range(20):
            source.put(replace(PAID, order_id=f"old-{number}"))
            source.put(Order(order_id=f"bare-{number}", status=OrderStatus.PAID))
        source.put(_mark())
        assert (await watch.next()).order.order_id == "mark"


async def test_a_source_that_was_down_is_followed_again(store: Store) -> None:
    """Nothing is lost meanwhile: what changed is told when the source is back."""
    await store.orders.put(PAID)
    source = FakeOrders(SHIPPED)
    source.down = True
    async with _watching(source, store) as watch:
        await watch.clock.settle()
        source.down = False
        while watch.told.empty():
            await watch.clock.advance(timedelta(seconds=10))
        assert (await watch.next()).order == SHIPPED
