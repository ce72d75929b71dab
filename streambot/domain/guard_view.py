"""GuardView: a line as the guard reads it, without disguises, each character with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from streambot.domain.faq.normalise import folded

#: Characters nobody sees: joiners, marks of direction, variation and combining marks, tags.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe20-\ufe2f\x00-\x08\x0b\x0c\x0e-\x1f\x7f\U000e0000-\U000e0fff"
)
#: Letters and digits in rings, boxes and fancy type.
_FANCY = (
    "\u00aa\u00b2\u00b3\u00b9\u00ba\u1d2c-\u1d6a\u2070-\u209c\u2100-\u214f\u2460-\u24ff"
    "\u2776-\u2793\U0001d400-\U0001d7ff\U0001f100-\U0001f189"
)
_DISGUISED = re.compile(f"[{_UNSEEN}{_FANCY}]")
_IS_UNSEEN = re.compile(f"[{_UNSEEN}]")
#: What is put between letters to hide a word.
APART = " \t\u00a0\u3000.·•・‧。_-—*~～|/\\^+'\"`…"
_APART = dict.fromkeys(map(ord, APART))
_SPACED = re.compile(rf"[^\x00-\x2f][{re.escape(APART)}]{{1,3}}[^\x00-\x2f]")
#: Signs of sentences, which part words too: these hide one only with a letter between each two.
_SIGNS = ",，!！?？、;；:：。&%#$=()（）[]【】<>《》“”‘’"
_SIGN = f"[{re.escape(_SIGNS)}]{{1,3}}"
_SIGNED = re.compile(rf"[^\W_](?:{_SIGN}[^\W_]){{2,}}")
_CHINESE_DIGITS = dict(
    zip(
        "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖",
        "001234567891123456789",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class GuardView:
    """``text`` as read; ``places[i]`` is where its character *i* stands in the line as it is,
    None where both are of one length."""

    text: str
    places: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the line as it is."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def plain(line: str) -> GuardView:
    """*line* with width, script and case folded, and what nobody sees taken out."""
    text = folded(line)
    if text.isascii() or _DISGUISED.search(text) is None:
        lower = text.lower()
        if len(lower) == len(text):
            return GuardView(lower)
    kept = [at for at, char in enumerate(text) if not _IS_UNSEEN.match(char)]
    return GuardView("".join(_letter(text[at]) for at in kept), kept)


def together(text: str) -> tuple[str, list[int]] | None:
    """*text* without what stands between its letters, and where each of those left stands.

    None where nothing does. Sentence signs are taken out only between single letters: 最!好!的.
    """
    runs = [found.span() for found in _SIGNED.finditer(text)]
    if not runs and _SPACED.search(text) is None:
        return None
    signs = {at for run in runs for at in range(*run) if text[at] in _SIGNS}
    kept = [
        at
        for at, char in enumerate(text)
        if ord(char) not in _APART and at not in signs
    ]
    return "".join(text[at] for at in kept), kept


def digits(text: str) -> str:
    """*text* with every character that is read as a digit as that digit, as long as before."""
    return text.translate(_numerals())


def numerals(text: str) -> int:
    """How many characters of *text* are read as digits."""
    return len(_is_numeral().findall(text))


def _letter(char: str) -> str:
    """The one plain character that *char* stands for, or itself."""
    code = ord(char)
    if 0x1F150 <= code <= 0x1F189:  # white on black, which Unicode doesn't fold
        index = (code - 0x1F150) % 32
        return chr(ord("a") + index) if index < 26 else char
    for form in (unicodedata.normalize("NFKC", char), char):
        lower = form.lower()
        if len(lower) == 1:
            return lower
    return char


@cache
def _numerals() -> dict[int, str]:
    """Each character with the digit it is read as."""
    found = {
        code: str(digit)
        for code in (*range(0x80, 0x10000), *range(0x1D7CE, 0x1D800))
        if (digit := unicodedata.digit(chr(code), None)) is not None
    }
    return found | {ord(char): digit for char, digit in _CHINESE_DIGITS.items()}


@cache
def _is_numeral() -> re.Pattern[str]:
    return re.compile(f"[0-9{''.join(map(chr, _numerals()))}]")
