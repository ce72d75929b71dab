"""An answer tells what its entry may be asked besides: the names and the sides it speaks of."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.answers import Answers
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import FaqMatch, MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.normalise import normalise
from tests.domain.shops import SHOP

_PAY = ("能用花呗吗", "支持花呗付款吗", "花呗可以用吗")


def _entry(name: str, answer: str, questions: tuple[str, ...]) -> FaqEntry:
    return FaqEntry(id=FaqId(name), questions=questions, answers=(answer,))


def _asked(line: str, *entries: FaqEntry) -> FaqMatch:
    book = FaqBook(entries=entries, pack=shipped_pack())
    return BookMatcher(book, MatchSettings()).match(line)


_FLAVOURS = ("爆米花什么口味", "爆米花有几种味道", "爆米花甜不甜")
_TOLD, _SILENT = "有海盐和焦糖的，都卖", "有咸的和甜的，都卖"


def _tastes(answer: str) -> tuple[FaqEntry, ...]:
    shop = (_entry(name, "好的", questions) for name, questions in SHOP.items())
    return _entry("taste", answer, _FLAVOURS), *shop


@pytest.mark.parametrize("line", ["爆米花是焦糖的吗", "爆米花有海盐的不"])
def test_a_name_that_only_the_answer_holds_is_asked_about(line: str) -> None:
    """It need be less sure; where the answer is silent about it the viewer is asked back."""
    told, unsure = _asked(line, *_tastes(_TOLD)), _asked(line, *_tastes(_SILENT))
    assert told.entry == "taste"
    assert unsure.outcome is Outcome.CLARIFY
    assert told.score == unsure.score < MatchSettings().answer_at


def test_a_name_that_many_answers_hold_is_no_entrys_own() -> None:
    """Then it says nothing of this one."""
    others = (
        _entry(f"other{number}", _TOLD, (f"第{number}批几点开抢",))
        for number in range(2)
    )
    match = _asked("爆米花是焦糖的吗", *_tastes(_TOLD), *others)
    assert match.outcome is Outcome.CLARIFY


def test_a_statement_asks_for_nothing_its_answer_speaks_of() -> None:
    """Where only the form differs."""
    assert _asked("爆米花是焦糖的", *_tastes(_TOLD)).entry is None


@pytest.mark.parametrize(
    ("line", "answer", "is_told"),
    [
        ("能用白条吗", "花呗和白条都可以用", True),
        ("能用白条吗", "可以的，下单时选", False),
        ("能用信用卡吗", "花呗和白条都可以用", False),
    ],
)
def test_an_answer_takes_the_sides_it_speaks_of(
    line: str, answer: str, is_told: bool
) -> None:
    """Only of opposites of which its questions take a side."""
    match = _asked(line, _entry("pay", answer, _PAY))
    assert (match.outcome is Outcome.ANSWER) is is_told
    assert ("exclusive" in {each.veto for each in match.candidates}) is not is_told


def test_what_answers_name() -> None:
    """Pairs that may be a name and longer Latin words; no values, nothing with 是 or 可以 in it."""
    told = _entry("a", "{product.price}元，顺德产的，可以用 Afterpay or cash", ("x",))
    answers = Answers((told,), normalise)
    for word in ("顺德", "afterpay", "cash"):
        assert answers.speaking_of([word]) == {told.id}
    assert not answers.speaking_of(["product", "可以", "or"])
    assert "product" not in answers.of(told.id)
