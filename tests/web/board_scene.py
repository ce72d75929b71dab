"""A busy broadcast as the host's board sees it: questions, arrivals, orders, tickets, and a token."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from streambot.domain.agent import Agent, AgentName, Role
from streambot.domain.board import Board
from streambot.domain.decision import Decision, DecisionKind
from streambot.domain.guard import built_in_guard
from streambot.domain.order import Order, OrderStatus
from streambot.domain.product import Product, ProductId
from streambot.domain.reply import EventId, OutId, Reply, ReplyKind, ReplyState
from streambot.domain.ticket import Reason
from streambot.domain.viewer import Viewer, ViewerKey
from streambot.ports.room_tokens import Scope
from streambot.web.keys import ACCESS
from tests.web.simple_rooms import ROOM
from tests.web.site import Site

_ids = count(1)
HOSTILE = "<img src=x onerror=alert(1)> \u202e反转 多少钱"


def who(name: str) -> Viewer:
    """A viewer of the room."""
    return Viewer(key=ViewerKey(f"k-{name}"), name=name)


def ask(
    site: Site,
    name: str,
    text: str,
    *,
    entry: str | None = None,
    answer: str = "",
    handed_off: bool = False,
    said: bool = False,
) -> EventId:
    """A viewer asks; the assistant has an *answer*, calls people, or knows nothing."""
    board, now = site.view.board, site.clock.now()
    event = EventId(f"b{next(_ids)}")
    board.heard(event, who(name), text, now)
    out = None
    kind = DecisionKind.HANDOFF if handed_off else DecisionKind.IGNORE
    if answer:
        out, kind = OutId(f"answer:{event}"), DecisionKind.ANSWER
        board.owes(
            Reply(
                out_id=out,
                kind=ReplyKind.ANSWER,
                trigger=event,
                owed_at=now,
                expires_at=now + timedelta(minutes=1),
                text=answer,
                viewer=who(name),
            )
        )
    decision = Decision(
        at=now,
        event_id=event,
        viewer=who(name).key,
        kind=kind,
        entry=entry,
        reason=Reason.UNMATCHED if handed_off else None,
        out_id=out,
        question=not answer,
    )
    board.decided(decision, built_in_guard())
    if said and out is not None:
        board.settled((out,), ReplyState.SENT)
    return event


async def busy_board(site: Site) -> Board:
    """Something of everything."""
    view = site.view
    view.link = "connected"
    view.products = (
        Product(id=ProductId("tee"), name="云感T恤", link=1),
        Product(id=ProductId("hoodie"), name="连帽卫衣", link=3),
    )
    view.changes += 1
    for name in ("橘子汽水", "小鹿", "momo", "晚风", "Kiki"):
        view.board.arrived(who(name), site.clock.now())
        ask(site, name, "什么时候发货", entry="ship", answer="48小时内发出")
    ask(site, "阿May", "包邮吗", entry="fee", answer="满49元包邮", said=True)
    event = ask(site, "路过的鱼", "和上一款有什么区别", handed_off=True)
    await site.hand_off("路过的鱼", "和上一款有什么区别", event=event)
    ask(site, "坏蛋", HOSTILE)
    ask(site, "粗心", "我电话13812345678什么时候到货")
    await site.hand_off(
        "大橙子", "都三天了还不发货", reason=Reason.ORDER_PROBLEM, priority=1
    )
    view.board.order_changed(
        Order(order_id="A1234567890123", status=OrderStatus.LOST),
        who("晚风"),
        site.clock.now(),
    )
    return view.board


async def board_token(
    site: Site, scope: Scope = Scope.BOARD, label: str = "主播"
) -> str:
    """A fresh token of the room, made by its supervisor."""
    boss = Agent(name=AgentName("李姐"), role=Role.SUPERVISOR)
    made = await site.app[ACCESS].make(boss, ROOM, scope, label)
    assert made is not None
    return made[1]
