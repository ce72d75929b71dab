"""GuardWords: the words of all rules, found in a line at the cost of the few that could be in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from operator import add

from streambot.domain.guard_rules import GuardRule, Where
from streambot.domain.guard_view import APART, plain, together, where_together

#: Ways one word may be spread into, stars it may hold, characters it may be written with.
MOST_WAYS, MOST_STARS, LONGEST_WORD = 600, 2, 400
#: How far around a word its context is looked for.
_AROUND = 40
#: Words of one line that one rule names; nobody reads more remarks.
_MOST_SPOTS = 24
_CHOICE = re.compile(r"\(([^()]*)\)")
_ESCAPED_CHOICE = re.compile(r"\\\((.*?)\\\)")
_WILD = {
    "?": r"[^\n]",
    "*": r"[^，,。.！!？?;；\n]{0,6}?",
    "#": r"(?:[0-9]{1,9}(?:\.[0-9]{1,2})?|[零一二两三四五六七八九十百千万]{1,6})",
    "_": r"(?:[\s，,。.、！!？?…~:：;；—-]{1,3}|$)",
}
#: In a context: the word itself, whichever of the rule's it is.
_ITSELF = "~"
#: The commonest characters of shop talk, commonest first: poor signs of a word.
_COMMON = "的了您亲好有是可以这那最我们个在不哦下请到发一码天款链接就都都大小能要看号后"
_MENTIONS = re.compile(r"(?:@\S{1,24} )*[\s，,。.、!?…~^*-]{0,8}")


class BadWord(ValueError):
    """A word can't be used; ``zh`` and ``en`` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def spread(word: str) -> tuple[str, ...]:
    """Every way *word* may be written, its ``(a|b)`` choices taken one by one, folded.

    Raises:
        BadWord: it is too long, has too many ways or stars, or nothing but wildcards.
    """
    text = plain(word).text
    parts = _CHOICE.split(text)
    choices = [part.split("|") if at % 2 else [part] for at, part in enumerate(parts)]
    ways = 1
    for each in choices:
        ways *= len(each)
    if len(text) > LONGEST_WORD or ways > MOST_WAYS or text.count("*") > MOST_STARS:
        raise BadWord(
            f"一个词最多 {LONGEST_WORD} 个字、{MOST_WAYS} 种写法、{MOST_STARS} 个星号，请拆成几个。",
            f"A word has at most {LONGEST_WORD} characters, {MOST_WAYS} ways and "
            f"{MOST_STARS} stars: split it.",
        )
    found = tuple(dict.fromkeys("".join(way) for way in product(*choices)))
    if any(not _plain_letters(way) for way in found) or re.search(r"[()|]", found[0]):
        raise BadWord(
            "词里除了 ? * # _ 和成对的 ( | ) 之外，至少要有一个字。",
            "A word needs at least one letter beside ? * # _ and closed ( | ).",
        )
    return found


def context(word: str) -> str:
    """*word* folded, for where words are excused; its choices stay.

    Raises:
        BadWord: as for :func:`spread`, though of any number of ways.
    """
    text = plain(word).text
    if text.count(_ITSELF) > 1:
        raise BadWord("一个放行里最多一个 ~。", f"A context has one {_ITSELF} at most.")
    for choices in _CHOICE.findall(text):
        if choices.count("|") > MOST_WAYS:
            raise BadWord("选项太多，请拆成几个。", "Too many choices: split it.")
    first = _CHOICE.sub(lambda found: found[1].split("|")[0], text)
    if len(text) > LONGEST_WORD or text.count("*") > MOST_STARS:
        spread(text)
    letters = _CHOICE.sub("字", text).replace(_ITSELF, "")
    if re.search(r"[()|]", first) or not _plain_letters(letters):
        raise BadWord(
            "括号没有成对，或者没有字。", "Brackets don't close, or no letters."
        )
    return text


def _plain_letters(way: str) -> list[str]:
    return [char for char in way if char not in _WILD and not char.isspace()]


def _expression(way: str) -> str:
    """*way* as a regular expression; Latin words end where letters do."""
    body = "".join(_WILD.get(char) or re.escape(char) for char in way)
    if way.endswith("*"):
        body = body.removesuffix("?")  # as much as there is
    body = _ESCAPED_CHOICE.sub(
        lambda found: "(?:" + found[1].replace(r"\|", "|") + ")", body
    )
    before = "(?<![a-z])" if way[0].isascii() and way[0].isalpha() else ""
    after = "(?![a-z])" if way[-1].isascii() and way[-1].isalpha() else ""
    return f"{before}{body}{after}"


def _sign(way: str) -> str:
    """The two neighbours in *way*, or the one character, that lines hold most rarely."""
    pairs = [
        one + two for one, two in pairwise(way) if one not in _WILD and two not in _WILD
    ]
    return min(pairs or _plain_letters(way), key=_commonness)


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
        if _ITSELF not in way:
            return cls(re.compile(_expression(way)), None, None)
        before, after = way.split(_ITSELF, 1)
        return cls(
            None,
            re.compile(_expression(before) + r"\Z") if before else None,
            re.compile(_expression(after)) if after else None,
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
        limits = [at for at, rule in enumerate(rules) if rule.longest is not None]
        singles = frozenset(sign for sign in words if len(sign) == 1)
        pairs = frozenset(words) - singles
        return cls(words, contexts, openers, limits, pairs, singles)

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
        spots = self.spotted(close) if close else []
        if not spots:
            return []
        places = where_together(text)
        found = []
        for spot in spots:
            start, end = places[spot.start], places[spot.end - 1] + 1
            gaps = [char for char in text[start:end] if char in APART]
            if gaps and not _two_words(text, start, end, gaps):
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
        for spot in sorted(found, key=lambda each: (each.start, -each.end, each.rule)):
            same = kept.setdefault(spot.rule, [])
            if spot.end <= judged.get(spot.rule, 0) or len(same) == _MOST_SPOTS:
                continue
            judged[spot.rule] = spot.end
            contexts = self.contexts[spot.rule]
            if not any(each.excuses(spot, text) for each in contexts):
                same.append(spot)
        return [spot for same in kept.values() for spot in same]


def _two_words(text: str, start: int, end: int, gaps: Sequence[str]) -> bool:
    """Whether two letters only meet where one word ends and the next begins: 发货快 手慢无."""
    if end - start != 3 or not gaps[0].isspace():
        return False
    return not (
        (start == 0 or text[start - 1] in APART)
        and (end == len(text) or text[end] in APART)
    )


def _word(number: int, way: str, instead: str | None, where: Where) -> _Word:
    body = _expression(way)
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
