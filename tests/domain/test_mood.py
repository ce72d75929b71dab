"""Anger, complaint and risk are seen, with evidence; harmless words that look alike are not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.mood import (
    ANGRY_AT,
    Mood,
    MoodReader,
    RepeatWatch,
    handoff_reason,
)
from streambot.domain.viewer import ViewerKey
from tests.domain.chat_room import START

READER = MoodReader()
WORDS = (
    *(
        "骗子",
        "退钱",
        "有虫",
        "12315",
        "太慢",
        "scam",
        "草莓",
        "你们",
        "？",
        "吗",
        "哈哈",
    ),
    *("隔壁", "喜欢", "騙", "子", "ｓcam", "\u200b", "İ"),
)


@pytest.mark.parametrize(
    ("line", "level", "reason"),
    [
        ("再不处理我打12315", "P0", "legal"),
        ("零食里有虫", "P0", "safety_word"),
        ("就是个骗子店", "P1", "angry"),
        ("你们是骗子吗", "P1", "angry"),  # an accusation in a question's dress
        ("马上给我退钱", "P2", "complaint"),
        ("What a SCAM", "P1", "angry"),
        ("騙子！退錢！", "P1", "angry"),  # traditional
        ("ｓｃａｍ", "P1", "angry"),  # wide
        ("骗*子", "P1", "angry"),  # split to slip through
        ("骗\u200b子", "P1", "angry"),  # so that nobody sees it
    ],
)
def test_who_is_angry_is_seen(line: str, level: str, reason: str) -> None:
    """With the level and the reason by which the desk ranks it."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == (Mood.ANGRY, level)
    assert handoff_reason(reading) == reason


@pytest.mark.parametrize(
    "line",
    [
        "草莓好吃",
        "垃圾袋多少钱",
        "气死我了太好看了",  # delight
        "会不会过敏",  # asks about a risk
        "隔壁才是骗子",  # not this shop
        "scampi怎么卖",
        "什么时候发货",
        "",
    ],
)
def test_what_only_looks_like_anger_is_calm(line: str) -> None:
    """Innocent words, delight, other shops and questions about a risk."""
    assert READER.read(line).mood is Mood.CALM


def test_mild_dissatisfaction_is_uneasy_and_calls_nobody() -> None:
    """It stays below the threshold."""
    reading = READER.read("物流有点慢")
    assert (reading.mood, reading.level) == (Mood.UNEASY, "P3")
    assert 0 < reading.score < ANGRY_AT


def test_merchants_add_words_and_take_some_away() -> None:
    """In any script; words of theirs are never patterns."""
    own = MoodReader(
        angry_words=("黑店主播", "(.*", "坑爹鬼", ""), benign_words=("垃圾食品",)
    )
    assert own.read("黑店主播").mood is Mood.ANGRY
    assert own.read("坑爹鬼").mood is Mood.ANGRY
    assert own.read("(.*").mood is Mood.ANGRY
    assert own.read("太垃圾").mood is Mood.ANGRY
    assert own.read("垃圾食品").mood is Mood.CALM
    assert MoodReader(angry_words=("黑惡店",)).read("黑恶店").mood is Mood.ANGRY


@given(st.lists(st.sampled_from(WORDS), max_size=8).map("".join) | st.text(max_size=30))
def test_a_reading_is_consistent_and_can_be_shown(line: str) -> None:
    """Angry exactly from the threshold on, never without evidence, evidence as typed."""
    reading = READER.read(line)
    assert 0 <= reading.score <= 1
    assert (reading.mood is Mood.ANGRY) == (reading.score >= ANGRY_AT)
    assert (reading.mood is Mood.CALM) == (reading.evidence == ())
    assert (reading.level is None) == (reading.mood is Mood.CALM)
    for seen in reading.evidence:
        assert line[seen.start : seen.end] == seen.text != ""


@given(st.lists(st.sampled_from(WORDS), max_size=6).map("".join))
def test_more_anger_never_calms(line: str) -> None:
    """An insult said twice scores no less than once."""
    once = READER.read(f"{line}骗子")
    assert READER.read(f"{line}骗子骗子").score >= once.score


def test_the_third_unanswered_asking_is_noticed() -> None:
    """Of the same thing, by the same viewer, within two minutes, since the last answer."""
    watch, me = RepeatWatch(), ViewerKey("me")
    asked = ("有运费险吗", "有没有运费险吗", "有运费险吗？？")
    first, second, third = (
        watch.unanswered(me, text, START + timedelta(seconds=n))
        for n, text in enumerate(asked)
    )
    assert first is None and second is None
    assert third is not None and third.text == asked[2]
    watch.answered(me)
    assert watch.unanswered(me, asked[0], START + timedelta(seconds=5)) is None
    for other in ("a", "b"):
        assert watch.unanswered(ViewerKey(other), asked[0], START) is None


def test_repetition_is_forgotten_after_two_minutes() -> None:
    """Asking every two minutes isn't pressing."""
    watch, me = RepeatWatch(), ViewerKey("me")
    for n in range(6):
        at = START + timedelta(seconds=61 * n)
        assert watch.unanswered(me, "有运费险吗", at) is None
