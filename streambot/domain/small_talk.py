"""SmallTalk: lines a room just heard that led to nothing, so that an echo of them costs nothing.

A room repeats itself: of its lines one in three was said a moment ago. What is remembered here
depends on the words alone - no mood, no order, no question, nothing the book knows - so that it
holds for every viewer nobody talks with yet.
"""

from __future__ import annotations

from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.match import SAYS_NOTHING_KNOWN, FaqMatch
from streambot.domain.memory import RoomMemory
from streambot.domain.mood import Patience
from streambot.domain.room import RoomMode
from streambot.domain.viewer import ViewerKey

#: Lines remembered; more hardly ever helps.
_KEPT = 1_024


class SmallTalk:
    """Remembers the words of lines that led to nothing; the oldest go first."""

    def __init__(self, memory: RoomMemory, patience: Patience) -> None:
        self._memory = memory
        self._patience = patience
        self._said: dict[str, None] = {}

    def knows(self, line: ViewerSpoke) -> bool:
        """Whether *line* leads to nothing: just these words did, and nobody talks with its viewer."""
        return (
            line.text in self._said
            and self._memory.mode is not RoomMode.SILENT
            and self._is_new(line.viewer.key)
        )

    def note(self, line: ViewerSpoke, match: FaqMatch) -> None:
        """*line* led to nothing; kept where neither its viewer nor a book had a say in it."""
        if match is not SAYS_NOTHING_KNOWN or not self._is_new(line.viewer.key):
            return
        self._said[line.text] = None
        if len(self._said) > _KEPT:
            del self._said[next(iter(self._said))]

    def forget(self) -> None:
        """Another book knows other words."""
        self._said.clear()

    def _is_new(self, viewer: ViewerKey) -> bool:
        """Whether nothing was asked by, told to or handed off for this viewer of late."""
        memory = self._memory
        return not (
            viewer in memory.tickets
            or viewer in memory.answered_at
            or viewer in memory.clarified_at
            or viewer in memory.turns
            or viewer in self._patience
        )
