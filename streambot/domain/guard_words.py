"""GuardWords: the words of all rules, found in a line at the cost of the few that could be in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import add

from streambot.domain.guard_denial import denied, shares_denial
from streambot.domain.guard_notation import ITSELF, WILD, expression, plain_letters
from streambot.domain.guard_rules import GuardRule, Where
from streambot.domain.guard_view import APART, together

#: How far around a word its context is looked for.
_AROUND = 40
#: Words of one line that one rule names; nobody reads more remarks.
_MOST_SPOTS = 24
#: The commonest characters of shop talk, commonest first: poor signs of a word.
_COMMON = "的了您亲好有是可以这那最我们个在不哦下请到发一码天款链接就都都大小能要看号后"
_MENTIONS = re.compile(r"(?:@\S{1,24} )*[\s，,。.、!?…~^*-]{0,8}")


def _sign(way: str) -> str:
    """The two neighbours in *way*, or the one character, that lines hold most rarely."""
    pairs = [
        one + two for one, two in pairwise(way) if one not in WILD and two not in WILD
    ]
    return min(pairs or plain_letters(way), key=_commonness)


def _commonness(sign: str) -> tuple[bool, int]:
    """How common the characters of *sign* are in shop talk; Latin ones are in all names."""
    ranks = (len(_COMMON) - _COMMON.find(char) for char in sign if char in _COMMON)
    return sign.isascii(), sum(ranks)


@dataclass(frozen=True, slots=True)
class Spotted:
    """A rule's word in a view: rule number, place, and what to say instead."""

    rule: int
    start: int
    end: int
    instead: str | None


@dataclass(frozen=True, slots=True)
class _Word:
    rule: int
    text: str
    expression: str | None  # None: *text* stands as it is
    instead: str | None

    @property
    def shape(self) -> re.Pattern[str] | None:
        return None if self.expression is None else _compiled(self.expression)

    def spots(self, view: str) -> Iterator[Spotted]:
        shape = self.shape
        if shape is None:
            at = view.find(self.text)
            while at >= 0:
                yield Spotted(self.rule, at, at + len(self.text), self.instead)
                at = view.find(self.text, at + 1)
            return
        for found in shape.finditer(view):
            yield Spotted(self.rule, found.start(), found.end(), self.instead)


@dataclass(frozen=True, slots=True)
class _Context:
    """Where a word is no offence: what holds it, or what stands before and after it."""

    holds: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    @classmethod
    def of(cls, way: str) -> _Context:
        if ITSELF not in way:
            return cls(re.compile(expression(way)), None, None)
        before, after = way.split(ITSELF, 1)
        return cls(
            None,
            re.compile(expression(before) + r"\Z") if before else None,
            re.compile(expression(after)) if after else None,
        )

    def excuses(self, spot: Spotted, text: str) -> bool:
        near = max(0, spot.start - _AROUND)
        if self.holds is not None:
            return any(
                found.start() <= spot.start and spot.end <= found.end()
                for found in self.holds.finditer(text, near, spot.end + _AROUND)
            )
        if self.before and not self.before.search(text, near, spot.start):
            return False
        return self.after is None or self.after.match(text, spot.end) is not None


