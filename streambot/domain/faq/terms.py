"""Terms: what of a normalised text is counted - characters, pairs, sounds, words, concepts.

Every kind is told by its first character, so one set holds them all: a Chinese character or
pair as itself, sounds in the private use area, ``#`` before a concept, ``~`` before three
letters of a Latin word, a space within two words in a row.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from operator import add

from streambot.domain.faq.sounds import spelled, table

_ASCII = re.compile(r"([a-z0-9 ]+)")
_LATIN = re.compile(r"[a-z]+|[0-9]+")
_ENDINGS = ("ing", "ed", "es", "s")
_SOUNDS = ("\ue000", "\uefff")
_ALL_SOUNDS = re.compile("[\ue000-\uefff]+")


def plain_terms(text: str) -> frozenset[str]:
    """Characters, pairs and Latin words of normalised *text*: the cheap part."""
    if text.isascii():
        return frozenset(map(_stem, _LATIN.findall(text)))
    if _ASCII.search(text) is None:
        return frozenset(text).union(map(add, text, text[1:]))
    terms: list[str] = []
    for run in _ASCII.split(text):
        if run.isascii():
            terms.extend(map(_stem, _LATIN.findall(run)))
        else:
            terms.extend(run)
            terms.extend(map(add, run, run[1:]))
    return frozenset(terms)


def further_terms(text: str, concepts: Iterable[str]) -> set[str]:
    """Sounds, pairs of words, parts of words and *concepts* of normalised *text*."""
    terms = {f"#{concept}" for concept in concepts}
    if not text.isascii():
        sounds = text.translate(table())
        heard = (*sounds, *map(add, sounds, sounds[1:]))
        whole = _ALL_SOUNDS.fullmatch(sounds) is not None
        terms.update(heard if whole else filter(_ALL_SOUNDS.fullmatch, heard))
        if _ASCII.search(text) is None:
            return terms
    words = _LATIN.findall(text)
    if typed := spelled(text):
        terms.update(typed, map(add, typed, typed[1:]))
    stems = list(map(_stem, words))
    terms.update(f"{one} {next_}" for one, next_ in itertools.pairwise(stems))
    for word in words:
        if len(word) > 3:
            edged = f"~{word}"
            terms.update(f"~{edged[at : at + 3]}" for at in range(len(edged) - 2))
    return terms


def _stem(word: str) -> str:
    """*word* without an English ending; crude, and the same on both sides."""
    for ending in _ENDINGS:
        if len(word) > len(ending) + 2 and word.endswith(ending):
            return word[: -len(ending)]
    return word


def size(term: str) -> float:
    """How much a term of its kind tells, before its rarity."""
    first = term[0]
    if first == "#":
        return CONCEPT
    if first == "~":
        return LETTERS
    if _SOUNDS[0] <= first <= _SOUNDS[1]:
        return SOUND_PAIR if len(term) > 1 else SOUND
    return WORD_PAIR if " " in term else PLAIN


#: Found by trying, over all sets of docs/decisions/0007; relative to a character.
PLAIN, CONCEPT, LETTERS, SOUND, SOUND_PAIR, WORD_PAIR = 1.0, 1.5, 0.6, 0.35, 0.9, 0.25


def is_content(term: str) -> bool:
    """Whether a term names something: a pair, a word or a concept; no sound, no lone character."""
    first = term[0]
    if first == "#" or first.isascii():
        return first != "~" and " " not in term
    return len(term) > 1 and not _SOUNDS[0] <= first <= _SOUNDS[1]


def is_lone_sound(term: str) -> bool:
    """Whether a term is one syllable."""
    return len(term) == 1 and _SOUNDS[0] <= term <= _SOUNDS[1]
