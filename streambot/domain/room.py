"""Rooms and what they allow: identities, modes, capabilities and send limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NewType

RoomName = NewType("RoomName", str)
Platform = NewType("Platform", str)
BroadcastId = NewType("BroadcastId", str)


class RoomMode(StrEnum):
    """What the assistant does in a room; kept over restarts."""

    ANSWERING = "answering"
    OBSERVING = "observing"  # decides and shows, says nothing
    PEOPLE = "people"  # welcomes and tells of orders; every question becomes a ticket
    SILENT = "silent"  # only people speak; calls for a person still reach the desk


#: Modes in which the assistant writes to the room at all.
SPEAKING = frozenset({RoomMode.ANSWERING, RoomMode.PEOPLE})


class Capability(StrEnum):
    """What a connection's platform can do."""

    ROOM_CHAT = "room_chat"
    PRIVATE = "private"
    ENTER = "enter"
    ECHO = "echo"


class Sink(StrEnum):
    """Where a reply can go."""

    ROOM_CHAT = "room_chat"
    PROMPTER = "prompter"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendLimits:
    """At most *lines* lines in any window of *per*, each at most *line_length* code points."""

    lines: int
    per: timedelta
    line_length: int

    def within(self, other: SendLimits) -> SendLimits:
        """The stricter of both, so that settings never exceed the platform's own."""
        slower = max(self, other, key=lambda limits: limits.per / limits.lines)
        return SendLimits(
            lines=slower.lines,
            per=slower.per,
            line_length=min(self.line_length, other.line_length),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Where an event happened: one live session of one room of one platform."""

    platform: Platform
    room: RoomName
    broadcast: BroadcastId
