"""Prices: who asks what something costs is told by no entry that says nothing of money.

Nor who asks it of several by what says it of one: 两件多少钱 isn't answered with the price of a piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from streambot.domain.faq.entry import FaqEntry, FaqId
from streambot.domain.faq.numerals import numeral
from streambot.domain.product import Product

_MONEY = re.compile(
    r"[钱价费元块券减惠贵税赔付额贷币]|折(?!射|叠|线|痕|角|光)|多少[?？]?$|便宜|划算|免邮|包邮|预算|\b(?:price|cost|fee|pay|much|free)\b|\$",
    re.IGNORECASE,
)
#: The price of a thing, and of nothing that may be asked about it: 多少钱一斤, no 退多少钱.
_ASKED = re.compile(
    "(?:^|[^退赔减扣省补返付充存交还借能可])(?:多少钱|什么价|怎么卖的?|几块钱)(?:一[斤个只条件箱盒袋套张把份包瓶罐块串桶支对双本片根杯])?[的呢吗]?$"
)
#: So many of a thing; 这两个 are two things, and 第二件 is the second.
_SEVERAL = re.compile(
    r"(?<![第这那哪几\d.])(\d{1,3}|[二三四五六七八九]?十[一二三四五六七八九]?|[两二三四五六七八九])"
    "([件个条双套包盒瓶袋斤箱只份本支片罐张床对])(?![月半装])"
)
#: An entry that is asked so is about several whatever their number.
_OF_SEVERAL = re.compile(
    "批发|拿货|进货|团购|多[买拍]|[多几][件个份条箱盒]|第二件|[两二三]件|一起[买拍]|整箱|代发"
)
#: How small numbers are written beside their digit.
_WRITTEN = {2: "两二"} | dict(enumerate("三四五六七八九", 3))


def asks_price(plain: str) -> bool:
    """Whether canonical *plain* asks what something costs."""
    if "钱" not in plain and "价" not in plain and "卖" not in plain:
        return False
    return _ASKED.search(plain) is not None


def several(plain: str) -> frozenset[str]:
    """How many of a thing canonical *plain* speaks of, as it may be written: 两件, 2件; none of one."""
    found = _SEVERAL.search(plain)
    value = None if found is None else numeral(found[1])
    if found is None or value is None or value < 2:
        return frozenset()
    written = {found[1], str(value), *_WRITTEN.get(value, ())}
    return frozenset(f"{number}{found[2]}" for number in written)


class Prices:
    """What a book's entries and products say of money.

    Args:
        entries: the entries.
        products: what is sold, with its price.
    """

    def __init__(
        self, entries: Sequence[FaqEntry], products: Iterable[Product]
    ) -> None:
        self._said = {
            entry.id: (*entry.questions, *entry.answers, *entry.keywords)
            for entry in entries
            if _speaks_of_money(entry)
        }
        self._of_several = {
            entry.id
            for entry in entries
            if any(map(_OF_SEVERAL.search, entry.questions))
        }
        self._goods = tuple(
            f"{product.name} {product.price} {product.notes}" for product in products
        )

    def against(self, entry: FaqId, plain: str) -> str | None:
        """What forbids *entry* to tell the price that canonical *plain* asks, if it asks one."""
        if not asks_price(plain):
            return None
        if entry not in self._said:
            return "price"
        counted = several(plain)
        if not counted or entry in self._of_several:
            return None
        said = "\n".join((*self._said[entry], *self._goods))
        if any(each in said for each in counted):
            return None
        return "quantity"


def _speaks_of_money(entry: FaqEntry) -> bool:
    """Whether a question or an answer of *entry* does, or it is itself asked for a price."""
    said = (*entry.questions, *entry.answers, *entry.keywords)
    return (
        entry.intent is not None
        or any(map(_MONEY.search, said))
        or any(map(asks_price, entry.questions))
    )
