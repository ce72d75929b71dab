"""SeenEvents: whatever arrives twice acts once."""

from __future__ import annotations

from collections.abc import Iterable

from streambot.domain.reply import EventId
from streambot.domain.room import RoomName

#: Ids kept over all rooms; beyond them the store's unique key decides.
IDS_KEPT = 50_000


class SeenEvents:
    """The newest event ids of all rooms, oldest forgotten first."""

    def __init__(self, keep: int = IDS_KEPT) -> None:
        self._keep = keep
        self._seen: dict[tuple[RoomName, EventId], None] = {}

    def first_time(self, room: RoomName, event: EventId) -> bool:
        """Whether *event* is new; it is known from now on."""
        key = (room, event)
        if key in self._seen:
            return False
        self._seen[key] = None
        if len(self._seen) > self._keep:
            del self._seen[next(iter(self._seen))]
        return True

    def restore(self, room: RoomName, events: Iterable[EventId]) -> None:
        """Know *events* (newest first, as read from the journal) again."""
        for event in reversed(list(events)):
            self.first_time(room, event)

    def forget(self, room: RoomName) -> None:
        """Forget a room's ids, whose effects may not have been stored."""
        self._seen = {key: None for key in self._seen if key[0] != room}
