"""PhraseIndex: finds the few phrasings that share rare character pairs with a line."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

_LATIN = re.compile(r"[a-z]+|[0-9]+")
#: Postings read per line; the rarest terms first, so common ones are cut.
_POSTINGS = 600
#: Phrasings compared closely.
CLOSEST = 16


def terms_of(text: str) -> frozenset[str]:
    """The terms of normalised *text*: Chinese characters and pairs, Latin words and numbers."""
    terms: list[str] = []
    for run in re.split(r"([a-z0-9 ]+)", text) if not text.isascii() else [text]:
        if run.isascii():
            terms.extend(_LATIN.findall(run))
        else:
            terms.extend(run)
            terms.extend(map("".join, itertools.pairwise(run)))
    return frozenset(terms)


class PhraseIndex:
    """An inverted index over phrasings; look-ups cost the same at any book size, nearly."""

    def __init__(self, phrasings: Sequence[str]) -> None:
        self.terms = tuple(terms_of(phrasing) for phrasing in phrasings)
        seen = Counter(term for terms in self.terms for term in terms)
        total = len(phrasings) + 1
        self._unseen = math.log(total + 1)
        self._weight = {
            term: _size(term) * math.log(1 + total / count)
            for term, count in seen.items()
        }
        self._postings: dict[str, list[int]] = {}
        for number, terms in enumerate(self.terms):
            for term in terms:
                self._postings.setdefault(term, []).append(number)
        self.weights = tuple(self.weigh(terms) for terms in self.terms)

    def weight(self, term: str) -> float:
        """How much a term tells; one the book never saw tells most."""
        known = self._weight.get(term)
        return self._unseen * _size(term) if known is None else known

    def weigh(self, terms: Iterable[str]) -> float:
        """What *terms* tell together."""
        return sum(map(self.weight, terms))

    def closest(self, terms: frozenset[str]) -> Mapping[int, float]:
        """The phrasings that share most weight with *terms*, with what they share."""
        postings, weight = self._postings, self._weight
        known = [term for term in terms if term in postings]
        if not known:
            return {}
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
        if len(shared) <= CLOSEST:
            return shared
        best = sorted(shared, key=lambda number: (-shared[number], number))[:CLOSEST]
        return {number: shared[number] for number in best}


def _size(term: str) -> float:
    """A pair of characters, a word or a number tells more than a single character."""
    return 1.0 if len(term) > 1 else 0.45
