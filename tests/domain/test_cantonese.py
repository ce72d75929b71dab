"""Cantonese as rooms of Hong Kong type it: read as the words of common speech."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.cues import is_question
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import MatchSettings
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.normalise import folded
from streambot.domain.mood import Mood, MoodReader


def _entry(name: str, *questions: str) -> FaqEntry:
    return FaqEntry(id=FaqId(name), questions=questions, answers=("-",))


TEA = BookMatcher(
    FaqBook(
        entries=(
            _entry("price", "茶叶多少钱", "这款多少钱", "什么价格"),
            _entry("stock", "有没有现货", "还有没有货", "有货吗"),
            _entry("buy", "怎么买", "怎么下单", "在哪里买"),
            _entry("genuine", "是不是正货", "是正品吗", "保真吗"),
            _entry("fee", "包不包邮", "运费多少", "要邮费吗"),
        ),
        pack=shipped_pack(),
    ),
    MatchSettings(),
)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("呢款幾錢呀", "price"),
        ("唔該幾多錢", "price"),
        ("仲有冇貨", "stock"),
        ("點買㗎", "buy"),
        ("有冇現貨呀", "stock"),
        ("點樣買", "buy"),
        ("喺邊度買", "buy"),
        ("係咪正貨", "genuine"),
        ("系唔系正品", "genuine"),
        ("包唔包郵", "fee"),
    ],
)
def test_it_is_answered_as_common_speech_is(line: str, entry: str) -> None:
    """In traditional characters, as it is written, or simplified ones."""
    assert TEA.match(line).entry == entry
    assert TEA.match(folded(line)).entry == entry


@pytest.mark.parametrize(
    "line", ["有冇大碼", "點解咁貴", "咩色好睇", "可唔可以退", "邊度有得買"]
)
def test_it_asks(line: str) -> None:
    """By its own asking words."""
    assert is_question(folded(line))


@pytest.mark.parametrize(
    "line", ["快点买", "点一下链接", "两边都有", "唔我看看", "咩咩叫"]
)
def test_the_same_characters_of_common_speech_ask_nothing(line: str) -> None:
    """点, 边, 唔 and 咩 alone are other words."""
    assert not is_question(line)


@pytest.mark.parametrize(
    ("line", "angry"),
    [
        ("呃人㗎", True),
        ("呢間鋪呃錢", True),
        ("呃人家也想要", False),
        ("呃我想想", False),
    ],
)
def test_being_cheated_is_heard(line: str, angry: bool) -> None:
    """呃人 is 骗人; behind a pause 呃 says nothing."""
    assert (MoodReader().read(line).mood is Mood.ANGRY) is angry
