"""Disguise: taking out what people put into words to slip past filters (骗*子, 骗 子)."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Any sign that is no letter, figure, space or sentence mark and stands inside a word. Signs
#: that patterns know by themselves stay.
_SIGN = r"[^\w\s。，,！!？?；;：:、（）()\[\]【】“”\"…🐴🐎🐔🐥🐤🐓🕳💧💰💩🖕😡🤬💢👎😤🙄😠🤡]"
_HAN = r"[㐀-鿿]"
#: A mark between two characters that stand alone parts no sentence (退、钱).
_MARK = r"[、，,。.!！…]"
_BETWEEN = re.compile(
    rf"(?<=[^\W\d_])(?:{_SIGN}|_){{1,3}}(?=[^\W\d_])|(?<={_HAN}) {{1,2}}(?={_HAN})|"
    rf"(?<=(?<![^\W_]){_HAN}){_MARK}{{1,2}}(?={_HAN}(?![^\W_]))"
)


def undisguised(text: str) -> tuple[str, Sequence[int] | None]:
    """*text* without signs inside words, and where each character stood; None: nothing taken."""
    found = [match.span() for match in _BETWEEN.finditer(text)]
    if not found:
        return text, None
    places: list[int] = []
    at = 0
    for start, end in found:
        places.extend(range(at, start))
        at = end
    places.extend(range(at, len(text)))
    return "".join(map(text.__getitem__, places)), places
