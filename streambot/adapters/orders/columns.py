"""Columns: what order files call things, and one row of theirs as an Order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation

from streambot.domain.order import Order, OrderStatus, Receiver
from streambot.domain.viewer import ViewerKey

KeyOf = Callable[[str, str], ViewerKey]

REQUIRED = ("order_id", "status")
#: Our columns and the headers that Chinese shops' exports give them.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "order_id": (
        "订单号",
        "订单编号",
        "主订单编号",
        "订单id",
        "单号",
        "order id",
        "order no",
    ),
    "platform": ("平台", "来源平台", "渠道"),
    "viewer_id": (
        *("买家id", "用户id", "买家编号", "会员id", "buyer id", "viewer id"),
        *("观众id", "观众编号", "用户编号", "粉丝id", "买家会员名", "user id"),
    ),
    "status": ("状态", "订单状态", "order status"),
    "items": ("商品", "商品名称", "商品标题", "选购商品", "宝贝标题", "product"),
    "quantity": ("数量", "商品数量", "件数", "购买数量"),
    "amount": ("金额", "实付金额", "订单金额", "实付款", "买家实付", "总金额"),
    "currency": ("币种", "货币"),
    "carrier": ("快递", "快递公司", "物流公司", "承运商"),
    "tracking_no": ("快递单号", "运单号", "物流单号", "运单编号", "tracking number"),
    "ship_by": ("承诺发货时间", "最晚发货时间", "预计发货时间", "发货截止"),
    "eta": ("预计送达", "预计送达时间", "预计到达", "estimated arrival"),
    "receiver": ("收件人", "收货人", "收件人姓名", "收货人姓名"),
    "phone": ("手机", "手机号", "电话", "联系电话", "收件人手机", "收货人手机"),
    "address": ("地址", "收货地址", "收件地址", "详细地址"),
    "updated_at": ("更新时间", "状态更新时间", "修改时间", "最后更新"),
    "revision": ("版本", "版本号", "修订号"),
}
_S = OrderStatus
#: Statuses as shops write them; our own words are understood as well.
STATUS_WORDS: Mapping[OrderStatus, tuple[str, ...]] = {
    _S.PENDING_PAYMENT: ("待付款", "未付款", "等待买家付款", "待支付"),
    _S.PAID: (
        "已付款",
        "待发货",
        "等待发货",
        "已支付",
        "备货中",
        "买家已付款",
        "等待卖家发货",
    ),
    _S.PACKED: ("已打包", "已出库", "待揽收", "打包完成"),
    _S.SHIPPED: ("已发货", "待收货", "卖家已发货", "已揽收", "已揽件"),
    _S.IN_TRANSIT: ("运输中", "在途", "运送中"),
    _S.OUT_FOR_DELIVERY: ("派送中", "派件中", "配送中"),
    _S.DELIVERED: ("已签收", "已送达", "已收货", "待评价"),
    _S.COMPLETED: ("已完成", "交易成功", "交易完成", "完成"),
    _S.CANCELLED: ("已取消", "取消", "交易关闭", "已关闭"),
    _S.OUT_OF_STOCK: ("缺货", "无货"),
    _S.DELAYED: ("延迟", "延迟发货", "延期", "延误"),
    _S.ADDRESS_PROBLEM: ("地址异常", "地址有误", "地址问题"),
    _S.DELIVERY_FAILED: ("派送失败", "投递失败", "配送失败", "派件失败"),
    _S.LOST: ("丢件", "丢失", "快递丢失", "已丢失"),
    _S.RETURN_REQUESTED: (
        "申请退货",
        "退货申请",
        "退款中",
        "售后中",
        "退货待审核",
        "申请退款",
    ),
    _S.RETURN_APPROVED: ("同意退货", "退货已同意", "待买家退货", "退货已通过"),
    _S.RETURN_SHIPPED: ("退货中", "买家已退货", "退货运输中"),
    _S.RETURN_RECEIVED: ("退货已收到", "退货已签收", "退货入库"),
    _S.REFUNDED: ("已退款", "退款成功", "退款完成"),
    _S.EXCHANGED: ("已换货", "换货完成"),
    _S.RETURN_REFUSED: ("拒绝退货", "退货被拒", "退款关闭", "退货未通过"),
    _S.REPAIR_REQUESTED: ("申请维修", "维修申请"),
    _S.REPAIRING: ("维修中",),
    _S.REPAIRED: ("已修好", "维修完成"),
}
_CHINA = timezone(timedelta(hours=8))
_DATE = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
#: Currencies without minor units; every other has hundredths.
_WHOLE = frozenset({"JPY", "KRW", "VND", "CLP", "ISK"})
_LARGEST = 2**63


class Flaw(Exception):
    """Why a row can't be used, in both languages; never leaves this package."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(en)


