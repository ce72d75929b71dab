"""Traps of shops for pets, fresh food, bedding and stationery: near questions, slips, other words."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.canonical import Canon
from streambot.domain.faq.match import FaqMatch, Outcome
from streambot.domain.faq.pack import Pack
from tests.domain.shops import asked_of

_ASKED = {
    "prawn_alive": ("青蟹是活的吗", "青蟹到手还活着吗", "青蟹发活的吗"),
    "lamb_cut": ("羊排是原切的吗", "羊排是整切还是拼接", "羊排是不是合成肉"),
    "lamb_thaw": ("羊排怎么解冻", "羊排要提前解冻吗", "羊排冻的怎么化"),
    "puppy": ("狗粮幼犬能吃吗", "两个月小狗能吃狗粮吗", "狗粮多大的狗能吃"),
    "dog_soft": ("狗粮吃了会软便吗", "狗换粮拉稀怎么办"),
    "sand_dust": ("猫砂粉尘大吗", "猫砂会扬灰吗"),
    "quilt_firm": ("床垫偏软还是偏硬", "床垫软硬怎么样"),
    "quilt_set": ("四件套都包括什么", "四件套几个枕套", "四件套是哪几件"),
    "sofa_fill": ("沙发填充的什么", "海绵密度是多少", "沙发里面是什么"),
    "pen_leak": ("钢笔漏墨吗", "钢笔会断墨吗"),
}


def _asked(line: str) -> FaqMatch:
    return asked_of(_ASKED, line)


@pytest.mark.parametrize(
    "line",
    [
        "帝王蟹是活的吗",
        "牛排是原切的吗",
        "羊排化了还能再冻吗",
        "绝育的狗能吃吗",
        "床垫是乳胶的吗",
        "四件套有几种颜色",
        "四件套是多少支的",
        "签字笔漏墨吗",
        "天猫的猫砂粉尘大吗",
        "宜家的床垫偏硬吗",
        "小杨哥直播间的羊排是原切吗",
    ],
)
def test_a_near_question_is_not_answered(line: str) -> None:
    """Of other goods, of another quality, of another shop."""
    assert _asked(line).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("青蟹到了还活蹦乱跳吗", "prawn_alive"),
        ("羊排是调理的还是原切", "lamb_cut"),
        ("狗粮小奶狗能吃不", "puppy"),
        ("狗粮吃了会不会拉稀", "dog_soft"),
        ("猫沙灰大不大", "sand_dust"),
        ("床垫是软的还是硬的呀", "quilt_firm"),
        ("沙发里面填充啥", "sofa_fill"),
    ],
)
def test_the_question_in_other_words_is_answered(line: str, entry: str) -> None:
    """As buyers of such goods say it."""
    assert _asked(line).entry == entry


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("有劵没", "有券吗"),
        ("牛扒怎么煎", "牛排怎么煎"),
        ("车离子甜吗", "车厘子甜吗"),
        ("被罩多大", "被套多大"),
        ("我家主子爱吃", "我家猫爱吃"),
    ],
)
def test_slips_and_pet_names_are_read(typed: str, meant: str) -> None:
    """As what they stand for."""
    assert Canon(shipped_pack())(typed) == Canon(Pack())(meant)
