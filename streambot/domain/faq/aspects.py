"""Aspects: who asks how heavy a thing is, or whether it is for the pregnant, is told by no entry
that says nothing of it.

Two questions about one thing are alike in all but what they ask of it: 充电宝多重 and 充电宝能充几次.
A few things that are asked of any goods are therefore known by their words, and by those without
which no answer speaks of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from streambot.domain.faq.entry import FaqEntry, FaqId

#: Why an entry doesn't answer what it never speaks of.
UNTOLD = "aspect"
#: Who is told that all may have it is told so of every condition.
_FOR_ALL = r"人群|人都|谁都|什么人|哪些人|任何人|人人|男女老少|所有人|大人小孩"


class Aspect(msgspec.Struct, frozen=True):
    """What may be asked of a thing: by which words, and those of which its answer holds one."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


def _aspect(asked: str, told: str) -> Aspect:
    return Aspect(re.compile(asked), re.compile(told, re.IGNORECASE))


def _condition(words: str) -> Aspect:
    """Those who ask whether a thing is for them, by the words for what they are."""
    return _aspect(words, f"{words}|{_FOR_ALL}")


ASPECTS = (
    # weight
    _aspect(
        r"多重|重不重|多少(?:公?斤|千?克)(?!穿)|重量|\bhow heavy\b|\bweigh",
        r"重|斤|克|沉|轻|\d ?k?g(?![a-z])|weigh|heavy|light|pound|\blbs?\b",
    ),
    # hours of the day
    _aspect(r"几点(?!几)|营业时间", r"点|时|[:：]|晚|早|夜|全天|24|号|天"),
    # how long it takes or lasts
    _aspect(
        r"多久|(?<![前后近这过])(?:几天(?!无)|几个?(?:小时|钟头|月|礼拜|星期))|多少天|多长时间|多少(?:分钟|小时)",
        r"天|日|时|钟|月|周|年|久|马上|立刻|秒|当场|一直|长期|尽快|终身|号|期|晚|"
        r"快|慢|hour|day|week|month|year|min",
    ),
    # power
    _aspect(
        r"多少瓦|几瓦|多大功率|功率|快充|多少伏|几伏|电压",
        r"瓦|功率|快充|伏|电压|\dw|\dv|watt|volt",
    ),
    # by whom it is brought
    _aspect(
        r"(?:什么|啥|哪[家个]?)(?:快递|物流)|[走发](?:顺丰|京东|中通|圆通|韵达|邮政)",
        r"快递|物流|顺丰|京东|中通|圆通|韵达|申通|极兔|德邦|邮|ems|发货|寄|配送|送货|闪送|专车|冷链",
    ),
    # whether it can be bought besides
    _aspect(
        r"有(?:没有)?卖|卖不卖|(?<!下)单[卖买]",
        r"卖|买|购|拍|链接|下单|小黄车|橱窗|店里有|专柜|sell|buy",
    ),
    # where it is from
    _aspect(
        r"(?:哪里|哪儿|哪个?(?:国家?|地方)?)(?:生?产|做|造)的|产地|"
        r"\bwhere (?:is|are|was|were)\b.*\bmade\b|\bmade in\b",
        r"产|造|做的|进口|国|厂|源|made|from|country|origin|produc",
    ),
    # for whom it is
    _condition("孕|哺乳|月子"),
    _condition("糖尿病|血糖|控糖|[无0零低代木]糖|糖分|三高"),
    _condition("血压|心脏|三高"),
    _condition("痛风|尿酸|嘌呤"),
    _condition("经期|月经|姨妈|生理期"),
)
#: What asks for any of them: most lines do for none.
_ANY = re.compile("|".join(each.asked.pattern for each in ASPECTS))


class Aspects:
    """What a book's entries say of such things; one without an answer, as the pack's are, may tell anything.

    Args:
        entries: the entries.
        canon: brings a text into the book's canonical form.
    """

    def __init__(
        self, entries: Sequence[FaqEntry], canon: Callable[[str], str]
    ) -> None:
        self._untold: dict[FaqId, tuple[Aspect, ...]] = {}
        for entry in entries:
            if not entry.answers:
                continue
            own = (*entry.questions, *entry.answers, *entry.keywords)
            said = "\n".join((*own, *map(canon, own)))
            self._untold[entry.id] = tuple(
                each for each in ASPECTS if each.told.search(said) is None
            )

    def against(self, entry: FaqId, plain: str) -> str | None:
        """What forbids *entry* to answer canonical *plain*, if that asks what it never speaks of."""
        untold = self._untold.get(entry)
        if not untold or _ANY.search(plain) is None:
            return None
        if any(each.asked.search(plain) is not None for each in untold):
            return UNTOLD
        return None
