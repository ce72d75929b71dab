"""SmallTalk: lines that lead to nothing by their words alone, which take a short way.

Nearly nine of ten lines of a room are such: no mood, no order, no question, nothing the book knows. Of
them it matters only that nobody talks with their viewer yet; what all the parts of hearing would
say is therefore asked here at once, in the order of what it costs, and the words are remembered:
a room repeats itself, and of its lines one in three was said a moment ago.
"""

from __future__ import annotations

from datetime import datetime

from streambot.domain.asking import is_plain
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.match import SAYS_NOTHING_KNOWN, FaqMatch
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.question_form import reports_purchase, tells_of_trouble
from streambot.domain.faq.slots import may_hold_slots, read_slots
from streambot.domain.memory import RoomMemory
from streambot.domain.mood import CALM, Patience
from streambot.domain.order_numbers import (
    asks_about_order,
    asks_order_change,
    find_order_numbers,
)
from streambot.domain.policy import SessionPolicy
from streambot.domain.praise import praise_in
from streambot.domain.room import RoomMode
from streambot.domain.shelf import points
from streambot.domain.sizes import asks_size
from streambot.domain.understanding import Understanding
from streambot.domain.viewer import ViewerKey

#: Lines remembered: what a busy room says in ten minutes, half a megabyte.
_KEPT = 4_096


class SmallTalk:
    """Knows lines that lead to nothing and remembers their words; the longest unsaid go first."""

    def __init__(
        self,
        policy: SessionPolicy,
        memory: RoomMemory,
        patience: Patience,
        understanding: Understanding,
    ) -> None:
        self._policy = policy
        self._memory = memory
        self._patience = patience
        self._understanding = understanding
        self._said: dict[str, None] = {}

    def knows(self, line: ViewerSpoke, at: datetime) -> bool:
        """Whether *line* leads to nothing: its words don't, and nobody talks with its viewer."""
        text, viewer = line.text, line.viewer.key
        if self._memory.mode is RoomMode.SILENT or not self._is_alone(viewer, at):
            return False
        if viewer in self._patience and ("?" in text or "？" in text):
            return False  # marks by themselves ask again
        if text in self._said:
            self._said[text] = self._said.pop(text)
            return True
        if not says_nothing(text, self._understanding):
            return False
        self._remember(text)
        return True

    def note(self, line: ViewerSpoke, match: FaqMatch, at: datetime) -> None:
        """*line* led to nothing; kept where neither its viewer nor a book had a say in it."""
        viewer = line.viewer.key
        if match is not SAYS_NOTHING_KNOWN or viewer in self._patience:
            return
        if self._memory.turns.of(viewer, at) is None and self._is_alone(viewer, at):
            self._remember(line.text)

    def read_by(self, understanding: Understanding) -> None:
        """Another book knows other words."""
        self._understanding = understanding
        self._said.clear()

    def _remember(self, text: str) -> None:
        self._said[text] = None
        if len(self._said) > _KEPT:
            del self._said[next(iter(self._said))]

    def _is_alone(self, viewer: ViewerKey, at: datetime) -> bool:
        """Whether nothing was asked by, told to or handed off for this viewer a moment ago."""
        memory, wait = self._memory, self._policy.sentence_wait
        ticket = memory.tickets.get(viewer)
        if ticket is not None and not memory.is_unattended(ticket):
            return False
        turn = memory.turns.of(viewer, at)
        if turn is not None and not turn.is_mere_naming:
            return False
        return not memory.just_spoke_to(viewer, at, wait)


def says_nothing(text: str, understanding: Understanding) -> bool:
    """Whether a line leads to nothing by its words alone; of others all parts are asked again."""
    plain = folded(text)
    return (
        _is_mere_words(plain)
        and understanding.matcher.says_nothing(plain)
        and not understanding.shelf.names_in(plain)
        and understanding.mood.read(text) is CALM
        and praise_in(text) is None
        and asks_about_order(plain) is None
        and asks_order_change(plain) is None
        and not tells_of_trouble(plain)
        and not find_order_numbers(plain)
    )


def _is_mere_words(plain: str) -> bool:
    """Whether a folded line holds no slot, points at nothing and reports nothing."""
    if is_plain(plain):
        return True
    return not (
        (may_hold_slots(plain) and read_slots(plain).any_at_all)
        or points(plain)
        or reports_purchase(plain)
        or asks_size(plain) is not None
    )
