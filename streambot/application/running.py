"""Running: which broadcast of a room runs, by what its platform tells or people say."""

from __future__ import annotations

from datetime import datetime

from streambot.domain.broadcast import Broadcast, BroadcastMark
from streambot.domain.events import BY_HAND, FromRoom, Origin, RoomClosed, RoomOpened
from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId, Platform, RoomName, Scene


class Running:
    """One room's broadcast; asking about an event costs a comparison."""

    def __init__(self) -> None:
        self.since: datetime | None = None
        self.broadcast: BroadcastId | None = None

    def restore(self, running: Broadcast | None, newest: BroadcastId | None) -> None:
        """Know again what ran before a restart; *newest*: of the newest event."""
        self.broadcast = newest if running is None else running.broadcast
        self.since = None if running is None else running.began_at

    def is_news(self, event: FromRoom) -> bool:
        """Whether *event* may begin or end a broadcast."""
        return event.scene.broadcast != self.broadcast or isinstance(
            event, RoomOpened | RoomClosed
        )

    def told(self, event: FromRoom) -> list[BroadcastMark]:
        """What *event* says of the broadcast; nothing where it is told again."""
        if event.origin is Origin.HISTORY:
            return []
        at, another = event.received_at, event.scene.broadcast != self.broadcast
        self.broadcast = event.scene.broadcast
        match event:
            case RoomClosed():
                self.since = None
                return [self._mark(at, begins=False, by=event.by)]
            case RoomOpened():
                if self.since is None or another or event.by:
                    self.since = at
                return [self._mark(at, begins=True, by=event.by)]
            case _:
                self.since = at
                return [self._mark(at, begins=True, told=False)]

    def by_hand(
        self, kind: type[RoomOpened | RoomClosed], room: RoomName, at: datetime, by: str
    ) -> RoomOpened | RoomClosed:
        """The event by which *by* begins or ends the broadcast, where the platform doesn't."""
        return kind(
            id=EventId(f"{BY_HAND}{kind.__name__}:{at.isoformat()}"),
            at=at,
            received_at=at,
            scene=Scene(
                platform=Platform("console"),
                room=room,
                broadcast=self.broadcast or BroadcastId("console"),
            ),
            by=by,
        )

    def _mark(
        self, at: datetime, *, begins: bool, told: bool = True, by: str = ""
    ) -> BroadcastMark:
        assert self.broadcast is not None
        return BroadcastMark(
            broadcast=self.broadcast, at=at, begins=begins, told=told, by=by
        )
