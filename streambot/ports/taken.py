"""Lines that sending tools took off the prompter: each at most once, whatever crashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from streambot.domain.reply import LineId
from streambot.domain.room import RoomName


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenLine:
    """A line of the prompter that a sending tool took; ``failed`` is why it could not say it."""

    line: LineId
    by: str
    at: datetime
    failed: str | None = None


class TakenStore(Protocol):
    """Keeps which lines tools took."""

    async def take(
        self, room: RoomName, line: LineId, by: str, at: datetime
    ) -> TakenLine | None:
        """Take it; None when it was taken before, then or ever."""
        ...

    async def take_failed(self, room: RoomName, line: LineId, why: str) -> None:
        """The tool could not say what it took."""
        ...

    async def taken(self, room: RoomName) -> Sequence[TakenLine]:
        """What was taken of the lines that still wait on the room's prompter."""
        ...
