"""Asking: which 么 and which question mark ask, and which only press."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader

READER = MoodReader()


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("要么赔我损失要么法院见", "P0"),
        ("要么退货要么打官司", "P0"),
        ("发假货的还这么横", "P1"),
        ("卖高仿的那么得意", "P1"),
        ("特么的半个月了还没到", "P2"),
        ("等了这么多天一周了还没发", "P2"),
        ("逗我玩呢？", "P2"),
        ("等了一个星期还没发？", "P2"),
        ("坏了还要我自己出运费？", "P2"),
        ("没人处理？", "P2"),
        ("已经报警了，怎么样", "P0"),
        ("什么都骗", "P1"),
        ("可以的，高仿", "P1"),
    ],
)
def test_a_grievance_is_heard_beside_what_only_looks_like_asking(
    line: str, level: str
) -> None:
    """这么, 要么, 特么 and 什么都 ask nothing, and a mark behind what was suffered presses."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == ("angry", level)


@pytest.mark.parametrize(
    "line",
    [
        "会不会起火",
        "假货吗",
        "假货么",
        "是高仿么？",
        "这么便宜是假货吧",
        "不赔吗?",
        "不退？",
        "掉色？",
        "高仿？",
        "要等半个月？",
        "要等三天吗",
        "退差价？",
        "漏水了，怎么办",
        "打官司怎么样",
        "可以退钱吗",
        "没这么恶心",
    ],
)
def test_an_honest_question_stays_calm(line: str) -> None:
    """Who asks about a risk or a wait reports none."""
    assert READER.read(line).mood != "angry"
