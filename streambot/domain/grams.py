"""Grams: a line as its characters or words and pairs of them, and small tables of what each weighs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from itertools import pairwise, repeat
from operator import add

_STICKER = re.compile(r"\[[^\[\]\s]{1,12}\]")
_DIGITS = re.compile(r"\d+")
_SIGNS = re.compile(r"[^\w?!]+|_")
_AGAIN = re.compile(r"(.)\1{2,}")
_WORDS = re.compile("[a-z]+|0")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`")
#: A letter of neither English nor its loans: é is one of theirs.
_FOREIGN = re.compile(r"[^\W\d_A-Za-zÀ-ɏ]")
_LATIN = re.compile("[A-Za-z]{2}")
#: What a gram outside a table weighs, as often as asked.
_UNKNOWN = repeat(0)
#: Longer lines are read up to here: what is meant is said by then.
LONGEST = 200


def is_latin(plain: str) -> bool:
    """Whether a line is written in Latin letters, whatever signs and pictures stand beside them."""
    if plain.isascii():
        return True
    if _FOREIGN.search(plain) is not None:
        return False
    typed = plain.translate(_APOSTROPHES)  # as a phone has them, beside a keyboard's
    return typed.isascii() or _LATIN.search(typed) is not None


def spelled(plain: str) -> str:
    """A folded line as the tables spell it: between spaces, figures and signs made one."""
    text = plain.lower() if len(plain) <= LONGEST else plain[:LONGEST].lower()
    if not text.isalpha():
        text = _DIGITS.sub("0", _STICKER.sub(" ", text) if "[" in text else text)
        text = _SIGNS.sub(" ", text).strip()
    if len(set(text)) < len(text):  # something is said twice
        text = _AGAIN.sub(r"\1\1", text)
    return f" {text} "


def grams(spelling: str) -> set[str]:
    """Its characters and pairs of characters, each once."""
    return {*spelling, *map(add, spelling, spelling[1:])}


def word_grams(plain: str) -> set[str]:
    """The same of a folded Latin line: its words and pairs of them, each once, figures made one."""
    text = plain[:LONGEST].lower().translate(_APOSTROPHES)
    text = _DIGITS.sub("0", text)
    words = _WORDS.findall(text)
    return {*words, *map(" ".join, pairwise(words))}


def gram_table(file: Traversable) -> Mapping[str, int]:
    """Hundredths of a logit by gram, as ``tools/gram_table.py`` writes them."""
    text = file.read_text(encoding="utf-8")
    return {
        gram.replace("_", " "): int(weight)
        for weight, _, row in (
            line.partition("\t") for line in text.splitlines() if line[:1] != "#"
        )
        for gram in row.split(" ")
    }


def summed(table: Mapping[str, int], grams: Iterable[str]) -> int:
    """What *grams* weigh together by a table."""
    return sum(map(table.get, grams, _UNKNOWN))


def lowered(text: str) -> str:
    """*text* in lower case, as long as before; as it is where İ and its like would make it longer."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def heaviest(
    table: Mapping[str, int], plain: str, at_most: int
) -> list[tuple[int, int]]:
    """Where in a folded line the pairs stand that weigh most by a table, best first."""
    text = lowered(plain[:LONGEST])
    weighed = sorted(
        (-table.get(pair, 0), place)
        for place in range(len(text) - 1)
        if " " not in (pair := text[place : place + 2])
    )
    return [(place, place + 2) for weight, place in weighed[:at_most] if weight < 0]


def heaviest_words(
    table: Mapping[str, int], plain: str, at_most: int
) -> list[tuple[int, int]]:
    """Where in a folded Latin line the words first stand that weigh most by a table, best first."""
    places: dict[str, tuple[int, int]] = {}
    for word in _WORDS.finditer(lowered(plain[:LONGEST])):
        places.setdefault(word[0], word.span())
    weighed = sorted((-table.get(word, 0), place) for word, place in places.items())
    return [place for weight, place in weighed[:at_most] if weight < 0]
