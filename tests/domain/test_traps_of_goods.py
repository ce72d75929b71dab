"""Traps of goods: one thing's answer for another thing, and one measure's for another measure."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.canonical import Canon
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import FaqMatch, MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.pack import Pack
from tests.domain.shops import asked_of

_ASKED = {
    "quiet": ("剃须刀声音大吗", "吵不吵", "响不响"),
    "jug": ("电水壶几升的", "电水壶多大", "一次能烧多少水"),
    "lasting": ("音箱续航多久", "音箱充一次能放多久", "音箱能听几个小时"),
    "care": ("琥珀怎么保养", "琥珀能碰水吗", "琥珀会开裂吗"),
    "bracelet": ("手串多少克", "手串有多重", "手串克重多少"),
    "courier": ("发什么快递", "用哪家快递", "走什么物流"),
}


def _asked(line: str) -> FaqMatch:
    return asked_of(_ASKED, line)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("挂烫机声音大吗", "quiet"),
        ("破壁机响不响", "quiet"),
        ("珊瑚怎么保养", "care"),
        ("碧玺能碰水吗", "care"),
        ("电水壶多少瓦", "jug"),
        ("音箱充满电要多久", "lasting"),
        ("手串多少钱", "bracelet"),
        ("电水壶几斤", "jug"),
        ("手串有几页", "bracelet"),
    ],
)
def test_another_thing_or_measure_is_not_answered(line: str, wrong: str) -> None:
    """Whatever else the two questions have in common."""
    match = _asked(line)
    assert match.outcome is not Outcome.ANSWER
    vetoes = {each.entry: each.veto for each in match.candidates}
    assert vetoes[FaqId(wrong)] == "exclusive"


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("剃须刀吵不吵", "quiet"),
        ("声音吵不吵", "quiet"),  # it names no goods
        ("琥珀要怎么保养", "care"),
        ("电水壶多少升", "jug"),
        ("音箱充满电能听几个小时", "lasting"),
        ("手串有多少克", "bracelet"),
        ("手串沉不沉", "bracelet"),
        ("挂烫机发什么快递", "courier"),  # that entry speaks of no goods
    ],
)
def test_the_same_thing_and_measure_is_answered(line: str, entry: str) -> None:
    """By an entry that names it, or that speaks of no goods."""
    assert _asked(line).entry == entry


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("这款织带多少米", None),  # 米 is money here
        ("织带多少钱", None),
        ("织带有几米", "ribbon"),
        ("织带是多少米的", "ribbon"),
    ],
)
def test_metres_of_what_is_long_are_no_price(line: str, entry: str | None) -> None:
    """Whoever writes 有几米的 means metres, and is told no price nor the reverse."""
    ribbon = FaqEntry(
        id=FaqId("ribbon"),
        questions=("织带有几米的", "一卷织带多长", "织带长度"),
        answers=("答",),
    )
    book = FaqBook(entries=(ribbon,), pack=shipped_pack())
    assert BookMatcher(book, MatchSettings()).match(line).entry == entry


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("台灯是tapec的吗", "台灯是type-c的吗"),
        ("要tpc接口的", "要type-c接口的"),
        ("能走顺风吗", "能走顺丰吗"),
        ("祝一路顺风", "祝一路顺风"),
    ],
)
def test_slips_in_names_of_goods_are_read(typed: str, meant: str) -> None:
    """As what they stand for; a wish for fair winds names no courier."""
    assert Canon(shipped_pack())(typed) == Canon(Pack())(meant)


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("吃素的能吃吗", True),
        ("清真的吗", False),
        ("含麸质吗", False),
        ("is it vegetarian", True),
        ("is it halal", False),
        ("is it gluten free", False),
    ],
)
def test_who_may_not_eat_something_is_told_of_that(line: str, is_told: bool) -> None:
    """What is vegan may well hold gluten, and need not be halal."""
    vegan = FaqEntry(
        id=FaqId("vegan"),
        questions=("纯素吗", "吃素能吃吗", "is it vegan", "is this vegan friendly"),
        answers=("是的",),
    )
    book = FaqBook(entries=(vegan,), pack=shipped_pack())
    assert (BookMatcher(book, MatchSettings()).match(line).entry == "vegan") is is_told
