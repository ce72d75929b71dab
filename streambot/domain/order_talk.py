"""Order talk: turning what the order source said into replies, notices and handoffs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from streambot.domain.actions import Action, MemoryKind, OpenTicket, Remember
from streambot.domain.decision import DecisionKind
from streambot.domain.events import (
    OrderChanged,
    OrderFound,
    OrderLookupFailed,
    OrderMissing,
)
from streambot.domain.handoff_gate import PRIORITIES
from streambot.domain.memory import RoomMemory
from streambot.domain.order import Order
from streambot.domain.order_wording import (
    needs_ticket,
    notice_text,
    status_text,
)
from streambot.domain.parking import Parked
from streambot.domain.policy import SessionPolicy
from streambot.domain.reply import EventId, OutId, Reply, ReplyKind
from streambot.domain.room import Capability, RoomMode
from streambot.domain.ticket import Handoff, Reason
from streambot.domain.verdicts import Verdicts
from streambot.domain.viewer import Viewer, ViewerKey

_ASK_AT_THE_SHOP = "为保护隐私，请到订单页联系店铺客服查询（编号{no}）"
_SOURCE_DOWN = "订单系统暂时没有回应，已登记（编号{no}），专人稍后回复您"


class OrderTalk:
    """Tells viewers what happens to their orders, never anybody else's."""

    def __init__(
        self, policy: SessionPolicy, memory: RoomMemory, verdicts: Verdicts
    ) -> None:
        self._policy = policy
        self._memory = memory
        self._verdicts = verdicts

    @property
    def _private(self) -> bool:
        return Capability.PRIVATE in self._memory.capabilities

    def told(
        self, parked: Parked, found: OrderFound | OrderMissing | OrderLookupFailed
    ) -> Iterator[Action]:
        """Answer the line that asked, now that the source answered."""
        match found:
            case OrderFound():
                yield from self._status(parked, found)
            case OrderMissing():
                yield from self._handed_over(parked, found.at, _ASK_AT_THE_SHOP)
            case OrderLookupFailed():
                yield from self._handed_over(parked, found.at, _SOURCE_DOWN)

    def _status(self, parked: Parked, found: OrderFound) -> Iterator[Action]:
        reply = self._verdicts.reply(
            parked.lines[0],
            ReplyKind.ORDER,
            status_text(found.orders, private=False),
            found.at,
            found.at + self._policy.order_life,
        )
        yield self._verdicts.owe(reply)
        self._memory.answered_at[parked.viewer] = found.at
        yield from self._verdicts.decided(
            parked.lines, DecisionKind.ORDER, reply, found.at, reason="found"
        )

    def _handed_over(
        self, parked: Parked, at: datetime, holding: str
    ) -> Iterator[Action]:
        yield from self._verdicts.hand_off(
            parked.lines, Reason.ORDER_PROBLEM, (), at, holding=holding
        )

    def changed(self, event: OrderChanged) -> Iterator[Action]:
        """Tell the buyer once, now or when they come back; what went wrong is a ticket at once."""
        key = event.order.viewer
        if key is None:
            return
        mark = _mark(event.order)
        if event.step_back or needs_ticket(event.order.status):
            yield self._problem(event, key, mark)
        text = None if event.step_back else notice_text(event.order)
        if text is None or self._memory.mode is RoomMode.SILENT:
            return
        viewer = self._memory.present.get(key)
        if viewer is not None:
            yield self._notice(viewer, mark, text, event.at)
            return
        self._memory.notices.setdefault(key, {})[mark] = (event.at, text)
        yield Remember(
            memory=MemoryKind.NOTICE, key=f"{key}/{mark}", at=event.at, value=text
        )

    def came_back(self, viewer: Viewer, at: datetime) -> Iterator[Action]:
        """What was kept for a buyer who was away; older than its life is dropped."""
        for mark, (since, text) in self._memory.notices.pop(viewer.key, {}).items():
            yield Remember(
                memory=MemoryKind.NOTICE, key=f"{viewer.key}/{mark}", at=at, value=""
            )
            if at - since < self._policy.notice_life:
                yield self._notice(viewer, mark, text, at)

    def _notice(self, viewer: Viewer, mark: str, text: str, at: datetime) -> Action:
        return self._verdicts.owe(
            Reply(
                out_id=OutId(f"notice:{mark}"),
                kind=ReplyKind.ORDER,
                trigger=EventId(f"order:{mark}"),
                owed_at=at,
                expires_at=at + self._policy.order_life,
                text=text,
                viewer=viewer,
            )
        )

    def _problem(self, event: OrderChanged, key: ViewerKey, mark: str) -> Action:
        """A ticket about an order that went wrong or back; the notice is its holding line."""
        return OpenTicket(
            handoff=Handoff(
                room=self._policy.room,
                viewer=self._memory.present.get(key) or Viewer(key=key, name=""),
                reason=Reason.ORDER_PROBLEM,
                priority=PRIORITIES[Reason.ORDER_PROBLEM],
                evidence=(),
                event_id=EventId(f"order:{mark}"),
                text=status_text((event.order,), private=False),
                at=event.at,
                holding="",
            )
        )


def _mark(order: Order) -> str:
    """What stands for one state of one order where its number must not be read."""
    state = f"{order.platform}/{order.order_id}/{order.revision or order.updated_at}"
    return sha256(state.encode()).hexdigest()[:20]
