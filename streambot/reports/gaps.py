"""Gaps: the questions a book has no answer for, alike ones together, commonest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from streambot.domain.faq.concepts import ConceptTagger
from streambot.domain.faq.index import PhraseIndex
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.terms import plain_terms
from streambot.domain.faq.vetoes import Contradictions

#: Likeness from which two questions are one: letters, rare words, and one inside the other.
_ALIKE = 0.50
_LETTERS, _RARE, _WITHIN = 0.4, 0.3, 0.3
#: Cosine from which two questions are one whatever their words.
_SAME_MEANING = 0.90
#: Members of a group a line is compared with, and groups compared by meaning alone.
_MEMBERS, _LEADS = 3, 400
#: What politeness, address and the form of a question add to what is asked.
_FORM = re.compile(
    "主播|老板|掌柜|客服|姐姐|小姐姐|宝宝|家人们|亲们|请问|问一下|问下|想问|想知道|麻烦|"
    "能不能|可不可以|可以不可以|是不是|有没有|会不会|要不要|可以|能够|能|支持|"
    "这个|这款|这件|这条|这双|那个|那款|那件|你们家|你家|你们|咱们家|咱家|店里|"
    "吗|嘛|么|呢|啊|呀|吧|哦|的|了|不$"
)

#: Vectors of texts, for whoever has an encoder; the same number of them, or none.
Encode = Callable[[Sequence[str]], Sequence[Sequence[float]] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One unanswered question: its wordings, commonest first, how often and by how many asked."""

    questions: tuple[str, ...]
    count: int
    viewers: int


@dataclass(slots=True, kw_only=True)
class _Asked:
    """Lines that are the same once normalised; ``core`` is what they ask without its form."""

    plain: str
    core: str
    wordings: Counter[str] = field(default_factory=Counter)
    viewers: set[str] = field(default_factory=set)
    vector: Sequence[float] = ()

    @property
    def count(self) -> int:
        return self.wordings.total()


def find_gaps(
    lines: Iterable[tuple[str, str]],
    *,
    concepts: Mapping[str, Sequence[str]] | None = None,
    exclusive: Iterable[frozenset[str]] = (),
    encode: Encode | None = None,
) -> list[Gap]:
    """Gaps out of (text, viewer) of unanswered questions, most asked first, ties by text.

    Args:
        lines: unanswered questions with who asked.
        concepts: words for the same thing, by its name; they count as one word.
        exclusive: sets of words that rule each other out; they keep questions apart.
        encode: makes vectors, so that questions without a word in common can meet.
    """
    asked: dict[str, _Asked] = {}
    same = _Synonyms(concepts or {})
    for text, viewer in lines:
        plain = normalise(text)
        if not plain:
            continue
        one = asked.setdefault(plain, _Asked(plain=plain, core=same.core(plain)))
        one.wordings[text] += 1
        one.viewers.add(viewer)
    ranked = sorted(asked.values(), key=lambda one: (-one.count, one.plain))
    vectors = encode([one.plain for one in ranked]) if encode is not None else None
    for one, vector in zip(ranked, vectors or (), strict=False):
        one.vector = vector
    found = [_gap(group) for group in _Groups(ranked, exclusive).all()]
    return sorted(found, key=lambda gap: (-gap.count, gap.questions))


class _Synonyms:
    """Words of one concept become its first word, so that they are the same letters."""

    def __init__(self, concepts: Mapping[str, Sequence[str]]) -> None:
        self._first: dict[str, str] = {}
        for words in concepts.values():
            plain = list(filter(None, map(normalise, words)))
            self._first |= dict.fromkeys(plain, plain[0])
        longest_first = sorted(self._first, key=lambda word: (-len(word), word))
        self._words = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def core(self, plain: str) -> str:
        """What *plain* asks, without its form and in the concepts' own words."""
        said = self._words.sub(lambda found: self._first[found[0]], plain)
        return _FORM.sub("", said).strip() or said


class _Groups:
    """Each line joins the group it is most like, or leads one of its own."""

    def __init__(
        self, ranked: list[_Asked], exclusive: Iterable[frozenset[str]]
    ) -> None:
        self._ranked = ranked
        self._index = PhraseIndex([one.core for one in ranked], ConceptTagger({}))
        self._against = Contradictions(exclusive)
        self._signs = [self._against.signs(one.plain) for one in ranked]

    def all(self) -> list[list[_Asked]]:
        """The groups, by their leads' rank."""
        groups: dict[int, list[int]] = {}
        of: dict[int, int] = {}
        for number in range(len(self._ranked)):
            lead = self._lead(number, groups, of)
            groups.setdefault(lead, []).append(number)
            of[number] = lead
        return [[self._ranked[each] for each in group] for group in groups.values()]

    def _lead(
        self, number: int, groups: Mapping[int, list[int]], of: Mapping[int, int]
    ) -> int:
        one = self._ranked[number]
        terms, weight = self._index.terms[number], self._index.weights[number]
        closest = self._index.closest(terms, weight).numbers.tolist()
        near = {of[each] for each in closest if each in of}
        if one.vector:
            near.update(list(groups)[:_LEADS])
        likeness = {
            lead: max(self._alike(number, each) for each in groups[lead][:_MEMBERS])
            for lead in near
            if self._against.between(self._signs[number], self._signs[lead]) is None
        }
        best = max(likeness, key=lambda lead: (likeness[lead], -lead), default=None)
        return number if best is None or likeness[best] < _ALIKE else best

    def _alike(self, number: int, other: int) -> float:
        one, two = self._ranked[number], self._ranked[other]
        if (
            one.vector
            and two.vector
            and _cosine(one.vector, two.vector) >= _SAME_MEANING
        ):
            return 1.0
        ours, theirs = plain_terms(one.core), plain_terms(two.core)
        common = self._index.weigh(ours & theirs)
        weights = self._index.weigh(ours), self._index.weigh(theirs)
        return (
            _LETTERS * ratio(one.core, two.core) / 100
            + _RARE * common / (max(weights) or 1.0)
            + _WITHIN * common / (min(weights) or 1.0)
        )


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    size = sum(each * each for each in one) * sum(each * each for each in other)
    product = sum(a * b for a, b in zip(one, other, strict=True))
    return product / size**0.5 if size else 0.0


def _gap(group: list[_Asked]) -> Gap:
    wordings: Counter[str] = Counter()
    for one in group:
        wordings[max(one.wordings.items(), key=lambda item: (item[1], item[0]))[0]] = (
            one.count
        )
    ranked = sorted(
        wordings.items(), key=lambda item: (-item[1], len(item[0]), item[0])
    )
    return Gap(
        questions=tuple(text for text, _ in ranked),
        count=sum(one.count for one in group),
        viewers=len(set().union(*(one.viewers for one in group))),
    )