@dataclass(frozen=True, slots=True)
class GuardWords:
    """Words by their sign; only words whose sign is in a line are looked for."""

    words: Mapping[str, Sequence[_Word]]
    contexts: Mapping[int, Sequence[_Context]]
    openers: Mapping[str, Sequence[_Word]]  # by their first character
    deniable: frozenset[int]  # rules whose words may be denied
    limits: Sequence[int]  # rules about a line's length
    pairs: frozenset[str]  # signs of two characters
    singles: frozenset[str]

    @classmethod
    def of(cls, rules: Sequence[GuardRule]) -> GuardWords:
        """The words of *rules*, which are named by their numbers."""
        words: dict[str, list[_Word]] = {}
        contexts: dict[int, list[_Context]] = {}
        openers: dict[str, list[_Word]] = {}
        for number, rule in enumerate(rules):
            better = dict(rule.replacements)
            for way in dict.fromkeys((*rule.words, *better)):
                word = _word(number, way, better.get(way, rule.replacement), rule.where)
                if rule.where is Where.ANYWHERE:
                    words.setdefault(_sign(way), []).append(word)
                else:
                    openers.setdefault(way[0], []).append(word)
            contexts[number] = [_Context.of(way) for way in rule.unless]
        deniable = frozenset(at for at, rule in enumerate(rules) if rule.unless_denied)
        limits = [at for at, rule in enumerate(rules) if rule.longest is not None]
        singles = frozenset(sign for sign in words if len(sign) == 1)
        pairs = frozenset(words) - singles
        return cls(words, contexts, openers, deniable, limits, pairs, singles)

    def spotted(self, text: str) -> list[Spotted]:
        """Every word of a view's *text* that no context excuses, longest where they overlap."""
        found: list[Spotted] = []
        if not self.pairs.isdisjoint(map(add, text, text[1:])):
            for sign in self.pairs.intersection(map(add, text, text[1:])):
                for word in self.words[sign]:
                    found += word.spots(text)
        if not self.singles.isdisjoint(text):
            for sign in self.singles.intersection(text):
                for word in self.words[sign]:
                    found += word.spots(text)
        if self.openers and text:
            found += self._opening(text)
        return self._excused(found, text) if found else found

    def spotted_apart(self, text: str) -> list[Spotted]:
        """Words whose letters are kept apart: "加 微 信"."""
        close = together(text)
        if close is None:
            return []
        joined, places = close
        found = []
        for spot in self.spotted(joined):
            start, end = places[spot.start], places[spot.end - 1] + 1
            if end - start > spot.end - spot.start and not _two_words(text, start, end):
                found.append(Spotted(spot.rule, start, end, spot.instead))
        return found

    def _opening(self, text: str) -> Iterator[Spotted]:
        mentions = _MENTIONS.match(text)
        start = mentions.end() if mentions else 0
        for word in self.openers.get(text[start : start + 1], ()):
            shape = word.shape
            found = shape.match(text, start) if shape else None
            if found is not None:
                yield Spotted(word.rule, start, found.end(), word.instead)

    def _excused(self, found: Iterable[Spotted], text: str) -> list[Spotted]:
        """What no context excuses; a word within a longer one shares that one's verdict."""
        kept: dict[int, list[Spotted]] = {}
        judged: dict[int, int] = {}  # by rule: where the last word looked at ends
        denial = 0  # where the last word denied ends
        for spot in sorted(found, key=_place):
            same = kept.setdefault(spot.rule, [])
            if spot.end <= judged.get(spot.rule, 0) or len(same) == _MOST_SPOTS:
                continue
            judged[spot.rule] = spot.end
            if spot.rule in self.deniable and (
                denied(text, spot.start, spot.end)
                or (denial and shares_denial(text[denial : spot.start]))
            ):
                denial = max(denial, spot.end)
            elif not any(each.excuses(spot, text) for each in self.contexts[spot.rule]):
                same.append(spot)
        return [spot for same in kept.values() for spot in same]


def _place(spot: Spotted) -> tuple[int, int, int, bool]:
    """First and longest first; of two in one place the one with something to say instead."""
    return spot.start, -spot.end, spot.rule, spot.instead is None


def _two_words(text: str, start: int, end: int) -> bool:
    """Whether two letters only meet where one word ends and the next begins: 发货快 手慢无."""
    if end - start != 3 or not text[start + 1].isspace():
        return False
    return not (
        (start == 0 or text[start - 1] in APART)
        and (end == len(text) or text[end] in APART)
    )


def _word(number: int, way: str, instead: str | None, where: Where) -> _Word:
    body = expression(way.removesuffix("_"))
    if way.endswith("_"):
        body += f"(?={WILD['_']})"  # what ends the word is no part of it
    if where is Where.WHOLE:
        body += r"[\s，,。.、!?…~^]*$"
    wild = body != re.escape(way)
    if where is Where.ANYWHERE and not wild:
        return _Word(number, way, None, instead)
    return _Word(number, way, body, instead)


@lru_cache(maxsize=8_192)
def _compiled(expression: str) -> re.Pattern[str]:
    """Compiled when a line first has the word's sign: of two thousand words few are ever met."""
    return re.compile(expression)
