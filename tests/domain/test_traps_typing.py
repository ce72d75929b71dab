"""Traps of typing: typos that sound alike, pinyin, slang, width and script, keys held down."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.likeness import Likeness
from streambot.domain.faq.match import MatchSettings
from streambot.domain.faq.matcher import BookMatcher
from tests.domain.shops import assert_answered, assert_ignored, assert_ranked_first


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("什么时候发火", "ship_when"),
        ("什么时候发获", "ship_when"),
        ("什么时后发货", "ship_when"),
        ("优惠卷在哪领", "coupon_get"),
        ("怎么领优惠劵", "coupon_get"),
        ("有云费险吗", "insurance"),
        ("是正聘吗", "authentic"),
        ("怎么推货", "return_how"),
        ("保质七多久", "shelf_life"),
        ("会起求吗", "pilling"),
    ],
)
def test_homophone_typo(line: str, entry: str) -> None:
    """One character that sounds like the right one changes nothing but the score."""
    assert_ranked_first(line, entry)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("shenme shihou fahuo", "ship_when"),
        ("shenmeshihou发货", "ship_when"),
        ("多少qian", "price"),
        ("duoshao qian", "price"),
        ("zenme退货", "return_how"),
        ("baoyou吗", "postage"),
        ("ji天能到", "arrive_when"),
        ("ds钱", "price"),
    ],
)
def test_pinyin_and_mixed_input(line: str, entry: str) -> None:
    """What an input method left in letters is read as it sounds."""
    assert_ranked_first(line, entry)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("啥价啊", "price"),
        ("咋卖的", "price"),
        ("咋下单", "order_how"),
        ("啥时候发", "ship_when"),
        ("邮费谁掏", "postage"),
        ("有券没", "coupon_get"),
    ],
)
def test_slang_that_asks(line: str, entry: str) -> None:
    """Everyday words for the same find the same entry."""
    assert_ranked_first(line, entry)


@pytest.mark.parametrize(
    "line",
    [
        "蹲一个",
        "已上车",
        "扣1",
        "yyds",
        "绝绝子",
        "踢了踢了",
        "憋单呢吧",
        "抢到了哈哈",
        "破价了家人们",
    ],
)
def test_slang_that_asks_nothing(line: str) -> None:
    """The room's own cries are nobody's matter."""
    assert_ignored(line)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("什麼時候發貨", "ship_when"),
        ("啥時候發貨啊？", "ship_when"),
        ("怎麼退貨😀", "return_how"),
        ("３號鏈接有什麼顏色", "link_3_color"),
        ("③号有黑色吗", "link_3_color"),
        ("１６０ｃｍ穿什么码", "tall_160"),
        ("[疑问]包邮吗[玫瑰]", "postage"),
        ("有 运 费 险 吗", "insurance"),
        ("保质期，多久？？？", "shelf_life"),
    ],
)
def test_width_script_and_emoji(line: str, entry: str) -> None:
    """Full width, circled numbers, stickers and traditional characters lose nothing."""
    assert_answered(line, entry)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("多少钱多少钱多少钱", "price"),
        ("包邮吗吗吗吗", "postage"),
        ("怎么退货啊啊啊啊", "return_how"),
        ("什么时候发货发货发货", "ship_when"),
        ("辣辣辣不辣", "spicy"),
        ("几天能到～～～～", "arrive_when"),
    ],
)
def test_elongation_of_a_question(line: str, entry: str) -> None:
    """Said again and again it is said once."""
    assert_answered(line, entry)


@pytest.mark.parametrize(
    "line", ["啊啊啊啊啊", "哈哈哈哈哈哈", "？？？？？", "来来来来来", "冲冲冲冲"]
)
def test_elongation_of_nothing(line: str) -> None:
    """A cry is no question, however long."""
    assert_ignored(line)


def _book(one: tuple[str, ...], other: tuple[str, ...]) -> BookMatcher:
    entries = tuple(
        FaqEntry(id=FaqId(name), questions=questions, answers=("答",))
        for name, questions in (("one", one), ("other", other))
    )
    book = FaqBook(entries=entries, pack=shipped_pack())
    return BookMatcher(book, MatchSettings())


def test_slang_may_be_typed_in_pinyin() -> None:
    """What the pack says plainly is known by its sound: 包房 is 包厢."""
    rooms = _book(("包厢怎么订", "包厢要订吗"), ("餐位怎么订", "餐位要订吗"))
    assert rooms.match("baofang zenme ding").entry == "one"


def test_an_encoder_takes_no_answer_from_what_is_half_in_pinyin() -> None:
    """It doesn't know the letters."""
    shop = _book(("什么时候发货", "多久发货"), ("怎么退货", "可以退货吗", "退货流程"))
    assert shop.match("fahuo kuai ma").entry == "one"
    far = Likeness(
        cosines=dict.fromkeys(shop.compared.phrases, 0.8), mean=0.8, spread=0.02
    )
    again = shop.reconsider("fahuo kuai ma", far)
    assert again.entry == "one" and again.looked_again
