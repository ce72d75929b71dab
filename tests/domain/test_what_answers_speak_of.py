"""An answer tells what its entry may be asked besides: the names and the sides it speaks of."""

from __future__ import annotations

from dataclasses import replace

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


@pytest.mark.parametrize("line", ["爆米花是焦糖味的吗", "爆米花有海盐的不"])
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


def test_what_answers_tell_an_encoder() -> None:
    """Nothing that is short, nor what two entries answer; no values, and no more than an encoder reads."""
    said = "顺德产的" + "，慢火熬" * 99
    answers = Answers(
        (
            _entry("short", "有的", ("x",)),
            _entry("one", "都写在详情里", ("y",)),
            _entry("other", "都写在详情里", ("z",)),
            _entry("long", said, ("v",)),
            _entry("value", "{product.price}元", ("w",)),
        ),
        normalise,
    )
    for silent in ("short", "one", "other", "value"):
        assert answers.telling(FaqId(silent)) == ()
    (told,) = answers.telling(FaqId("long"))
    assert told and normalise(said).startswith(told) and len(told) < len(said)


def test_an_encoder_is_given_phrases_and_what_they_are_answered() -> None:
    """A phrase that two entries share has the answers of both; one that tells nothing has none."""
    shared = "包邮吗"
    book = FaqBook(
        entries=(
            _entry("a", "全场包邮，新疆除外", (shared, "运费谁出")),
            _entry("b", "满九十九元才包邮", (shared,)),
            _entry("c", "好", ("在吗",)),
        )
    )
    compared = BookMatcher(book, MatchSettings()).compared
    assert compared.phrases == (shared, "运费谁出", "在吗")
    a, b = normalise("全场包邮，新疆除外"), normalise("满九十九元才包邮")
    assert compared.answers == {shared: (a, b), "运费谁出": (a,)}
    assert compared.texts == (*compared.phrases, a, b)


_FILLING = ("被子里面是什么", "被芯用的什么", "里面填的什么")


@pytest.mark.parametrize("line", ["是桑蚕丝的吗", "有没有桑蚕丝", "桑蚕丝占多少"])
def test_who_names_what_one_answer_speaks_of_is_asked_back(line: str) -> None:
    """Though no question of the book leads there."""
    shop = [_entry(name, "好的", questions) for name, questions in SHOP.items()]
    told = _asked(line, _entry("filling", "一半桑蚕丝一半纤维", _FILLING), *shop)
    assert (told.outcome, told.reason) == (Outcome.CLARIFY, "in_answer")
    assert told.candidates[0].entry == "filling"
    (word,) = told.evidence
    assert word.text == line[word.start : word.end] and word.text in "桑蚕丝"
    silent = _asked(line, _entry("filling", "都写在详情里", _FILLING), *shop)
    assert silent.reason != "in_answer"


@pytest.mark.parametrize("before", ["", "İİİ ", "NEW "])
def test_the_word_is_shown_where_it_stands(before: str) -> None:
    """Though some letters become longer when they are made small."""
    line = f"{before}是桑蚕丝的吗"
    told = _asked(line, _entry("filling", "一半桑蚕丝一半纤维", _FILLING))
    for word in told.evidence:
        assert word.text == line[word.start : word.end] and word.text in "桑蚕丝"
    assert told.evidence


def test_nobody_is_asked_back_about_what_two_answers_speak_of() -> None:
    """Nor in talk, nor where a merchant rules the entry out."""
    said = "一半桑蚕丝一半纤维"
    filling = _entry("filling", said, _FILLING)
    care = _entry("care", "桑蚕丝不能晒", ("被芯怎么打理", "被芯能晒吗", "被芯怎么收"))
    assert _asked("是桑蚕丝的吗", filling, care).reason != "in_answer"
    assert _asked("你昨天那把被桑蚕丝反杀了吗", filling).reason != "in_answer"
    assert _asked("桑蚕丝是什么歌", filling).reason != "in_answer"
    ruled = replace(filling, none=("占多少",))
    assert _asked("桑蚕丝占多少", ruled).reason != "in_answer"
