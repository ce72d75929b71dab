"""Offers: the questions a viewer was asked to choose from, and reading their choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.fuzz import ratio

from streambot.domain.faq.entry import FaqId
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.numerals import numeral
from streambot.domain.product import ProductId


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One of the questions offered: its entry, the words shown, and the product it is about."""

    entry: FaqId
    words: str
    product: ProductId | None = None
    link: int | None = None


class Refused(StrEnum):
    """The viewer meant none of what was offered."""

    ALL = "all"


_COUNTED = re.compile(
    r"(?:我?(?:问|说|想问|选|要)?(?:的?是)?)?第?(\d|[一二两三]|[①②③])(?:[个条种]|号)?(?:吧|啊|呀)?"
)
_FIRST = re.compile(r"前(?:面(?:那|的)?[个条]?|者)|first|the first(?: one)?")
_LAST = re.compile(
    r"后(?:面(?:那|的)?[个条]?|者)|最后(?:一|那)?[个条]?|last|the last(?: one)?|second"
)
_YES = re.compile(
    r"(?:是|对|嗯|恩|好|没错|可以|ok|yes|yeah|yep|right)(?:的|呀|啊|呢|是|对|了|就是这个|就这个)*|就是(?:这个|它)?"
)
_NO = re.compile(
    r"(?:都|也)?不(?:是|对|是这个)(?:的|这些|哦)?|no|none|neither|不是这个意思"
)
_LIKE = 75.0


def choice(text: str, offers: Sequence[Offer]) -> Offer | Refused | None:
    """Which of *offers* a line picks; ``Refused`` none of them, None: it is another matter."""
    plain = normalise(text)
    if not offers or not plain or len(plain) > 16:
        return None
    counted = _COUNTED.fullmatch(plain)
    if counted is not None:
        number = numeral(counted.group(1))
        by_link = [each for each in offers if each.link == number]
        if by_link or "号" in plain:  # a link's number, whatever its place in the list
            return by_link[0] if by_link else None
        return offers[number - 1] if number and number <= len(offers) else None
    if _FIRST.fullmatch(plain):
        return offers[0]
    if len(offers) > 1 and _LAST.fullmatch(plain):
        return offers[-1]
    if _NO.fullmatch(plain):
        return Refused.ALL
    if _YES.fullmatch(plain):
        return offers[0] if len(offers) == 1 else None
    return _said_again(plain, offers)


def _said_again(plain: str, offers: Sequence[Offer]) -> Offer | None:
    """The one offer whose words the line repeats."""
    if len(plain) < 2:
        return None
    words = {offer: normalise(offer.words) for offer in offers}
    holding = [offer for offer, said in words.items() if plain in said]
    if len(holding) != 1:
        holding = [
            offer for offer, said in words.items() if ratio(plain, said) >= _LIKE
        ]
    return holding[0] if len(holding) == 1 else None
