"""MoodReading: how one line sounds, at which level, how surely, and by what evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from streambot.domain.evidence import Evidence


class Mood(StrEnum):
    """How a viewer sounds."""

    CALM = "calm"
    UNEASY = "uneasy"
    ANGRY = "angry"


class MoodLevel(StrEnum):
    """P0 law, violence and safety, P1 abuse and fraud, P2 demand and delay, P3 polite dissatisfaction."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


#: The shipped threshold: ``angry`` exactly when ``score >= ANGRY_AT``.
ANGRY_AT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodReading:
    """How one line sounds; ``angry`` exactly when ``score >= ANGRY_AT``."""

    mood: Mood = Mood.CALM
    level: MoodLevel | None = None
    score: float = 0.0
    evidence: tuple[Evidence, ...] = ()


CALM = MoodReading()

_REASONS = {
    "law": "legal",
    "violence": "safety_word",
    "safety": "safety_word",
    "fraud": "angry",
    "abuse": "angry",
    "own": "angry",
    "repeated": "repeat_question",
    "answered_in_vain": "repeat_question",
}


def handoff_reason(reading: MoodReading) -> str:
    """The desk's reason code for an angry reading."""
    rule = reading.evidence[0].rule.removeprefix("mood:") if reading.evidence else ""
    return _REASONS.get(rule, "complaint")
