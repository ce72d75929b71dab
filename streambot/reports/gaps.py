"""Gaps: the questions a book has no answer for, alike ones together, commonest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from streambot.domain.faq.index import PhraseIndex, terms_of
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.vetoes import Contradictions

#: Likeness from which two questions are one: half by their letters, half by their rare words.
_ALIKE = 0.50


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One unanswered question: its wordings, commonest first, how often and by how many asked."""

    questions: tuple[str, ...]
    count: int
    viewers: int


@dataclass(slots=True, kw_only=True)
class _Asked:
    """Lines that are the same once normalised."""

    plain: str
    wordings: Counter[str] = field(default_factory=Counter)
    viewers: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        return self.wordings.total()


def find_gaps(lines: Iterable[tuple[str, str]]) -> list[Gap]:
    """Gaps out of (text, viewer) of unanswered questions, most asked first, ties by text."""
    asked: dict[str, _Asked] = {}
    for text, viewer in lines:
        plain = normalise(text)
        if not plain:
            continue
        one = asked.setdefault(plain, _Asked(plain=plain))
        one.wordings[text] += 1
        one.viewers.add(viewer)
    ranked = sorted(asked.values(), key=lambda one: (-one.count, one.plain))
    found = [_gap(group) for group in _grouped(ranked)]
    return sorted(found, key=lambda gap: (-gap.count, gap.questions))


def _grouped(ranked: list[_Asked]) -> list[list[_Asked]]:
    """Each line joins the most asked one that it is like, or leads a group of its own."""
    index = PhraseIndex([one.plain for one in ranked])
    against = Contradictions()
    leads: dict[int, list[_Asked]] = {}
    for number, one in enumerate(ranked):
        near = index.closest(index.terms[number])
        signs = against.signs(one.plain)
        lead = next(
            (
                other
                for other in sorted(near.keys() & leads.keys())
                if _alike(index, one.plain, ranked[other].plain) >= _ALIKE
                and against.between(signs, against.signs(ranked[other].plain)) is None
            ),
            number,
        )
        leads.setdefault(lead, []).append(one)
    return list(leads.values())


def _alike(index: PhraseIndex, one: str, other: str) -> float:
    ours, theirs = terms_of(one), terms_of(other)
    common = index.weigh(ours & theirs)
    least = max(index.weigh(ours), index.weigh(theirs)) or 1.0
    return 0.5 * ratio(one, other) / 100 + 0.5 * common / least


def _gap(group: list[_Asked]) -> Gap:
    wordings: Counter[str] = Counter()
    for one in group:
        wordings[max(one.wordings.items(), key=lambda item: (item[1], item[0]))[0]] = (
            one.count
        )
    ranked = sorted(wordings.items(), key=lambda item: (-item[1], item[0]))
    return Gap(
        questions=tuple(text for text, _ in ranked),
        count=sum(one.count for one in group),
        viewers=len(set().union(*(one.viewers for one in group))),
    )
