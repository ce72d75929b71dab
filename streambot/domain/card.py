"""Card: which tickets ask the same, so that one answer may reach all who ask.

A card that holds two questions answers one of them wrongly before everybody, while two cards of one
question only cost a second click. So a card's key holds everything that can make two lines differ:
numbers, bodies, links, sizes, opposites, why against how, and the products they are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from streambot.domain.faq.match import FaqMatch
from streambot.domain.faq.normalise import folded, normalise
from streambot.domain.faq.slots import read_slots
from streambot.domain.product import ProductId
from streambot.domain.ticket import Ticket
from streambot.domain.understanding import Understanding

#: Who asks so soon after the public answer gets it too.
LATE = timedelta(minutes=2)
#: What changes nothing about a question; 运费 and 运费险 differ by one character, so little else may.
_FILLER = re.compile("请问|想问|主播|老板|你们|咱们|一下|亲|[吗呢么的啊呀吧]")
#: A number, and whether it is a bound: 满99 is not 99元.
_DIGITS = re.compile(r"(?:满|够|超过?|多于|不到|不足|少于)?\d+(?:\.\d+)?")


def card_of(
    match: FaqMatch, text: str, book: Understanding, shown: ProductId | None
) -> str:
    """The question by which tickets share a card; *shown*: what 这个 means."""
    return "|".join((_question(match, text), *_signs(text, book, shown)))


def _question(match: FaqMatch, text: str) -> str:
    if match.intent is not None:
        return f"intent:{match.intent}"
    asked = bare(text)
    best = next((each for each in match.candidates if each.veto is None), None)
    if best is not None and asked == bare(best.phrasing):
        return f"faq:{best.entry}"
    return f"text:{asked}"


def bare(text: str) -> str:
    """What is left of a question without its courtesies; all of it where that is nothing."""
    plain = normalise(text)
    return _FILLER.sub("", plain) or plain


def _signs(text: str, book: Understanding, shown: ProductId | None) -> Iterator[str]:
    plain = folded(text)
    slots, signs = read_slots(plain), book.opposites.signs(normalise(text))
    yield from sorted(signs.numbers | signs.body | signs.links | set(slots.sizes))
    yield from sorted(f"#{number}" for number in _DIGITS.findall(plain))
    for number, sides in sorted(signs.sides.items()):
        yield f"{number}:{'/'.join(sorted(sides))}"
    yield signs.manner.value
    about = book.shelf.pointed(plain, slots, shown=shown)
    yield from sorted(product.id for product in about.products)


def is_alone(ticket: Ticket) -> bool:
    """Whether it can share its card with no other: nothing tells what it asks, or it is private."""
    return ticket.card == ticket.id


def asks_only_this(ticket: Ticket) -> bool:
    """Whether its viewer wrote nothing since: who wrote on has a matter of their own."""
    return ticket.heard == (ticket.trigger,)
