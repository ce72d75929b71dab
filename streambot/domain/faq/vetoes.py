"""Vetoes: what forbids an answer however alike two texts are.

Numbers, sizes, opposites, why against how, and the entry's own must-words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec

from streambot.domain.faq.entry import FaqEntry
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.pack import ANY, forms
from streambot.domain.faq.question_form import asks_why, tells_of_trouble
from streambot.domain.faq.size_names import sizes_named
from streambot.domain.faq.slots import read_slots

_NUMBER = re.compile(r"\d+")
_MAY_COUNT = re.compile("[0-9二两三四五六七八九十百①-⑳]|[一1]米")
_NUMERAL = re.compile(
    r"(?<![一二三四五六七八九十百])((?:[二两三四五六七八九十]|一百)[一二三四五六七八九十百]{0,3})"
    r"(?=[号折天个件斤元块期月年米包盒点双条减送])"
)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
#: A question for a reason, or that something fails, is no question for the way to do it.
#: 怎么 before what a customer does asks for the way; elsewhere it often asks for the reason.
_HOW = re.compile(
    r"如何|怎样|(?:怎么|咋)(?:才能|去)?(?:退[货款换]?|换货?|弄|买|拍|下单|付|开|办理?|申请|使?用|领|查|取消|改|设置|联系|操作|选|洗|"
    r"绑|关|充|提现|交|寄|约|参加|兑换|预约|注册|登录?)(?!了|不|成功)"
    r"|\bhow (?:do|to|can)\b"
)

#: What isn't plain: a negation, or a 怎么 that asks for a reason.
_NEGATED = re.compile(r"[不没无未]|失败|怎么|咋|\bnot?\b|n't")


class Manner(StrEnum):
    """What kind of answer a question wants."""

    WHY = "why"
    STUCK = "stuck"  # why something about buying or returning fails
    HOW = "how"
    PLAIN = "plain"  # none of these, and nothing in it is negated
    OTHER = "other"


class Signs(msgspec.Struct, frozen=True):
    """What of a normalised text can contradict another."""

    numbers: frozenset[str]  # bare ones and sums
    body: frozenset[str] = frozenset()  # heights and weights, with their unit
    links: frozenset[str] = frozenset()
    sides: Mapping[int, frozenset[str]] = {}
    manner: Manner = Manner.OTHER
    sizes: frozenset[str] = frozenset()

    @property
    def speak(self) -> bool:
        """Whether these can contradict anything; of most lines they can't."""
        return (
            self.is_specific
            or bool(self.sides or self.sizes)
            or self.manner in _SPEAKING
        )

    @property
    def is_specific(self) -> bool:
        """Whether the text speaks of a number, a body or a link."""
        return bool(self.numbers or self.body or self.links)


class Contradictions:
    """Finds numbers and opposites in texts, and says which texts contradict each other.

    Args:
        exclusive: sets of words of which one rules out the others; the forms of one word stand
            behind slashes (``退/退货``), what means any of them behind a tilde (``~节假日``).
    """

    def __init__(self, exclusive: Iterable[frozenset[str]] = ()) -> None:
        self._of: dict[str, list[tuple[int, str]]] = {}
        for number, words in enumerate(exclusive):
            sides = sorted(word for word in words if not word.startswith(ANY))
            for word in sorted(words):
                meant = sides if word.startswith(ANY) else [word]
                for form in filter(None, map(normalise, forms(word))):
                    self._of.setdefault(form, []).extend(
                        (number, side) for side in meant
                    )
        longest_first = sorted(self._of, key=lambda word: (-len(word), word))
        firsts = "".join(sorted({re.escape(word[0]) for word in longest_first}))
        pattern = "|".join(map(re.escape, longest_first))
        self._words = re.compile(f"(?=[{firsts}])(?:{pattern})" if pattern else "(?!)")

    @property
    def words(self) -> tuple[str, ...]:
        """The words of every set, in all their forms."""
        return tuple(self._of)

    def knows(self, word: str) -> bool:
        """Whether *word* is one of a set."""
        return word in self._of

    def signs(self, text: str) -> Signs:
        """The signs of normalised *text*."""
        sides: dict[int, frozenset[str]] = {}
        for word in self._words.findall(text):
            for number, side in self._of[word]:
                sides[number] = sides.get(number, frozenset()) | {side}
        numbers, body, links = _numbers(text)
        sizes = sizes_named(text)
        return Signs(numbers, body, links, sides, _manner(text), sizes)

    @staticmethod
    def between(line: Signs, phrasing: Signs) -> str | None:
        """Why the two can't mean the same, or None."""
        if line.numbers and phrasing.numbers and line.numbers != phrasing.numbers:
            return "numbers"
        if line.body and phrasing.body and not line.body & phrasing.body:
            return "numbers"
        if line.links and phrasing.links and line.links != phrasing.links:
            return "numbers"
        if line.sizes and phrasing.sizes and not line.sizes & phrasing.sizes:
            return "exclusive"
        for number, ours in line.sides.items():
            theirs = phrasing.sides.get(number)
            if theirs is not None and not ours & theirs:
                return "exclusive"
        if (line.manner, phrasing.manner) in _UNANSWERED:
            return "manner"
        return None


