"""Codec of oba-live-tool: its JSON frames to events, pure and total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

import msgspec

from streambot.adapters.rooms.json_frame import (
    ID_MOST,
    NAME_KEPT,
    TEXT_KEPT,
    NotUnderstood,
    Room,
    decoded,
    written,
)
from streambot.domain.events import (
    Origin,
    PlatformEvent,
    ViewerEntered,
    ViewerFollowed,
    ViewerLiked,
    ViewerOrdered,
    ViewerSpoke,
)
from streambot.domain.room import Platform
from streambot.domain.viewer import ANCHOR

DOUYIN: Final = Platform("douyin")
#: Frames that are a viewer's words, by where they were written; Kuaishou's can't be told from Douyin's.
_WORDS: Final = MappingProxyType(
    {
        "comment": DOUYIN,
        "wechat_channel_live_msg": Platform("wechat_channels"),
        "xiaohongshu_comment": Platform("xiaohongshu"),
        "taobao_comment": Platform("taobao"),
    }
)
#: Known, and nothing that the room's session has to hear of.
_PASSED: Final = frozenset(
    {"subscribe_merchant_brand_vip", "ecom_fansclub_participate"}
)
_NO_ROLES: Final[frozenset[str]] = frozenset()
_HOST: Final = frozenset({ANCHOR})
#: An epoch above this is told in milliseconds.
_MILLISECONDS: Final = 100_000_000_000


class ObaFrame(msgspec.Struct, frozen=True):
    """One frame; which fields matter depends on ``msg_type``, and none is sure to be there."""

    msg_type: str = ""
    msg_id: str | int | None = None
    nick_name: str | None = None
    user_id: str | int | None = None
    content: str | None = None
    order_status: str | None = None
    order_ts: float | str | None = None


_decoder: msgspec.json.Decoder[ObaFrame] = msgspec.json.Decoder(ObaFrame)


@dataclass(slots=True, kw_only=True)
class ObaReading:
    """Reads the frames of one link; ``own`` is the shop's name in the room, ``since`` its start."""

    room: Room
    own: str
    since: datetime

    def events(
        self, message: str | bytes, received_at: datetime
    ) -> Sequence[PlatformEvent]:
        """The event that a frame tells of, none for what nobody has to hear of.

        Raises:
            NotUnderstood: a frame of no known kind, or without what its kind needs.
        """
        frame = decoded(message, _decoder)
        if frame.msg_type in _PASSED:
            return ()
        platform = _WORDS.get(frame.msg_type, DOUYIN)
        name = frame.nick_name or ""
        own = bool(self.own) and name.strip() == self.own
        msg_id = written(frame.msg_id)
        about = self.room.about(
            platform,
            received_at,
            id_=f"{frame.msg_type}:{msg_id}" if msg_id else "",
        )
        about["viewer"] = self.room.viewer(
            platform,
            written(frame.user_id),
            name,
            _HOST if own else _NO_ROLES,
            about["id"],
        )
        match frame.msg_type:
            case "room_enter":
                return (ViewerEntered(**about),)
            case "room_like":
                return (ViewerLiked(**about),)
            case "room_follow":
                return (ViewerFollowed(**about),)
            case "live_order":
                at = min(_instant(frame.order_ts) or received_at, received_at)
                old = at < self.since
                about |= {"at": at, "origin": Origin.HISTORY if old else Origin.LIVE}
                order_id = msg_id.partition("#")[0][:ID_MOST]
                status = (frame.order_status or "")[:NAME_KEPT]
                return (ViewerOrdered(**about, order_id=order_id, status=status),)
            case word if word in _WORDS:
                return (ViewerSpoke(**about, text=(frame.content or "")[:TEXT_KEPT]),)
            case _:
                raise NotUnderstood("unknown_kind")


def _instant(value: float | str | None) -> datetime | None:
    """The time that an order tells, in seconds or milliseconds since 1970."""
    try:
        seconds = float(value or 0)
        if seconds > _MILLISECONDS:
            seconds /= 1000
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None
