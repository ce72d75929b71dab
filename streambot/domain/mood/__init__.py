"""Mood: anger, complaint and risk read from viewers' lines, always with evidence.

A wrong mood only ever costs a human a glance; it never mutes or punishes anybody.
"""

from streambot.domain.mood.insistence import (
    REPEAT_WINDOW,
    REPEATS,
    Patience,
    RepeatWatch,
)
from streambot.domain.mood.reader import MoodReader
from streambot.domain.mood.reading import (
    ANGRY_AT,
    CALM,
    Mood,
    MoodLevel,
    MoodReading,
    handoff_reason,
)

__all__ = [
    "ANGRY_AT",
    "CALM",
    "REPEATS",
    "REPEAT_WINDOW",
    "Mood",
    "MoodLevel",
    "MoodReader",
    "MoodReading",
    "Patience",
    "RepeatWatch",
    "handoff_reason",
]
