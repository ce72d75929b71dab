"""Order wording: what may be said about an order, in the room and in private."""

from __future__ import annotations

import re
from collections.abc import Sequence

from streambot.domain.order import Order, OrderStatus
from streambot.domain.order_table import EXCEPTIONS, masked, newest_first

_S = OrderStatus
#: A status and what comes next; {ship} and {eta} are promised dates, {by} who carries it.
_STATUS: dict[OrderStatus, str] = {
    _S.PENDING_PAYMENT: "待付款，付款后安排发货",
    _S.PAID: "已付款，{ship}",
    _S.PACKED: "已打包，等快递揽收",
    _S.SHIPPED: "已发货，{by}{eta}",
    _S.IN_TRANSIT: "运输中，{by}{eta}",
    _S.OUT_FOR_DELIVERY: "派送中，{by}，请留意电话",
    _S.DELIVERED: "已签收，有问题随时说",
    _S.COMPLETED: "已完成",
    _S.CANCELLED: "已取消，付过的款原路退回",
    _S.OUT_OF_STOCK: "暂时缺货，可换款或退款",
    _S.DELAYED: "要晚一些发，抱歉{eta}",
    _S.ADDRESS_PROBLEM: "地址待核对，请看订单页",
    _S.DELIVERY_FAILED: "没送成，会再派送",
    _S.LOST: "快递异常，正在核实",
    _S.RETURN_REQUESTED: "退货申请已收到，等审核",
    _S.RETURN_APPROVED: "退货已通过，请按订单页寄回",
    _S.RETURN_SHIPPED: "退货在路上，签收后退款",
    _S.RETURN_RECEIVED: "退货已收到，正在退款",
    _S.REFUNDED: "已退款，原路退回",
    _S.EXCHANGED: "换货已办好",
    _S.RETURN_REFUSED: "退货没通过，可联系客服",
    _S.REPAIR_REQUESTED: "维修申请已收到",
    _S.REPAIRING: "维修中",
    _S.REPAIRED: "已修好",
}
#: What a buyer is told unasked; an exception apologises and gives the options.
_NOTICE: dict[OrderStatus, str] = {
    _S.PAID: "订单{no}已付款，{ship}",
    _S.SHIPPED: "订单{no}已发货，{by}，订单页可查物流",
    _S.OUT_FOR_DELIVERY: "订单{no}正在派送，请留意电话",
    _S.DELIVERED: "订单{no}已签收，用着怎么样？",
    _S.OUT_OF_STOCK: "抱歉，订单{no}缺货，可换款或退款，客服来联系您",
    _S.DELAYED: "抱歉，订单{no}要晚些发，可等或退款，客服来联系您",
    _S.ADDRESS_PROBLEM: "抱歉，订单{no}地址有误送不了，客服来和您核对",
    _S.DELIVERY_FAILED: "抱歉，订单{no}没送成，可再派或自取，客服来联系您",
    _S.LOST: "抱歉，订单{no}快递丢失，可补发或退款，客服来联系您",
    _S.RETURN_APPROVED: "订单{no}退货已通过，请按订单页寄回",
    _S.REFUNDED: "订单{no}已退款，原路退回",
    _S.EXCHANGED: "订单{no}换货已办好",
    _S.REPAIRED: "订单{no}已修好",
}
#: Carriers by name: nothing else of that column is repeated, since anything may stand in it.
_CARRIER = re.compile(
    r"顺丰|中通|圆通|申通|韵达|极兔|京东|邮政|德邦|百世|天天|丹鸟|菜鸟|跨越|优速|安能|壹米滴答|"
    r"(?<![A-Za-z])(?:EMS|DHL|FedEx|UPS|USPS|J&T)(?![A-Za-z])",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\s*(?:20\d\d)[-/.年](0?[1-9]|1[0-2])[-/.月](0?[1-9]|[12]\d|3[01])(?!\d)"
)
_AT_MOST = 2


def needs_ticket(status: OrderStatus) -> bool:
    """Whether an order in this state is one a person should look at."""
    return status in EXCEPTIONS


def notice_text(order: Order) -> str | None:
    """What its buyer is told of an order's new state, fit for the room; None: nothing."""
    wording = _NOTICE.get(order.status)
    return None if wording is None else _filled(wording, order, private=False)


def status_text(orders: Sequence[Order], *, private: bool) -> str:
    """The newest two orders' status, next step and promise, and how many more there are.

    In the room it holds no name, phone, address, amount or full number; in private, for the
    verified buyer, the full numbers.
    """
    if not orders:
        return "没有查到您的订单"
    newest = newest_first(orders)[:_AT_MOST]
    told = "；".join(
        f"订单{_number(order, private=private)}"
        f"{_filled(_STATUS[order.status], order, private=private)}"
        for order in newest
    )
    more = len(orders) - len(newest)
    return f"{told}；还有{more}单，见订单页" if more else told


def _number(order: Order, *, private: bool) -> str:
    return f"{order.order_id} " if private else masked(order.order_id)


def _filled(wording: str, order: Order, *, private: bool) -> str:
    eta, ship = _date(order.eta), _date(order.ship_by)
    return wording.format(
        no=masked(order.order_id),
        by=_carried_by(order, private=private),
        eta=f"，预计{eta}到" if eta else "",
        ship=f"预计{ship}前发出" if ship else "会尽快发出",
    )


def _carried_by(order: Order, *, private: bool) -> str:
    """The carrier and its number, the full one in private only."""
    found = _CARRIER.search(order.carrier)
    name = "快递" if found is None else found[0]
    if not order.tracking_no:
        return name
    return (
        f"{name} {order.tracking_no}"
        if private
        else f"{name}{masked(order.tracking_no)}"
    )


def _date(text: str) -> str:
    """``2026-11-26`` as ``11月26日``; what isn't a date is not repeated."""
    found = _DATE.match(text)
    return "" if found is None else f"{int(found[1])}月{int(found[2])}日"
