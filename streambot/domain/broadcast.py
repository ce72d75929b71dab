"""Broadcast: one live session of a room, from its beginning to its end, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from streambot.domain.room import BroadcastId, RoomName
from streambot.domain.summary import Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastMark:
    """A broadcast begins or ends; ``by`` is who said so at the console, empty: the platform.

    ``told``: it was said in so many words, and not seen by an event of another broadcast.
    """

    broadcast: BroadcastId
    at: datetime
    begins: bool
    told: bool = True
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """One live session as it is kept; ``tickets_left`` is what waited when it ended."""

    number: int
    room: RoomName
    broadcast: BroadcastId
    began_at: datetime
    began_by: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    tickets_left: int = 0

    def lasted(self, now: datetime) -> timedelta:
        """How long it went on, or goes on by *now*."""
        return (self.ended_at or now) - self.began_at


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastSummary:
    """A broadcast and what it came to, read from what is on disk."""

    broadcast: Broadcast
    summary: Summary
    gaps: int = 0
