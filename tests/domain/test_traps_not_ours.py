"""Traps of other matters: the host, goods and shops that aren't ours, what is already done."""

from __future__ import annotations

import pytest

from streambot.domain.mood import Mood, MoodReader
from tests.domain.shops import asked, assert_answered, assert_ignored, assert_unanswered

SHOPS_BY_NAME = [
    "山姆的会掉色吗",
    "唯品会包邮吗",
    "京东上那家是正品吗",
    "在得物买的怎么退货",
    "宜家的会掉色吗",
    "小杨哥直播间包邮吗",
    "淘宝的羽绒服掉色吗",
    "does etsy ship to canada",
]
OTHER_SHOPS = [
    *SHOPS_BY_NAME,
    "隔壁更便宜",
    "之前被别家坑过",
    "别家都包邮",
    "别的直播间都送运费险",
    "隔壁主播卖多少钱",
    "我在别家买的怎么退货",
]


@pytest.mark.parametrize("line", ["主播多高啊", "主播多重", "主播身高体重多少"])
def test_host_measures_are_no_size_of_the_viewer(line: str) -> None:
    """Whoever asks how tall the host is isn't told how to choose a size."""
    assert_unanswered(line)


@pytest.mark.parametrize(
    "line",
    [
        "主播用什么手机",
        "主播头发在哪做的",
        "回放在哪看",
        "主播哪里人",
        "主播多大了",
        "主播结婚了吗",
        "主播口红什么色号",
        "主播今天吃了吗",
        "主播今天好好看",
        "主播今天怎么这么美",
        "主播今天好美",
        "主播瘦了",
        "主播身材真好",
        "主播今天穿得真好看",
    ],
)
def test_host_not_goods(line: str) -> None:
    """What the host looks like, uses and eats is no matter for the shop's people."""
    assert_ignored(line)


@pytest.mark.parametrize(
    "line",
    [
        "苹果16多少钱",
        "苹果手机怎么卖",
        "后面那个杯子在哪里买",
        "主播的椅子多少钱",
        "空调什么时候发货",
        "轮胎包邮吗",
        "奶粉保质期多久",
        "口红会掉色吗",
    ],
)
def test_other_goods(line: str) -> None:
    """Goods we don't sell have no price here, also where they are called like ours."""
    assert_unanswered(line)


@pytest.mark.parametrize("line", OTHER_SHOPS)
def test_other_shop_is_no_question_of_ours(line: str) -> None:
    """What another shop does isn't asked of our book."""
    assert_unanswered(line)


@pytest.mark.parametrize(
    "line",
    [
        "能发京东快递吗",
        "淘宝店叫什么",
        "你们京东上有店吗",
        "跟山姆的一样吗",
        "山姆卡能用吗",
        "淘宝的订单在哪看",
        "京东的客服在吗",
        "李佳琦推荐的同款吗",
        "比唯品会便宜吗",
        "are you on amazon too",
    ],
)
def test_a_shops_name_beside_ours_is_a_question_to_us(line: str) -> None:
    """Who compares, or asks what we have to do with it, asks our people."""
    assert asked(line).reason != "other_shop"


@pytest.mark.parametrize("line", SHOPS_BY_NAME)
def test_other_shops_are_known_by_name(line: str) -> None:
    """Not because nothing in the book is near."""
    assert asked(line).reason == "other_shop"


@pytest.mark.parametrize("line", ["可以送到别人家吗", "能寄给别人家吗"])
def test_somebody_elses_home_is_no_other_shop(line: str) -> None:
    """Where a parcel goes is asked of us."""
    assert asked(line).reason != "other_shop"


@pytest.mark.parametrize("line", OTHER_SHOPS)
def test_other_shop_is_no_anger_at_ours(line: str) -> None:
    """Nor is it a complaint about us."""
    assert MoodReader().read(line).mood is not Mood.ANGRY


@pytest.mark.parametrize(
    "line",
    [
        "已拍",
        "拍了",
        "已付款",
        "拍好了主播",
        "我已经下单了",
        "刚拍了两件",
        "付过钱了",
        "下单成功",
    ],
)
def test_already_done(line: str) -> None:
    """Who has ordered isn't told how to order."""
    assert_unanswered(line)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("苹果多少钱一斤", "apple_price"),
        ("苹果怎么卖啊", "apple_price"),
        ("怎么下单", "order_how"),
        ("主播怎么下单", "order_how"),
        ("主播，会掉色吗", "fading"),
    ],
)
def test_our_own_are_answered_beside_them(line: str, entry: str) -> None:
    """The questions the traps lie around are answered as before."""
    assert_answered(line, entry)
