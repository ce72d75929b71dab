"""A ticket's context: the minute around its line, the screen, other matters, orders and their reveal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from streambot.adapters.store import open_store
from streambot.application.orders import OrderDesk
from streambot.domain.agent import AgentName
from streambot.domain.faq.entry import Visibility
from streambot.domain.order import Order, OrderStatus, Receiver
from streambot.domain.product import Product, ProductId
from streambot.domain.reply import LineId, LineOut, ReplyKind, ReplyState
from streambot.domain.ticket import Reason
from streambot.domain.viewer import ViewerKey
from streambot.errors import OrderSourceDown
from streambot.testing import FakeClock, FakeOrders
from tests.web.site import ROOM, Site, open_site

ORDER = Order(
    order_id="4300112233445821",
    status=OrderStatus.SHIPPED,
    viewer=ViewerKey("k-小鹿"),
    items="连帽卫衣 灰 L",
    carrier="顺丰",
    tracking_no="SF1234567890123",
    receiver=Receiver(
        name="林小鹿", phone="13812345678", address="浙江省杭州市文一路18号2幢301室"
    ),
)
OTHERS = Order(
    order_id="9900112233440001", status=OrderStatus.PAID, viewer=ViewerKey("k-别人")
)


class Down(FakeOrders):
    """A source that does not answer."""

    async def by_viewer(self, viewer: ViewerKey) -> Any:
        """Nothing, ever."""
        raise OrderSourceDown("down")


@asynccontextmanager
async def shop(data: Path, source: FakeOrders) -> AsyncIterator[Site]:
    """A console of a shop with orders."""
    clock = FakeClock()
    async with open_store(data / "ledger") as store:
        desk = OrderDesk(
            source, clock, ledger=store.orders, deliver=lambda _event: None
        )
        async with open_site(data / "data", clock=clock, orders=desk) as site:
            yield site


async def fetch(site: Site, ticket: str, name: str = "小王") -> Any:
    """A ticket's context as *name* gets it."""
    person = await site.log_in(name)
    async with person.get(f"/api/tickets/{ticket}/context") as answer:
        assert answer.status == 200, await answer.text()
        return await answer.json()


async def said(site: Site, text: str, *, private: bool = False) -> None:
    """The room took a line of ours."""
    line = LineOut(
        line_id=LineId(f"out-{text}"),
        kind=ReplyKind.ANSWER,
        text=text,
        covers=(),
        made_at=site.clock.now(),
        visibility=Visibility.PRIVATE if private else Visibility.PUBLIC,
    )
    assert await site.store.line_sending(line, ROOM)
    await site.store.line_settled(line, ROOM, ReplyState.SENT, site.clock.now())


async def test_around_a_line(tmp_path: Path) -> None:
    """All viewers' lines of the minute and our public ones, what was on screen then, no more."""
    async with shop(tmp_path, FakeOrders()) as site:
        site.view.products = (
            Product(id=ProductId("tee"), name="云感T恤", link=1),
            Product(id=ProductId("hoodie"), name="连帽卫衣", link=3),
        )
        for product, line in (("tee", "老早的话"), ("hoodie", "这款有灰色吗")):
            await site.rooms.show_product(ROOM, product, "小王")
            await site.say("橘子", line)
            await site.clock.advance(timedelta(seconds=40))
        await site.clock.advance(timedelta(seconds=-20))
        await said(site, "有灰色的")
        await site.clock.advance(timedelta(seconds=1))
        await said(site, "悄悄话", private=True)
        event = await site.say("小鹿", "还有货吗")
        ticket = await site.hand_off("小鹿", "还有货吗", event=event)
        await site.clock.advance(timedelta(seconds=5))
        await site.rooms.show_product(ROOM, "tee", "小王")
        found = await fetch(site, ticket.id)
        assert [each["text"] for each in found["around"]] == [
            "这款有灰色吗",
            "有灰色的",
            "还有货吗",
        ]
        assert [each["ours"] for each in found["around"]] == [False, True, False]
        assert found["on_screen"] == {"name": "连帽卫衣", "link": 3, "price": None}


async def test_other_matters(tmp_path: Path) -> None:
    """A viewer's earlier tickets come with their outcome, in newest-first order; others' don't."""
    async with shop(tmp_path, FakeOrders()) as site:
        first = await site.hand_off("小鹿", "什么时候发货")
        console = await (await site.log_in("小王")).console()
        await console.frame("snapshot")
        done = await console.do("claim", ticket=first.id, version=first.version)
        version = done["ticket"]["version"]
        await console.do("resolve", ticket=first.id, version=version, outcome="solved")
        await site.clock.advance(timedelta(minutes=11))  # past reopening
        await site.hand_off("小鹿", "骗子，退钱", reason=Reason.ANGRY)
        await site.hand_off("晚风", "有花生吗")
        _, tickets = await site.store.snapshot()
        second = next(each for each in tickets if each.reason is Reason.ANGRY)
        found = await fetch(site, second.id)
        shown = [
            (each["no"], each["outcome"], each["owner"]) for each in found["earlier"]
        ]
        assert (first.no, "solved", "小王") in shown
        assert found["mood"]["mood"] == "angry"
        assert found["mood"]["level"] == "P1"
        assert found["mood"]["evidence"][0]["text"] == "骗子"


async def test_orders_are_masked_until_somebody_says_why(tmp_path: Path) -> None:
    """Nothing personal is in the context; a reveal needs the ticket, a reason, and is recorded."""
    async with shop(tmp_path, FakeOrders(ORDER, OTHERS)) as site:
        ticket = await site.hand_off("小鹿", "订单 9900112233440001 地址错了")
        found = await fetch(site, ticket.id)
        (order,) = found["orders"]
        assert order["fields"] == {
            "order_id": "****5821",
            "tracking_no": "****0123",
            "name": "林**",
            "phone": "****5678",
            "address": "浙江省杭州市****",
        }
        path = f"/api/tickets/{ticket.id}/reveal"
        asked = {"field": "phone", "order": order["ref"], "reason": "核对收货电话"}
        owner, other = await site.log_in("小王"), await site.log_in("小张")
        console = await owner.console()
        await console.frame("snapshot")
        await console.do("claim", ticket=ticket.id, version=ticket.version)
        for person, body, status in (
            (other, asked, 403),
            (owner, asked | {"reason": " "}, 409),
            (owner, asked | {"order": "none"}, 409),
            (owner, asked | {"field": "password"}, 400),
        ):
            async with person.post(path, body) as answer:
                assert answer.status == status, await answer.text()
        assert site.reveals == []
        async with owner.post(path, asked) as answer:
            assert await answer.json() == {"value": "13812345678"}
        (kept,) = site.reveals
        assert (kept.agent.name, kept.reason) == (AgentName("小王"), "核对收货电话")
        assert kept.ticket.id == ticket.id


async def test_orders_that_do_not_answer(tmp_path: Path) -> None:
    """A source that is down takes nothing but the orders out of the context."""
    async with shop(tmp_path, Down()) as site:
        ticket = await site.hand_off("小鹿", "订单到哪了")
        found = await fetch(site, ticket.id)
        assert (found["orders"], found["orders_down"]) == ([], True)


@pytest.mark.parametrize("name", ["小王", "李姐"])
async def test_who_may_reveal(tmp_path: Path, name: str) -> None:
    """An agent on their own ticket, and any supervisor."""
    async with shop(tmp_path, FakeOrders(ORDER)) as site:
        ticket = await site.hand_off("小鹿", "改地址")
        found = await fetch(site, ticket.id, name)
        assert found["may_reveal"] is (name == "李姐")