def _key(word: str) -> str:
    return re.sub(r"[\s_\-*:：()（）]", "", word).casefold()


_STATUSES = {
    _key(word): status
    for status in OrderStatus
    for word in (status, *STATUS_WORDS[status])
}


def place_columns(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Our column names -> where they stand in *header*; *columns* goes before what we know.

    Raises:
        Flaw: a required column, or one that *columns* names, isn't there.
    """
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(_key(name), place)
    found: dict[str, int] = {}
    for column, headers in HEADERS.items():
        named = columns.get(column)
        candidates = (column, *headers) if named is None else (named,)
        at = [places[key] for name in candidates if (key := _key(name)) in places]
        if at:
            found[column] = at[0]
        elif named is not None or column in REQUIRED:
            wanted = named or f"{headers[0]}（{column}）"
            raise Flaw(
                f"表头里没有“{wanted}”一列：请补上，或在 config.yaml 的 orders.columns 里写明列名。",
                f'The header has no column "{named or column}": add it or name it under orders.columns.',
            )
    return found


def read_row(cells: Mapping[str, str], key_of: KeyOf) -> Order:
    """One row, cells by our column names, as an Order.

    Raises:
        Flaw: a cell can't be what it should be.
    """
    order_id = cells.get("order_id", "")
    if not order_id:
        raise Flaw("缺少订单号。", "The order number is missing.")
    if _SCIENTIFIC.fullmatch(order_id):
        raise Flaw(
            "订单号被表格软件改成了科学计数：请把该列设为文本后重新导出。",
            "The spreadsheet turned the order number into 1E+11: export that column as text.",
        )
    platform, viewer_id = cells.get("platform", ""), cells.get("viewer_id", "")
    currency = cells.get("currency", "").upper() or "CNY"
    return Order(
        order_id=order_id,
        status=_status(cells.get("status", "")),
        platform=platform,
        viewer=key_of(platform, viewer_id) if viewer_id else None,
        items=cells.get("items", ""),
        quantity=_whole(cells.get("quantity", ""), "数量", "quantity"),
        amount_minor=_minor(cells.get("amount", ""), currency),
        currency=currency,
        carrier=cells.get("carrier", ""),
        tracking_no=cells.get("tracking_no", ""),
        ship_by=cells.get("ship_by", ""),
        eta=cells.get("eta", ""),
        receiver=Receiver(
            name=cells.get("receiver", ""),
            phone=cells.get("phone", ""),
            address=cells.get("address", ""),
        ),
        updated_at=_instant(cells.get("updated_at", "")),
        revision=_whole(cells.get("revision", ""), "版本", "revision"),
    )


def _status(word: str) -> OrderStatus:
    status = _STATUSES.get(_key(word))
    if status is None and not word:
        raise Flaw("缺少状态。", "The status is missing.")
    if status is None:
        shown = word[:20]
        raise Flaw(
            f"不认识状态“{shown}”：请写 已付款、已发货、已签收 等，或 paid、shipped、delivered。",
            f'Unknown status "{shown}": write paid, shipped, delivered, refunded ...',
        )
    return status


def _whole(text: str, zh: str, en: str) -> int | None:
    if not text:
        return None
    try:
        number = Decimal(text)
        if number == number.to_integral_value() and 0 <= number < _LARGEST:
            return int(number)
    except InvalidOperation:
        pass
    raise Flaw(f"{zh}不是整数。", f"The {en} is not a whole number.")


def _minor(text: str, currency: str) -> int | None:
    plain = re.sub(r"[¥￥$€,，\s元]", "", text)
    if not plain:
        return None
    try:
        minor = Decimal(plain) * (1 if currency in _WHOLE else 100)
        if minor == minor.to_integral_value() and abs(minor) < _LARGEST:
            return int(minor)
    except InvalidOperation:
        pass
    raise Flaw("金额不是数字。", "The amount is not a number.")


def _instant(text: str) -> datetime | None:
    """An instant; one without a zone is China's time."""
    if not text:
        return None
    try:
        found = _DATE.fullmatch(text)
        if found is None:
            at = datetime.fromisoformat(text)
        else:
            at = datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
        at = at if at.tzinfo is not None else at.replace(tzinfo=_CHINA)
        at.timestamp()
    except (ValueError, OverflowError):
        raise Flaw(
            "更新时间看不懂：请写成 2026-11-23 09:30。",
            "The update time is unreadable: write 2026-11-23 09:30.",
        ) from None
    return at
