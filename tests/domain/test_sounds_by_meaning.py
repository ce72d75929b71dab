"""What a question sounds like to an encoder counts beside its characters, whatever the book knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.faq.asked_of_shop import ASKED, LIKE_TALK, sounds_asked
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.likeness import Likeness
from streambot.domain.faq.match import Outcome
from streambot.domain.faq.matcher import BookMatcher

#: How talk sounds on average, and how far from it what a shop is asked.
_TALK, _SHOP = 0.0, 4.0
_BOOK = FaqBook(
    entries=(
        FaqEntry(
            id=FaqId("return"),
            questions=("怎么退货", "可以退货吗", "退货怎么弄"),
            answers=("七天内都能退",),
        ),
    )
)
#: Its characters tell nothing: neither a shop's nor talk.
_EITHER = "那个他拿得动不"


def _heard(sounds: float | None) -> Likeness:
    """What an encoder says that finds nothing of the book in a line."""
    far = {"怎么退货": 0.8, "可以退货吗": 0.8, "退货怎么弄": 0.8}
    return Likeness(cosines=far, mean=0.8, spread=0.02, sounds=sounds)


@pytest.fixture(scope="module")
def matcher() -> BookMatcher:
    """Of a shop that tells how to return things."""
    return BookMatcher(_BOOK)


def test_what_sounds_asked_by_its_meaning_is_a_persons(matcher: BookMatcher) -> None:
    """Though neither the book nor the characters know it."""
    assert LIKE_TALK < sounds_asked(_EITHER) < ASKED
    assert matcher.match(_EITHER).outcome is Outcome.IGNORE
    match = matcher.reconsider(_EITHER, _heard(_SHOP))
    assert (match.outcome, match.reason) == (Outcome.HANDOFF, "shop_matter")
    assert match.sounds >= ASKED
    (told,) = match.evidence
    assert told.text == _EITHER[told.start : told.end] != ""


@pytest.mark.parametrize("sounds", [_TALK, -2.0, None])
def test_what_sounds_like_talk_is_nobodys(
    matcher: BookMatcher, sounds: float | None
) -> None:
    """As it is where the encoder doesn't tell."""
    assert matcher.reconsider(_EITHER, _heard(sounds)).outcome is Outcome.IGNORE


def test_a_statement_is_nobodys_however_it_sounds(matcher: BookMatcher) -> None:
    """Only questions are put to a shop."""
    assert matcher.reconsider("他用得惯", _heard(9.0)).outcome is Outcome.IGNORE


def test_a_books_only_entry_leads_by_no_more_than_it_is_near(
    matcher: BookMatcher,
) -> None:
    """It was told to whoever asked anything: nothing else was as near."""
    for line in ("睡袋垫子是不是另外配", "这双走远路脚后跟磨不磨", _EITHER):
        (only,) = matcher.reconsider(line, _heard(_TALK)).candidates
        assert only.score < 0.1


def test_characters_still_count(matcher: BookMatcher) -> None:
    """A question that is a shop's by them isn't talk because an encoder has no opinion of it."""
    line = "睡袋垫子是不是另外配"
    assert matcher.match(line).outcome is Outcome.HANDOFF
    assert matcher.reconsider(line, _heard(1.5)).outcome is Outcome.HANDOFF
    assert matcher.reconsider(line, _heard(-3.0)).outcome is Outcome.IGNORE


@pytest.mark.parametrize(
    ("line", "worth"), [("这双走远路脚后跟磨不磨", True), ("他昨天那把怎么输的", False)]
)
def test_what_sounds_asked_is_worth_a_look(
    matcher: BookMatcher, line: str, worth: bool
) -> None:
    """Also where the book has no word of it, so that an encoder may find its entry."""
    match = matcher.match(line)
    assert match.question_like and match.shop < 0.3
    assert matcher.is_worth_a_look(match) is worth


@given(text=st.text(max_size=60), meaning=st.floats(-20, 20), more=st.floats(0, 20))
def test_more_meaning_never_makes_more_talk(
    text: str, meaning: float, more: float
) -> None:
    """Whatever the characters say."""
    assert sounds_asked(text, meaning + more) >= sounds_asked(text, meaning)
