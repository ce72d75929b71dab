"""Suggestions: lines that people say belong to an entry, kept with who said so and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from streambot.domain.decision import Decision
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.entry import FaqId
from streambot.domain.reply import EventId
from streambot.domain.room import RoomName


class SuggestionState(StrEnum):
    """What came of a suggestion."""

    WAITING = "waiting"  # for somebody who may edit the book
    ADDED = "added"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """``text`` should be a phrasing of ``entry``; a supervisor's own is added at once."""

    id: int = 0  # given by the store
    room: RoomName
    entry: FaqId
    text: str
    event_id: EventId | None  # the line it comes from, if it is known
    by: str
    at: datetime
    state: SuggestionState = SuggestionState.WAITING
    settled_by: str | None = None
    settled_at: datetime | None = None


class SuggestionStore(Protocol):
    """Keeps suggestions; one that waits already is not kept twice."""

    async def put(self, suggestion: Suggestion) -> Suggestion:
        """Keep it; the one that is kept, with its id."""
        ...

    async def get(self, number: int) -> Suggestion | None:
        """One suggestion, in whatever state."""
        ...

    async def waiting(self, room: RoomName) -> Sequence[Suggestion]:
        """Those of a room that wait, oldest first."""
        ...

    async def settle(
        self, number: int, state: SuggestionState, by: str, at: datetime
    ) -> bool:
        """Note what came of one that waits; False when it doesn't wait any more."""
        ...


class HeardLines(Protocol):
    """What viewers said, as the journal has it, and what was decided about it."""

    async def newest(self, room: RoomName, most: int) -> Sequence[ViewerSpoke]:
        """The newest lines of a room, oldest first."""
        ...

    async def line(self, room: RoomName, event: EventId) -> ViewerSpoke | None:
        """One line."""
        ...

    async def decision(self, room: RoomName, event: EventId) -> Decision | None:
        """What was decided about a line last, while it is recent."""
        ...
