"""Cards hold one question each: what could make two lines differ keeps them apart."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from streambot.domain.card import card_of
from streambot.domain.faq.match import FaqMatch, Outcome
from streambot.domain.faq.pack import IntentId
from streambot.domain.product import ProductId
from tests.domain.talk_shop import ENTRIES, book

BOOK = book(*ENTRIES)
RESTOCK = FaqMatch(outcome=Outcome.HANDOFF, intent=IntentId("restock"))
#: What differs, with the same words around it: the matcher likes such lines for each other.
ABOUT = (
    *("1号链接", "2号链接", "3号链接", "①号", "第2个链接"),
    *("T恤", "大衣", "手机壳"),
    *("满99", "满199", "99元", "199元", "160斤", "160cm", "XL码", "2XL码"),
)
ASKED = ("{}几号发货", "{}多少钱", "{}能退吗", "{}什么时候补货", "{}满减怎么算")


def card(text: str, shown: str | None = None, match: FaqMatch | None = None) -> str:
    """The card of a line as the room's book understands it."""
    match = match or BOOK.matcher.match(text)
    return card_of(match, text, BOOK, None if shown is None else ProductId(shown))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ASKED),
    st.sampled_from(ABOUT),
    st.sampled_from(ABOUT),
    st.integers(1, 400),
    st.integers(1, 400),
)
@example("{}几号发货", "满99", "99元", 1, 1)
def test_other_numbers_links_or_products_never_share_a_card(
    asked: str, one: str, other: str, first: int, second: int
) -> None:
    """However alike the lines are, and whatever entry or common question they are near."""
    for match in (None, RESTOCK):
        if one != other and {one, other} != {"2号链接", "第2个链接"}:
            ours, theirs = asked.format(one), asked.format(other)
            if {one, other} != {"1号链接", "①号"}:
                assert card(ours, match=match) != card(theirs, match=match)
        if first != second:
            ours, theirs = (f"{each}件{asked.format(one)}" for each in (first, second))
            assert card(ours, match=match) != card(theirs, match=match)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("运费多少", "运费险多少"),
        ("怎么退货", "为什么退货失败"),
        ("卫衣有货吗", "袜子有货吗"),
        ("今天能发货吗", "明天能发货吗"),
        ("能退吗", "不能退吗"),
    ],
)
def test_opposites_and_other_things_never_share_a_card(one: str, other: str) -> None:
    """Nor do lines that only have an entry's words in common."""
    assert card(one) != card(other)


def test_the_same_question_shares_a_card_however_it_is_worded() -> None:
    """Width, particles and the wording of a common question make no difference."""
    assert card("几点下播呀") == card("请问几点下播？") == card("几点 下播")
    assert card("什么时候发货呢") == card("多久发货")  # two phrasings of one entry
    assert card("什么时候补", match=RESTOCK) == card("啥时候补货呀", match=RESTOCK)


def test_what_is_on_screen_is_part_of_the_question() -> None:
    """The same words a product later ask about another product."""
    assert card("这件有货吗", "tee") != card("这件有货吗", "coat")
