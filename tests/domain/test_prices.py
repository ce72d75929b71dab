"""Prices: what something costs is told by no entry that says nothing of money."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import MatchSettings
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.prices import asks_price

_SIZE = FaqEntry(
    id=FaqId("size"),
    questions=("二胡多少寸的", "二胡有几种尺寸", "二胡是大号吗"),
    answers=("有大中小三种",),
)
_BOW = FaqEntry(
    id=FaqId("bow"),
    questions=("弓子怎么样", "弓子单买呢", "弓子好吗"),
    answers=("弓子单买60元",),
)
_MATCHER = BookMatcher(
    FaqBook(entries=(_SIZE, _BOW), pack=shipped_pack()), MatchSettings()
)


@pytest.mark.parametrize("line", ["二胡多少钱", "二胡什么价", "二胡多少钱一把"])
def test_a_price_is_not_told_by_a_size(line: str) -> None:
    """However much of the question the two share."""
    match = _MATCHER.match(line)
    assert match.entry is None
    vetoes = {each.entry: each.veto for each in match.candidates}
    assert vetoes[_SIZE.id] in ("price", "exclusive")


def test_a_merchant_may_answer_a_price_without_a_sum() -> None:
    """Whoever wrote the question into an entry meant it, wherever its answer sends the buyer."""
    link = FaqEntry(
        id=FaqId("link"),
        questions=("怎么卖", "二胡怎么卖", "二胡怎么卖的"),
        answers=("都在小黄车3号",),
    )
    matcher = BookMatcher(
        FaqBook(entries=(_SIZE, _BOW, link), pack=shipped_pack()), MatchSettings()
    )
    for line in (*link.questions, "二胡怎么卖呀"):
        assert matcher.match(line).entry == link.id


def test_an_answer_that_names_a_sum_may_tell_it() -> None:
    """Only its answer speaks of money, and nothing forbids it."""
    vetoes = {each.entry: each.veto for each in _MATCHER.match("弓子多少钱").candidates}
    assert vetoes[_BOW.id] is None


@pytest.mark.parametrize(
    "line", ["退多少钱", "二胡多少钱包邮吗", "还能借多少钱", "多少钱包邮"]
)
def test_other_sums_are_no_price(line: str) -> None:
    """Nor is a price with another question behind it."""
    assert not asks_price(line)
