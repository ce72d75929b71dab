"""Danger: violence, the law and harm, told in the ways people tell of them."""

from __future__ import annotations

import pytest

from streambot.domain.mood.reading import Mood
from tests.domain.danger import READER, of_highest_level


@pytest.mark.parametrize(
    "line",
    [
        "信不信我打死你们",
        "老子捅死你",
        "再不退钱杀了你全家",
        "我带刀上门",
        "拿着刀去找你们",
        "跟你们同归于尽",
        "客服你最近走夜路当心点",
        "你们下班出门小心点",
        "明天就冲到你们公司去",
        "闹到你们店里去",
        "我知道你家住哪",
        "你家住址我早就查了",
        "我带人去砸了你们的破店",
        "再不处理我就从楼顶跳下去",
        "钱没了我也不想活了",
        "死给你们看",
    ],
)
def test_violence_calls_a_person_at_once(line: str) -> None:
    """Whoever threatens the shop or themselves, whatever else is said."""
    of_highest_level(line, "safety_word")


@pytest.mark.parametrize(
    "line",
    [
        "打死他打死他",
        "这把弄死对面",
        "笑死我了",
        "想死你们了",
        "今天杀疯了",
        "还能砍价吗",
        "别杀了你的队友",
        "跟boss同归于尽",
        "外面下雪，主播出门小心",
        "晚上走夜路带什么手电",
        "终于找到你们店了",
        "找到你家去年那款了",
        "怎么知道你家地址啊",
        "你们店在哪，周末带人过去逛逛",
        "等你们砸金蛋",
        "便宜得我不活了",
        "跳楼价吗",
        "新款刀去皮快吗",
        "从楼上跳下去会摔坏吗",
        "想找你们公司去应聘",
    ],
)
def test_games_jokes_and_care_threaten_nobody(line: str) -> None:
    """The same words of a game, a price or somebody's way home."""
    assert READER.read(line).mood is Mood.CALM


@pytest.mark.parametrize(
    "line",
    [
        "一二三一五等着",
        "打幺二三一五了",
        "我找消保委",
        "向消保會反映",
        "已经提交仲裁",
        "派出所立案了",
        "我问过律师了",
        "咱们315晚会见",
        "建了个维权群",
        "其他受害者站出来",
    ],
)
def test_the_law_is_heard_by_its_other_names(line: str) -> None:
    """Spelled out, traditional, or by what one does there."""
    of_highest_level(line, "legal")


@pytest.mark.parametrize(
    "line",
    ["315晚会看了吗", "律师证怎么考", "请律师多少钱", "仲裁员是谁", "咨询律师考试的书"],
)
def test_talk_of_the_law_is_calm(line: str) -> None:
    """A show, a job and a price."""
    assert READER.read(line).mood is Mood.CALM


@pytest.mark.parametrize(
    "line",
    [
        "喝了你们的奶粉宝宝住院了",
        "孩子住院了，你们想怎么办",
        "老人住院了，用的就是你家的药",
        "吃完在医院打了三天点滴",
        "用了身上起了一片疹子",
        "戴了眼睛肿得睁不开",
        "吃完拉了一天肚子",
        "水壶把手烫到我了",
        "玩具边上把孩子手划流血了",
        "保温杯突然炸了，吓死人",
    ],
)
def test_harm_by_what_was_sold_calls_a_person_at_once(line: str) -> None:
    """Who was hurt after eating, wearing or using it."""
    of_highest_level(line, "safety_word")


@pytest.mark.parametrize(
    "line",
    [
        "我妈住院了，想买个护腰",
        "老人住院带点什么",
        "会不会烫到手",
        "有防止烫到宝宝的盖子",
        "吃了药还是有点肿",
        "用了会肿吗",
        "牙龈出血能用吗",
        "用空气炸锅炸了薯条",
        "弹幕炸了",
        "穿了没有起疙瘩",
        "扎到我心了",
        "孩子住院了没时间看直播",
        "玩了一天眼睛睁不开了",
    ],
)
def test_illness_that_nothing_here_caused_is_calm(line: str) -> None:
    """Who is ill and buys for it, and who asks about a risk."""
    assert READER.read(line).mood is not Mood.ANGRY
