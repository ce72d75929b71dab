"""The short way of lines that lead to nothing: who may take it, and that it changes no decision."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from streambot.domain.actions import Action
from streambot.domain.decision import DecisionKind, IgnoreReason
from streambot.domain.events import BookReplaced
from streambot.domain.faq.entry import FaqEntry, FaqId
from streambot.domain.policy import SessionPolicy
from streambot.domain.room import RoomMode
from streambot.domain.small_talk import SmallTalk, says_nothing
from tests.domain.chat_room import (
    ROOM,
    Chat,
    after,
    book_of,
    decisions,
    understanding,
    viewer,
)
from tests.domain.talk_shop import shop, show

EVENING = Path(__file__).parents[3] / "shared" / "data" / "chat" / "evening-a.jsonl"
#: Viewers of the evening, so that each says several lines and some are talked with.
SEATS = 40
_SAID = """
主播 老板 好看 哈哈哈 来了 晚上好 这个 身上 手里 那件 3号 链接 XL 165 120 斤 能穿 大衣 帽子
什么 多少 吗 怎么 为什么 发货 先别 退 不了 没 到哪了 快递 订单 查一下 我的 帮我 改地址 换成大码
骗子 垃圾 太慢 客服 人工 找 不错 很好 质量 谢谢 已拍 了 拍 下单 起球 多少钱 优惠券
！ ？ ? ～ [笑] 😀 baoyou fahuo OK ok 12345678901 ２０２６ ² 運費
"""
#: Words of which lines are made that may or may not be small talk.
WORDS = (*_SAID.split(), " ")
texts = st.lists(st.sampled_from(WORDS), max_size=5).map("".join) | st.text(max_size=12)
#: A small shop, and one with products, of which one is on screen.
BOOKS = {"small": understanding, "fashion": shop}
books = st.sampled_from(sorted(BOOKS))


def _decided(
    lines: Sequence[str],
    *,
    book: str = "small",
    mode: RoomMode = RoomMode.ANSWERING,
    seats: int = SEATS,
) -> list[Action]:
    policy = SessionPolicy(room=ROOM, greeting=False, has_orders=True)
    chat = Chat(policy=policy, book=BOOKS[book](), mode=mode)
    show(chat, "tee" if book == "fashion" else None)
    return [
        action
        for n, text in enumerate(lines)
        for action in chat.say(text, n, viewer(str(n % seats)))
    ]


def _the_long_way(
    lines: Sequence[str],
    *,
    book: str = "small",
    mode: RoomMode = RoomMode.ANSWERING,
    seats: int = SEATS,
) -> list[Action]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SmallTalk, "knows", lambda *_: False)
        return _decided(lines, book=book, mode=mode, seats=seats)


@given(texts, books, st.sampled_from(sorted({*RoomMode} - {RoomMode.SILENT})))
@example("查一下快递", "small", RoomMode.ANSWERING)
@example("先别发货", "small", RoomMode.ANSWERING)
@example("订单12345678901", "small", RoomMode.ANSWERING)
@example("能穿120的我", "fashion", RoomMode.ANSWERING)
@example("渔夫帽的优惠券", "fashion", RoomMode.ANSWERING)
@settings(max_examples=200)
def test_what_says_nothing_is_chatter_to_all_parts(
    text: str, book: str, mode: RoomMode
) -> None:
    """Whatever is known at once to lead to nothing, the whole of hearing finds to be chatter."""
    if says_nothing(text, BOOKS[book]()):
        (made,) = decisions(_the_long_way([text], book=book, mode=mode))
        assert made.kind is DecisionKind.IGNORE
        assert (made.reason, made.score) == (IgnoreReason.CHATTER, 0.0)
        assert not made.question


@given(st.lists(texts, max_size=8), books, st.integers(1, 2))
def test_the_short_way_decides_what_the_long_way_does(
    lines: list[str], book: str, seats: int
) -> None:
    """Also for a viewer who asked, was answered or complained a moment ago."""
    short = _decided(lines, book=book, seats=seats)
    assert short == _the_long_way(lines, book=book, seats=seats)


@pytest.mark.skipif(not EVENING.exists(), reason="needs ../shared/data")
def test_a_real_evening_is_decided_alike_both_ways() -> None:
    """Two thousand lines of a recorded room."""
    rows = EVENING.read_text(encoding="utf-8").splitlines()[:2_000]
    lines = [json.loads(row)["text"] for row in rows]
    assert _decided(lines) == _the_long_way(lines)


@pytest.mark.parametrize(
    "text",
    [
        "来了来了",
        "主播晚上好",
        "哈哈哈哈",
        "2333333",
        "这画质！！！",
        "那我先看看",
        "[笑]",
        "233",
        "awsl",
    ],
)
def test_small_talk_takes_the_short_way(text: str) -> None:
    """Greetings, laughter and figures, whoever says them."""
    assert says_nothing(text, understanding())


@pytest.mark.parametrize(
    "text",
    [
        *(
            "什么时候发货",
            "收到的包装压扁了",
            "骗子退钱",
            "转人工",
            "3号多少米",
            "身上这件",
            "已拍",
            "我165 120斤",
        ),
        *(
            "帮我改地址",
            "我的快递到哪了",
            "付不了款",
            "客服态度很好",
            "1234567890123",
        ),
    ],
)
def test_what_may_matter_is_asked_of_all_parts(text: str) -> None:
    """An order, a mood, a product, a person or a word of the book."""
    assert not says_nothing(text, understanding())


def test_another_book_knows_other_words() -> None:
    """What was small talk is asked of a new book again."""
    chat = Chat()
    (made,) = decisions(chat.say("杯盖颜色齐全", by=viewer("甲")))
    assert made.kind is DecisionKind.IGNORE
    lids = FaqEntry(id=FaqId("lids"), questions=("杯盖颜色齐全",), answers=("六色",))
    chat.tell(BookReplaced(at=after(1), understanding=book_of(lids)))
    (made,) = decisions(chat.say("杯盖颜色齐全", 2, viewer("乙")))
    assert (made.kind, made.entry) == (DecisionKind.ANSWER, "lids")
