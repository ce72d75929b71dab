"""What viewers are told about their ticket, and which of their words are mere thanks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from streambot.domain import refusal
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.desk_words import filled, spoken
from streambot.domain.thanks import is_mere_thanks
from streambot.domain.ticket import Reason
from streambot.domain.ticket_steps import opened, picked
from tests.domain.ticket_samples import POLICY, handoff


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(30, "30分钟"), (120, "2小时"), (90, "90分钟"), (0.5, "1分钟"), (60, "1小时")],
)
def test_a_promise_is_said_in_whole_units(minutes: float, said: str) -> None:
    """A span is rounded up and said as people say it."""
    assert spoken(timedelta(minutes=minutes)) == said


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_holding_line(reason: Reason) -> None:
    """Angry viewers get an apology with a number, all others a "please wait"."""
    line = filled(DeskPolicy().holding(reason), 12, timedelta(minutes=30))
    assert "{" not in line
    assert ("编号12" in line) == ("30分钟" in line) == ("抱歉" in line)


def test_other_braces_stay_as_written() -> None:
    """A merchant's own wording with odd braces never breaks."""
    assert filled("{no} {x} }{", 3, timedelta(minutes=1)) == "3 {x} }{"


@pytest.mark.parametrize(
    "text",
    [
        "谢谢",
        "好的",
        "👌",
        "好的谢谢亲",
        "OK",
        "thank you!",
        "嗯嗯，知道了",
        "收到~",
        "thx 🙏",
        "23333333333333",
        "哈哈哈哈",
        "666！",
    ],
)
def test_mere_thanks(text: str) -> None:
    """Thanks and "all right" end a conversation, with or without decoration."""
    assert is_mere_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "？",
        "202611230001",
        "好的那什么时候发货",
        "谢谢 但是还没收到",
        "不好",
        "ok then refund me",
        "你好",
        "亲",
        "好" * 40,
    ],
)
def test_more_than_thanks(text: str) -> None:
    """Whatever asks, doubts or only greets is no mere thanks."""
    assert not is_mere_thanks(text)


def test_every_refusal_is_one_sentence_in_both_languages() -> None:
    """Each says what is the matter and what to do, and names who has the ticket."""
    free = opened(handoff(), 5, POLICY, attended=True).ticket
    hers = picked(handoff(), 5, "小梅", POLICY).ticket
    said = [
        refusal.taken(hers),
        refusal.stale(hers),
        refusal.over(free),
        refusal.unknown("t1"),
        refusal.not_yours(hers),
        refusal.not_yours(free),
        refusal.not_allowed("fly"),
        refusal.full(5),
    ]
    for one in said:
        assert one.zh.endswith("。")
        assert one.en.endswith(".")
    assert "小梅" in said[0].zh
    assert "小梅" in said[0].en
