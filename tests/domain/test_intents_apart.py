"""Intents apart: an entry that answers one common question isn't taken for another's answer."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import FaqMatch, MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.pack import IntentId

_PACK = shipped_pack()


def _asked(line: str, intent: str) -> FaqMatch:
    """*line*, asked of a book whose one entry answers *intent* with no words of its own."""
    phrasings = {each.id: each.phrasings for each in _PACK.intents}
    entry = FaqEntry(
        id=FaqId("only"),
        intent=IntentId(intent),
        questions=phrasings[IntentId(intent)],
        answers=("答",),
    )
    return BookMatcher(FaqBook(entries=(entry,), pack=_PACK), MatchSettings()).match(
        line
    )


@pytest.mark.parametrize(
    ("line", "intent"),
    [
        ("这个手链有证书吗", "jewellery_material"),
        ("银的会变黑吗", "jewellery_material"),
        ("戴久了会过敏吗", "jewellery_material"),
        ("脚链可以调大小吗", "ring_size"),
        ("可以刻字吗", "custom_made"),
        ("音箱充满要多久", "charging"),
        ("台灯支持快充吗", "charging"),
        ("取暖器功率多大", "power_draw"),
        ("台灯电池多少毫安", "battery_life"),
    ],
)
def test_a_neighbouring_question_is_not_answered(line: str, intent: str) -> None:
    """What a ring is made of says nothing of its certificate, nor power of what it costs."""
    assert _asked(line, intent).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("line", "intent"),
    [
        ("这个手链有证书吗", "jewellery_certificate"),
        ("脚链可以调大小吗", "ring_adjust"),
        ("可以刻字吗", "engraving"),
        ("音箱充满要多久", "charging_time"),
        ("台灯支持快充吗", "charging_fast"),
        ("取暖器功率多大", "power_watts"),
    ],
)
def test_the_question_itself_is_answered(line: str, intent: str) -> None:
    """By the entry that says it answers it."""
    assert _asked(line, intent).entry == "only"
