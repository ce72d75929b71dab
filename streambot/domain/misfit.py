"""Misfit: why an entry that is near a line must not answer it - its form, product or language."""

from __future__ import annotations

import re

from streambot.domain.catalogue_lookup import speaks_of_product
from streambot.domain.faq.colours import is_colour
from streambot.domain.faq.context import fits_place, in_place, leaning
from streambot.domain.faq.entry import FaqId
from streambot.domain.faq.match import Candidate, FaqMatch, Outcome
from streambot.domain.faq.question_form import (
    asks_of_mishaps,
    contradicts_form,
    is_english,
    tells_of_mishap,
)
from streambot.domain.faq.readings import asks_size_of_host
from streambot.domain.faq.redecide import redecided
from streambot.domain.faq.size_names import sizes_named
from streambot.domain.faq.slots import Slots, read_slots
from streambot.domain.product import Product
from streambot.domain.shelf import Pointed
from streambot.domain.sizes import asks_for_body
from streambot.domain.understanding import Understanding

#: A phrasing that may speak of what the host wears.
_MAY_BE_OF_HOST = re.compile("主播|模特|身上|穿的|你")
#: What is asked of buying, sending and the show, which no colour changes.
_OF_THE_DEAL = re.compile(
    r"邮|运费|快递|物流|发货|[几多]少?[天久]|什么时候|退|换|发票|券|优惠|便宜|折|活动|[价钱付拍买播]|下单|客服|售后|送|赠|链接|"
    r"ship|deliver|post|refund|return|price|cost|pay|coupon|discount"
)


def takes_place(
    text: str, question: str, match: FaqMatch, understanding: Understanding
) -> bool:
    """Whether a size or colour put before a question belongs there.

    It does where the phrasing found speaks of one, or the answer of the product; a colour also
    where goods are asked about and not the deal: 黑色会掉色吗, but not 黑色包邮吗.
    """
    word = leaning(text)
    if word is None or not question.startswith(word) or not match.candidates:
        return True
    if in_place(question, word) is None:
        return True
    best = match.candidates[0]
    entry = understanding.entries.get(best.entry)
    of_product = entry is not None and any(map(speaks_of_product, entry.answers))
    if of_product or fits_place(word, best.phrasing):
        return True
    of_goods = is_colour(word) and _OF_THE_DEAL.search(question) is None
    return of_goods and match.outcome is Outcome.ANSWER


def is_told_of_others(text: str, match: FaqMatch) -> bool:
    """Whether a size or colour that *text* leans with has an answer only where it is another."""
    word = leaning(text)
    if word is None or match.outcome is not Outcome.HANDOFF:
        return False
    others = (each for each in match.candidates if each.veto == "exclusive")
    return any(fits_place(word, each.phrasing) for each in others)


def is_all_of_another(text: str, match: FaqMatch, understanding: Understanding) -> bool:
    """Whether an entry is asked of one size or colour only, and *text* leans with another."""
    word, entry = leaning(text), understanding.entries.get(match.entry or FaqId(""))
    if word is None or entry is None:
        return False
    return all(
        fits_place(word, question) and word not in question
        for question in entry.questions
    )


def without_misfits(
    match: FaqMatch,
    text: str,
    slots: Slots,
    about: Pointed,
    understanding: Understanding,
) -> FaqMatch:
    """*match* without what the line's form, *slots*, products or language speak against."""
    entries = understanding.entries
    english = is_english(text) and any(
        each.veto is None
        and each.entry in entries
        and entries[each.entry].language == "en"
        and max(each.score, each.alone) >= understanding.settings.suggest_at
        for each in match.candidates
    )

    told_body = bool(slots.heights and slots.weights)
    of_host = asks_size_of_host(text)
    mishap = tells_of_mishap(text)
    untold = _size_untold(match, text, about)

    def speaks_against(candidate: Candidate) -> str | None:
        if contradicts_form(text, candidate.phrasing):
            return "form"
        if mishap and not _knows_mishaps(candidate, understanding):
            return "form"
        if told_body and _asks_for_body(candidate, understanding):
            return "body"
        if of_host and not _MAY_BE_OF_HOST.search(candidate.phrasing):
            return "form"
        if about.explicit and _is_of_another(candidate.phrasing, about, understanding):
            return "product"
        if untold and _tells_stock_at_large(candidate, understanding):
            return "size"
        if (
            english
            and candidate.entry in entries
            and entries[candidate.entry].language != "en"
        ):
            return "language"
        return None

    return redecided(match, text, speaks_against, entries, understanding.settings)


def _size_untold(match: FaqMatch, text: str, about: Pointed) -> bool:
    """Whether *text* names a size of which the stock of the whole product says nothing.

    One that the product's table lacks; or any, where the book tells of some size by itself.
    """
    sizes = sizes_named(text)
    if not sizes:
        return False
    if any(
        each.veto is not None and sizes_named(each.phrasing)
        for each in match.candidates
    ):
        return True
    return any(
        product.sizes and not sizes <= _in_table(product) for product in about.products
    )


def _in_table(product: Product) -> frozenset[str]:
    return frozenset[str]().union(
        *(sizes_named(f"{row.size}码") for row in product.sizes)
    )


def _tells_stock_at_large(candidate: Candidate, understanding: Understanding) -> bool:
    """Whether an entry says whether a product is there, whichever its size."""
    entry = understanding.entries.get(candidate.entry)
    answers = () if entry is None else entry.answers
    return any("{product.stock}" in answer for answer in answers) and not all(
        map(sizes_named, () if entry is None else entry.questions)
    )


def _asks_for_body(candidate: Candidate, understanding: Understanding) -> bool:
    """Whether an entry's answer only asks for height and weight; figures tell something."""
    entry = understanding.entries.get(candidate.entry)
    return entry is not None and asks_for_body(entry.answers)


def _knows_mishaps(candidate: Candidate, understanding: Understanding) -> bool:
    """Whether an entry is asked about what went wrong: 发票丢了 is no 怎么开发票."""
    entry = understanding.entries.get(candidate.entry)
    asked = () if entry is None else entry.questions
    return any(map(asks_of_mishaps, (*asked, candidate.phrasing)))


def _is_of_another(phrasing: str, about: Pointed, understanding: Understanding) -> bool:
    """Whether *phrasing* names products, and none of those the line is about."""
    shelf = understanding.shelf
    links = read_slots(phrasing).links
    if links:
        ours = {product.link for product in about.products} | set(about.unknown)
        return ours.isdisjoint(links)
    named = shelf.named(phrasing)
    return bool(named) and named.isdisjoint(each.id for each in about.products)
