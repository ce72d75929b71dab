"""Traps of trade: questions that no entry answers and only a shop is asked are people's."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.asking import Reader
from streambot.domain.faq.cues import speaks_of_trade
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import FaqMatch, MatchSettings, Outcome
from streambot.domain.memory import RoomMemory
from streambot.domain.understanding import Understanding
from streambot.domain.viewer import ViewerKey
from tests.domain.chat_room import START

_SHOP = Understanding.of(
    FaqBook(
        entries=(
            FaqEntry(
                id=FaqId("return"),
                questions=("怎么退货", "可以退货吗", "退货怎么弄"),
                answers=("订单页申请售后",),
            ),
            FaqEntry(
                id=FaqId("refund"),
                questions=("退款多久到账", "退的钱几天到", "退款什么时候到"),
                answers=("1到3天",),
            ),
        ),
        pack=shipped_pack(),
    ),
    MatchSettings(),
)


def _asked(line: str) -> FaqMatch:
    reader = Reader(RoomMemory())
    heard = reader.heard(line, ViewerKey("甲"), _SHOP, START)
    return reader.asked(heard, _SHOP, START).match


@pytest.mark.parametrize(
    "line",
    [
        "为什么显示断货",
        "89到手吗",
        "那个链接怎么下架了",
        "能改价不",
        "色号怎么挑",
        "这个是莫代尔的吗",
        "羊绒含量多少",
    ],
)
def test_a_question_of_trade_is_a_persons(line: str) -> None:
    """Though the book knows nothing like it."""
    assert _asked(line).outcome is Outcome.HANDOFF


@pytest.mark.parametrize(
    "line",
    ["装备到手了吗", "新皮肤上架了没", "运气怎么这么好", "谁把我吊起来了"],
)
def test_games_are_no_trade(line: str) -> None:
    """What is said of them as well calls nobody."""
    assert not speaks_of_trade(line)
    assert _asked(line).outcome is Outcome.IGNORE


def test_what_was_applied_for_is_not_told_how_to_apply() -> None:
    """Whoever asks how long it takes waits for people, but not whoever asks when money comes."""
    assert _asked("申请退货了什么时候审核").entry is None
    assert _asked("申请退货了什么时候审核").outcome is Outcome.HANDOFF
    assert _asked("申请退款了多久到账").entry == "refund"
    assert _asked("怎么申请退货").entry == "return"
