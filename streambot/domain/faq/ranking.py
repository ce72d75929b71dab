"""Ranking: the few entries of a book that a line may ask for, each with its measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from streambot.domain.faq.likeness import Likeness
from streambot.domain.faq.measures import Asked
from streambot.domain.faq.prepared import PreparedBook
from streambot.domain.faq.vetoes import is_other_side

#: Entries compared closely, by the first look and with an encoder's help.
CLOSE, CLOSE_AGAIN = 8, 10
#: How much a gist, and a cosine of an encoder, count beside what two texts share.
_GIST, _COSINE = 0.6, 1.5
#: A spread of cosines is about so large; keeps the measure in the range of the others.
_SPREAD = 5.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry's most alike phrasing, how it compares, and what contradicts it."""

    phrasing: int
    measures: tuple[float, ...]
    contradicted: str | None = None


def rank(book: PreparedBook, asked: Asked, likeness: Likeness | None) -> list[Ranked]:
    """The entries nearest to *asked*, the best phrasing of each, best first by a coarse look.

    Where an encoder was asked its *likeness* brings phrasings of its own and adds measures.
    """
    shared = book.index.closest(asked.terms, asked.weight)
    cosines = {} if likeness is None else _by_number(book, likeness)
    numbers = list(dict.fromkeys((*shared, *cosines)))
    if not numbers:
        return []
    near = dict(zip(numbers, book.comparer.nearness(asked, numbers), strict=True))
    signs = book.contradictions.signs(asked.plain)
    weights, whole, owners = book.index.weights, asked.weight, book.owners
    best: dict[int, tuple[bool, float, int]] = {}
    against: dict[int, str | None] = {}
    for number in numbers:
        coarse = 2 * shared.get(number, 0.0) / (whole + weights[number])
        coarse += _GIST * near[number] + _COSINE * cosines.get(number, 0.0)
        against[number] = book.contradictions.between(signs, book.signs[number])
        known = best.get(owners[number])
        found = (against[number] is None, coarse, number)
        if known is None or found[:2] > known[:2]:
            best[owners[number]] = found
    most = CLOSE if likeness is None else CLOSE_AGAIN
    chosen = sorted(best, key=lambda owner: (-best[owner][1], owner))[:most]
    gists = _nearest(owners, near)
    leads = _leads(gists)
    encoded = _encoded(book, likeness, cosines)
    for owner in chosen:
        if is_other_side(signs, book.sides[owner]):
            against[best[owner][2]] = "exclusive"
    return [
        Ranked(
            number,
            (
                *book.comparer.measures(asked, number, gists[owner], leads[owner]),
                *encoded.get(owner, _FAR if likeness is not None else ()),
            ),
            against[number],
        )
        for owner in chosen
        for number in (best[owner][2],)
    ]


#: What stands for an entry of which an encoder said nothing.
_FAR = (0.0, 0.0, -0.1, 0.0)


def _by_number(book: PreparedBook, likeness: Likeness) -> dict[int, float]:
    """The cosines by phrasing; a phrase that several entries share stands for each."""
    return {
        number: cosine
        for phrase, cosine in likeness.cosines.items()
        for number in book.number_of.get(phrase, ())
    }


def _nearest(owners: list[int], by_number: Mapping[int, float]) -> dict[int, float]:
    nearest: dict[int, float] = {}
    for number, cosine in by_number.items():
        owner = owners[number]
        if cosine > nearest.get(owner, -1.0):
            nearest[owner] = cosine
    return nearest


def _encoded(
    book: PreparedBook, likeness: Likeness | None, cosines: Mapping[int, float]
) -> dict[int, tuple[float, float, float, float]]:
    """``ENCODED`` of every entry that the encoder compared."""
    if likeness is None or not cosines:
        return {}
    nearest = _nearest(book.owners, cosines)
    leads = _leads(nearest)
    every: dict[int, list[float]] = {}
    for number, cosine in cosines.items():
        every.setdefault(book.owners[number], []).append(cosine)
    spread = max(likeness.spread, 1e-6) * _SPREAD
    return {
        owner: (
            cosine,
            (cosine - likeness.mean) / spread,
            leads[owner] * 10,
            (sum(every[owner]) / len(every[owner]) - likeness.mean) / spread,
        )
        for owner, cosine in nearest.items()
    }


def _leads(nearest: Mapping[int, float]) -> dict[int, float]:
    """By how much each entry is nearer than the nearest other; negative for all but one."""
    first, second = -1.0, -1.0
    for cosine in nearest.values():
        if cosine > first:
            first, second = cosine, first
        elif cosine > second:
            second = cosine
    second = max(second, 0.0)
    return {
        owner: cosine - (second if cosine == first else first)
        for owner, cosine in nearest.items()
    }


def line_encoded(likeness: Likeness) -> tuple[float, ...]:
    """``LINE_ENCODED``: the nearest phrase, how far it stands out, and the book's mean."""
    top = max(likeness.cosines.values(), default=0.0)
    spread = max(likeness.spread, 1e-6) * _SPREAD
    return (top, (top - likeness.mean) / spread, likeness.mean)
