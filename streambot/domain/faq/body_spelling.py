"""BodySpelling: the ways people type a height and a weight, brought into one (165cm,110斤)."""

from __future__ import annotations

import re
from collections.abc import Callable

_TALL = r"(1[3-9]\d)"
_HEAVY = r"(\d{2,3}(?:\.\d)?)(?![\d.])"
_UNIT = r"((?:斤|市斤|kg|公斤|千克)(?!装))"
_CM = r"(?:cm|厘米|公分)"
_TENS = "一二三四五六七八九"
_DIGITS = str.maketrans(_TENS, "123456789")
#: A line without one of these needs no reading of this kind.
_MAY_DIFFER = re.compile("[高重多米mM.*×✖❌xX斤kK克]")
#: What follows a size that is asked for; a tablecloth is 150x200, too.
_OF_A_BODY = "穿|码|斤|公斤|kg|身材|体重"
#: Who is small: their height is a number that would be a grown-up's weight.
CHILD = r"孩子?|宝宝|[大小二]宝|娃娃?|儿子|女儿|闺女|小朋友|儿童|童装|男童|女童|孙子|孙女|侄子|侄女|外甥女?"
_SMALL = r"(?<![\d.])((?:[7-9]|1[0-2])\d)"
#: What a child weighs, and hardly anybody else.
_LIGHT = (
    r"((?:[2-7]\d(?:\.\d)?\s*(?:斤|市斤)|[1-3]\d(?:\.\d)?\s*(?:kg|公斤|千克))(?!装))"
)
_APART = r"(?:\s*[/,，、+|。\-]\s*|\s+)"

#: English lines in feet and pounds, where somebody's body is meant: not a cable of 6ft.
_ENGLISH_BODY = re.compile(
    r"[4-6]\s?['’´]|\btall\b|\bheight|\bweigh|\bi['’]?m\b|\bi am\b|\bsize\b|\bfits?\b|"
    r"\d\s?(?:ft|foot|feet)\s?\d.{0,12}(?:lb|pound)",
    re.IGNORECASE,
)
_FEET = re.compile(
    r"(?<![\d.])([4-6])\s?(?:['’´]|ft\b\.?|foot|feet)\s?(?:(1[01]|\d)(?!\d))?\s?(?:\"|”|''|in(?:ch(?:es)?)?\b)?",
    re.IGNORECASE,
)
_POUNDS = re.compile(r"(?<![\d.$£€])(\d{2,3})\s?(?:lbs?|pounds?)\b", re.IGNORECASE)
_MAY_BE_ENGLISH = re.compile("['’´]|ft|foot|feet|lb|pound", re.IGNORECASE)
_INCH, _POUND = 2.54, 0.9072  # in centimetres, in jin

Spelling = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _metres(found: re.Match[str]) -> str:
    digits = found[1].translate(_DIGITS)
    return f"{100 + int(digits.ljust(2, '0'))}cm,{found[2]}"


_SPELLINGS: tuple[Spelling, ...] = (
    # 168身高120体重, 165高110重
    (
        re.compile(
            rf"(?<!\d){_TALL}\s*{_CM}?\s*的?(?:身高|个子|高)[,，、\s和]{{0,4}}(?:体?重)?[:：是]?\s?{_HEAVY}\s*{_UNIT}?"
            r"\s*的?(?:体重|重)?",
            re.IGNORECASE,
        ),
        r"\1cm,\2\3",
    ),
    # 高165重110
    (
        re.compile(
            rf"身?高[:：是]?\s*{_TALL}\s*{_CM}?[,，、\s]{{0,4}}体?重[:：是]?\s*{_HEAVY}",
            re.IGNORECASE,
        ),
        r"\1cm,\2",
    ),
    # 165.110, 170✖65 穿什么码
    (
        re.compile(
            rf"(?<![\d.]){_TALL}\s*(?:\.(?=\d{{3}})|[*×✖❌xX])\uFE0F?\s*{_HEAVY}(?=.*(?:{_OF_A_BODY}))",
            re.IGNORECASE,
        ),
        r"\1cm,\2",
    ),
    # 1.7m 130
    (
        re.compile(
            rf"(?<![\d.])1\.(\d{{1,2}})\s*(?:米|m)[,，、\s]{{0,4}}{_HEAVY}(?!\s*(?:[元块]|{_CM}))",
            re.IGNORECASE,
        ),
        _metres,
    ),
    # 一米六五，一百一
    (
        re.compile(
            rf"(米[{_TENS}\d]{{1,2}})[,，、\s]{{1,4}}(一百[{_TENS}]?(?:十[{_TENS}]?)?|[七八九]十[{_TENS}]?)"
            rf"(?![\d{_TENS}十百米元块斤公千])"
        ),
        r"\1,\2斤",
    ),
    # 一米六 98, 1米75 140
    (
        re.compile(
            rf"[1一]\s*米\s*([\d{_TENS}]{{1,2}})[,，、\s]{{1,4}}((?:[4-9]|1\d)\d)"
            r"(?=\s*(?:$|[,，。?？!！~～]|穿|[能可]|选|拍|什么码))"
        ),
        _metres,
    ),
    # 宝宝115 20kg, 孩子5岁110/38斤
    (
        re.compile(
            rf"((?:{CHILD}).{{0,12}}?){_SMALL}{_APART}{_HEAVY}\s*{_UNIT}", re.IGNORECASE
        ),
        r"\1\2cm \3\4",
    ),
    # 宝宝20kg 115
    (
        re.compile(
            rf"((?:{CHILD}).{{0,12}}?)(?<![\d.]){_HEAVY}\s*{_UNIT}{_APART}{_SMALL}(?![\d.]|\s*(?:[元块码号岁斤%]|{_CM}))",
            re.IGNORECASE,
        ),
        r"\1\4cm \2\3",
    ),
    # 125 45斤穿多大: nobody else is so light
    (
        re.compile(
            rf"{_SMALL}{_APART}{_LIGHT}(?=.{{0,20}}(?:{CHILD}|穿|码|合适)|\W*$)",
            re.IGNORECASE,
        ),
        r"\1cm \2",
    ),
    # 150多斤
    (re.compile(rf"(?<=[\d{_TENS}十百])多(?=\s*{_UNIT})"), ""),
)


def _in_metric(text: str) -> str:
    """English *text* with a body's feet and pounds as centimetres and jin."""
    if _MAY_BE_ENGLISH.search(text) is None or _ENGLISH_BODY.search(text) is None:
        return text
    tall = _FEET.sub(
        lambda seen: f"{(int(seen[1]) * 12 + int(seen[2] or 0)) * _INCH:.0f}cm", text
    )
    return _POUNDS.sub(lambda seen: f"{int(seen[1]) * _POUND:.0f}斤", tall)


def in_one_spelling(text: str) -> str:
    """Folded *text* with the heights and weights of bodies spelt so that they are told by unit."""
    text = _in_metric(text)
    if _MAY_DIFFER.search(text) is None:
        return text
    for pattern, spelt in _SPELLINGS:
        text = pattern.sub(spelt, text)
    return text
