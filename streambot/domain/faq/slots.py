"""Slots: the link numbers, body measures, sizes and sums in a line, told apart by their unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from streambot.domain.faq.body_spelling import in_one_spelling
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.numerals import numeral
from streambot.domain.faq.size_names import SIZE

#: A line without one of these holds no slot; most lines of a room.
_MAY_HOLD = re.compile(
    r"[0-9①-⑳号链拍码斤米￥]|[SsMmLl](?![a-z])|第[一二三四五六七八九十]"
)

_DIGITS = r"\d{1,3}+(?:\uFE0F?\u20E3)?"
_HAN = r"[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖]{1,3}"
_NUMBER = rf"(?:{_DIGITS}|{_HAN}|[①-⑳])"
#: So many at most, or a line of nothing but numbers would be read again and again.
_LISTED = rf"{_NUMBER}(?:\s*[、,，/和跟与]\s*{_NUMBER}){{0,9}}"
#: What "3号" is where it is a shade, a building or another thing.
_THING = r"[码楼线色店球房厅院馆门桌机字]|电池|选手|公馆"
#: Asked of the goods themselves: who asks it of a date means a link.
_WORTH = r"(?:多少[钱米元]|怎么卖|什么价|有(?:没有)?货)"
#: What is done on a date. 晚 and 早 also begin 晚点 and 早就, 能到 also 能到手, and of what is on
#: sale people say as well that it began or ended, and ask its price.
_WHEN = (
    r"之?后|以[前后]|之前|前(?!面[说讲介看])|晚(?![点些了]|一点)|早(?![就点些知想看]|一点)|上午|下午|中午|凌晨|当天|"
    rf"那天|开始(?!.?了.*{_WORTH})|截止|结束(?!了.*{_WORTH})|开播|直播(?!价|间.?(?:价|{_WORTH}))|"
    r"发货(?!地|快|慢)|发出|能?到(?!手|底|多少)|才发(?!现)|能发|可以发|会发|"
    rf"[拍买]的(?!话|{_WORTH})|下?的?单的|付的|生日"
)
#: What makes "3号" a date, a shade or another thing that isn't a link.
_NO_LINK = rf"(?!\s*(?:{_THING}|{_WHEN}))"
#: What makes the number after 拍 or 链接 an amount.
_AMOUNT = (
    r"(?!\d|\.\d|\s*(?:[元块米折件个双斤岁只条份组套单瓶包盒袋箱罐桶片张根支把对串颗粒次遍天点月年分秒人万%码发送得赠减到]|"
    r"公斤|千克|厘米|cm|kg|ml|g\b))"
)
#: What is asked of a thing for sale: 第三个多少钱, not 我是第三个.
_ASKED_OF_IT = (
    r"(?=(?:衣服|裤子|裙子|鞋子?|包包?)?(?:多少[钱米元]|怎么卖|[啥几]价|什么(?:面料|材质|颜色|价)|"
    r"还?有(?:没有?)?(?:货|现货|[smlx]码)))"
)
_LINK = re.compile(
    rf"(?<![\d.月a-z])第?(?P<a>{_LISTED})\s*号(?:链接|链|车|款|品|宝贝|商品)"
    rf"|(?<![\d.月周a-z])第?(?P<b>{_LISTED})\s*号{_NO_LINK}"
    rf"|(?<![\d.月])(?P<c>{_NUMBER})\s*链接?(?![子条])|第\s*(?P<i>{_NUMBER})\s*个链接"
    rf"|(?:小黄车|购物车|黄车|链接)\s*(?:里|的|是)?\s*第?(?P<d>{_DIGITS}|[①-⑳])\s*号?{_AMOUNT}"
    rf"|拍\s*(?P<e>{_DIGITS}|[①-⑳])\s*号?+(?:链接)?{_AMOUNT}"
    r"|(?P<f>[①-⑳])"
    r"|\b(?:link|item|number|no\.?)\s*#?\s*(?P<g>\d{1,2})(?!\d|\s*(?:cm|kg))"
    r"|\#\s?(?P<h>\d{1,2})(?!\d)"
    r"|(?<![\d.])(?P<j>\d{1,2})(?:\#(?!\d)| ?hao(?![a-z]))"
    rf"|第\s*(?P<k>{_NUMBER})\s*[个款件]{_ASKED_OF_IT}|(?<![\d\u20E3])(?P<l>\d\uFE0F?\u20E3){_ASKED_OF_IT}"
    rf"|链接(?P<m>{_HAN}){_ASKED_OF_IT}"
    rf"|^\s*(?P<n>\d{{1,2}}(?:\s*[、,，和跟与]\s*\d{{1,2}}){{0,9}})的?{_ASKED_OF_IT}",
    re.IGNORECASE,
)
_EACH = re.compile(_NUMBER)
_KG = frozenset({"kg", "公斤", "千克"})
_COUNT = r"[一二两三四五六七八九十百零]{2,7}"
_WEIGHT_UNIT = r"(斤|市斤|kg|公斤|千克)(?!装)"
_NO_SUM = r"(?![\d.]|\s*(?:[元块米折件号码%]|cm))"
_PAIR = re.compile(
    r"(?<![\d.满减￥¥])(1[3-9]\d)\s*(?:cm|厘米|公分)?\s*[/,，\s、+|。\-]\s*"
    rf"(\d{{2,3}}+(?:\.\d)?)\s*(?:{_WEIGHT_UNIT})?{_NO_SUM}"
    rf"|(?<![\d.])(\d{{2,3}}+(?:\.\d)?)\s*{_WEIGHT_UNIT}\s*[/,，\s、+|]*(1[4-9]\d)(?:cm)?{_NO_SUM}",
    re.IGNORECASE,
)
_HEIGHT = re.compile(
    r"(?<![\d.围长宽腰胸臀肩])(\d{2,3}+(?:\.\d)?)\s*(?:cm|厘米|公分|的?(?:身高|个子))"
    r"|(?:身高|净高)?(?<!\d)[1一]\s*米\s*(\d{1,2}|[一二三四五六七八九零]{1,2})(?![\d百])"
    r"|(?<![\d.])(1\.\d{1,2}+)\s*(?:米|m\b)"
    r"|(?:身高|个子|净高)\s*[:：是]?\s*(1\d\d)(?!\d)",
    re.IGNORECASE,
)
_WEIGHT = re.compile(
    rf"体重\s*[:：是]?\s*(\d{{2,3}}+(?:\.\d)?|{_COUNT})\s*(?:{_WEIGHT_UNIT})?"
    rf"|(?<![\d.])(\d{{2,3}}+(?:\.\d)?|{_COUNT})\s*{_WEIGHT_UNIT}",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[￥¥]\s*(\d+(?:\.\d+)?)"
    r"|(?<![\d.])(\d+(?:\.\d+)?)\s*(?:元|块(?![布面肥糖毯巧])|rmb\b)"
    r"|(?<![\d.])(\d+(?:\.\d+)?)\s*米(?!\s*[\d一二三四五六七八九长宽高厚远布线])",
    re.IGNORECASE,
)
#: A bare weight below this is in kilograms: no adult weighs 75 jin at 165 cm.
_LIKELY_KG = 75
#: "2米" is a length; sums in slang are larger.
_LEAST_SUM = 3


class Slots(msgspec.Struct, frozen=True, kw_only=True):
    """What a line holds besides words; ``rest_text`` is the line without what its slots take.

    Heights are in cm, weights in jin (half a kilogram), sums in yuan, sizes in capitals; each in
    the line's order. ``rest_text`` lacks link references, and a body's measures where both
    height and weight are given: whether a phrasing fits doesn't hang on them.
    """

    links: tuple[int, ...] = ()
    heights: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()
    sizes: tuple[str, ...] = ()
    money: tuple[float, ...] = ()
    rest_text: str = ""

    @property
    def any_at_all(self) -> bool:
        """Whether the line holds a slot."""
        return bool(
            self.links or self.heights or self.weights or self.sizes or self.money
        )


def may_hold_slots(plain: str) -> bool:
    """Whether folded *plain* is worth reading for slots; most lines of a room aren't."""
    return _MAY_HOLD.search(plain) is not None


