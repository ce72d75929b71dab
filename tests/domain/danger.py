"""What tests of dangers share: a reader, and that a person is called at once."""

from __future__ import annotations

from streambot.domain.mood import MoodReader, handoff_reason
from streambot.domain.mood.reading import Mood, MoodLevel

READER = MoodReader()


def of_highest_level(line: str, reason: str) -> None:
    """A person is called at once, for *reason*."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == (Mood.ANGRY, MoodLevel.P0)
    assert handoff_reason(reading) == reason
