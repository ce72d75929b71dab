"""SizeNames: the sizes of clothes and shoes in a line, each by one name (2XL is XXL)."""

from __future__ import annotations

import re

#: 多大码 asks for a size, it names none.
SIZE = re.compile(
    r"(?<![a-z0-9'’])(x{1,5}[sl]|[2-9]x?l|[sml])(?![a-z0-9])\s*码?|(?<!\d)(\d{2,3})\s*码(?!数)|"
    r"((?<![多偏])[均大中小]码)(?!数)",
    re.IGNORECASE,
)
_MAY_NAME = re.compile("[smlSML码]")
_CHINESE = re.compile("[\u3400-\u9fff]")
_LETTERS = re.compile(r"(?:([2-9])x?|(x*))([sl])")
_SAME = {"中码": "m", "小码": "s"}


def sizes_named(text: str) -> frozenset[str]:
    """The sizes that *text* names, however they are written.

    A single letter in an English line is one only where that speaks of sizes: it's holds none.
    """
    if _MAY_NAME.search(text) is None:
        return frozenset()
    found = [next(filter(None, each)).lower() for each in SIZE.findall(text)]
    if found and _CHINESE.search(text) is None and "size" not in text.lower():
        found = [each for each in found if len(each) > 1 or each == text.lower()]
    return frozenset(map(_one_name, found))


def _one_name(size: str) -> str:
    letters = _LETTERS.fullmatch(size)
    if letters is None:
        return _SAME.get(size, size)
    times, xs, of = letters.groups()
    return "x" * (int(times) if times else len(xs)) + of
