"""Numerals: the number that digits, Chinese numerals or a circled digit stand for."""

from __future__ import annotations

_ONES = {
    char: value
    for ones in ("零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖")
    for value, char in enumerate(ones)
} | {"两": 2, "俩": 2}


def numeral(word: str) -> int | None:
    """The value of 3, 三, 十二, 一百二, 一百一十五 or ③; None where it is none.

    A digit that ends a numeral of hundreds counts tens, as people say it: 一百二 is 120.
    """
    if len(word) == 1 and "①" <= word <= "⑳":
        return ord(word) - ord("①") + 1
    if word.isdecimal():
        return int(word)
    hundreds, found, rest = word.partition("百")
    if not found:
        return _below_hundred(word)
    high = _ONES.get(hundreds)
    if high is None:
        return None
    if len(rest) == 1 and rest in _ONES:
        return high * 100 + _ONES[rest] * 10
    low = _below_hundred(rest.lstrip("零")) if rest else 0
    return None if low is None else high * 100 + low


def _below_hundred(word: str) -> int | None:
    tens, found, ones = word.partition("十")
    if not found:
        return _ONES.get(word)
    high = _ONES.get(tens) if tens else 1
    low = _ONES.get(ones) if ones else 0
    return None if high is None or low is None else high * 10 + low
