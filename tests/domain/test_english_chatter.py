"""English rooms: what frames every question makes none of them the shop's matter."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.statements import merely_tells


def _entry(name: str, *questions: str) -> FaqEntry:
    return FaqEntry(id=FaqId(name), questions=questions, answers=("-",))


CANDLES = BookMatcher(
    FaqBook(
        entries=(
            _entry(
                "ship",
                "how long does shipping take",
                "when will my order ship",
                "when will i get it",
            ),
            _entry("scent", "what scents do you have", "is the vanilla scent strong"),
            _entry("burn", "how long does it burn", "what is the burn time"),
            _entry("buy", "how do i order", "where can i buy it", "can i order here"),
            _entry("refund", "when do i get my money back", "how long do refunds take"),
        ),
        version="candles",
        pack=shipped_pack(),
    ),
    MatchSettings(),
)


@pytest.mark.parametrize(
    "line",
    [
        "can you wave at me",
        "what did you say",
        "can we get some hype",
        "are you guys twins",
        "lmao what is that",
        "where did you go",
        "how do i become a moderator",
        "why are you like this",
        "do you like horror films",
        "i just got here what is going on",
        "can you do an impression",
        "who is this girl",
    ],
)
def test_talk_that_only_frames_is_nobodys(line: str) -> None:
    """Can you, how do i and what is stand in every book's questions and name nothing."""
    assert CANDLES.match(line).outcome is Outcome.IGNORE


@pytest.mark.parametrize(
    "line",
    [
        "do you deliver to norway",
        "can i use apple pay",
        "is there a limit per customer",
        "do you have a loyalty program",
        "can you do it in xxl",
        "does the seller do discounts",
    ],
)
def test_a_word_of_trade_makes_it_the_shops(line: str) -> None:
    """Whether or not the book has a word of it: nobody else can answer."""
    assert CANDLES.match(line).outcome in (Outcome.HANDOFF, Outcome.CLARIFY)


@pytest.mark.parametrize(
    "line",
    [
        "how long will shipping take",
        "whats the burn time",
        "when will my order ship out",
    ],
)
def test_what_the_book_knows_is_answered_as_before(line: str) -> None:
    """The frame counts for which entry is meant, only not for whose matter it is."""
    assert CANDLES.match(line).outcome is Outcome.ANSWER


@pytest.mark.parametrize(
    "line",
    [
        "shut up and take my money",
        "just ordered two",
        "i got mine today",
        "bought one lol",
    ],
)
def test_who_tells_of_buying_asks_nothing(line: str) -> None:
    """Nor are they told when money comes back."""
    assert CANDLES.match(line).outcome is Outcome.IGNORE


def test_who_bought_and_has_trouble_is_no_mere_teller() -> None:
    """What follows the purchase counts: such a line isn't passed over for its form."""
    for line in ("just ordered and was charged twice", "got mine and it is broken"):
        assert not merely_tells(line)
