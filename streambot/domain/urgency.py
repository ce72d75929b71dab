"""Urgency: which lines are people's at once - danger, law, anger, or a call for a person."""

from __future__ import annotations

from streambot.domain.events import ViewerSpoke
from streambot.domain.evidence import Evidence
from streambot.domain.faq.calls import asks_for_person
from streambot.domain.faq.cues import mentions_shop
from streambot.domain.faq.likeness import Looked
from streambot.domain.faq.normalise import folded
from streambot.domain.memory import RoomMemory
from streambot.domain.mood import Mood, MoodReading, Patience, handoff_reason
from streambot.domain.ticket import Reason
from streambot.domain.understanding import Understanding


class Urgency:
    """Hears lines for one room, each in the light of what its viewer said before."""

    def __init__(self, memory: RoomMemory, understanding: Understanding) -> None:
        self._memory = memory
        self._understanding = understanding
        self.patience = Patience(repeats=None)  # RepeatWatch knows what was answered

    def read_by(self, understanding: Understanding) -> None:
        """Another book knows other words."""
        self._understanding = understanding

    def of(
        self, line: ViewerSpoke, looked: Looked | None
    ) -> tuple[Reason, tuple[Evidence, ...]] | None:
        """Why *line* is people's at once, and by which words; *looked*: what an encoder told."""
        viewer = line.viewer.key
        reading = self.patience.heard(
            viewer,
            line.text,
            self._mood(line.text, looked),
            line.received_at,
            self._memory.answered_at.get(viewer),
            line.id,
            self._may_be_ours,
        )
        if reading.mood is Mood.ANGRY:
            return Reason(handoff_reason(reading)), reading.evidence
        asked = asks_for_person(folded(line.text))
        return None if asked is None else (Reason.ASKED_HUMAN, (asked,))

    def _mood(self, said: str, looked: Looked | None) -> MoodReading:
        anger = None if looked is None else looked.anger_of(said)
        mood = self._understanding.mood
        return mood.read(said) if anger is None else mood.reconsider(said, anger)

    def _may_be_ours(self, question: str) -> bool:
        """Whether a normalised *question* is put to the shop, or anything of it is its matter."""
        matcher = self._understanding.matcher
        return mentions_shop(question) or matcher.match(question).shop > 0
