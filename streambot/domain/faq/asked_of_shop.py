"""AskedOfShop: how surely a question sounds like one put to a shop, whatever the shop sells.

A book knows its own questions, and a list of words those of trade; what viewers ask of goods is
endless. So characters and pairs of them are weighed, in Latin lines words and pairs of words, by
tables that ``tools/train_questions.py`` makes of lines written for this project: questions about
goods and services of some 150 kinds, and what people ask each other about games, films, themselves
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
#: One that sounds so little like it is talk, though it resembles an entry or a common question.
TALK = -4.0
#: From here down it is compared closely only where it shares much with a phrasing.
LIKE_TALK = -1.0


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


def sounds_asked(text: str) -> float:
    """How surely a folded question is put to a shop: a logit, but for a constant.

    Below zero people talk with each other.
    """
    if text.isascii():
        return summed(_english(), word_grams(text)) / 100
    return summed(_table(), grams(spelled(text))) / 100


def sound_of(text: str) -> Sound:
    """What a folded question sounds like."""
    sounds = sounds_asked(text)
    if sounds >= ASKED:
        return Sound.ASKED
    return Sound.TALK if sounds <= LIKE_TALK else Sound.EITHER


def telling(text: str) -> Evidence | None:
    """The pair of a folded question's characters, or the word, that says most for a shop."""
    if text.isascii():
        found = heaviest_words(_english(), text, at_most=1)
    else:
        found = heaviest(_table(), text, at_most=1)
    for start, end in found:
        return Evidence(rule="shop_talk", start=start, end=end, text=text[start:end])
    return None
