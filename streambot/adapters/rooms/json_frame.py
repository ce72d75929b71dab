"""JsonFrame: what readers of loosely made JSON have in common - bounds, ids, days, viewers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, Final, TypeVar

import msgspec

from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId, Platform, RoomName, Scene
from streambot.domain.viewer import BY_NAME, Viewer, ViewerKey, is_masked

#: A frame may hold so many bytes; longer ones are dropped and counted.
FRAME_BYTES = 64 * 1024
#: Code points kept of what people write.
TEXT_KEPT = 2000
NAME_KEPT = 100
ID_MOST = 200
#: What msgspec raises for bytes that hold no JSON of the wanted kind: bad text is no DecodeError.
UNREADABLE: Final = (msgspec.DecodeError, UnicodeError, RecursionError)

T = TypeVar("T")


class NotUnderstood(Exception):
    """A frame that says nothing we know; ``str()`` is a constant name for it."""


def decoded(
    message: str | bytes,
    decoder: msgspec.json.Decoder[T],
    *,
    most: int = FRAME_BYTES,
) -> T:
    """What *message* holds.

    Raises:
        NotUnderstood: too long, not JSON, or a field of the wrong type.
    """
    if len(message) > most:
        raise NotUnderstood("frame_too_long")
    try:
        return decoder.decode(message)
    except msgspec.ValidationError as error:
        raise NotUnderstood("wrong_field") from error
    except UNREADABLE as error:
        raise NotUnderstood("not_json") from error


def written(value: str | int | None) -> str:
    """An id as text: peers write numbers, texts, or nothing; 0 stands for nothing too."""
    return "" if value is None or value == 0 else str(value).strip()


@dataclass(slots=True, kw_only=True)
class Room:
    """The room that one link reads: makes ids, days and viewers of its events.

    ``fresh`` begins the ids of what has none of its own, different for every link.
    """

    name: str
    key_of: Callable[[str, str], ViewerKey]
    fresh: str
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def about(
        self,
        platform: Platform,
        received_at: datetime,
        *,
        id_: str = "",
        broadcast: str = "",
    ) -> dict[str, Any]:
        """What every event carries.

        Where no broadcast is told, the room's day (UTC, so from 08:00 in China) is one.
        """
        known = id_ if 0 < len(id_) <= ID_MOST else f"{self.fresh}{next(self._numbers)}"
        session = broadcast[:ID_MOST] or received_at.date().isoformat()
        return {
            "id": EventId(known),
            "at": received_at,
            "received_at": received_at,
            "scene": Scene(
                platform=platform,
                room=RoomName(self.name),
                broadcast=BroadcastId(session),
            ),
        }

    def viewer(
        self,
        platform: Platform,
        raw_id: str,
        name: str,
        roles: frozenset[str],
        event: EventId,
    ) -> Viewer:
        """A viewer by id, or else by name alone, which never is anybody's id.

        A masked name is shared by many, so whoever has no id beside it is known in *event* alone.

        Raises:
            NotUnderstood: neither is known.
        """
        name = name.strip()
        if not raw_id and not name:
            raise NotUnderstood("event_without_viewer")
        masked = is_masked(name)
        if 0 < len(raw_id) <= ID_MOST:
            raw = raw_id
        elif masked:
            raw = f"event:{event}"
        else:
            raw = f"name:{name[:ID_MOST]}"
            roles |= {BY_NAME}
        return Viewer(
            key=self.key_of(platform, raw),
            name=name[:NAME_KEPT],
            roles=roles,
            masked=masked,
        )
