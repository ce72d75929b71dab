"""Faults that were feared, heard of, denied or put right, and waits that were worth it."""

from __future__ import annotations

import pytest

from streambot.domain.mood import Mood, MoodReader

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    [
        # feared, and it came better
        "我以为是假货，结果专柜验了是真的",
        "本来担心会缩水，没想到一点没变",
        "差点以为漏发了，原来在夹层里",
        # heard of, and asked after
        "听说有人买到假货，我这单能保真吗",
        "网上说会掉色，你们的不会吧",
        "看评论说缩水，你们的会不会呀",
        # put right without a word
        "杯子碎了，客服二话不说补了新的",
        # waited for gladly
        "等了三天了，不急，您慢慢发",
        "预售等了一个月也值得，太香",
    ],
)
def test_what_came_well_is_no_grievance(line: str) -> None:
    """Praise tells of what might have gone wrong."""
    assert READER.read(line).mood is not Mood.ANGRY


@pytest.mark.parametrize(
    "line",
    [
        "以为是正品，结果是假货",
        "你们以为我好糊弄，结果我都录音了",
        "真以为消费者好糊弄，没想到我会查吧",
        "以为会很慢，结果等了半个月还没发货",
        "听说你们卖假货，果然收到的就是假的",
        "有人说是骗子店我还不信，我真是瞎了眼",
        "二话不说取消了我的订单",
        "客服二话不说就给我退了单，太过分",
        "说补发说了一个星期，到现在也没补",
        "等了五天了，不急才怪",
        "等了半个月才发货，不值",
        # it came at last, but how
        "终于收到了，质量太差",
        "等了二十天终于收到了，太垃圾",
        "终于盼到了，裂了，太差劲",
        "不着急，反正我要差评",
        "二话不说给我换了个更烂的",
        # said to their faces
        "听说你们家是骗子是不是",
    ],
)
def test_the_same_turns_of_phrase_in_a_complaint_are_heard(line: str) -> None:
    """Where the fault is told as well, or the shop is said to rely on the fear."""
    assert READER.read(line).mood is Mood.ANGRY


@pytest.mark.parametrize(
    "line",
    ["客服一点都不糊弄人，热情得很", "快递从来没慢过，一点都不慢，师傅态度也好"],
)
def test_a_fault_denied_outright_is_praise(line: str) -> None:
    """一点都不敷衍 counts as a word of praise."""
    assert READER.read(line).mood is not Mood.ANGRY


def test_the_loudest_calm_lines_are_still_told_apart() -> None:
    """They shared one score, the highest a calm line may have."""
    much, little = "我的快递还要几天到", "超过七天还能退吗"
    scores = READER.weigh(much).score, READER.weigh(little).score
    assert READER.read(much).mood is READER.read(little).mood is Mood.CALM
    assert scores[0] > scores[1]