def read_slots(text: str) -> Slots:
    """The slots of a line as it was typed."""
    plain = folded(text)
    if not may_hold_slots(plain):
        return Slots(rest_text=plain)
    links = tuple(dict.fromkeys(_links(plain)))
    unlinked = _without_links(plain) if links else plain
    heights, weights, rest = _body(unlinked)
    return Slots(
        links=links,
        heights=heights,
        weights=weights,
        sizes=tuple(
            next(filter(None, found.groups())).upper() for found in SIZE.finditer(rest)
        ),
        money=tuple(_sums(rest)),
        rest_text=_tidy(rest if heights and weights else unlinked),
    )


def _links(plain: str) -> Iterator[int]:
    for found in _LINK.finditer(plain):
        for word in _EACH.findall(next(filter(None, found.groups()))):
            number = numeral(word.rstrip("\ufe0f\u20e3"))
            if number is not None and number > 0:
                yield number


def _without_links(plain: str) -> str:
    """*plain* without its link references and what joins them."""
    while True:
        marked = _LINK.sub("\0", plain)
        marked = re.sub(r"\0(?:\s*[、,，/和跟与]?\s*\0)*\s*的?", " ", marked)
        if marked == plain:
            return plain
        plain = marked


def _body(text: str) -> tuple[tuple[float, ...], tuple[float, ...], str]:
    """Heights, weights, and *text* without them."""
    heights: list[float] = []
    weights: list[float] = []

    def pair(found: re.Match[str]) -> str:
        tall, heavy, unit, heavy_first, its_unit, tall_last = found.groups()
        heights.append(float(tall or tall_last))
        weights.append(jin(float(heavy or heavy_first), unit or its_unit))
        return " "

    def height(found: re.Match[str]) -> str:
        whole, rest, metres, told = found.groups()
        if rest is not None:
            digits = "".join(str(numeral(char) or 0) for char in rest)
            heights.append(100 + float(digits.ljust(2, "0")))
        else:
            heights.append(float(metres) * 100 if metres else float(whole or told))
        return " "

    def weight(found: re.Match[str]) -> str:
        told, its_unit, number, unit = found.groups()
        word = told or number
        value = float(word) if word[0].isdigit() else numeral(word)
        if value is not None:
            weights.append(jin(float(value), unit or its_unit))
        return " "

    spelt = in_one_spelling(text)
    rest = _WEIGHT.sub(weight, _HEIGHT.sub(height, _PAIR.sub(pair, spelt)))
    return (
        tuple(round(each, 1) for each in heights if 50 <= each < 230),
        tuple(each for each in weights if 20 <= each <= 400),
        rest,
    )


def jin(number: float, unit: str | None) -> float:
    """A weight in jin; without a unit small ones are kilograms."""
    if unit and unit.lower() in _KG:
        return number * 2
    return number if unit or number >= _LIKELY_KG else number * 2


def _sums(text: str) -> Iterator[float]:
    for found in _MONEY.finditer(text):
        marked, said, slang = found.groups()
        value = float(marked or said or slang)
        if slang is None or value >= _LEAST_SUM:
            yield value


def _tidy(text: str) -> str:
    return re.sub(r"\s{2,}", " ", text).strip(" ,，、。和跟与/")