_SPEAKING = frozenset({Manner.WHY, Manner.STUCK, Manner.HOW})
#: What a line wants and what a phrasing is asked for, where one doesn't answer the other.
_UNANSWERED = frozenset(
    {
        (Manner.WHY, Manner.HOW),
        (Manner.HOW, Manner.WHY),
        (Manner.HOW, Manner.STUCK),
        (Manner.STUCK, Manner.HOW),
        (Manner.STUCK, Manner.PLAIN),
    }
)


def _numbers(text: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The numbers in *text*: bare ones, those of a body, and links.

    A unit decides what a number is: 160斤 is no 160cm, and 3号 no 3斤.
    """
    if _MAY_COUNT.search(text) is None:
        return _NONE, _NONE, _NONE
    slots = read_slots(text)
    heights = {f"{height:g}cm" for height in slots.heights}
    links = frozenset(map(str, slots.links))
    body = frozenset(heights | {f"{weight:g}斤" for weight in slots.weights})
    if body:
        return _NONE, body, links
    bare = {number.lstrip("0") for number in _NUMBER.findall(text)}
    bare |= {str(_value(numeral)) for numeral in _NUMERAL.findall(text)}
    return frozenset(bare - links), body, links


_NONE: frozenset[str] = frozenset()


def _value(numeral: str) -> int:
    """The value of a numeral below a thousand."""
    total = digit = 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        else:
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
    return total + digit


def _manner(text: str) -> Manner:
    if asks_why(text):
        return Manner.STUCK if tells_of_trouble(text) else Manner.WHY
    if _HOW.search(text) is not None:
        return Manner.HOW
    return Manner.PLAIN if _NEGATED.search(text) is None else Manner.OTHER


def of_one_entry(every: Sequence[Signs], told: Signs) -> list[Signs]:
    """The signs of an entry's phrasings, as far as the whole entry agrees with them.

    Without sizes where not each names one: 断码了吗, 还有M码吗 asks for L as well. Of a set of which
    phrasings take several sides each takes all: 樱桃甜吗, 车厘子酸吗 asks whether 车厘子甜. So it is with
    what its answer tells of besides (*told*): 支持花呗吗 may be asked where 支持白条和花呗 is told.
    """
    taken = sides_of(every)
    for number, sides in told.sides.items():
        if number in taken:
            taken[number] |= sides
    sized = all(signs.sizes for signs in every)
    return [
        msgspec.structs.replace(
            signs,
            sides={number: taken[number] for number in signs.sides},
            sizes=signs.sizes if sized else frozenset(),
        )
        for signs in every
    ]


def sides_of(every: Iterable[Signs]) -> dict[int, frozenset[str]]:
    """All sides that an entry's phrasings take, by set."""
    taken: dict[int, frozenset[str]] = {}
    for signs in every:
        for number, sides in signs.sides.items():
            taken[number] = taken.get(number, frozenset()) | sides
    return taken


def is_other_side(line: Signs, entry: Mapping[int, frozenset[str]]) -> bool:
    """Whether *line* takes a side that an entry, which takes one, never does."""
    if not line.sides:
        return False
    return any(
        number in entry and not ours & entry[number]
        for number, ours in line.sides.items()
    )


@dataclass(frozen=True, slots=True)
class Demands:
    """An entry's own conditions on a line, normalised once."""

    must: tuple[str, ...]
    any: tuple[str, ...]
    none: tuple[str, ...]
    products: frozenset[str]
    entry: FaqEntry

    @classmethod
    def of(cls, entry: FaqEntry) -> Demands:
        """The conditions *entry* states."""
        return cls(
            must=tuple(filter(None, map(normalise, entry.must))),
            any=tuple(filter(None, map(normalise, entry.any))),
            none=tuple(filter(None, map(normalise, entry.none))),
            products=frozenset(entry.products),
            entry=entry,
        )

    @property
    def any_at_all(self) -> bool:
        """Whether there is a condition; most entries have none."""
        return bool(
            self.must or self.any or self.none or self.products or self.entry.valid
        )

    def unmet(
        self, line: str, at: datetime | None, product: frozenset[str]
    ) -> str | None:
        """The condition that *line* doesn't meet, or None.

        *product* names the product the line is about (id and link number); empty: none.
        """
        valid = self.entry.valid
        if valid is not None and at is not None and not valid.holds(at):
            return "expired"
        if any(word not in line for word in self.must):
            return "must"
        if self.any and not any(word in line for word in self.any):
            return "any"
        if any(word in line for word in self.none):
            return "none"
        if self.products and product and not self.products & product:
            return "product"
        return None
