"""Prices: what something costs is told by no entry that says nothing of money."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import MatchSettings
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.prices import asks_price, several
from streambot.domain.product import Catalogue, Product, ProductId

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


@pytest.mark.parametrize(
    "line", ["二胡多少钱", "二胡什么价", "二胡多少钱一把", "二胡多少钱一套"]
)
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
    ("line", "forms"),
    [
        ("两件多少钱", {"两件", "二件", "2件"}),
        ("拍12包多少钱", {"12包"}),
        ("买十二个多少钱", {"十二个", "12个"}),
        ("一件多少钱", set()),
        ("1件多少钱", set()),
        ("这两个多少钱", set()),
        ("第二件多少钱", set()),
        ("五个月多少钱", set()),
    ],
)
def test_how_many_are_asked_for(line: str, forms: set[str]) -> None:
    """However the number is written; not one, and not which of them."""
    assert several(line) == forms


def test_the_price_of_several_is_not_that_of_one() -> None:
    """Unless the entry, or the product, says what so many cost."""

    def asked(line: str, answer: str, product: str) -> str | None:
        book = FaqBook(
            entries=(
                FaqEntry(
                    id=FaqId("price"),
                    questions=("多少钱", "这个多少钱", "怎么卖的"),
                    answers=(answer,),
                ),
            ),
            catalogue=Catalogue(
                products=(
                    Product(id=ProductId("p"), link=1, name=product, price="39元"),
                )
            ),
            pack=shipped_pack(),
        )
        return BookMatcher(book, MatchSettings()).match(line).entry

    assert asked("一条多少钱", "39元", "毛巾") == "price"
    assert asked("三条多少钱", "39元", "毛巾") is None
    assert asked("3条多少钱", "39元，三条99元", "毛巾") == "price"
    assert asked("3条多少钱", "39元", "毛巾3条装") == "price"


def test_who_is_asked_of_several_may_tell_of_any_number() -> None:
    """Wholesale is of hundreds, whichever hundred is asked for."""
    many = FaqEntry(
        id=FaqId("many"),
        questions=("可以批发吗", "拿货什么价", "买50个多少钱"),
        answers=("量大私信报价",),
    )
    book = FaqBook(entries=(many,), pack=shipped_pack())
    matcher = BookMatcher(book, MatchSettings())
    assert matcher.match("买80个多少钱").entry == many.id


@pytest.mark.parametrize(
    "line", ["退多少钱", "二胡多少钱包邮吗", "还能借多少钱", "多少钱包邮"]
)
def test_other_sums_are_no_price(line: str) -> None:
    """Nor is a price with another question behind it."""
    assert not asks_price(line)
