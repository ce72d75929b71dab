"""A line that sounds like a phrasing throughout is that phrasing, whatever its characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.faq.homophones import Homophones
from streambot.domain.faq.match import Outcome
from tests.domain.shops import asked_of

_BOOK = {
    "fee": ("包邮吗", "运费多少", "邮费谁出"),
    "return": ("怎么退货", "可以退货吗"),
    "ship": ("几号发货", "什么时候发货"),
    "men": ("有男款吗", "男生能穿吗"),
    "oil": ("送油壶吗", "油多大瓶"),
}


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("包游吗", "fee"),
        ("包由吗？", "fee"),
        ("主播 包油吗", "fee"),
        ("怎么推货", "return"),
        ("可以推或吗", "return"),
        ("几号发获", "ship"),
        ("什么时候法货", "ship"),
    ],
)
def test_a_homophone_is_answered(line: str, entry: str) -> None:
    """Also of three characters, of which another one leaves little that is alike."""
    match = asked_of(_BOOK, line)
    assert (match.outcome, match.entry) == (Outcome.ANSWER, entry)


@pytest.mark.parametrize("line", ["有蓝款吗", "有难看的吗", "有南款吗的", "包有吗包"])
def test_what_sounds_otherwise_is_not(line: str) -> None:
    """Sounds that some accents merge tell 蓝 from 男, and every syllable counts."""
    assert asked_of(_BOOK, line).outcome is not Outcome.ANSWER


@given(st.text(alphabet="包邮游由油吗嘛运费云飞", min_size=1, max_size=8))
def test_none_is_read_as_itself(line: str) -> None:
    """There is nothing else to read then; and what is read is always a phrasing."""
    known = Homophones(["包邮吗", "运费多少"])
    meant = known.read(line)
    assert meant != line
    assert meant in {None, "包邮吗", "运费多少"}
