"""The desk's languages, told from what viewers type, and the lines they are told in them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.desk_words import DeskWords, filled
from streambot.domain.language import language_of
from streambot.domain.ticket import Reason

OWN = {
    "zh": {"holding": "马上来", "order_problem": "订单马上查"},
    "en": {"holding": "One moment", "grave": "Sorry (no. {no}), within {promise}"},
}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("什么时候发货", "zh"),
        ("XL码有吗", "zh"),
        ("where is my order???", "en"),
        ("refund", "en"),
        ("human please", "en"),
        ("shenme shihou fahuo", "zh"),  # typed in pinyin
        ("666 hhh XL 3", None),
        ("", None),
        ("👌👌", None),
    ],
)
def test_the_language_of_a_line(text: str, language: str | None) -> None:
    """Chinese by its characters or sounds, English by its words; else nobody knows."""
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("language", "reason", "said"),
    [
        ("zh", Reason.UNMATCHED, "马上来"),
        ("zh", Reason.ORDER_PROBLEM, "订单马上查"),
        (None, Reason.ORDER_PROBLEM, "订单马上查"),
        ("en", Reason.ORDER_PROBLEM, "One moment"),
        ("en", Reason.ANGRY, "Sorry (no. 7), within 30 minutes"),
        ("zh", Reason.ANGRY, "非常抱歉，已登记（编号7），专人30分钟内联系您"),
    ],
)
def test_a_viewer_hears_the_merchants_words_in_their_language(
    language: str | None, reason: Reason, said: str
) -> None:
    """By reason, else by use; the built-in Chinese where the merchant wrote nothing."""
    policy = DeskPolicy(words=DeskWords(own=OWN))
    line = policy.holding(reason, language)
    assert filled(line, 7, timedelta(minutes=30)) == said
