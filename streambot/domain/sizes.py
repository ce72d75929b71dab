"""Size advice: reading height and weight in a line and looking them up in a product's table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from streambot.domain.evidence import Evidence
from streambot.domain.faq.body_spelling import CHILD
from streambot.domain.faq.slots import Slots, jin, read_slots
from streambot.domain.product import Product, SizeRow

_ASKS = re.compile(
    r"什么码|啥码|多大码|哪个码|几码|穿多大|什么尺码|码数|穿什么|穿啥|选什么码|拍什么码|多大的?$|穿几|什么号|"
    r"[smlx]码?[和跟与]\d?[smlx]+码?(?:之间)?(?:纠结|犹豫|怎么选|选哪|拿不准)|"  # M和L纠结
    r"(?<![a-z])[smlx]{1,4}码?还是[smlx]{1,4}(?![a-z])|"  # M还是L
    r"能穿|可以穿|穿得[下了上]|穿的下|塞得下|合适[吗么不]|合不合适|穿[smlx]|[smlx]码?[行能可]|"
    r"(?:what|which) size|\bmy size|\bfits?\b",
    re.IGNORECASE,
)
#: The host's or a model's measures, not the viewer's.
_ANOTHERS = re.compile(
    r"(?:主播|模特|小姐姐|姐姐|老师)(?:是不是|是|身高|体重|有|的|才|也|穿|:|：)*\s*\d"
)
#: A number that may be a weight where a size is asked for: 我120穿多大; a waist of 80 is none.
_BARE = re.compile(
    r"(?<![\d.围宽长腰胸臀脚])(?<![围宽长腰胸臀脚][\s:：是])(\d{2,3})(?![\d.]|\s*(?:[元块米码号岁折件年天%]|cm|厘米))"
)
_LIKELY = (40.0, 149.0)  # from here on a bare number may as well be a height
_MEASURE = re.compile(
    r"[1一]米|[\d.斤]|公斤|千克|kg|cm|厘米|公分|(?:ft|foot|feet|lbs?|pounds?|inch(?:es)?)(?![a-z])|"
    r"['’\"”]|一百|[一二三四五六七八九十]",
    re.IGNORECASE,
)
_WANTS_BODY = re.compile(
    "(?=.*身高).*体重|(?=.*height).*weight", re.IGNORECASE | re.DOTALL
)
#: Who has the body, and what is said of it besides its measures.
_FILLER = re.compile(
    r"(?i:\b(?:i['’]?m|i am|and|i|weigh|tall|about|around|my (?:height|weight)|height|weight|is)\b)|"
    r"[\s,，。.、/;；:：!！?？～~]|我们?家?|俺|本人|自己|[老爸妈]?[爸妈]|婆婆|公公|奶奶|爷爷|外婆|姥姥|老公|老婆|媳妇|"
    rf"对象|闺蜜|朋友|[男女]朋友|[姐妹哥弟]+|{CHILD}|\d{{1,2}}岁半?|"
    r"今年|大概|大约|差不多|左右|[偏微]?(?:有?一?点)?[胖瘦]|"
    r"是|的|呢|啊|呀|身高|体重|个子|个头|净|高|重|这款|这件|这个|那"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Height in cm and weight in jin, as far as the line gives them."""

    height_cm: float | None = None
    weight_jin: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeAdvice:
    """The size for a body; None: outside the table, so a person must answer."""

    size: str | None
    body: Body
    evidence: Evidence


def asks_for_body(answers: Sequence[str]) -> bool:
    """Whether all *answers* only ask for height and weight; figures would tell something."""
    return bool(answers) and all(
        _WANTS_BODY.search(answer) and not re.search(r"\d|\{", answer)
        for answer in answers
    )


def asks_size(text: str) -> re.Match[str] | None:
    """The words by which a line asks for a size."""
    return _ASKS.search(text)


def read_body(text: str, slots: Slots | None = None) -> Body:
    """Height and weight out of "165/120斤", "身高一米六 体重60kg" and the like."""
    slots = slots or read_slots(text)
    return Body(
        height_cm=slots.heights[0] if slots.heights else None,
        weight_jin=slots.weights[0] if slots.weights else None,
    )


def _body_of_asker(text: str, slots: Slots) -> Body:
    """The body a size is asked for; a bare number may be its weight."""
    body = read_body(text, slots)
    if body.weight_jin is not None or (slots.any_at_all and not slots.sizes):
        return body
    bare = _BARE.findall(text)
    if len(bare) != 1 or not _LIKELY[0] <= float(bare[0]) <= _LIKELY[1]:
        return body
    return Body(height_cm=body.height_cm, weight_jin=jin(float(bare[0]), None))


def tells_body(text: str, slots: Slots) -> bool:
    """Whether a line is what a body measures and nothing else, as who was asked for it tells it."""
    told = slots.heights or slots.weights or _BARE.search(text)
    return bool(told) and _is_body_alone(text, slots, asked=True)


def _fits(row: SizeRow, body: Body) -> bool:
    for bounds, value in (
        (row.height_cm, body.height_cm),
        (row.weight_jin, body.weight_jin),
    ):
        if (
            bounds is not None
            and value is not None
            and not bounds[0] <= value <= bounds[1]
        ):
            return False
    return True


def advise(
    text: str,
    product: Product | None,
    slots: Slots | None = None,
    *,
    asked: bool = False,
) -> SizeAdvice | None:
    """Size advice where the line asks for it with measures and the product has a table.

    A line of nothing but a height and a weight asks, too; with *asked* (the viewer asked for a
    size a moment ago) so does a weight alone. Without a weight nothing is advised.
    """
    if product is None or not product.sizes:
        return None
    words = _ASKS.search(text)
    slots = slots or read_slots(text)
    if words is None and not _is_body_alone(text, slots, asked=asked):
        return None
    body = _body_of_asker(text, slots)
    if body.weight_jin is None or (_ANOTHERS.search(text) and "我" not in text):
        return None
    start, end = (0, len(text)) if words is None else words.span()
    evidence = Evidence(rule="size_table", start=start, end=end, text=text[start:end])
    alone = len(slots.heights) <= 1 and len(slots.weights) <= 1
    fitting = (row.size for row in product.sizes if alone and _fits(row, body))
    return SizeAdvice(size=next(fitting, None), body=body, evidence=evidence)


def _is_body_alone(text: str, slots: Slots, *, asked: bool) -> bool:
    """Whether a line is a body's measures and nothing else."""
    if slots.heights and slots.weights:
        return not _FILLER.sub("", slots.rest_text)
    if not asked:
        return False
    return not _MEASURE.sub("", _FILLER.sub("", text))


def advise_all(
    text: str,
    products: Iterable[Product],
    slots: Slots | None = None,
    *,
    asked: bool = False,
) -> tuple[tuple[Product, SizeAdvice], ...]:
    """Advice for every product with a table, where the line names none of them."""
    if not asked and _ASKS.search(text) is None:
        return ()
    slots = slots or read_slots(text)
    found = (
        (product, advise(text, product, slots, asked=asked)) for product in products
    )
    return tuple((product, advice) for product, advice in found if advice is not None)
