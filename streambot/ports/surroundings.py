"""Surroundings: what was going on around a viewer's line, read back for whoever answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from streambot.domain.reply import EventId
from streambot.domain.room import RoomName
from streambot.domain.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbyLine:
    """A line in the room near another; ``name`` is empty for what the shop said."""

    id: str
    at: datetime
    name: str
    text: str
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierTicket:
    """Another matter of a viewer; ``same_name``: only the name is the same, elsewhere."""

    ticket: Ticket
    same_name: bool = False


class Surroundings(Protocol):
    """Reads around a line and behind a viewer; never writes."""

    async def moment(self, room: RoomName, event: EventId) -> datetime | None:
        """When a line was heard; None where it isn't kept."""
        ...

    async def around(
        self, room: RoomName, at: datetime, reach: timedelta, most: int
    ) -> Sequence[NearbyLine]:
        """What everybody in the room read within *reach* of *at*, oldest first."""
        ...

    async def on_screen(self, room: RoomName, at: datetime) -> str | None:
        """The product that was being shown at *at*: its id, or what the host called it."""
        ...

    async def earlier(self, ticket: Ticket, most: int) -> Sequence[EarlierTicket]:
        """Other tickets of its viewer in every room, newest first."""
        ...
