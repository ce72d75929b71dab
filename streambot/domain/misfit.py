"""Misfit: why an entry that is near a line must not answer it - its form, product or language."""

from __future__ import annotations

from streambot.domain.catalogue_lookup import speaks_of_product
from streambot.domain.faq.context import fits_place, in_place, leaning
from streambot.domain.faq.match import Candidate, FaqMatch
from streambot.domain.faq.question_form import (
    asks_of_mishaps,
    contradicts_form,
    is_english,
    tells_of_mishap,
)
from streambot.domain.faq.redecide import redecided
from streambot.domain.faq.slots import read_slots
from streambot.domain.shelf import Pointed
from streambot.domain.understanding import Understanding


def takes_place(
    text: str, question: str, match: FaqMatch, understanding: Understanding
) -> bool:
    """Whether a size or colour put before a question belongs there.

    It does where the phrasing found speaks of one, or the answer of the product.
    """
    word = leaning(text)
    if word is None or not question.startswith(word) or not match.candidates:
        return True
    if in_place(question, word) is None:
        return True
    best = match.candidates[0]
    entry = understanding.entries.get(best.entry)
    of_product = entry is not None and any(map(speaks_of_product, entry.answers))
    return of_product or fits_place(word, best.phrasing)


def without_misfits(
    match: FaqMatch, text: str, about: Pointed, understanding: Understanding
) -> FaqMatch:
    """*match* without what the line's form, products or language speak against."""
    entries = understanding.entries
    english = is_english(text) and any(
        each.veto is None
        and each.entry in entries
        and entries[each.entry].language == "en"
        and max(each.score, each.alone) >= understanding.settings.suggest_at
        for each in match.candidates
    )

    mishap = tells_of_mishap(text)

    def speaks_against(candidate: Candidate) -> str | None:
        if contradicts_form(text, candidate.phrasing):
            return "form"
        if mishap and not _knows_mishaps(candidate, understanding):
            return "form"
        if about.explicit and _is_of_another(candidate.phrasing, about, understanding):
            return "product"
        if (
            english
            and candidate.entry in entries
            and entries[candidate.entry].language != "en"
        ):
            return "language"
        return None

    return redecided(match, text, speaks_against, entries, understanding.settings)


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
