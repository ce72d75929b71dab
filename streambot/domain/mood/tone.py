"""Tone: small learned tables of characters and pairs, each with how angry lines it is in are.

English lines have a table of words and pairs of words. ``tone.tsv`` and ``tone_english.tsv`` are made
by ``tools/train_mood.py`` from lines written for this project.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from streambot.domain.grams import (
    gram_table,
    grams,
    heaviest,
    heaviest_words,
    is_latin,
    spelled,
    summed,
    word_grams,
)
from streambot.domain.mood import weights

#: Shorter lines are calm unless they hold an explicit word.
_SHORTEST = 3
#: Hundredths of a logit: nearly every angry line that was tried holds such a character.
_SUSPICIOUS = 60
#: What single characters must add up to, at least: less is chatter, whatever its pairs say.
_SUSPICION = 60
_MANNERS = re.compile(
    r"^(?:哈喽|嗨|那个(?=[，, 你我客快退发])|刚来)[，, ]*(?=...)|(?<=...)[，, ]*谢谢$"
)
_SETS_OUT = frozenset("哈嗨那刚")
#: What a logit of the English table counts beside one of the other.
_OF_ENGLISH = 1.3
#: No cue is known in English: where no rule speaks, words stand for cues as well.
_FOR_CUES = 4.4
#: English words that sound less angry are chatter, whatever else is said in them.
_CHATTER = 2.0


@cache
def _table() -> Mapping[str, int]:
    """Hundredths of a logit by character or pair; read once, when a reader is built."""
    return gram_table(files(__package__).joinpath("tone.tsv"))


@cache
def _single() -> Mapping[str, int]:
    """The weights of single characters: a small table, quickly read."""
    return {gram: weight for gram, weight in _table().items() if len(gram) == 1}


@cache
def _english() -> Mapping[str, int]:
    """Hundredths of a logit by English word or pair of words."""
    return gram_table(files(__package__).joinpath("tone_english.tsv"))


@cache
def _suspicious() -> re.Pattern[str]:
    """The characters of which no angry line lacks all."""
    chars = [char for char, weight in _single().items() if weight >= _SUSPICIOUS]
    return re.compile(f"[{''.join(map(re.escape, sorted(chars)))}]")


def _without_manners(plain: str) -> str:
    """A folded line without how people set out and end whatever they feel."""
    if plain[:1] in _SETS_OUT or plain.endswith("谢谢"):
        return _MANNERS.sub("", plain)
    return plain


def sounds_calm(plain: str) -> bool:
    """Whether a folded line's single characters alone tell chatter: most of a room's do."""
    plain = _without_manners(plain)
    if _suspicious().search(plain) is None:
        return True
    return summed(_single(), set(plain.lower())) < _SUSPICION


def tone(plain: str) -> float:
    """How angry a folded line sounds; below zero for chatter."""
    if is_latin(plain):
        return _OF_ENGLISH * _in_english(plain)
    spelling = spelled(_without_manners(plain))
    return summed(_table(), grams(spelling)) / 100


def quiet_tone(plain: str) -> float | None:
    """How angry a folded line without a rule's word sounds; None: it is calm, as most are."""
    if len(plain) < _SHORTEST:
        return None
    if is_latin(plain):
        heard = _in_english(plain)
        return None if heard < _CHATTER else _OF_ENGLISH * heard + _FOR_CUES
    if sounds_calm(plain):
        return None
    heard = tone(plain)
    return None if heard < weights.GATE else heard


def _in_english(plain: str) -> float:
    return summed(_english(), word_grams(plain)) / 100


def telling(plain: str, at_most: int = 3) -> list[tuple[int, int]]:
    """Where in a folded line the pairs, or the words, stand that weigh most for anger, best first."""
    if is_latin(plain):
        return heaviest_words(_english(), plain, at_most)
    return heaviest(_table(), plain, at_most)


def make_ready() -> None:
    """Read the tables: once, and never on the loop."""
    tone("")
    _single()
    _suspicious()
    tone("不")
