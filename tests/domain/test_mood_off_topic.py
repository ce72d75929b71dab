"""Strong words of stories, games and the weather call nobody; the same words of a shop do."""

from __future__ import annotations

import pytest

from streambot.domain.mood import Mood, MoodReader

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    [
        "结局太坑了吧",
        "这编剧真垃圾",
        "女二号太恶毒了",
        "反派真无耻，演技好",
        "副本好坑，灭了六次",
        "萌新被老玩家骗了，开挂",
        "裁判真恶心，点球都不给",
        "破天气真恶心",
        "又下雨真恶心",
    ],
)
def test_strong_words_of_other_matters_call_nobody(line: str) -> None:
    """Neither a figure of a story nor an umpire can be handed to a person of the shop."""
    assert READER.read(line).mood is not Mood.ANGRY


@pytest.mark.parametrize(
    "line",
    [
        "下雨天等了两个小时还没送到，太过分了",
        "买的鼠标通关一局就失灵，骗子店",
        "抽卡送的代金券是骗人的",
        "感冒药等了五天还不发货，真垃圾",
        "客服比反派还恶毒",
        "裁判服买回来掉色，太恶心了",
        "主播比编剧还会骗人",
        # goods against such matters, or with their names
        "台风天还要我自己取太过分了",
        "这伞一下雨就漏太垃圾了",
        "感冒灵是假的骗子",
        "反派手办掉漆太恶心了",
        "国足球衣真垃圾",
    ],
)
def test_the_same_words_beside_a_shop_matter_do(line: str) -> None:
    """A shop's matter in the line makes it one, whatever else is named."""
    assert READER.read(line).mood is Mood.ANGRY


@pytest.mark.parametrize(
    "line", ["这个英雄就是傻逼", "下雨漏电了", "做梦都想着去12315举报"]
)
def test_insults_and_danger_are_heard_of_anything(line: str) -> None:
    """What is serious whatever it is said of stays so."""
    assert READER.read(line).mood is Mood.ANGRY
