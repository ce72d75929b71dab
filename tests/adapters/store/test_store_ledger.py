"""Orders as last seen and what was told of them, over restarts."""

from __future__ import annotations

import asyncio
from pathlib import Path

from streambot.adapters.store import open_store
from streambot.domain.order import Order, OrderStatus, Receiver
from streambot.domain.order_table import revision_of
from streambot.domain.viewer import ViewerKey
from tests.adapters.store.samples import NOW, after, content_of

ORDER = Order(
    order_id="A1",
    status=OrderStatus.PAID,
    platform="p",
    viewer=ViewerKey("v"),
    items="卫衣",
    amount_minor=12345,
    tracking_no="SF998877",
    receiver=Receiver(name="王小明", phone="13800000000", address="某某路1号"),
    updated_at=NOW,
    revision=3,
)


async def test_the_last_status_is_known_after_a_restart(tmp_path: Path) -> None:
    """An order's status, time and revision are kept; a later put replaces them."""
    async with open_store(tmp_path) as store:
        assert await store.orders.known("A1", "p") is None
        await store.orders.put(ORDER, Order(order_id="B", status=OrderStatus.SHIPPED))
    async with open_store(tmp_path) as store:
        known = await store.orders.known("A1", "p")
        assert known is not None
        assert (known.status, known.updated_at, known.revision) == ("paid", NOW, 3)
        assert known.viewer == "v"
        assert await store.orders.known("A1") is None
        assert set(await store.orders.all_known()) == {("p", "A1"), ("", "B")}
        await store.orders.put(Order(order_id="B", status=OrderStatus.DELIVERED))
        other = await store.orders.known("B")
        assert other is not None
        assert (other.status, other.revision) == (OrderStatus.DELIVERED, None)


async def test_a_change_is_told_once(tmp_path: Path) -> None:
    """Each revision of an order is told the first time only, also after a restart."""
    async with open_store(tmp_path) as store:
        assert await store.orders.told("A1", revision_of(ORDER), "p")
    async with open_store(tmp_path) as store:
        assert not await store.orders.told("A1", revision_of(ORDER), "p")
        assert await store.orders.told("A1", "r4", "p")


async def test_nothing_personal_is_stored(tmp_path: Path) -> None:
    """Neither receiver nor amount nor tracking number reaches the disk."""
    async with open_store(tmp_path) as store:
        await store.orders.put(ORDER)
    content = await asyncio.to_thread(content_of, tmp_path)
    assert b"A1" in content
    for secret in ("王小明", "13800000000", "某某路", "SF998877"):
        assert secret.encode() not in content


def test_a_revision_is_the_sharpest_there_is() -> None:
    """Revision before time before status."""
    timed = Order(order_id="A", status=OrderStatus.PAID, updated_at=NOW)
    later = Order(order_id="A", status=OrderStatus.PAID, updated_at=after(1))
    bare = Order(order_id="A", status=OrderStatus.PAID)
    assert revision_of(ORDER) == "r3"
    assert revision_of(timed) != revision_of(later)
    assert revision_of(bare) == "spaid"
