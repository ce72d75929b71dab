"""Anger in English that no word tells: by how all words of a line sound together."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from streambot.domain.grams import is_latin
from streambot.domain.mood import CALM, MoodReader
from streambot.domain.mood.reading import ANGRY_AT

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    [
        "you had my money for six weeks and i had nothing but excuses from you",
        "i paid for express and you sent it by snail",
        "you promised me a replacement in april and its july, do you even care",
        "you can’t even tell me where my own order is 🙃 two months 🙃",
    ],
)
def test_who_reproaches_the_shop_is_heard(line: str) -> None:
    """A person is called, and told by which words."""
    reading = READER.read(line)
    assert reading.mood == "angry"
    assert all(line[each.start : each.end] == each.text for each in reading.evidence)


@pytest.mark.parametrize(
    "line",
    [
        "waited three weeks for mine too, worth it",
        "any update on my order when you get a second",
        "what happens if the zip breaks after a month",
        "he promised a subathon in april and its july lol",
        "my landlord kept my deposit again",
        "nothing like the picture, even better",
        "how do i send it back if its too big",
        "this level took me six hours and nobody told me there is a shortcut",
    ],
)
def test_who_asks_waits_or_tells_of_others_is_calm(line: str) -> None:
    """Nobody is called."""
    assert READER.read(line).mood != "angry"


@pytest.mark.parametrize(
    "line",
    [
        "you have had my order since march and i still have no answer",
        "first you lose my order and then you tell me its my fault",
    ],
)
def test_what_words_leave_in_doubt_is_left_to_the_second_look(line: str) -> None:
    """It calls a person once an encoder finds it angry, and not before."""
    reading = READER.read(line)
    assert READER.is_worth_a_look(reading) and reading.score < ANGRY_AT
    assert READER.reconsider(line, 3.0).mood == "angry"
    assert READER.reconsider(line, 0.0) == reading


@pytest.mark.parametrize("line", ["ok", "gg", "🙏🙏🙏", "W", "lets go", "23:59", "?!"])
def test_a_line_that_says_nothing_is_calm(line: str) -> None:
    """Pictures, figures and marks are no words."""
    assert READER.read(line) is CALM


@example("a'!!j")
@given(st.text(alphabet="abcdefghij '’!?", max_size=60))
def test_signs_don_t_change_what_words_say(line: str) -> None:
    """A phone's apostrophe is the keyboard's."""
    curly = line.replace("'", "’")
    straight = line.replace("’", "'")
    assert READER.read(curly).score == READER.read(straight).score


@pytest.mark.parametrize(
    ("line", "latin"),
    [
        ("where is my order", True),
        ("où est ma café crème 😀", True),
        ("order 呢", False),
        ("где заказ", False),
        ("主播", False),
        ("😀😀", False),
        ("", True),
    ],
)
def test_what_is_written_in_latin_letters_is_known(line: str, latin: bool) -> None:
    """Loans and pictures among them are no other script."""
    assert is_latin(line) is latin
