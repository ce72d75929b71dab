"""Entries that are near a line and must not answer it: what went wrong is no how-to."""

from __future__ import annotations

import pytest

from streambot.domain.asking import Reader
from streambot.domain.faq.entry import FaqEntry, FaqId
from streambot.domain.faq.match import Outcome
from streambot.domain.memory import RoomMemory
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
        assert match.outcome is not Outcome.ANSWER
        vetoes = {each.entry: each.veto for each in match.candidates}
        assert vetoes[FaqId("invoice")] == "form"
