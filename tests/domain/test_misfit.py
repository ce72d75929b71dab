"""Entries that are near a line and must not answer it: what went wrong is no how-to."""

from __future__ import annotations

import pytest

from streambot.domain.asking import Reader
from streambot.domain.faq.entry import FaqEntry, FaqId
from streambot.domain.faq.match import Outcome
from streambot.domain.memory import RoomMemory
from streambot.domain.understanding import Understanding
from streambot.domain.viewer import ViewerKey
from tests.domain.chat_room import START, book_of

BOOK = book_of(
    FaqEntry(
        id=FaqId("invoice"),
        questions=("怎么开发票", "发票怎么开"),
        answers=("订单页申请",),
    ),
    FaqEntry(
        id=FaqId("address"),
        questions=("怎么改地址", "地址写错了怎么办"),
        answers=("没发货可改",),
    ),
    FaqEntry(
        id=FaqId("gift"),
        questions=("有赠品吗", "送什么赠品", "赠品是什么"),
        answers=("送袜子",),
    ),
    FaqEntry(
        id=FaqId("broken"),
        questions=("收到破损的怎么办", "到货有破损怎么赔", "破损包赔吗"),
        answers=("拍照找客服",),
    ),
    FaqEntry(
        id=FaqId("code"),
        questions=("is there a promo code", "what is the promo code", "any promo code"),
        answers=("LIVE10",),
        language="en",
    ),
)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("怎么开发票", "invoice"),
        ("发票开错了怎么开", None),
        ("发票丢了怎么开", None),
        ("发票过期了怎么开", None),
        ("地址写错了怎么改", "address"),  # the entry is asked that, too
        ("怎么改地址呀", "address"),
        ("有什么赠品", "gift"),
        ("赠品没收到", None),
        ("赠品坏了怎么办", None),
        ("赠品漏发了吗", None),
        ("破损了怎么赔", "broken"),
        ("what's the promo code", "code"),
        ("the promo code is not working", None),
        ("the promo code isnt working", None),
    ],
)
def test_what_went_wrong_is_answered_by_who_knows_of_it(
    line: str, answer: str | None
) -> None:
    """Such a line shares every word with the entry that tells how the thing goes."""
    reader, viewer = Reader(RoomMemory()), ViewerKey("甲")
    heard = reader.heard(line, viewer, BOOK, START)
    match = reader.asked(heard, BOOK, START).match
    assert match.entry == answer
    if answer is None:
        assert match.outcome is Outcome.HANDOFF


SIZES = book_of(
    FaqEntry(
        id=FaqId("tell-me"),
        questions=("穿什么码", "拍多大的"),
        answers=("报一下身高和体重", "说下身高体重哦"),
    )
)
CHART = book_of(
    FaqEntry(
        id=FaqId("chart"),
        questions=("穿什么码", "拍多大的"),
        answers=("身高160体重100斤拍M",),
    )
)


@pytest.mark.parametrize(
    ("line", "book", "answer"),
    [
        ("穿什么码", SIZES, "tell-me"),
        ("165 110斤穿什么码", SIZES, None),
        ("身高158体重48公斤拍多大的", SIZES, None),
        ("110斤穿什么码", SIZES, "tell-me"),
        ("165 110斤穿什么码", CHART, "chart"),
    ],
)
def test_who_told_their_measures_is_not_asked_for_them(
    line: str, book: Understanding, answer: str | None
) -> None:
    """A person tells the size where no table does; an answer with figures still may."""
    reader, viewer = Reader(RoomMemory()), ViewerKey("甲")
    heard = reader.heard(line, viewer, book, START)
    match = reader.asked(heard, book, START).match
    assert match.entry == answer
    if answer is None:
        assert match.outcome is Outcome.HANDOFF
