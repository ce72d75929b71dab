"""What a value that can't be used was surely meant as; None where nobody can know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from rapidfuzz import fuzz

#: How alike a word must be to one that is allowed: of Chinese ones each character counts more.
_ALIKE, _ALIKE_CHINESE = 70, 75
_NEGATIONS = frozenset("不没无别勿非否")
_YES = frozenset({"要", "可以", "能", "行", "好", "对", "启用", "开启"})
_NO = frozenset(
    {
        "不",
        "不要",
        "不能",
        "不行",
        "不可以",
        "不带",
        "不用",
        "不开",
        "不启用",
        "没有",
        "无",
    }
)
_COUNTED = re.compile(r"(?P<number>-?\d+(?:\.\d+)?)\s*(?P<unit>[^\d\s.]{0,3})")
_SECONDS = {
    **dict.fromkeys(("秒", "秒钟", "s", "sec"), 1),
    **dict.fromkeys(("分", "分钟", "m", "min"), 60),
    **dict.fromkeys(("小时", "时", "h"), 3600),
}
_UNITS = {"seconds": ("秒", 1), "minutes": ("分钟", 60), "hours": ("小时", 3600)}
_DATE = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?:日|号)?")


def meant_word(text: str, words: Iterable[str]) -> str | None:
    """The one of *words* that *text* is a slip of; never one that says the opposite."""
    least = _ALIKE if text.isascii() else _ALIKE_CHINESE
    alike = [
        (fuzz.ratio(text.lower(), word), word)
        for word in words
        if word.isascii() is text.isascii() and _denies(word) is _denies(text)
    ]
    ranked = sorted((each for each in alike if each[0] >= least), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _denies(text: str) -> bool:
    return not _NEGATIONS.isdisjoint(text)


def offered(words: Iterable[str], also: Mapping[str, str]) -> str:
    """The words that are allowed, each by its Chinese name first: 公开（public）."""
    names: dict[str, str] = {}
    for chinese, word in also.items():
        names.setdefault(word, chinese)
    return "、".join(
        f"{names[word]}（{word}）" if word in names else word for word in words
    )


def meant_flag(text: str) -> str | None:
    """Yes or no as *text* says it, in its own language."""
    if text in _YES or text in _NO:
        return "是" if text in _YES else "否"
    return meant_word(text, ("true", "false"))


def meant_number(
    text: str, least: float, most: float, *, fraction: bool, unit: str
) -> str | None:
    """The number that *text* names with a unit behind it, within its bounds.

    *unit*: what the number counts if it is a span of time, else empty.
    """
    found = _COUNTED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    number, behind = float(found["number"]), found["unit"].lower()
    if behind == "%":
        number /= 100
    elif unit:
        seconds = _SECONDS.get(behind)
        if seconds is None:
            return None
        number *= seconds / _UNITS[unit][1]
    if not least <= number <= most or not (fraction or number.is_integer()):
        return None
    return f"{number:.10g}"


def unit_name(unit: str) -> str:
    """What a span of time is counted in, in Chinese."""
    return _UNITS[unit][0]


def meant_date(text: str) -> str | None:
    """The day that *text* names in another form."""
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return None


def is_no_day(text: str) -> bool:
    """Whether *text* is written as a date should be, and no calendar has that day."""
    return re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text) is not None
