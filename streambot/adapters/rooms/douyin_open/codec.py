"""Codec of Douyin's pushes: their items to events, pure and total."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from streambot.adapters.rooms.douyin_open.signature import Push
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
    RoomOpened,
    ViewerLiked,
    ViewerSpoke,
)
from streambot.domain.room import Platform

DOUYIN: Final = Platform("douyin")
COMMENT, GIFT, LIKE, FAN_CLUB = (
    "live_comment",
    "live_gift",
    "live_like",
    "live_fansclub",
)
#: What is asked for; without the first there is nothing to answer.
KINDS: Final = (COMMENT, GIFT, LIKE, FAN_CLUB)
#: A push may hold so many bytes, and so many items.
BODY_BYTES: Final = 256 * 1024
_ITEMS_MOST: Final = 1000
#: Without a room in the settings, one that fell silent for so long gives way to another.
_GIVES_WAY: Final = timedelta(minutes=10)
#: A time further off than this tells nothing.
_OFF_MOST: Final = timedelta(days=1)
_MOST: Final = 1_000_000_000
_NO_ROLES: Final[frozenset[str]] = frozenset()


class Item(msgspec.Struct, frozen=True):
    """One thing that happened; which fields matter depends on the push's kind."""

    msg_id: str | int | None = None
    sec_openid: str | None = None
    sec_open_id: str | None = None
    nickname: str | None = None
    content: str | None = None
    timestamp: int | None = None
    sec_gift_id: str | None = None
    gift_num: int | None = None
    gift_value: int | None = None  # of all of them, in fen
    like_num: int | None = None


_items: msgspec.json.Decoder[list[msgspec.Raw]] = msgspec.json.Decoder(
    list[msgspec.Raw]
)
_item: msgspec.json.Decoder[Item] = msgspec.json.Decoder(Item)


@dataclass(slots=True, kw_only=True)
class OnAir:
    """Which of an app's rooms is ours: the one of the settings, else the one that is on air."""

    chosen: str
    room: str = ""
    heard_at: datetime | None = None

    def is_ours(self, room: str, now: datetime) -> bool:
        """Whether a push from *room* is for us; asking counts as hearing it."""
        if self.chosen:
            return room == self.chosen
        long_ago = self.heard_at is None or now - self.heard_at > _GIVES_WAY
        if room != self.room and not long_ago:
            return False
        self.heard_at = now
        return True


@dataclass(slots=True, kw_only=True)
class DouyinReading:
    """Reads the pushes of one link; *on_air* lasts over all links."""

    room: Room
    on_air: OnAir
    odd: Callable[[str], None] = field(repr=False)

    def events(self, push: Push, received_at: datetime) -> Iterator[PlatformEvent]:
        """What a genuine push of our room tells; items not understood are counted and left out.

        Raises:
            NotUnderstood: nothing in it can be understood.
        """
        if push.kind not in KINDS:
            raise NotUnderstood("unknown_kind")
        raw_items = _raw_items(push.body)
        if push.room != self.on_air.room:
            self.on_air.room = push.room
            about = self.room.about(
                DOUYIN, received_at, id_=f"opened:{push.room}", broadcast=push.room
            )
            yield RoomOpened(**about)
        for raw in raw_items:
            try:
                event = self._event(push, decoded(raw, _item), received_at)
            except NotUnderstood as what:
                self.odd(str(what))
                continue
            if event is not None:
                yield event

    def _event(
        self, push: Push, item: Item, received_at: datetime
    ) -> PlatformEvent | None:
        if push.kind == FAN_CLUB:
            return None  # known, and nothing that the room's session has to hear of
        msg_id = written(item.msg_id)
        about = self.room.about(
            DOUYIN,
            received_at,
            id_=f"{push.kind}:{msg_id}" if msg_id else "",
            broadcast=push.room,
        )
        about["at"] = _instant(item.timestamp, received_at)
        raw_id = written(item.sec_openid) or written(item.sec_open_id)
        about["viewer"] = self.room.viewer(
            DOUYIN, raw_id, item.nickname or "", _NO_ROLES, about["id"]
        )
        match push.kind:
            case "live_gift":
                return GiftSent(
                    **about,
                    gift=(item.sec_gift_id or "")[:NAME_KEPT],
                    count=_size(item.gift_num, least=1),
                    amount_minor=_size(item.gift_value),
                )
            case "live_like":
                return ViewerLiked(**about, count=_size(item.like_num, least=1))
            case _:
                return ViewerSpoke(**about, text=(item.content or "")[:TEXT_KEPT])


def _raw_items(body: bytes) -> list[msgspec.Raw]:
    """The items of a body: a list of them, or one alone."""
    if not body.lstrip().startswith(b"["):
        return [msgspec.Raw(body)]
    items = decoded(body, _items, most=BODY_BYTES)
    if len(items) > _ITEMS_MOST:
        raise NotUnderstood("too_many_items")
    return items


def _instant(milliseconds: int | None, received_at: datetime) -> datetime:
    """When it happened; nothing happens after it was heard of."""
    try:
        at = datetime.fromtimestamp((milliseconds or 0) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return received_at
    return at if timedelta() <= received_at - at <= _OFF_MOST else received_at


def _size(number: int | None, *, least: int = 0) -> int:
    return min(max(number or 0, least), _MOST)
