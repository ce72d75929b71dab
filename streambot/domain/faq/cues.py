"""Cues: small signs in a line - a question, a call for a person, an order or after-sale matter."""

from __future__ import annotations

import re

from streambot.domain.evidence import Evidence

_QUESTION = re.compile(
    r"[?？](?=.*\w)|\w.*[?？]|吗|嘛$|呢$|么|什么|怎么|怎样|咋|多少|几|哪|谁|啥|为何|多久|多大|多高|"
    r"如何|何时|能不能|可不可以|可以.*不|有没有|是不是|会不会|要不要|行不行|好不好|"
    r"\b(what|how|when|where|which|who|why|can|could|do|does|did|is there|are there|is it)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"转人工|人工客服|人工服务|(?:找|叫|要|有|换)(?:个|一下|下)?(?:人工|真人|客服)|"
    r"(?:人工|真人|客服)(?:在吗|在不在|呢|在哪|回一下|回复一下|出来)|^\s*(?:人工|客服)\s*[!！?？]*$|"
    r"\b(?:human agent|real person|talk to (?:a )?(?:human|person)|customer service)\b",
    re.IGNORECASE,
)
_SHOP = re.compile(
    r"主播|老板|店家|掌柜|小二|客服|店铺|你们家|你家|商家|亲亲|小黄车", re.IGNORECASE
)
_AFTER_SALE = re.compile(
    r"退货|退款|退钱|换货|退换|售后|补发|漏发|少发|发错|错发|破损|坏了|有瑕疵|质量问题|"
    r"没收到|还没发|还不发|没发货|催发货|催一下|物流不动|不更新|丢件|丢了|退回|拒收|"
    r"(?:我的|我)(?:订单|快递|包裹|货)|订单号|运单号|改地址|改尺码|取消订单|\brefund\b|\bmy order\b",
    re.IGNORECASE,
)


def is_question(text: str) -> bool:
    """Whether a line asks something; bare question marks don't."""
    return _QUESTION.search(text) is not None


def asks_for_person(text: str) -> Evidence | None:
    """The words by which a viewer asks for a human."""
    return _evidence("asked_human", _PERSON.search(text))


def mentions_shop(text: str) -> bool:
    """Whether a line addresses the shop or its host."""
    return _SHOP.search(text) is not None


def concerns_order_or_after_sale(text: str) -> Evidence | None:
    """The words by which a line is about an order or after-sale."""
    return _evidence("after_sale", _AFTER_SALE.search(text))


def _evidence(rule: str, found: re.Match[str] | None) -> Evidence | None:
    if found is None:
        return None
    return Evidence(rule=rule, start=found.start(), end=found.end(), text=found[0])
