"""Prices: who asks what something costs is told by no entry that says nothing of money."""

from __future__ import annotations

import re

from streambot.domain.faq.entry import FaqEntry

_MONEY = re.compile(
    r"[钱价费元块券减惠贵折税赔付额贷币]|多少[?？]?$|便宜|划算|免邮|包邮|预算|\b(?:price|cost|fee|pay|much|free)\b|\$",
    re.IGNORECASE,
)
#: The price of a thing, and of nothing that may be asked about it: 多少钱一斤, no 退多少钱.
_ASKED = re.compile(
    "(?:^|[^退赔减扣省补返付充存交还借能可])(?:多少钱|什么价|怎么卖的?|几块钱)(?:一[斤个只条件箱盒袋套张把份])?[的呢吗]?$"
)


def asks_price(plain: str) -> bool:
    """Whether canonical *plain* asks what something costs."""
    if "钱" not in plain and "价" not in plain and "卖" not in plain:
        return False
    return _ASKED.search(plain) is not None


def speaks_of_money(entry: FaqEntry) -> bool:
    """Whether a question or an answer of *entry* does, or it is itself asked for a price."""
    said = (*entry.questions, *entry.answers, *entry.keywords)
    return (
        entry.intent is not None
        or any(map(_MONEY.search, said))
        or any(map(asks_price, entry.questions))
    )
