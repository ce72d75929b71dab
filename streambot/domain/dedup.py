"""SeenEvents: whatever arrives twice acts once."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from itertools import islice

from streambot.domain.reply import EventId
from streambot.domain.room import RoomName

#: Ids kept over all rooms; beyond them the store's unique key decides.
IDS_KEPT = 50_000


class SeenEvents:
    """The newest event ids of all rooms, oldest forgotten first."""

    def __init__(self, keep: int = IDS_KEPT) -> None:
        self._keep = keep
        self._seen: dict[RoomName, dict[EventId, None]] = {}
        self._order: deque[RoomName] = deque()  # whose the ids are, oldest first

    def first_time(self, room: RoomName, event: EventId) -> bool:
        """Whether *event* is new; it is known from now on."""
        seen = self._seen.get(room)
        if seen is None:
            seen = self._seen[room] = {}
        elif event in seen:
            return False
        seen[event] = None
        self._order.append(room)
        if len(self._order) > self._keep:
            self._forget_oldest()
        return True

    def _forget_oldest(self) -> None:
        """Many at once: a dict looks for its first item past all that were deleted."""
        many = max(1, self._keep // 50)
        for room, count in Counter(self._order.popleft() for _ in range(many)).items():
            seen = self._seen[room]
            for old in list(islice(seen, count)):
                del seen[old]

    def restore(self, room: RoomName, events: Iterable[EventId]) -> None:
        """Know *events* (newest first, as read from the journal) again."""
        for event in reversed(list(events)):
            self.first_time(room, event)

    def forget(self, room: RoomName) -> None:
        """Forget a room's ids, whose effects may not have been stored."""
        if self._seen.pop(room, None):
            self._order = deque(each for each in self._order if each != room)
