"""NotOurs: lines that sound like a question to this shop and are about somebody else's matter."""

from __future__ import annotations

import re

from streambot.domain.faq.entry import FaqBook
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.question_form import reports_purchase

_OTHER_SHOP = re.compile(
    "隔壁|(?<!比)(?<![送寄发]到)(?<![送寄发]给)别人?家|其他家|另一家|上一家|之前那家|"
    "(?:其他|别的|另外的?)(?:店|直播间|主播|平台(?!叫|有店|也有店|有没有))"
)
_THIS_SHOP = re.compile("你们?家?|咱|这边|您")


class NotOurs:
    """Tells lines about other shops, other goods and finished purchases from questions to us.

    A shop that names no products may sell anything: then no goods are foreign to it.
    """

    def __init__(self, book: FaqBook) -> None:
        goods = sorted(filter(None, map(normalise, book.pack.foreign)))
        self._goods = re.compile(
            "|".join(map(re.escape, sorted(goods, key=len, reverse=True))) or "(?!)"
        )
        self._sells_listed_goods = bool(book.catalogue.products)
        self._known = "\n".join(map(normalise, _texts(book)))

    def reason(self, text: str, plain: str) -> str | None:
        """Why a folded line isn't ours; None: it may be."""
        if _OTHER_SHOP.search(text) and not _THIS_SHOP.search(text):
            return "other_shop"
        if reports_purchase(text):
            return "bought"
        if not self._sells_listed_goods:
            return None
        named = self._goods.findall(plain)
        if named and not any(word in self._known for word in named):
            return "other_goods"
        return None


def _texts(book: FaqBook) -> list[str]:
    """Everything by which the shop says what it sells."""
    said = [question for entry in book.entries for question in entry.questions]
    said += [word for entry in book.entries for word in entry.keywords]
    for product in book.catalogue.products:
        said += [product.name, *product.aliases, product.notes or ""]
    return said
