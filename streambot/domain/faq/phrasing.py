"""Phrasings: what of a viewer's line may become one more way to ask for an entry."""

from __future__ import annotations

import re
from dataclasses import dataclass

from streambot.domain.faq.entry import FaqBook, FaqEntry
from streambot.domain.faq.normalise import folded, normalise
from streambot.domain.faq.vetoes import Demands
from streambot.domain.order_numbers import find_order_numbers

LONGEST = 200
#: Whom a line addresses is not what it asks.
_MENTION = re.compile(r"^\s*(?:@[^\s@]{1,40}\s+)+|\s+(?:@[^\s@]{1,40}\s*)+$")
_SPOKEN = str.maketrans("零〇一幺二三四五六七八九", "001123456789")
#: Phones, identity and card numbers, accounts, mail, streets: what points to one person.
_DIGITS = re.compile(r"\d(?:[ -]?\d){6,}")
_ACCOUNT = re.compile(
    r"(?:微信|薇信|徽信|v信|(?<![a-z])(?:vx|wx|weixin|wechat|qq)|加群|扣扣|企鹅)\s*号?\s*[:：是为]?\s*"
    r"(?:[a-z0-9_-]*\d[a-z0-9_-]{3,}|(?=[a-z_-]*\d)[a-z0-9_-]{5,})|"
    r"加我?\s*(?:的)?\s*(?:微信|薇信|徽信|v信|vx|wx|wechat|qq|扣扣)\s*号?\s*[:：是为]?\s*[a-z][a-z0-9_-]{5,}|"
    r"[\w.+-]+@[\w-]+\.\w+",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"[一-龥]{2,8}(?:省|市|区|县)[一-龥\d]{0,16}(?:路|街|道|巷|村|镇)[一-龥]{0,12}\d{1,6}号|"
    r"\d+(?:栋|幢|单元)\d*|(?:收件人|姓名)[是:： ]*[一-龥]{2,4}|我叫(?!什么|啥|不|个)[一-龥]{2,3}$"
)
_CONDITIONS = {"must": "必须有", "any": "至少有", "none": "不能有"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """Why a line can't become a phrasing; ``other`` is the entry that stands in the way."""

    code: str
    zh: str
    en: str
    other: str | None = None


def as_phrasing(text: str) -> str:
    """*text* on one line, without those it is addressed to."""
    flat = " ".join(
        "".join(char if char.isprintable() else " " for char in text).split()
    )
    return _MENTION.sub("", flat).strip()


def personal_data(text: str) -> str | None:
    """The words of *text* that point to one person, or None."""
    plain = folded(text)
    for pattern, said in (
        (_DIGITS, plain),
        (_DIGITS, plain.translate(_SPOKEN)),
        (_ACCOUNT, plain),
        (_STREET, plain),
    ):
        found = pattern.search(said)
        if found is not None:
            return text[found.start() : found.end()]
    return next(iter(find_order_numbers(text)), None)


def why_unfit(text: str, entry: FaqEntry, book: FaqBook) -> Unfit | None:
    """Why *text* can't be a phrasing of *entry*, or None; what it would change is not judged."""
    plain = normalise(text)
    if not plain:
        return Unfit(
            code="empty",
            zh="这句里没有文字，不能当问法。",
            en="There are no words in this line.",
        )
    if len(text) > LONGEST:
        return Unfit(
            code="too_long",
            zh=f"这句有 {len(text)} 个字，问法最多 {LONGEST} 个，请缩短。",
            en=f"This line has {len(text)} characters, a phrasing at most {LONGEST}.",
        )
    personal = personal_data(text)
    if personal is not None:
        return Unfit(
            code="personal",
            zh=f"“{personal}”像是个人信息（电话、单号、地址等），不能写进问答本；请删掉再试。",
            en=f'"{personal}" looks like personal data and must not stand in a book: take it out.',
        )
    return _taken(plain, entry, book) or _turned_away(text, plain, entry)


def _taken(plain: str, entry: FaqEntry, book: FaqBook) -> Unfit | None:
    """A phrasing that stands somewhere already."""
    for other in book.entries:
        same = next((each for each in other.questions if normalise(each) == plain), "")
        if same and other.id == entry.id:
            return Unfit(
                code="known",
                zh=f"“{entry.id}”里已经有这个问法了（{same}）。",
                en=f'"{entry.id}" has this phrasing already ({same}).',
            )
        if same and _meet(entry, other) and not is_brought(other, plain):
            return Unfit(
                code="collides",
                zh=f"“{other.id}”里已经有一样的问法“{same}”，只能答其中一条；要改请先从那条删掉。",
                en=f'"{same}" is a phrasing of "{other.id}" already: delete it there first.',
                other=other.id,
            )
    return None


def is_brought(entry: FaqEntry, plain: str) -> bool:
    """Whether a normalised question is one that only the entry's intent brings.

    It is given up where another entry of the book asks in the same words.
    """
    return plain in map(normalise, entry.brought)


def _meet(one: FaqEntry, other: FaqEntry) -> bool:
    """Whether both may answer the same line: not when their products are apart."""
    if one.products and other.products:
        return bool(set(one.products) & set(other.products))
    return bool(one.products) == bool(other.products)


def _turned_away(text: str, plain: str, entry: FaqEntry) -> Unfit | None:
    """A phrasing that the entry's own conditions would never let answer."""
    if plain in map(normalise, entry.not_questions):
        return Unfit(
            code="not_question",
            zh=f"“{entry.id}”的“不是问”里写着这句，请先从那里删掉。",
            en=f'"{entry.id}" says that this is none of its questions: delete it there first.',
        )
    rule = Demands.of(entry).unmet(plain, None, frozenset())
    if rule is None:
        return None
    return Unfit(
        code="ruled_out",
        zh=f"“{entry.id}”的“{_CONDITIONS.get(rule, rule)}”会挡住“{text}”，加了也答不到；请先改条件。",
        en=f'"{entry.id}"\'s own "{rule}" would turn this line away: change it first.',
    )
