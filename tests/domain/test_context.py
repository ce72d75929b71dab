"""What is carried from a viewer's last question, what leans on it, and choosing an offer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.faq.context import CARRIED, Turn, Turns, in_place, leaning
from streambot.domain.faq.entry import FaqId
from streambot.domain.faq.offers import Offer, Refused, choice
from streambot.domain.faq.parts import parts_of
from streambot.domain.viewer import ViewerKey

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OFFERS = (
    Offer(entry=FaqId("ship"), words="什么时候发货"),
    Offer(entry=FaqId("fee"), words="要邮费吗"),
    Offer(entry=FaqId("back"), words="可以换货吗"),
)


def turn(seconds: float = 0) -> Turn:
    """A question asked so many seconds after now."""
    return Turn(at=NOW + timedelta(seconds=seconds), text="有货吗")


def test_a_turn_is_its_viewers_own_and_expires() -> None:
    """Nobody leans on another's question, nor on one of more than a minute ago."""
    turns = Turns()
    turns.keep(ViewerKey("a"), turn())
    assert turns.of(ViewerKey("a"), NOW + CARRIED) == turn()
    assert turns.of(ViewerKey("b"), NOW) is None
    assert turns.of(ViewerKey("a"), NOW + CARRIED + timedelta(seconds=1)) is None
    assert len(turns) == 0


@given(st.lists(st.integers(min_value=0, max_value=9), max_size=60))
def test_turns_kept_are_bounded_and_the_newest(viewers: list[int]) -> None:
    """However many viewers ask, only the last few are kept, each with their newest."""
    turns = Turns(kept=3)
    for at, viewer in enumerate(viewers):
        turns.keep(ViewerKey(str(viewer)), turn(at / 100))
    assert len(turns) <= 3
    newest = list(dict.fromkeys(reversed(viewers)))[:3]
    for viewer in newest:
        last = len(viewers) - 1 - viewers[::-1].index(viewer)
        assert turns.of(ViewerKey(str(viewer)), NOW) == turn(last / 100)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("那2XL呢", "2XL"),
        ("灰色呢？", "灰色"),
        ("那运费呢", "运费"),
        ("那7号呢", "7号"),
        ("那卫衣", "卫衣"),
        ("what about XL?", "XL"),
        ("人呢", None),
        ("主播呢", None),
        ("怎么还没发货呢", None),
        ("那个多少钱", None),
        ("今天真的好开心能在这里遇见你们大家呢", None),
    ],
)
def test_short_lines_lean_on_what_was_asked(line: str, word: str | None) -> None:
    """ "And X?" names X; lines that ask by themselves lean on nothing."""
    assert leaning(line) == word


def test_a_size_or_colour_takes_the_place_of_another() -> None:
    """The same question is asked of it; anything else has no place."""
    assert in_place("M码有货吗", "XL") == "XL有货吗"
    assert in_place("有货吗", "XL码") == "XL码有货吗"
    assert in_place("黑色会掉色吗", "灰色") == "灰色会掉色吗"
    assert in_place("有货吗", "运费") is None


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("1", "ship"),
        ("②", "fee"),
        ("第三个", "back"),
        ("我问的是第二个", "fee"),
        ("前面那个", "ship"),
        ("最后一个", "back"),
        ("邮费", "fee"),
        ("换货", "back"),
        ("什么时候发货呀", "ship"),
    ],
)
def test_an_offer_is_chosen_by_number_or_words(line: str, entry: str) -> None:
    """As people answer a choice."""
    picked = choice(line, OFFERS)
    assert isinstance(picked, Offer)
    assert picked.entry == entry


@pytest.mark.parametrize("line", ["4", "3号", "是的", "货", "主播好美", "0", "", "吗"])
def test_what_chooses_nothing_is_another_matter(line: str) -> None:
    """A yes to several, a number too high, a word that all share, and chatter."""
    assert choice(line, OFFERS) is None


def test_yes_takes_the_only_offer_and_no_refuses() -> None:
    """With one question offered yes and no are enough."""
    assert choice("是的", OFFERS[:1]) == OFFERS[0]
    assert choice("嗯嗯", OFFERS[:1]) == OFFERS[0]
    assert choice("都不是", OFFERS) is Refused.ALL


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("包邮吗？能退吗", ("包邮吗", "能退吗")),
        ("多少钱 几号链接 哪天发", ("多少钱", "几号链接", "哪天发")),
        ("包邮吗还有能退吗", ("包邮吗", "能退吗")),
        ("会不会起球，另外几天到", ("会不会起球", "几天到")),
        ("还有货吗", ()),
        ("这个还有没有", ()),
        ("how long does it take", ()),
        ("你好，吗", ()),
    ],
)
def test_a_line_is_parted_where_another_question_begins(
    line: str, parts: tuple[str, ...]
) -> None:
    """At marks, spaces between Chinese words and joining words; English words stay together."""
    assert parts_of(line) == parts
