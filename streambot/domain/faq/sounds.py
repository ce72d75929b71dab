"""Sounds: characters as fuzzy syllables, so that a homophone typo still sounds like its word.

One private-use code point stands for one syllable without tone, with what many accents merge
merged (zh=z, ch=c, sh=s, n=l, ing=in, eng=en, ang=an). A heteronym does no harm: both sides of a
comparison read the same table, made from the MIT-licensed pypinyin by ``tools/sounds.py``.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

#: Where the code points of syllables begin: the private use area of the basic plane.
_FIRST = 0xE000
_MERGED_STARTS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_MERGED_ENDS = (("ing", "in"), ("eng", "en"), ("ang", "an"))
_LATIN = re.compile("[a-z]{4,24}")
_WORD = re.compile("[a-z]+")


def merged(syllable: str) -> str:
    """*syllable* (toneless, ``v`` for ü) with the sounds merged that many don't tell apart."""
    for wide, plain in _MERGED_STARTS:
        if syllable.startswith(wide):
            syllable = plain + syllable[len(wide) :]
    if syllable.startswith("n") and len(syllable) > 1:
        syllable = "l" + syllable[1:]
    for wide, plain in _MERGED_ENDS:
        if syllable.endswith(wide):
            syllable = syllable[: -len(wide)] + plain
    return syllable


@cache
def _syllables() -> dict[str, str]:
    """Every syllable as people type it, and the characters with that sound."""
    text = files(__package__).joinpath("sounds.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line[:1] != "#")
    return dict(rows)


@cache
def readings() -> dict[str, str]:
    """The syllable of every character as it is typed, nothing merged."""
    return {
        char: syllable
        for syllable, characters in _syllables().items()
        for char in characters
    }


@cache
def _codes() -> dict[str, str]:
    """The code point of every syllable; merged ones share theirs."""
    sounds = sorted({merged(syllable) for syllable in _syllables()})
    code = {sound: chr(_FIRST + number) for number, sound in enumerate(sounds)}
    return {syllable: code[merged(syllable)] for syllable in _syllables()}


@cache
def table() -> dict[int, str]:
    """A ``str.translate`` table from characters to code points of their syllables."""
    codes = _codes()
    return {
        ord(char): codes[syllable]
        for syllable, characters in _syllables().items()
        for char in characters
    }


def spelled(text: str, *, single: bool = False) -> str | None:
    """The syllables of Latin words that spell Chinese (``shenme shihou``), else None.

    A word of a single syllable is no sign by itself, since short English words look like one;
    with *single* it counts, and every word must be Chinese.
    """
    codes, found = _codes(), []
    for word in (_WORD if single else _LATIN).findall(text):
        syllables = _segments(word, codes)
        if syllables is None and single:
            return None
        if syllables is not None and (single or len(syllables) > 1):
            found.append("".join(codes[each] for each in syllables))
    return "".join(found) or None


def _segments(word: str, known: dict[str, str]) -> list[str] | None:
    """*word* cut into syllables, the longest first where that works out; None: it can't be."""
    if not word:
        return []
    for length in range(min(6, len(word)), 0, -1):
        head = word[:length]
        if head in known:
            rest = _segments(word[length:], known)
            if rest is not None:
                return [head, *rest]
    return None
