"""Readings: how people set out and plead around a question takes no answer from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import Outcome
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.readings import other_readings

_ENTRIES = {
    "post": ("包邮吗", "邮费多少", "要运费吗"),
    "sheer": ("透不透", "会透吗", "白色透吗"),
    "code": ("我穿什么码", "怎么选码", "尺码怎么看"),
    "return": ("can I return it", "how do I return it", "do you accept returns"),
}
_BOOK = FaqBook(
    entries=tuple(
        FaqEntry(id=FaqId(name), questions=questions, answers=("-",))
        for name, questions in _ENTRIES.items()
    ),
    pack=shipped_pack(),
)
_MATCHER = BookMatcher(_BOOK)
_ASKED = [(name, each) for name, questions in _ENTRIES.items() for each in questions]
_OPENERS = [
    "",
    "主播",
    "@主播 ",
    "老板，",
    "哈哈哈",
    "那",
    "就是",
    "到底",
    "家人们",
    "刚来，",
]
_OPENERS += [
    "没听清，",
    "问好几遍了，",
    "这个",
    "宝贝，",
    "咱家",
    "你们家",
    "嗯那个，",
    "哈喽主播，",
]
_PLEAS = [
    "",
    "，谢谢",
    "回我一下",
    "，在线等",
    "急急",
    "111",
    "，求回复",
    "！",
    "啊主播",
]


@given(st.sampled_from(_ASKED), st.sampled_from(_OPENERS), st.sampled_from(_PLEAS))
def test_a_question_is_answered_whatever_stands_around_it(
    asked: tuple[str, str], opener: str, plea: str
) -> None:
    """Nobody types the phrasing alone."""
    name, question = asked
    line = opener + question + plea
    match = _MATCHER.match(line)
    assert (match.outcome, match.entry) == (Outcome.ANSWER, name)
    (seen,) = match.evidence
    assert line[seen.start : seen.end] == seen.text


@pytest.mark.parametrize("opener", _OPENERS)
def test_what_is_asked_back_is_asked_back_whatever_it_opens_with(opener: str) -> None:
    """A line too unsure for an answer isn't passed over for whom it calls; an encoder may look."""
    line = opener + "会不会太透了"
    match = _MATCHER.match(line)
    assert (match.outcome, match.entry) == (Outcome.CLARIFY, None)
    assert match.candidates[0].entry == "sheer"
    assert _MATCHER.is_worth_a_look(match)
    (seen,) = match.evidence
    assert line[seen.start : seen.end] == seen.text


@pytest.mark.parametrize(
    "line",
    [
        "主播多高",
        "主播拍多大的",
        "那件外套好看",
        "那天买的",
        "你们",
        "包邮11",
        "怎么联系主播",
        "谢谢你的礼物",
    ],
)
def test_what_belongs_to_the_line_stays(line: str) -> None:
    """Whom it asks about, what it points at, and whatever would leave nothing."""
    assert list(other_readings(line, alike=True)) == []


def test_who_calls_the_host_and_speaks_of_themselves_is_told_their_own_size() -> None:
    """主播我穿什么码 isn't 主播穿什么码, however near the two are."""
    height = FaqEntry(
        id=FaqId("host"), questions=("主播穿什么码", "主播多高"), answers=("-",)
    )
    book = FaqBook(entries=(*_BOOK.entries, height), pack=shipped_pack())
    matcher = BookMatcher(book)
    assert matcher.match("主播我穿什么码").entry == "code"
    assert matcher.match("主播穿什么码").entry == "host"
    assert matcher.match("主播穿多大码").entry == "host"
