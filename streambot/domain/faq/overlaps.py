"""Overlaps: phrasings that two entries of one book could both be asked by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rapidfuzz.fuzz import ratio

from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.normalise import normalise

#: Phrasings looked at; a book beyond it is told so.
MOST_LOOKED_AT = 20_000
#: Letters two questions share at least: a keyword that reaches far is no overlap.
_ALIKE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """``question`` of ``entry`` is like ``phrasing`` of ``other``, as sure as ``score``.

    ``stray``: were it not written down, ``other`` would answer it.
    """

    entry: FaqId
    question: str
    other: FaqId
    phrasing: str
    score: float
    stray: bool = False


def find_overlaps(
    book: FaqBook, settings: MatchSettings | None = None
) -> Sequence[Overlap]:
    """Questions of *book* that another entry would answer, too, in order.

    Each question is matched once, so the cost grows with the book and not with its square.
    """
    settings = settings or MatchSettings()
    found = list(_rivals(book, settings))
    strays = _strays(book, settings, found) if found else frozenset()
    return [
        replace(each, stray=(each.entry, each.question) in strays) for each in found
    ]


def _rivals(book: FaqBook, settings: MatchSettings) -> Iterator[Overlap]:
    matcher = BookMatcher(book, settings)
    entries = {entry.id: entry for entry in book.entries}
    asked = (
        (entry, question) for entry in book.entries for question in entry.questions
    )
    for entry, question in islice(asked, MOST_LOOKED_AT):
        rival = _rival(matcher, entries, entry, question, settings.answer_at)
        if rival is not None:
            yield rival


def _rival(
    matcher: BookMatcher,
    entries: Mapping[FaqId, FaqEntry],
    entry: FaqEntry,
    question: str,
    sure: float,
) -> Overlap | None:
    plain = normalise(question)
    for each in matcher.match(question).candidates:
        if each.alone < sure or each.veto is not None:
            continue
        other, theirs = entries.get(each.entry), normalise(each.phrasing)
        if other is None or other.id == entry.id or not may_meet(entry, other):
            continue
        if theirs == plain or ratio(plain, theirs) < _ALIKE:
            continue  # the same question is a collision, told as such
        if theirs in map(normalise, entry.not_questions):
            continue  # the merchant keeps the two apart already
        return Overlap(
            entry=entry.id,
            question=question,
            other=other.id,
            phrasing=each.phrasing,
            score=each.alone,
        )
    return None


def _strays(
    book: FaqBook, settings: MatchSettings, found: Sequence[Overlap]
) -> frozenset[tuple[FaqId, str]]:
    """Those that the other entry answers in a book that doesn't hold them.

    Two of a pair are left out one after the other: without both, neither would be answered.
    """
    order = {entry.id: number for number, entry in enumerate(book.entries)}
    strays: set[tuple[FaqId, str]] = set()
    for forward in (True, False):
        some = [
            each for each in found if (order[each.entry] < order[each.other]) is forward
        ]
        strays |= _answered_elsewhere(book, settings, some) if some else set()
    return frozenset(strays)


def _answered_elsewhere(
    book: FaqBook, settings: MatchSettings, doubted: Sequence[Overlap]
) -> set[tuple[FaqId, str]]:
    gone = {(each.entry, each.question) for each in doubted}
    entries = []
    for entry in book.entries:
        kept = tuple(
            asked for asked in entry.questions if (entry.id, asked) not in gone
        )
        if not kept:  # it says nothing else: whose questions these are is plain
            kept = entry.questions
            gone -= {(entry.id, asked) for asked in kept}
        entries.append(replace(entry, questions=kept))
    matcher = BookMatcher(replace(book, entries=tuple(entries)), settings)
    strays = set()
    for each in doubted:
        match = matcher.match(each.question)
        answered = match.outcome is Outcome.ANSWER and match.entry == each.other
        if answered and (each.entry, each.question) in gone:
            strays.add((each.entry, each.question))
    return strays


def may_meet(one: FaqEntry, other: FaqEntry) -> bool:
    """Whether both may answer the same line: not when their products or times are apart."""
    if one.products and other.products and not set(one.products) & set(other.products):
        return False
    if bool(one.products) != bool(other.products):
        return False
    return _begins_in_time(one, other) and _begins_in_time(other, one)


def _begins_in_time(one: FaqEntry, other: FaqEntry) -> bool:
    """Whether *other* is in force before *one* ends."""
    ends = one.valid.until if one.valid else None
    begins = other.valid.since if other.valid else None
    return ends is None or begins is None or begins <= ends
