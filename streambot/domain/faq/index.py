"""PhraseIndex: finds the few phrasings that share rare terms with a line, at any book's size."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from streambot.domain.faq.concepts import ConceptTagger
from streambot.domain.faq.terms import further_terms, is_lone_sound, plain_terms, size

#: Postings read per line; the rarest terms first, so common ones are cut.
_POSTINGS = 800
#: Phrasings compared closely.
CLOSEST = 24
#: Up to so many phrasings a sum over all is quicker than sorting what was read.
_FEW = 6_000
#: Sums of the same weights in another order differ behind this.
_DIGITS = 9
#: Sums of the same weights in another order differ by less than this.
_ALMOST = 1 - 1e-9


Numbers = npt.NDArray[np.integer[Any]]
Weights = npt.NDArray[np.float64]


class Closest(NamedTuple):
    """Phrasings by number, and what each shares with a line, by weight."""

    numbers: Numbers
    shared: Weights


_NOTHING = Closest(np.empty(0, np.int64), np.empty(0))


class _Posting(NamedTuple):
    """The phrasings that hold a term, and what it tells."""

    numbers: npt.NDArray[np.int32]
    worth: float


class PhraseIndex:
    """An inverted index over normalised phrasings; look-ups cost nearly the same at any size."""

    def __init__(
        self,
        phrasings: Sequence[str],
        tagger: ConceptTagger,
        further_words: Iterable[str] = (),
    ) -> None:
        """Index *phrasings*; *further_words* are known as well, and lead to none of them."""
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
        self.weights = tuple(self.weigh(terms) for terms in self.terms)
        self.heavy: Weights = np.array(self.weights, np.float64)
        postings = self._rarest_first()
        self._place = {term: place for place, term in enumerate(postings)}
        self._postings = tuple(postings.values())
        self._hints = self._words_that_lead_here()
        known = {term for term in self._hints if len(term) == 1}.union(*further_words)
        self._known_runs = re.compile(f"[a-z0-9 {re.escape(''.join(sorted(known)))}]+")

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

    def knows(self, term: str) -> bool:
        """Whether a phrasing holds *term*."""
        return term in self._weight

    def leads_nowhere(self, text: str, share: float) -> bool:
        """Whether the characters of *text* alone tell that it is foreign.

        A pair can be known only where both its characters are.
        """
        runs = self._known_runs.findall(text)
        characters = sum(map(len, runs))
        return 2 * characters - len(runs) < share * (2 * len(text) - 1)

    def is_foreign(self, text: str, share: float) -> bool:
        """Whether normalised *text* leads to no phrasing that shares *share* of what it tells.

        So it is with most lines of a room: a common character or two, and nothing else.
        """
        if self.leads_nowhere(text, share):
            return True
        plain = plain_terms(text)
        known = plain & self._hints
        if not known:
            return True
        weight, rarest = self._weight.get, self._rarest
        most = sum([weight(term) or rarest for term in known])
        unseen = (len(plain) - len(known)) * rarest
        return most < share * (most + unseen) * _ALMOST

    def closest(self, terms: frozenset[str], whole: float) -> Closest:
        """The ``CLOSEST`` phrasings most like *terms*, which weigh *whole*.

        Single sounds lead nowhere by themselves: there are too few of them. The earlier phrasing
        where two tie.
        """
        place = self._place
        postings: list[_Posting] = []
        sizes: list[int] = []
        read = 0
        for at in sorted([place[term] for term in terms if term in place]):
            posting = self._postings[at]
            size = len(posting.numbers)
            if read and read + size > _POSTINGS:
                break
            read += size
            postings.append(posting)
            sizes.append(size)
        if not postings:
            return _NOTHING
        every, worths = zip(*postings, strict=True)
        return self._best(np.concatenate(every), np.array(worths).repeat(sizes), whole)

    def _best(
        self, read: npt.NDArray[np.int32], worths: Weights, whole: float
    ) -> Closest:
        """The most alike of the phrasings *read*, each as often as a term led to it."""
        if len(self.weights) <= _FEW:
            every = np.bincount(read, worths)
            (numbers,) = every.nonzero()
            shared = every[numbers]
        else:
            numbers, places = np.unique(read, return_inverse=True)
            shared = np.bincount(places, worths)
        if len(numbers) > CLOSEST:
            alike = (shared / (whole + self.heavy[numbers])).round(_DIGITS)
            first = (-alike).argsort(kind="stable")[:CLOSEST]
            numbers, shared = numbers[first], shared[first]
        return Closest(numbers, np.asarray(shared, np.float64))

    def _rarest_first(self) -> dict[str, _Posting]:
        """By term, those first that lead to the fewest phrasings."""
        lists: dict[str, list[int]] = {}
        for number, terms in enumerate(self.terms):
            for term in terms:
                if not is_lone_sound(term):
                    lists.setdefault(term, []).append(number)
        return {
            term: _Posting(np.array(lists[term], np.int32), self._weight[term])
            for term in sorted(lists, key=lambda term: (len(lists[term]), term))
        }

    def by_weight(self, terms: Iterable[str]) -> tuple[tuple[float, str], ...]:
        """*terms* with what each tells beside an unknown character, the most telling first."""
        rarest = self._rarest
        telling = [(self.weight(term) / rarest, term) for term in terms]
        telling.sort(reverse=True)
        return tuple(telling)
