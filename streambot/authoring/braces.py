"""Chinese punctuation between the keys of ``{key: value, key: value}``."""

from __future__ import annotations

import re
from collections.abc import Iterable


def with_plain_signs(line: str, known: Iterable[str]) -> str:
    """*line* with plain commas and colons around each of the *known* keys within braces."""
    start = line.find("{")
    if start < 0:
        return line
    keys = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    found = re.compile(rf"([{{,，])[ \t]*({keys})[ \t]*[:：][ \t]*(?=[^ \t])")
    plain = found.sub(
        lambda sign: f"{'{' if sign[1] == '{' else ', '}{sign[2]}: ", line[start:]
    )
    return line[:start] + plain


def key_before_colon(word: str, known: Iterable[str]) -> str | None:
    """The known key that a full-width colon and its value made one word with."""
    name, colon, _ = word.partition("：")
    return name.strip() if colon and name.strip() in known else None
