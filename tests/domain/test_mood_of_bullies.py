"""Who is bullied: a customer, or somebody in a game."""

from __future__ import annotations

import pytest

from streambot.domain.mood import Mood, MoodReader

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    ["别欺负小动物", "这怪就会欺负残血的", "欺负萌新有意思吗", "哥哥又欺负弟弟"],
)
def test_who_bullies_somebody_else_bullies_no_customer(line: str) -> None:
    """欺负 alone tells of games and of children."""
    assert READER.read(line).mood is not Mood.ANGRY


@pytest.mark.parametrize(
    "line",
    [
        "就知道欺负老实人",
        "你们这是欺负消费者",
        "商家就是欺负我不懂",
        "店家欺负外地游客",
    ],
)
def test_who_bullies_customers_is_complained_of(line: str) -> None:
    """As soon as the shop does it, or a customer suffers it."""
    assert READER.read(line).mood is Mood.ANGRY
