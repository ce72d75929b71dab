"""NotOurs: lines that sound like a question to this shop and are about somebody else's matter."""

from __future__ import annotations

import re
from collections.abc import Collection

from streambot.domain.faq.entry import FaqBook
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.question_form import reports_purchase

_OTHER_SHOP = re.compile(
    "隔壁|(?<!比)(?<![送寄发]到)(?<![送寄发]给)别人?家|其他家|另一家|上一家|之前那家|"
    "(?:其他|别的|另外的?)(?:店|直播间|主播|平台(?!叫|有店|也有店|有没有))"
)
_THIS_SHOP = re.compile("你们?家?|咱|这边|您")
#: Shops by name. No room of ours is in these, so what is theirs is never meant for us.
_SHOPS = (
    "盒马|美团|饿了么|山姆|沃尔玛|永辉|大润发|家乐福|麦德龙|百果园|朴朴|叮咚|唯品会|得物|闲鱼|屈臣氏|优衣库|"
    "名创优品|胖东来|开市客|costco|shein|希音|temu|亚马逊|amazon|ebay|aliexpress|速卖通|walmart|etsy|sephora|"
    "丝芙兰|宜家|ikea|无印良品|迪卡侬|奥乐齐|好特卖|孩子王|国美|ulta|best buy|bath and body works"
)
#: Rooms by the name of who broadcasts there; who says what they show or like asks of our goods.
_HOSTS = "李佳琦|薇娅|董宇辉|东方甄选|与辉同行|罗永浩|交个朋友|小杨哥|辛巴|贾乃亮"
#: A room may be in one of these: only what is told apart from here is another's (京东上那家).
_PLATFORMS = "京东|天猫|淘宝|拼多多|抖音|快手|小红书|苏宁|1688"
_NAMED_SHOP = re.compile(
    f"(?:{_SHOPS})(?:上|里|家|那边?|的|买|超市)|^(?:{_SHOPS})(?!卡|券|有|能|可)|"
    f"(?:{_PLATFORMS})(?:上|里)?(?:那家|那边|别家|买的)|(?:{_PLATFORMS})上的(?!店|号|旗舰)|"
    f"(?:{_HOSTS})(?:那[边里儿]?|直播间|家|卖|[说讲]?的(?!同款|推荐))|"
    rf"\b(?:do|does|is|at|from|my) (?:{_SHOPS})\b",
    re.IGNORECASE,
)
_SHOP_NAME = re.compile(f"{_SHOPS}|{_HOSTS}|{_PLATFORMS}", re.IGNORECASE)
#: Who asks what we have to do with them, or compares, asks us: 跟盒马的一样吗.
_OF_US = re.compile(r"[比跟和同像]|同款|\b(?:you|your|u|yall)\b", re.IGNORECASE)
#: Why a line is another's that asks for goods the book doesn't name: 有大米吗 may be asked here.
WANTED = "wanted"
#: The number of a model: who writes of 小米13 says something of 小米14 as well.
_MODEL = re.compile(r"(?<=[^\d\s])\d+$")
#: A book without products that names so many goods tells by them what its shop sells.
_SEVERAL = 4
#: Of longer words for goods the last character is a kind: 防晒霜, 牛仔裤.
_WHOLE = 2


class NotOurs:
    """Tells lines about other shops, other goods and finished purchases from questions to us.

    A shop whose book names neither products nor several goods may sell anything: then no goods
    are foreign to it.

    Args:
        book: the shop's book.
        own: words for the goods it is about, beside the pack's.
    """

    def __init__(self, book: FaqBook, own: Collection[str] = ()) -> None:
        goods = sorted(filter(None, map(normalise, book.pack.foreign)))
        self._goods = re.compile(
            "|".join(map(re.escape, sorted(goods, key=len, reverse=True))) or "(?!)"
        )
        self._wanted = re.compile(
            rf"(?:有没有|[有卖上出])(?:{self._goods.pattern})(?:卖|没有?|[吗么嘛不])*$|"
            rf"(?:{self._goods.pattern})(?:有没有|[还也都]?[有卖](?:卖|没有?|不[有卖]|[吗么嘛不]))"
        )
        self._of_platform = re.compile(
            f"(?:{_PLATFORMS})(?:家|上)?的(?:{self._goods.pattern})"
        )
        self._known = "\n".join(map(normalise, _texts(book)))
        self._own = own
        named = set(self._goods.findall(self._known))
        self._sells_listed_goods = (
            bool(book.catalogue.products) or len(named) >= _SEVERAL
        )

    def reason(self, text: str, plain: str) -> str | None:
        """Why a folded line isn't ours; None: it may be."""
        if _OTHER_SHOP.search(text) and not _THIS_SHOP.search(text):
            return "other_shop"
        if self._names_another(text):
            return "other_shop"
        if reports_purchase(text):
            return "bought"
        if not self._sells_listed_goods:
            return None
        named = self._goods.findall(plain)
        if named and not (any(map(self._knows, named)) or self._names_own(plain)):
            return WANTED if self._wanted.search(plain) else "other_goods"
        return None

    def _knows(self, goods: str) -> bool:
        """Whether the book speaks of *goods*, of another model of them or of their like.

        Who sells for 防晒 is asked about 防晒霜, and who sells 咖啡 about a 咖啡机.
        """
        if goods in self._known:
            return True
        if len(goods) > _WHOLE and goods[:-1] in self._known:
            return True
        make = _MODEL.sub("", goods)
        return (
            make != goods
            and re.search(rf"{re.escape(make)}\d", self._known) is not None
        )

    def _names_own(self, plain: str) -> bool:
        """Whether a line names what the book is about, whatever stands beside it."""
        return any(word in plain for word in self._own)

    def _names_another(self, text: str) -> bool:
        """Whether a line is about a shop by name of which the book says nothing."""
        named = _NAMED_SHOP.search(text)
        if named is None and "的" in text:
            named = self._of_platform.search(text)
        if named is None or _THIS_SHOP.search(text) or _OF_US.search(text):
            return False
        shop = _SHOP_NAME.search(named[0])
        return shop is not None and normalise(shop[0]) not in self._known


def _texts(book: FaqBook) -> list[str]:
    """Everything by which the shop says what it sells."""
    said = [question for entry in book.entries for question in entry.questions]
    said += [
        word for entry in book.entries for word in (*entry.keywords, *entry.answers)
    ]
    for product in book.catalogue.products:
        said += [product.name, *product.aliases, product.notes or ""]
    return said
