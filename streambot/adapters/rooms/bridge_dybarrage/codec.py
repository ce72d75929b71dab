"""Codec of DouyinBarrageGrab: its packs to events, pure and total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import msgspec

from streambot.adapters.rooms.bridge_dybarrage.frames import (
    Kind,
    Pack,
    Told,
    User,
)
from streambot.adapters.rooms.json_frame import (
    NAME_KEPT,
    TEXT_KEPT,
    NotUnderstood,
    Room,
    decoded,
    written,
)
from streambot.domain.events import (
    GiftSent,
    PlatformEvent,
    RoomClosed,
    RoomOpened,
    StatsChanged,
    ViewerEntered,
    ViewerFollowed,
    ViewerLiked,
    ViewerSpoke,
)
from streambot.domain.room import Platform
from streambot.domain.viewer import ANCHOR, MODERATOR

DOUYIN: Final = Platform("douyin")
#: Known, and nothing that the room's session has to hear of.
_PASSED: Final = frozenset({Kind.FAN_CLUB, Kind.SHARE})
_KINDS: Final = MappingProxyType({int(kind): kind for kind in Kind})
#: A yuan buys ten of Douyin's coins.
_COIN_MINOR: Final = 10
#: Rooms whose owner is remembered for the frames that name none.
_ROOMS_KEPT: Final = 1000
_MOST: Final = 1_000_000_000

_pack: msgspec.json.Decoder[Pack] = msgspec.json.Decoder(Pack)
_told: msgspec.json.Decoder[Told] = msgspec.json.Decoder(Told)


@dataclass(slots=True, kw_only=True)
class Ownership:
    """Which of a bridge's rooms is ours: it tells of every room that is open on its machine.

    Without a name in the settings the first owner heard is ours. Lasts over all links.
    """

    owner: str
    on_air: str = ""  # the RoomId of the broadcast heard last
    _rooms: dict[str, bool] = field(default_factory=dict)  # by RoomId: whether ours
    _chosen: bool = field(init=False)  # whether somebody named the owner

    def __post_init__(self) -> None:
        self._chosen = bool(self.owner)

    def is_ours(self, told: Told) -> bool:
        """Whether *told* is about our room; what names no owner is known by its RoomId.

        Raises:
            NotUnderstood: it is another's, and nobody told us that there are several.
        """
        host, number = told.host, written(told.room_id)
        if host is None or not host.raw_id:
            ours = self._rooms.get(number, not self.owner)
        else:
            self.owner = self.owner or host.raw_id
            ours = host.is_called(self.owner)
            self._remember(number, ours)
        if not ours and not self._chosen:
            raise NotUnderstood("another_room")
        return ours

    def _remember(self, number: str, ours: bool) -> None:
        if len(self._rooms) >= _ROOMS_KEPT and number not in self._rooms:
            self._rooms.clear()
        if number:
            self._rooms[number] = ours


@dataclass(slots=True, kw_only=True)
class DybarrageReading:
    """Reads the packs of one link."""

    room: Room
    ownership: Ownership

    def events(
        self, message: str | bytes, received_at: datetime
    ) -> Sequence[PlatformEvent]:
        """What a pack tells of; nothing for what nobody here has to hear of.

        Raises:
            NotUnderstood: no known type, another's room, or without what its type needs; a
                broadcast that it would have begun is begun by the next.
        """
        pack = decoded(message, _pack)
        kind = _KINDS.get(pack.type)
        if kind is None:
            raise NotUnderstood("unknown_kind")
        told = decoded(pack.data or "{}", _told)
        if not self.ownership.is_ours(told):
            return ()
        msg_id = written(told.msg_id)
        about = self.room.about(
            DOUYIN,
            received_at,
            id_=f"{kind}:{msg_id}" if msg_id else "",
            broadcast=written(told.room_id),
        )
        if kind is Kind.OVER:
            return (RoomClosed(**about),)
        events: tuple[PlatformEvent, ...] = ()
        if kind is Kind.STATS:
            viewers = _size(told.online_user_count)
            events = (StatsChanged(**about, viewers=viewers),)
        elif kind not in _PASSED:
            events = (self._of_viewer(kind, told, about),)
        return (*self._opened(told, received_at), *events)

    def _opened(self, told: Told, received_at: datetime) -> tuple[PlatformEvent, ...]:
        """That a broadcast began, at the first that is heard of its RoomId; its id stays the same."""
        number = written(told.room_id)
        if not number or number == self.ownership.on_air:
            return ()
        self.ownership.on_air = number
        about = self.room.about(
            DOUYIN, received_at, id_=f"opened:{number}", broadcast=number
        )
        return (RoomOpened(**about),)

    def _of_viewer(
        self, kind: Kind, told: Told, about: dict[str, Any]
    ) -> PlatformEvent:
        user = told.user or User()
        about["viewer"] = self.room.viewer(
            DOUYIN,
            user.raw_id,
            user.nickname or "",
            _roles(user, told.host),
            about["id"],
        )
        match kind:
            case Kind.LIKE:
                return ViewerLiked(**about, count=_size(told.count, least=1))
            case Kind.ENTER:
                return ViewerEntered(**about)
            case Kind.FOLLOW:
                return ViewerFollowed(**about)
            case Kind.GIFT:
                count = _size(told.gift_count, least=1)
                return GiftSent(
                    **about,
                    gift=(told.gift_name or "")[:NAME_KEPT],
                    count=count,
                    amount_minor=_size(told.diamond_count) * count * _COIN_MINOR,
                )
            case _:
                return ViewerSpoke(**about, text=(told.content or "")[:TEXT_KEPT])


def _roles(user: User, host: User | None) -> frozenset[str]:
    theirs = host is not None and user.raw_id and host.raw_id == user.raw_id
    roles = {ANCHOR} if user.is_anchor or theirs else set()
    if user.is_admin:
        roles.add(MODERATOR)
    return frozenset(roles)


def _size(number: int | None, *, least: int = 0) -> int:
    return min(max(number or 0, least), _MOST)
