"""AskedOfShop: how surely a question sounds like one put to a shop, whatever the shop sells.

A book knows its own questions, and a list of words those of trade; what viewers ask of goods is
endless. So characters and pairs of them are weighed, in Latin lines words and pairs of words, by
tables that ``tools/train_questions.py`` makes of lines written for this project: questions about
goods and services of some 250 kinds, and what people ask each other about games, films, themselves
and the host.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

from streambot.domain.evidence import Evidence
from streambot.domain.grams import (
    gram_table,
    grams,
    heaviest,
    heaviest_words,
    spelled,
    summed,
    word_grams,
)

#: A question that sounds so much like one put to a shop is a person's, whatever the book knows.
ASKED = 3.6
#: So is one that an encoder was asked of, which is more seldom wrong.
ASKED_BY_MEANING = 3.1
#: One that sounds so little like it is talk, though it resembles an entry or a common question.
TALK = -4.0
#: From here down it is compared closely only where it shares much with a phrasing.
LIKE_TALK = -1.0
#: Where the Chinese table's sums have their zero: set on questions of recorded rooms.
_LEVEL = 0.8
#: What the characters and an encoder count together: set on questions of recorded rooms, of which
#: about as many as by the characters alone are above ``ASKED`` and above ``LIKE_TALK``.
_CHARACTERS, _MEANING, _SHIFT = 0.64, 1.28, -0.94


class Sound(StrEnum):
    """What a question sounds like, as people are told."""

    ASKED = "asked"
    EITHER = "either"
    TALK = "talk"


@cache
def _table() -> Mapping[str, int]:
    return gram_table(files(__package__).joinpath("asked_of_shop.tsv"))


@cache
def _english() -> Mapping[str, int]:
    return gram_table(files(__package__).joinpath("asked_of_shop_english.tsv"))


def make_ready() -> None:
    """Read the tables: once, and never on the loop."""
    _table()
    _english()


def sounds_asked(text: str, meaning: float | None = None) -> float:
    """How surely a folded question is put to a shop: a logit, but for a constant.

    Below zero people talk with each other.

    Args:
        text: the question.
        meaning: how much it sounds so to an encoder, as in ``Likeness``.
    """
    if text.isascii():
        heard = summed(_english(), word_grams(text)) / 100
    else:
        heard = summed(_table(), grams(spelled(text))) / 100 - _LEVEL
    if meaning is None:
        return heard
    return _CHARACTERS * heard + _MEANING * meaning + _SHIFT


def sound_of(sounds: float) -> Sound:
    """What a question sounds like that is so surely put to a shop."""
    if sounds >= ASKED:
        return Sound.ASKED
    return Sound.TALK if sounds <= LIKE_TALK else Sound.EITHER


def telling(text: str) -> Evidence:
    """The pair of a folded question's characters, or the word, that says most for a shop.

    The whole of it where none says anything: an encoder was asked.
    """
    if text.isascii():
        found = heaviest_words(_english(), text, at_most=1)
    else:
        found = heaviest(_table(), text, at_most=1)
    start, end = found[0] if found else (0, len(text))
    return Evidence(rule="shop_talk", start=start, end=end, text=text[start:end])
