"""Traps of trade: questions that no entry answers and only a shop is asked are people's."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.asking import Reader
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import FaqMatch, MatchSettings, Outcome
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.shop_words import ShopWords
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
    [
        "这灯能换电池吗",
        "插着电才能用嘛",
        "接电话声音小不小",
        "能貼在牆面上嗎",
        "敏感肌用会不会泛红",
        "去核了没",
        "要用螺丝吗",
    ],
)
def test_a_question_of_what_goods_are_like_is_a_persons(line: str) -> None:
    """Whatever the shop sells; the word that says so is told."""
    match = _asked(line)
    assert match.outcome is Outcome.HANDOFF
    (word,) = match.evidence
    assert word.rule == "shop_word"
    assert folded(line)[word.start : word.end] == word.text


@pytest.mark.parametrize("line", ["断货了", "电池我自己买", "敏感肌路过"])
def test_a_word_of_trade_asks_nothing(line: str) -> None:
    """Who only tells of goods calls nobody."""
    assert _asked(line).outcome is Outcome.IGNORE


def test_a_shop_has_words_of_its_own() -> None:
    """What is said of its goods alone is in no pack; Latin words stand by themselves."""
    words = ShopWords(["琴键", "midi"])
    assert [
        None if (word := words.seen_in(line)) is None else word.text
        for line in ("琴键是配重的吗", "带MIDI口吗", "midification是啥", "在吗")
    ] == ["琴键", "MIDI", None, None]
    assert ShopWords([]).seen_in("琴键是配重的吗") is None


@pytest.mark.parametrize(
    "line",
    ["装备到手了吗", "新皮肤上架了没", "运气怎么这么好", "谁把我吊起来了"],
)
def test_games_are_no_trade(line: str) -> None:
    """What is said of them as well calls nobody."""
    assert _asked(line).outcome is Outcome.IGNORE


def test_what_was_applied_for_is_not_told_how_to_apply() -> None:
    """Whoever asks how long it takes waits for people, but not whoever asks when money comes."""
    assert _asked("申请退货了什么时候审核").entry is None
    assert _asked("申请退货了什么时候审核").outcome is Outcome.HANDOFF
    assert _asked("申请退款了多久到账").entry == "refund"
    assert _asked("怎么申请退货").entry == "return"
