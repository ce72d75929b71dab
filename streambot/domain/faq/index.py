"""PhraseIndex: finds the few phrasings that share rare character pairs with a line."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import add

_ASCII = re.compile(r"([a-z0-9 ]+)")
_LATIN = re.compile(r"[a-z]+|[0-9]+")
#: Postings read per line; the rarest terms first, so common ones are cut.
_POSTINGS = 600
#: Phrasings compared closely.
CLOSEST = 16
#: Sums of the same weights in another order differ by less than this.
_ALMOST = 1 - 1e-9


def terms_of(text: str) -> frozenset[str]:
    """The terms of normalised *text*: Chinese characters and pairs, Latin words and numbers."""
    if text.isascii():
        return frozenset(_LATIN.findall(text))
    if _ASCII.search(text) is None:
        return frozenset(text).union(map(add, text, text[1:]))
    terms: list[str] = []
    for run in _ASCII.split(text):
        if run.isascii():
            terms.extend(_LATIN.findall(run))
        else:
            terms.extend(run)
            terms.extend(map(add, run, run[1:]))
    return frozenset(terms)


class PhraseIndex:
    """An inverted index over phrasings; look-ups cost the same at any book size, nearly."""

    def __init__(self, phrasings: Sequence[str]) -> None:
        same: dict[str, str] = {}  # phrasings share most of their terms
        self.terms = tuple(
            frozenset(same.setdefault(term, term) for term in terms_of(phrasing))
            for phrasing in phrasings
        )
        seen = Counter(term for terms in self.terms for term in terms)
        total = len(phrasings) + 1
        unseen = math.log(total + 1)
        self._unseen = (unseen * _size("x"), unseen * _size("xx"))  # the least first
        self._weight = {
            term: _size(term) * math.log(1 + total / count)
            for term, count in seen.items()
        }
        self._postings: dict[str, list[int]] = {}
        for number, terms in enumerate(self.terms):
            for term in terms:
                self._postings.setdefault(term, []).append(number)
        self._vocabulary = frozenset(self._weight)
        self.weights = tuple(self.weigh(terms) for terms in self.terms)

    def weigh(self, terms: Iterable[str]) -> float:
        """What *terms* tell together; one the book never saw tells most."""
        known, unseen = self._weight.get, self._unseen
        return sum([known(term) or unseen[len(term) > 1] for term in terms])

    def common(self, terms: frozenset[str], number: int) -> float:
        """What *terms* and phrasing *number* tell together."""
        return sum(map(self._weight.__getitem__, terms & self.terms[number]))

    def is_foreign(self, terms: frozenset[str], share: float) -> bool:
        """Whether no phrasing can share as much as *share* of what *terms* tell.

        So it is with most lines of a room: a common character or two, and nothing else.
        """
        known = terms & self._vocabulary
        most = sum(map(self._weight.__getitem__, known))
        unseen = (len(terms) - len(known)) * self._unseen[0]
        if not known or most < share * unseen * _ALMOST:
            return True
        return most < share * self.weigh(terms) * _ALMOST

    def closest(self, terms: frozenset[str]) -> Mapping[int, float]:
        """The phrasings that share most weight with *terms*, with what they share."""
        postings, weight = self._postings, self._weight
        known = list(terms & self._vocabulary)
        known.sort(key=lambda term: (len(postings[term]), term))
        shared: dict[int, float] = {}
        read = 0
        for term in known:
            numbers = postings[term]
            if read and read + len(numbers) > _POSTINGS:
                break
            read += len(numbers)
            worth = weight[term]
            for number in numbers:
                shared[number] = shared.get(number, 0.0) + worth
        return shared if len(shared) <= CLOSEST else _best(shared)


def _best(shared: Mapping[int, float]) -> Mapping[int, float]:
    """The ``CLOSEST`` that share most, best first; the earlier phrasing where two tie."""
    floor = sorted(shared.values(), reverse=True)[CLOSEST - 1]
    ranked = [number for number, worth in shared.items() if worth >= floor]
    ranked.sort(key=lambda number: (-shared[number], number))
    return {number: shared[number] for number in ranked[:CLOSEST]}


def _size(term: str) -> float:
    """A pair of characters, a word or a number tells more than a single character."""
    return 1.0 if len(term) > 1 else 0.45
