"""Rehearsal: what one more phrasing would change on lines whose right answer is known, and on real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import FaqMatch, MatchSettings
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.matching import Matcher
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.phrasing import Unfit, is_brought

_Questions = Callable[[FaqEntry], tuple[str, ...]]
#: Own examples of other entries that are tried; a book has its tests where it needs them.
_MOST_EXAMPLES = 3_000


class Kind(StrEnum):
    """Where a line comes from."""

    TEST = "test"  # an entry's own test
    PHRASING = "phrasing"  # a phrasing of the book
    UNSEEN = "unseen"  # a phrasing of the book, tried as if nobody had written it down
    LINE = "line"  # viewers said it


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A line that would be dealt with otherwise; entries are None where nothing is answered."""

    text: str
    times: int
    kind: Kind
    before: FaqId | None
    after: FaqId | None
    is_harm: bool = False  # it was right before, or is wrong after


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What adding the phrasing would do; ``tried`` counts the lines looked at."""

    changes: tuple[Change, ...]
    tried: int

    @property
    def answered(self) -> tuple[Change, ...]:
        """Lines of viewers that would get an answer now."""
        return tuple(each for each in self._lines if each.before is None)

    @property
    def switched(self) -> tuple[Change, ...]:
        """Lines of viewers that would be answered by another entry."""
        return tuple(each for each in self._lines if each.before and each.after)

    @property
    def lost(self) -> tuple[Change, ...]:
        """Lines of viewers that would not be answered any more."""
        return tuple(each for each in self._lines if each.after is None)

    @property
    def harms(self) -> tuple[Change, ...]:
        """Examples of the book that would go wrong."""
        return tuple(each for each in self.changes if each.is_harm)

    @property
    def _lines(self) -> tuple[Change, ...]:
        return tuple(each for each in self.changes if each.kind is Kind.LINE)

    def why_not(self) -> Unfit | None:
        """Why the phrasing must not be added: a test or a phrasing of the book would break."""
        broken = [each for each in self.harms if each.kind is not Kind.UNSEEN]
        if not broken:
            return None
        first = broken[0]
        other = str(first.before or first.after or "")
        return Unfit(
            code="breaks",
            zh=f"加了以后，书里的“{first.text}”就答错了（本来归“{other}”），共 {len(broken)} 处；"
            "请换个更清楚的说法，或改那一条。",
            en=f'With it "{first.text}" of "{other}" would be answered wrongly '
            f"({len(broken)} such examples): choose clearer words, or change that entry.",
            other=other,
        )


def rehearse(
    book: FaqBook,
    entry: FaqId,
    text: str,
    *,
    settings: MatchSettings,
    lines: Iterable[tuple[str, int]],
    at: datetime,
    matcher: Matcher | None = None,
) -> Rehearsal:
    """What *book* would do otherwise if *text* were a question of *entry*.

    *lines* are lines of viewers with how often they were said, *matcher* is the book's own, if it
    is there already. Builds up to three more, so not on a loop.
    """
    fuller = _with(book, entry, text)
    pair = _Pair(matcher or BookMatcher(book, settings), fuller, settings, at)
    given_up = _given_up(book, entry, text)
    near = pair.near(text) - {entry}
    changes: list[Change] = []
    tried = 0
    for kind, line, times, right, wrong in (
        *(each for each in _examples(book, near) if each[1] not in given_up),
        *((Kind.LINE, line, times, None, None) for line, times in lines),
    ):
        tried += 1
        changes += pair.change(kind, line, times, right, wrong)
    unseen = _left_out(book, near, pair.before.match(text, at=at))
    if unseen:
        bare = _without(book, unseen)
        before = BookMatcher(bare, settings)
        blind = _Pair(before, _with(bare, entry, text), settings, at)
        for owner, line in unseen.items():
            tried += 1
            changes += blind.change(Kind.UNSEEN, line, 1, owner, None)
    ranked = sorted(changes, key=lambda each: (not each.is_harm, -each.times))
    return Rehearsal(changes=tuple(ranked), tried=tried)


class _Pair:
    """The book as it is and as it would be, asked the same."""

    def __init__(
        self, before: Matcher, fuller: FaqBook, settings: MatchSettings, at: datetime
    ) -> None:
        self.before = before
        self.after = BookMatcher(fuller, settings)
        self._at = at

    def near(self, text: str) -> set[FaqId]:
        """Entries that come near *text*, now or then."""
        return {
            each.entry
            for matcher in (self.before, self.after)
            for each in matcher.match(text, at=self._at).candidates
        }

    def change(
        self,
        kind: Kind,
        text: str,
        times: int,
        right: FaqId | None,
        wrong: FaqId | None,
    ) -> Iterator[Change]:
        """What of *text* changes; *right* is the entry that must answer, *wrong* must not."""
        before = self.before.match(text, at=self._at).entry
        after = self.after.match(text, at=self._at).entry
        if before == after:
            return
        lost = before == right or (after is not None and after != right)
        harm = (right is not None and lost) or (wrong is not None and after == wrong)
        yield Change(
            text=text, times=times, kind=kind, before=before, after=after, is_harm=harm
        )


_Example = tuple[Kind, str, int, FaqId | None, FaqId | None]


def _examples(book: FaqBook, near: set[FaqId]) -> list[_Example]:
    """Tests of all entries, and the phrasings of those that come near."""
    found: list[_Example] = []
    for entry in book.entries:
        found += [(Kind.TEST, line, 1, entry.id, None) for line in entry.tests_match]
        found += [(Kind.TEST, line, 1, None, entry.id) for line in entry.tests_not]
    for entry in book.entries:
        if entry.id in near:
            asked = entry.questions
            found += [(Kind.PHRASING, line, 1, entry.id, None) for line in asked]
    return found[:_MOST_EXAMPLES]


def _left_out(book: FaqBook, near: set[FaqId], match: FaqMatch) -> dict[FaqId, str]:
    """Of each entry that comes near, the phrasing that does, where it has others."""
    several = {each.id for each in book.entries if len(each.questions) > 1}
    return {
        each.entry: each.phrasing
        for each in match.candidates
        if each.entry in near & several
    }


def _with(book: FaqBook, entry: FaqId, text: str) -> FaqBook:
    gone = _given_up(book, entry, text)
    fuller = _each(book, {entry}, lambda each: (*each.questions, text))
    if not gone:
        return fuller
    others = {each.id for each in book.entries} - {entry}
    return _each(
        fuller,
        others,
        lambda each: (
            tuple(asked for asked in each.questions if asked not in gone)
            or each.questions
        ),
    )


def _given_up(book: FaqBook, entry: FaqId, text: str) -> set[str]:
    """What other entries' intents brought in the same words: the merchant's own come first."""
    plain = normalise(text)
    return {
        asked
        for each in book.entries
        if each.id != entry and is_brought(each, plain)
        for asked in each.questions
        if normalise(asked) == plain
    }


def _without(book: FaqBook, unseen: dict[FaqId, str]) -> FaqBook:
    return _each(
        book,
        set(unseen),
        lambda each: tuple(
            asked for asked in each.questions if asked != unseen[each.id]
        ),
    )


def _each(book: FaqBook, which: set[FaqId], questions: _Questions) -> FaqBook:
    entries = tuple(
        replace(each, questions=questions(each)) if each.id in which else each
        for each in book.entries
    )
    return replace(book, entries=entries)
