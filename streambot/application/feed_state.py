"""FeedState: how rooms and the floor look now, encoded once for all consoles that see the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from streambot.application.feed_frames import floor_frame, state_frame
from streambot.application.floor import Floor, Looking
from streambot.application.room_view import RoomView
from streambot.domain.agent import Agent, Permission, can
from streambot.domain.room import RoomName

#: A room, or None for the floor: what a console is marked with when it changed.
Place = RoomName | None
FLOOR: Place = None


class FeedState:
    """The replaceable half of the feed; a console that can't see a place is shown none of it.

    Args:
        views: the rooms of this process, as they are shown.
        floor: who is at the desk, and why tickets wait.
        looking: who looks at which ticket, now.
    """

    def __init__(
        self,
        views: Callable[[], Mapping[RoomName, RoomView]],
        floor: Callable[[], Floor],
        looking: Callable[[datetime], tuple[Looking, ...]],
    ) -> None:
        self._views = views
        self._floor_now = floor
        self._looking_now = looking
        self._shown: dict[RoomName, int] = {}  # a room's changes at the last look
        self._rooms: dict[
            tuple[RoomName, int | None, bool], tuple[int, bytes, int]
        ] = {}
        self._floor: Floor | None = None
        self._looking: tuple[Looking, ...] = ()
        self._floor_bytes: bytes | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """Everything a new console is shown."""
        return (*self._views(), FLOOR)

    def changed(self, now: datetime) -> list[Place]:
        """Places that look otherwise than when this was last asked."""
        found: list[Place] = []
        for room, view in self._views().items():
            if self._shown.get(room) != view.changes:
                self._shown[room] = view.changes
                found.append(room)
        if self._floor_moved(now):
            found.append(FLOOR)
        return found

    def frame(
        self, agent: Agent, place: Place, seen: int | None
    ) -> tuple[bytes | None, int]:
        """A place's frame for *agent*, and up to which of its lines it shows."""
        if place is None:
            return (self._floor_frame() if _sees(agent, "floor") else None), 0
        if not _sees(agent, "health"):
            return None, 0
        return self._room(place, seen, chat=_sees(agent, "lines"))

    def _floor_moved(self, now: datetime) -> bool:
        floor, looking = self._floor_now(), self._looking_now(now)
        same = floor is self._floor or floor == self._floor
        if same and looking == self._looking:
            return False
        self._floor, self._looking, self._floor_bytes = floor, looking, None
        return True

    def _floor_frame(self) -> bytes:
        if self._floor_bytes is None:
            floor = self._floor_now() if self._floor is None else self._floor
            self._floor_bytes = floor_frame(floor, self._looking)
        return self._floor_bytes

    def _room(
        self, room: RoomName, seen: int | None, *, chat: bool
    ) -> tuple[bytes, int]:
        view = self._views()[room]
        known = self._rooms.get((room, seen, chat))
        if known is not None and known[0] == view.changes:
            return known[1], known[2]
        for key, (changes, _, _) in tuple(self._rooms.items()):
            if key[0] == room and changes != view.changes:
                del self._rooms[key]
        frame = state_frame(view, seen, chat=chat)
        self._rooms[room, seen, chat] = (view.changes, frame, view.seen)
        return frame, view.seen


def _sees(agent: Agent, kind: str) -> bool:
    return can(agent, Permission.SEE, kind)
