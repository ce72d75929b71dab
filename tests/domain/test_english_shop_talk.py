"""English questions and statements: what only a shop is asked reaches people, talk doesn't."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.asked_of_shop import sounds_asked, telling
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import FaqMatch, MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher

_QUESTIONS = {
    "return": (
        "how do i return it",
        "can i send it back",
        "what is your return policy",
    ),
    "size": ("what size should i get", "does it run small", "which size fits me"),
    "colors": (
        "what colors does it come in",
        "do you have it in black",
        "any other colors",
    ),
    "battery": ("how long does the battery last", "is the battery big", "battery life"),
}
#: None of them is among the lines the table was made of.
_ASKED = [
    "does the zipper snag on the lining",
    "is the glaze on the mugs food safe",
    "are the bamboo lids sold apart",
    "can the straps be swapped out",
    "is there a bigger tub of the same cream",
]
_TALK = [
    "how did you beat that guy last night",
    "are you gonna sing again later",
    "do your parents watch the stream",
    "who won the game yesterday",
    "why is chat so quiet rn",
]


def _asked(line: str) -> FaqMatch:
    entries = tuple(
        FaqEntry(id=FaqId(name), questions=questions, answers=("yes",), language="en")
        for name, questions in _QUESTIONS.items()
    )
    book = FaqBook(entries=entries, pack=shipped_pack())
    return BookMatcher(book, MatchSettings()).match(line)


def test_shops_are_asked_otherwise_than_people() -> None:
    """No line of the one kind sounds like the other."""
    assert min(map(sounds_asked, _ASKED)) > 4 > 0 > max(map(sounds_asked, _TALK))


@pytest.mark.parametrize("line", _ASKED)
def test_what_only_a_shop_is_asked_is_a_persons(line: str) -> None:
    """Though the book has no word of it."""
    match = _asked(line)
    assert (match.outcome, match.reason) == (Outcome.HANDOFF, "shop_matter")


@pytest.mark.parametrize("line", _TALK)
def test_talk_calls_nobody(line: str) -> None:
    """However much it asks."""
    assert _asked(line).outcome is Outcome.IGNORE


@pytest.mark.parametrize(
    "line",
    [
        "return of the champ lets gooo",
        "size queen over here lmao",
        "my battery is dying brb",
        "he came back in black like ac dc",
    ],
)
def test_a_word_of_the_book_in_talk_calls_nobody(line: str) -> None:
    """One word makes a match sure in Latin lines, so the sound counts more than the word."""
    assert _asked(line).outcome is Outcome.IGNORE


def test_the_word_that_tells_most_is_shown() -> None:
    """Where it stands in the line."""
    line = "does the zipper snag on the lining"
    word = telling(line)
    assert word is not None and word.text == line[word.start : word.end]
    assert word.text in line.split()
