"""Measures: how a line and a phrasing of an entry compare, each a number the decision weighs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import msgspec
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from streambot.domain.faq.forms import Forms
from streambot.domain.faq.gist import Gists
from streambot.domain.faq.index import Numbers, PhraseIndex, Weights
from streambot.domain.faq.terms import is_content


class Asked:
    """A line made ready to be compared with the phrasings of one index.

    What only a close look needs is made there: most lines never get one.
    """

    def __init__(self, forms: Forms, index: PhraseIndex) -> None:
        self._index = index
        self.plain = forms.plain
        self.terms = forms.terms
        self.gist = forms.gist
        self.signs = forms.signs
        self.weight = index.weigh(forms.terms) or 1e-9
        self.latin = forms.plain.isascii()

    @cached_property
    def _known(self) -> list[tuple[float, str]]:
        """The terms that some phrasing holds, with what each tells."""
        knows, weight = self._index.knows, self._index.weight
        return [(weight(term), term) for term in self.terms if knows(term)]

    def tells_of(self, terms: frozenset[str]) -> float:
        """What those of its terms tell together that are among *terms* of a phrasing."""
        return sum([weight for weight, term in self._known if term in terms])

    @cached_property
    def content(self) -> tuple[tuple[float, str], ...]:
        """What the line names, the most telling first."""
        return self._index.by_weight(filter(is_content, self.terms))

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The pack's concepts in it."""
        return _concepts(self.terms)


class Near(msgspec.Struct, frozen=True):
    """How near a line's gist is to an entry's.

    ``gist`` is the cosine with its nearest phrasing, ``lead`` what that is above the nearest of
    any other entry, ``entry`` the cosine with all its phrasings together.
    """

    gist: float
    lead: float
    entry: float

    def measures(self, *, latin: bool) -> tuple[float, ...]:
        """As measures, which keep Latin lines apart: their gists are coarser."""
        if latin:
            return 0.0, 0.0, self.gist, self.lead, 0.0, self.entry
        return self.gist, self.lead, 0.0, 0.0, self.entry, 0.0


class Comparer:
    """Compares lines with the phrasings of one index."""

    def __init__(
        self,
        index: PhraseIndex,
        plain: Sequence[str],
        owners: Sequence[int],
    ) -> None:
        self._index = index
        self._plain = plain
        self._owners = owners
        self._gists = Gists.of(plain)
        self._entries = self._gists.of_groups(owners)
        self._wordings: dict[int, list[str]] = {}
        for text, owner in zip(plain, owners, strict=True):
            self._wordings.setdefault(owner, []).append(text)
        self._content = [
            index.by_weight(filter(is_content, each)) for each in index.terms
        ]
        self._concepts = [_concepts(each) for each in index.terms]
        bags: dict[int, set[str]] = {}
        for number, owner in enumerate(owners):
            bags.setdefault(owner, set()).update(index.terms[number])
        self._bags = {owner: frozenset(bag) for owner, bag in bags.items()}
        self._bag_concepts = {owner: _concepts(bag) for owner, bag in bags.items()}

    def nearness(self, asked: Asked, numbers: Sequence[int] | Numbers) -> Weights:
        """The cosines of the line's gist with those of these phrasings."""
        return self._gists.cosines(asked.gist, numbers)

    def entry_nearness(self, asked: Asked, owners: Sequence[int]) -> list[float]:
        """The cosines of the line's gist with those of these entries, all phrasings together."""
        nearness: list[float] = self._entries.cosines(asked.gist, owners).tolist()
        return nearness

    def measures(
        self, asked: Asked, number: int, near: Near, *, alone: bool
    ) -> list[float]:
        """``MEASURES`` of a line and phrasing *number*.

        *alone*: the line may contradict others of the entry's phrasings, whose spelling then
        says nothing for it.
        """
        index, owner = self._index, self._owners[number]
        terms, theirs = asked.terms, index.terms[number]
        common, weight = asked.tells_of(theirs), index.weights[number]
        plain = self._plain[number]
        wordings = (plain,) if alone else self._wordings[owner]
        _, spelling, _ = extractOne(asked.plain, wordings, scorer=ratio)
        return [
            2 * common / (asked.weight + weight),
            common / weight if weight else 0.0,
            common / asked.weight,
            asked.tells_of(self._bags[owner]) / asked.weight,
            spelling / 100,
            _first_missing(asked.content, theirs),
            _first_missing(self._content[number], terms),
            min(1.0, abs(len(asked.plain) - len(plain)) / 10),
            *self._concept_measures(asked.concepts, number, owner),
            float(asked.plain == plain),
            *near.measures(latin=asked.latin),
        ]

    def _concept_measures(
        self, mine: frozenset[str], number: int, owner: int
    ) -> tuple[float, float, float, float]:
        theirs = self._concepts[number]
        if not mine:
            return 0.0, 0.0, 0.0, min(3, len(theirs)) / 3
        bag = len(mine & self._bag_concepts[owner])
        both = len(mine & theirs)
        return (
            bag / len(mine),
            2 * both / (len(mine) + len(theirs)),
            min(3, len(mine) - bag) / 3,
            min(3, len(theirs) - both) / 3,
        )


def _first_missing(
    content: tuple[tuple[float, str], ...], terms: frozenset[str]
) -> float:
    """What the most telling term tells that isn't among *terms*."""
    for telling, term in content:
        if term not in terms:
            return telling
    return 0.0


def _concepts(terms: frozenset[str] | set[str]) -> frozenset[str]:
    return frozenset(term for term in terms if term[0] == "#")


def line_measures(
    asked: Asked, ranked: Sequence[Sequence[float]], index: PhraseIndex, asks: bool
) -> list[float]:
    """``LINE_MEASURES`` of a line, given the measures of its nearest entries."""
    told = sum([telling for telling, _ in asked.content])
    known = sum([telling for telling, term in asked.content if index.knows(term)])
    unknown = 1 - known / told if told else 0.0
    latin = float(asked.latin)
    return [
        min(len(asked.plain), 12) / 12,
        unknown,
        latin,
        float(asks),
        min(3, len(asked.concepts)) / 3,
        latin * (1 - unknown),
        max((each[0] for each in ranked), default=0.0),
        max((each[3] for each in ranked), default=0.0),
        max((max(each[13], each[15]) for each in ranked), default=0.0),
    ]
