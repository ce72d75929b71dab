"""Threats without a violent verb, and harm that goods did, told as what happened."""

from __future__ import annotations

import pytest

from streambot.domain.mood.reading import Mood
from tests.domain.danger import READER, of_highest_level


@pytest.mark.parametrize(
    "line",
    [
        "你们公司位置我早就查到了，等着瞧",
        "我知道你们工厂在哪，走着瞧",
        "下班堵你，躲得了初一躲不了十五",
        "直接去你们公司算账",
        "叫你们老板小心走夜路",
        "别让我在大街上遇见你",
        "见着一回打一顿",
        "打断你的狗腿",
        "我叫人过去，你们给我等着",
        "找几个人收拾你",
        "一把火烧了你们仓库",
        "小心你全家",
    ],
)
def test_threats_need_no_violent_verb(line: str) -> None:
    """Who knows where they are, will come for them, or waits for them."""
    of_highest_level(line, "safety_word")


@pytest.mark.parametrize(
    "line",
    [
        "你们公司地址我有，退货直接寄过去行吗",
        "你家位置我知道，周末去逛",
        "去机场堵你要签名",
        "门口堵得出不去",
        "下次去你们公司找你玩",
        "晚上路黑，大家走夜路小心哦",
        "见一次爱一次",
        "叫人过来帮忙装一下",
        "找人收拾屋子买的收纳",
        "小心你的钱包",
    ],
)
def test_visits_and_care_threaten_nobody(line: str) -> None:
    """The same words of parcels, fans, traffic and the way home."""
    assert READER.read(line).mood is not Mood.ANGRY


@pytest.mark.parametrize(
    "line",
    [
        "烫发棒把我额头弄伤，把脖子烫起泡了",
        "凳子一踩就断，我妈摔骨折了",
        "蛋糕里面吃出一截铁丝",
        "粽子里有颗石子，牙都崩了",
        "红豆里飞出来小蛾子",
        "插座一插上去火花直冒",
        "孩子喝完半夜送去洗胃",
        "用了你们的药膏现在还在挂水",
        "医生说就是你家面膜用的过敏",
        "吃了你家的虾全家狂吐",
        "积木掉的珠子宝宝差点咽下去",
        "用了你家发膜头发成把掉",
        "戴了你家的耳钉，耳朵肿得老高",
        "过期四个月的酸奶都敢寄",
        "滑板车刹车第一天就失灵了",
    ],
)
def test_harm_is_heard_in_what_happened(line: str) -> None:
    """By the part of the body, what was inside, and where it ended."""
    of_highest_level(line, "safety_word")


@pytest.mark.parametrize(
    "line",
    [
        "把我头发染成棕色，好看",
        "把我的头发烫了个卷",
        "给杯子把手烫了个花纹",
        "面包里有葡萄干吗",
        "饭里放两勺就行",
        "米里面有防虫包",
        "花盆里爬出来小猫",
        "他俩眼里冒火花",
        "我在医院输液，无聊看看",
        "笑得我差点呛到",
        "我生完头发大把掉，有防脱的吗",
        "刹车灵不灵",
        "冰箱里过期的酱还能吃吗",
    ],
)
def test_the_same_words_without_harm_are_calm(line: str) -> None:
    """Hair that was dyed, what belongs inside, and an illness of one's own."""
    assert READER.read(line).mood is not Mood.ANGRY


@pytest.mark.parametrize(
    "line", ["order #12345 status?", "订单12345到哪了", "我的订单号是12345"]
)
def test_an_orders_number_is_no_hotline(line: str) -> None:
    """12345 is both."""
    assert READER.read(line).mood is not Mood.ANGRY
    of_highest_level("打12345投诉你们", "legal")
