"""PhraseIndex: finds the few phrasings that share rare terms with a line, at any book's size."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from streambot.domain.faq.concepts import ConceptTagger
from streambot.domain.faq.terms import further_terms, plain_terms, size

#: Postings read per line; the rarest terms first, so common ones are cut.
_POSTINGS = 800
#: Phrasings compared closely.
CLOSEST = 24
#: Sums of the same weights in another order differ by less than this.
_ALMOST = 1 - 1e-9


class PhraseIndex:
    """An inverted index over normalised phrasings; look-ups cost nearly the same at any size."""

    def __init__(self, phrasings: Sequence[str], tagger: ConceptTagger) -> None:
        self.tagger = tagger
        same: dict[str, str] = {}  # phrasings share most of their terms
        self.terms = tuple(
            frozenset(same.setdefault(term, term) for term in self.terms_of(phrasing))
            for phrasing in phrasings
        )
        seen = Counter(term for terms in self.terms for term in terms)
        total = len(phrasings) + 1
        self._rarest = math.log(total + 1)
        self._weight = {
            term: size(term) * math.log(1 + total / count)
            for term, count in seen.items()
        }
        self._postings: dict[str, list[int]] = {}
        for number, terms in enumerate(self.terms):
            for term in terms:
                self._postings.setdefault(term, []).append(number)
        self.weights = tuple(self.weigh(terms) for terms in self.terms)
        self._hints = self._words_that_lead_here()

    def _words_that_lead_here(self) -> frozenset[str]:
        """Plain terms by which a line may share something, if only another word for it."""
        concepts = {term[1:] for term in self._weight if term[0] == "#"}
        words = self.tagger.words_of(concepts)
        return frozenset(self._weight).union(*map(plain_terms, words))

    def terms_of(self, text: str) -> frozenset[str]:
        """Every term of normalised *text*."""
        return plain_terms(text) | further_terms(text, self.tagger.tags(text))

    def weigh(self, terms: Iterable[str]) -> float:
        """What *terms* tell together; one the book never saw tells most."""
        known, rarest = self._weight.get, self._rarest
        return sum([known(term) or size(term) * rarest for term in terms])

    def weight(self, term: str) -> float:
        """What one *term* tells."""
        return self._weight.get(term) or size(term) * self._rarest

    @property
    def rarest(self) -> float:
        """What a character tells that the book never saw."""
        return self._rarest

    def knows(self, term: str) -> bool:
        """Whether a phrasing holds *term*."""
        return term in self._weight

    def is_foreign(self, plain: frozenset[str], share: float) -> bool:
        """Whether *plain* terms can't lead to a phrasing that shares *share* of what they tell.

        So it is with most lines of a room: a common character or two, and nothing else.
        """
        known = plain & self._hints
        if not known:
            return True
        weight, rarest = self._weight.get, self._rarest
        most = sum([weight(term) or rarest for term in known])
        unseen = (len(plain) - len(known)) * rarest
        return most < share * (most + unseen) * _ALMOST

    def closest(self, terms: frozenset[str], whole: float) -> Mapping[int, float]:
        """The phrasings most like *terms*, which weigh *whole*, with what they share."""
        postings, weight = self._postings, self._weight
        known = [term for term in terms if term in postings]
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
        return shared if len(shared) <= CLOSEST else self._best(shared, whole)

    def _best(self, shared: Mapping[int, float], whole: float) -> Mapping[int, float]:
        """The ``CLOSEST`` most alike, best first; the earlier phrasing where two tie."""
        weights = self.weights
        ranked = sorted(
            shared,
            key=lambda number: (-shared[number] / (whole + weights[number]), number),
        )
        return {number: shared[number] for number in ranked[:CLOSEST]}

    def common(self, terms: frozenset[str], number: int) -> float:
        """What *terms* and phrasing *number* tell together."""
        return sum(map(self._weight.__getitem__, terms & self.terms[number]))

    def tell(self, known: frozenset[str]) -> float:
        """What *known* terms tell together."""
        return sum(map(self._weight.__getitem__, known))

    def heaviest(self, terms: Iterable[str]) -> float:
        """What the most telling of *terms* tells, beside a character the book never saw."""
        return max(map(self.weight, terms), default=0.0) / self._rarest
