"""Traps of too little and too much: a bare word, and a line in which many phrasings stand."""

from __future__ import annotations

import pytest
from rapidfuzz.fuzz import WRatio

from streambot.domain.faq.match import Outcome
from tests.domain.shops import BOTH, asked, assert_ranked_first, told


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("运费险", "insurance"),
        ("保质期", "shelf_life"),
        ("生产日期", "made_date"),
        ("起球", "pilling"),
        ("口味", "flavours"),
        ("补货", "restock"),
    ],
)
def test_bare_keyword_of_one_entry(line: str, entry: str) -> None:
    """A word that only one entry is about asks for it."""
    assert_ranked_first(line, entry)


@pytest.mark.parametrize(
    ("line", "among"),
    [
        ("发货", {"ship_when", "ship_from"}),
        ("退", {"return_how", "refund_when"}),
        ("尺码", {"size_which", "size_true"}),
        ("会员", {"member_open", "member_close"}),
        ("优惠券", {"coupon_get", "coupon_fail"}),
    ],
)
def test_bare_keyword_of_several_entries(line: str, among: set[str]) -> None:
    """A word that several are about is asked back, with them."""
    match = asked(line)
    assert match.outcome is Outcome.CLARIFY, told(match)
    assert {each.entry for each in match.candidates[:3]} & among, told(match)


@pytest.mark.parametrize("line", ["客服", "人工", "找客服", "有人工吗", "转人工"])
def test_bare_call_for_a_person(line: str) -> None:
    """客服 is a call for a person, not a question of the book's."""
    assert asked(line).outcome is Outcome.HANDOFF


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("想问一下你们家的运费多少钱啊亲", "postage"),
        ("满200减多少钱啊主播", "full_200"),
        ("主播苹果多少钱一斤啊包邮的那种", "apple_price"),
        ("主播苹果什么价格啊好想吃呀", "apple_price"),
        ("优惠券在哪领多少钱能用", "coupon_get"),
    ],
)
def test_ties_of_wratio(line: str, entry: str) -> None:
    """Where WRatio ties several entries the matcher puts the right one first, alone."""
    likeness = {
        name: max(WRatio(line, question) for question in questions)
        for name, questions in BOTH.items()
    }
    best = max(likeness.values())
    assert sum(score == best for score in likeness.values()) > 1
    assert_ranked_first(line, entry)
    first, *others = asked(line).candidates
    assert all(first.score > other.score for other in others if other.veto is None)
