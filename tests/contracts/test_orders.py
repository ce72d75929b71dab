"""What every order source promises, over each adapter and the shipped fake."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from streambot.adapters.orders.csv_source import CsvOrders
from streambot.domain.order import Order, OrderStatus, Receiver
from streambot.domain.viewer import ViewerKey
from streambot.errors import OrderSourceDown
from streambot.ports.orders import OrderSource
from streambot.testing import FakeOrders

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
_WAIT = 30


def _order(number: str, viewer: str, hours: int = 0, revision: int = 1) -> Order:
    return Order(
        order_id=number,
        status=OrderStatus.SHIPPED,
        platform="p",
        viewer=ViewerKey(f"p/{viewer}"),
        items="卫衣, 粉色",
        quantity=2,
        amount_minor=8950,
        carrier="中通快递",
        tracking_no="75800012340001",
        ship_by="2026-01-02",
        eta="2026-01-04",
        receiver=Receiver(name="收件人", phone="13800000001", address="某路\n1号"),
        updated_at=NOON + timedelta(hours=hours),
        revision=revision,
    )


OLD, NEW = _order("202611230001", "anna"), _order("202611230042", "anna", hours=5)
OTHER = _order("202611990001", "bob", hours=1)


@dataclass(slots=True, kw_only=True)
class Shop:
    """A source, and how its orders get into it."""

    source: OrderSource
    put: Callable[[Order], None]
    fail: Callable[[], None]


def _cells(order: Order) -> dict[str, object]:
    receiver = order.receiver
    return {
        "order_id": order.order_id,
        "platform": order.platform,
        "viewer_id": (order.viewer or "").removeprefix("p/"),
        "status": order.status.value,
        "items": order.items,
        "quantity": order.quantity,
        "amount": (order.amount_minor or 0) / 100,
        "currency": order.currency,
        "carrier": order.carrier,
        "tracking_no": order.tracking_no,
        "ship_by": order.ship_by,
        "eta": order.eta,
        "receiver": receiver.name,
        "phone": receiver.phone,
        "address": receiver.address,
        "updated_at": "" if order.updated_at is None else order.updated_at.isoformat(),
        "revision": order.revision,
    }


def _csv_shop(folder: Path) -> Shop:
    rows: dict[str, Order] = {}
    path = folder / "orders.csv"

    def put(order: Order) -> None:
        rows[order.order_id] = order
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(_cells(order)))
            writer.writeheader()
            writer.writerows(_cells(each) for each in rows.values())

    source = CsvOrders(
        path, columns={}, key_of=lambda platform, raw: ViewerKey(f"{platform}/{raw}")
    )
    return Shop(source=source, put=put, fail=lambda: path.unlink(missing_ok=True))


def _fake_shop(folder: Path) -> Shop:
    del folder
    source = FakeOrders()

    def fail() -> None:
        source.down = True

    return Shop(source=source, put=source.put, fail=fail)


@pytest.fixture(params=[_csv_shop, _fake_shop], ids=["csv", "fake"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Shop:
    """One shop for each kind of source."""
    make: Callable[[Path], Shop] = request.param
    return make(tmp_path)


@pytest.mark.parametrize("written", [OLD.order_id, "2026 1123-0001", "230001"])
async def test_an_order_is_found_whole(shop: Shop, written: str) -> None:
    """By its number however it is split, or by its tail, with every field."""
    shop.put(OLD)
    shop.put(NEW)
    assert list(await shop.source.by_number(written)) == [OLD]


async def test_a_tail_may_fit_several(shop: Shop) -> None:
    """Every order that ends so, newest first; three digits or the middle find none."""
    for order in (OLD, NEW, OTHER):
        shop.put(order)
    assert list(await shop.source.by_number("0001")) == [OTHER, OLD]
    assert not await shop.source.by_number("001")
    assert not await shop.source.by_number("2611")
    assert not await shop.source.by_number("20261123")


async def test_a_buyers_orders_newest_first(shop: Shop) -> None:
    """Only theirs; nobody else's and none for a stranger."""
    for order in (OLD, OTHER, NEW):
        shop.put(order)
    assert list(await shop.source.by_viewer(ViewerKey("p/anna"))) == [NEW, OLD]
    assert not await shop.source.by_viewer(ViewerKey("p/eve"))
    assert set(await shop.source.current()) == {OLD, NEW, OTHER}


async def test_a_source_that_is_down_says_so(shop: Shop) -> None:
    """Every question fails; none is answered with "not found"."""
    shop.fail()
    with pytest.raises(OrderSourceDown):
        await shop.source.by_number("202611230001")
    with pytest.raises(OrderSourceDown):
        await shop.source.by_viewer(ViewerKey("p/anna"))
    with pytest.raises(OrderSourceDown):
        await shop.source.current()


async def test_changes_begin_with_what_is_there(shop: Shop) -> None:
    """What the source holds comes first, then each order as it is newly read."""
    shop.put(OLD)
    shipped = replace(OLD, status=OrderStatus.DELIVERED, revision=2)
    async with asyncio.timeout(_WAIT), aclosing(shop.source.changes()) as changes:
        assert await anext(changes) == OLD
        asyncio.get_running_loop().call_soon(shop.put, shipped)
        assert await anext(changes) == shipped
        asyncio.get_running_loop().call_soon(shop.put, NEW)
        assert await anext(changes) == NEW
    assert list(await shop.source.by_number(OLD.order_id)) == [shipped]
