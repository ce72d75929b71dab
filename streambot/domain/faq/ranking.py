"""Ranking: the few entries of a book that a line may ask for, each with its measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf

import msgspec
import numpy as np

from streambot.domain.faq.likeness import Likeness
from streambot.domain.faq.measures import Asked, Near
from streambot.domain.faq.prepared import PreparedBook
from streambot.domain.faq.vetoes import Signs, is_other_side

#: Entries compared closely, by the first look and with an encoder's help.
CLOSE, CLOSE_AGAIN = 8, 10
#: What is so much less alike than the nearest isn't compared closely.
_WORTH = 0.4
#: Whose nearest entry is only so alike is compared with none: questions, other lines, and
#: questions that sound like talk.
_HOPELESS, _HOPELESS_TALK = (0.28, 0.36), 0.45
_LISTED = 5
#: How much a gist, and a cosine of an encoder, count beside what two texts share.
_GIST, _COSINE = 0.6, 1.5
#: How near two questions are that have nothing to do with each other: decision 5.
_UNLIKE = 0.84
#: A spread of cosines is about so large; keeps the measure in the range of the others.
_SPREAD = 5.0


class Ranked(msgspec.Struct, frozen=True):
    """An entry's most alike phrasing, how it compares, and what contradicts it."""

    phrasing: int
    measures: tuple[float, ...]
    contradicted: str | None = None
    coarse: float = 0.0  # only of what was not compared closely


def rank(
    book: PreparedBook,
    asked: Asked,
    likeness: Likeness | None,
    *,
    talks: Callable[[], bool] | None = lambda: False,
    at_least: float = -inf,
) -> list[Ranked]:
    """The entries nearest to *asked*, the best phrasing of each, best first by a coarse look.

    Where an encoder was asked its *likeness* brings phrasings of its own and adds measures.
    What even the coarse look finds hopeless, as most of a room's chatter, has no measures; where
    nothing is *at_least* so much alike, there is nothing at all.

    *talks* tells whether the question sounds like talk, and is asked only where that matters;
    None of a line that asks nothing.
    """
    numbers, shared = book.index.closest(asked.terms, asked.weight)
    cosines = {} if likeness is None else _by_number(book, likeness)
    if cosines:
        more = sorted(cosines.keys() - set(numbers.tolist()))
        numbers = np.concatenate((numbers, np.array(more, numbers.dtype)))
        shared = np.concatenate((shared, np.zeros(len(more))))
    if not len(numbers):
        return []
    near = book.comparer.nearness(asked, numbers)
    alike = 2 * shared / (asked.weight + book.index.heavy[numbers]) + _GIST * near
    places = numbers.tolist()
    if cosines:
        alike += _COSINE * np.array([cosines.get(number, 0.0) for number in places])
    if alike.max() < at_least:
        return []
    best = _best_of_entries(book, asked.signs, zip(places, alike.tolist(), strict=True))
    nearest = max([each.coarse for each in best.values()])
    if likeness is None and _is_hopeless(nearest, talks):
        return _unlikely(best)
    floor = _WORTH * nearest
    worth = [owner for owner, each in best.items() if each.coarse >= floor]
    worth.sort(key=lambda owner: (-best[owner].coarse, owner))
    close = worth[: CLOSE if likeness is None else CLOSE_AGAIN]
    gists = _nearest(book.owners, zip(places, near.tolist(), strict=True))
    leads = _leads(gists)
    whole = book.comparer.entry_nearness(asked, close)
    encoded = _encoded(book, likeness, cosines)
    far = _FAR if likeness is not None else ()
    signs = asked.signs
    ranked: list[Ranked] = []
    for owner, entry in zip(close, whole, strict=True):
        number, against = best[owner].phrasing, best[owner].against
        near_it = Near(gists[owner], leads[owner], entry)
        measures = book.comparer.measures(asked, number, near_it, alone=signs.speak)
        other_side = is_other_side(signs, book.sides[owner])
        ranked.append(
            Ranked(
                number,
                (*measures, *encoded.get(owner, far)),
                "exclusive" if other_side else against,
            )
        )
    return ranked


def _is_hopeless(nearest: float, talks: Callable[[], bool] | None) -> bool:
    """Whether a line whose *nearest* entry is so alike surely asks for none."""
    if nearest < _HOPELESS[talks is None]:
        return True
    return talks is not None and nearest < _HOPELESS_TALK and talks()


def _unlikely(best: Mapping[int, _Best]) -> list[Ranked]:
    """The nearest entries of a line that surely asks for none of them."""
    owners = sorted(best, key=lambda owner: (-best[owner].coarse, owner))[:_LISTED]
    return [
        Ranked(best[owner].phrasing, (), best[owner].against, best[owner].coarse)
        for owner in owners
    ]


class _Best(msgspec.Struct, frozen=True):
    """The phrasing that stands for an entry, by the coarse look."""

    coarse: float
    phrasing: int
    against: str | None


def _best_of_entries(
    book: PreparedBook, signs: Signs, alike: Iterable[tuple[int, float]]
) -> dict[int, _Best]:
    """For each entry the most alike phrasing, one that nothing contradicts if it has any.

    *alike* tells of each phrasing how much it is.
    """
    owners = book.owners
    between = book.contradictions.between if signs.speak else None
    best: dict[int, _Best] = {}
    for number, coarse in alike:
        owner = owners[number]
        against = None if between is None else between(signs, book.signs[number])
        known = best.get(owner)
        if (
            known is None
            or (known.against is not None and against is None)
            or (coarse > known.coarse and (against is None) is (known.against is None))
        ):
            best[owner] = _Best(coarse, number, against)
    return best


#: What stands for an entry of which an encoder said nothing.
_FAR = (0.0, 0.0, -0.1, 0.0)


def _by_number(book: PreparedBook, likeness: Likeness) -> dict[int, float]:
    """The cosines by phrasing; a phrase that several entries share stands for each."""
    return {
        number: cosine
        for phrase, cosine in likeness.cosines.items()
        for number in book.number_of.get(phrase, ())
    }


def _nearest(
    owners: Sequence[int], by_number: Iterable[tuple[int, float]]
) -> dict[int, float]:
    nearest: dict[int, float] = {}
    for number, cosine in by_number:
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
    nearest = _nearest(book.owners, cosines.items())
    leads = _leads(nearest, _UNLIKE)
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


def _leads(nearest: Mapping[int, float], unlike: float = 0.0) -> dict[int, float]:
    """By how much each entry is nearer than the nearest other; negative for all but one.

    One that is alone leads what is *unlike* it: a book's only entry isn't meant by whatever is asked.
    """
    first, second = -1.0, -1.0
    for cosine in nearest.values():
        if cosine > first:
            first, second = cosine, first
        elif cosine > second:
            second = cosine
    second = max(second, 0.0 if len(nearest) > 1 else unlike)
    return {
        owner: cosine - (second if cosine == first else first)
        for owner, cosine in nearest.items()
    }


def line_encoded(likeness: Likeness) -> tuple[float, ...]:
    """``LINE_ENCODED``: the nearest phrase, how far it stands out, and the book's mean."""
    top = max(likeness.cosines.values(), default=0.0)
    spread = max(likeness.spread, 1e-6) * _SPREAD
    return (top, (top - likeness.mean) / spread, likeness.mean)
