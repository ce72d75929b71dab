"""Codec of the open platform's messages: one ``cmd`` to the events it tells of, pure and total."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from streambot.adapters.rooms.bilibili_open.frames import NotUnderstood
from streambot.adapters.rooms.json_frame import UNREADABLE
from streambot.adapters.rooms.on_time import OnTime
from streambot.domain.events import (
    GiftSent,
    LineWithdrawn,
    PlatformEvent,
    RoomClosed,
    RoomOpened,
    ViewerEntered,
    ViewerLiked,
    ViewerSpoke,
)
from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId, Platform, Scene
from streambot.domain.viewer import (
    ANCHOR,
    MEMBER,
    MODERATOR,
    Viewer,
    ViewerKey,
    is_masked,
)

PLATFORM = Platform("bilibili_open")
_PREFIX = "LIVE_OPEN_PLATFORM_"
_TEXT_KEPT = 2000
_NAME_KEPT = 100
_ID_MOST = 200
#: Lines that one message may take back.
_WITHDRAWN_MOST = 1000
#: The platform tells times in whole seconds.
_GRAIN = timedelta(seconds=1)
_GUARDS = {1: "总督", 2: "提督", 3: "舰长"}
#: A broadcast whose end was missed is over by now.
_LASTS_MOST = timedelta(hours=24)
#: Money comes in thousandths of a yuan; ours is in hundredths.
_PER_MINOR = 10


@dataclass(frozen=True, slots=True)
class SessionOver:
    """The platform ended a session: nothing more is pushed for it."""

    game: str


class _Told:
    """The data of a message; what is missing or of another kind is a default."""

    def __init__(self, data: object) -> None:
        self._data: dict[str, Any] = data if isinstance(data, dict) else {}

    def text(self, *names: str) -> str:
        """The first of *names* that holds something; a number counts as its digits."""
        for name in names:
            value = self._data.get(name)
            if isinstance(value, str) and value.strip():
                return value.strip()
            if type(value) is int and value:
                return str(value)
        return ""

    def number(self, name: str) -> int:
        """A whole number, not below 0."""
        value = self._data.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit():
            value = int(value[:18])
        if not isinstance(value, int | float):
            return 0
        return int(max(0, min(value, 1e15)))

    def inner(self, name: str) -> _Told:
        """What stands below *name*."""
        return _Told(self._data.get(name))

    def listed(self, name: str) -> list[str]:
        """The words or numbers below *name*."""
        values = self._data.get(name)
        found = values[:_WITHDRAWN_MOST] if isinstance(values, list) else []
        return [str(each) for each in found if isinstance(each, int | str)]


@dataclass(slots=True, kw_only=True)
class OnAir:
    """The broadcast whose beginning was told; lasts over links."""

    _broadcast: BroadcastId | None = None
    _since: datetime | None = None

    def began(self, broadcast: BroadcastId, at: datetime) -> None:
        """It is *broadcast* from *at*."""
        self._broadcast, self._since = broadcast, at

    def ended(self) -> None:
        """None is on the air, or one whose beginning nobody heard."""
        self._broadcast = self._since = None

    def broadcast(self, now: datetime) -> BroadcastId | None:
        """The one that goes on; None where its beginning was missed."""
        recent = self._since is not None and now - self._since <= _LASTS_MOST
        return self._broadcast if recent else None


@dataclass(slots=True, kw_only=True)
class Reading:
    """What turns a link's messages into events; *anchor* is the host's open id."""

    scene: Scene
    anchor: str
    anchor_name: str
    key_of: Callable[[str, str], ViewerKey]
    on_air: OnAir = field(default_factory=OnAir)
    _on_time: OnTime = field(default_factory=OnTime)

    def read(
        self, body: bytes, received_at: datetime
    ) -> list[PlatformEvent] | SessionOver:
        """What a message tells of.

        Raises:
            NotUnderstood: it is no message, or of a kind that we don't know.
        """
        try:
            message = msgspec.json.decode(body)
        except UNREADABLE as error:
            raise NotUnderstood("no_json") from error
        if not isinstance(message, dict) or not isinstance(message.get("cmd"), str):
            raise NotUnderstood("no_cmd")
        cmd = message["cmd"].partition(":")[0].removeprefix(_PREFIX)
        return self._events(cmd, _Told(message.get("data")), received_at)

    def _events(
        self, cmd: str, told: _Told, now: datetime
    ) -> list[PlatformEvent] | SessionOver:
        match cmd:
            case "DM" | "DM_MIRROR":
                return self._spoke(cmd, told, now)
            case "SUPER_CHAT":
                return self._paid_for(told, now)
            case "SUPER_CHAT_DEL":
                return self._withdrawn(told, now)
            case "LIVE_ROOM_ENTER":
                about = self._about(cmd, told, now)
                return [ViewerEntered(**about, viewer=self._viewer(told, about["id"]))]
            case "LIKE":
                about = self._about(cmd, told, now)
                viewer = self._viewer(told, about["id"])
                count = max(1, told.number("like_count"))
                return [ViewerLiked(**about, viewer=viewer, count=count)]
            case "SEND_GIFT" | "GUARD":
                return [self._gift(cmd, told, now)]
            case "LIVE_START":
                return [self._opened(cmd, told, now)]
            case "LIVE_END":
                self.on_air.ended()
                return [RoomClosed(**self._about(cmd, told, now))]
            case "INTERACTION_END":
                return SessionOver(told.text("game_id"))
            case _:
                raise NotUnderstood("unknown_cmd")

    def _spoke(self, cmd: str, told: _Told, now: datetime) -> list[PlatformEvent]:
        text = told.text("msg")[:_TEXT_KEPT]
        if not text:
            return []
        about = self._about(cmd, told, now, text)
        to = told.text("reply_open_id")
        names_us = bool(self.anchor_name) and f"@{self.anchor_name}" in text
        return [
            ViewerSpoke(
                **about,
                viewer=self._viewer(told, about["id"]),
                text=text,
                mentions_shop=names_us or (bool(to) and to == self.anchor),
            )
        ]

    def _paid_for(self, told: _Told, now: datetime) -> list[PlatformEvent]:
        """A line that was paid for; its own id is what takes it back."""
        text = told.text("message")[:_TEXT_KEPT]
        if not text:
            return []
        about = self._about("SUPER_CHAT", told, now, text)
        if number := told.text("message_id"):
            about["id"] = _paid_id(number)
        viewer = self._viewer(told, about["id"])
        return [ViewerSpoke(**about, viewer=viewer, text=text, paid=True)]

    def _withdrawn(self, told: _Told, now: datetime) -> list[PlatformEvent]:
        about = self._about("SUPER_CHAT_DEL", told, now)
        return [
            LineWithdrawn(
                **{**about, "id": EventId(f"withdrawn:{number}"[:_ID_MOST])},
                event=_paid_id(number),
            )
            for number in told.listed("message_ids")
        ]

    def _gift(self, cmd: str, told: _Told, now: datetime) -> GiftSent:
        who, gift, count = told, told.text("gift_name"), told.number("gift_num")
        cost = told.number("price") * max(1, count) if told.number("paid") else 0
        if cmd == "GUARD":
            who, count = told.inner("user_info"), told.number("guard_num")
            gift = _GUARDS.get(told.number("guard_level"), "大航海")
            cost = told.number("price")
        about = self._about(cmd, told, now, gift, who)
        return GiftSent(
            **about,
            viewer=self._viewer(who, about["id"], guard=cmd == "GUARD"),
            gift=gift[:_NAME_KEPT],
            count=max(1, count),
            amount_minor=cost // _PER_MINOR,
        )

    def _opened(self, cmd: str, told: _Told, now: datetime) -> RoomOpened:
        """The broadcast that begins here has a name of its own from now on."""
        about = self._about(cmd, told, now)
        since = told.number("timestamp") or int(about["at"].timestamp())
        room, _, _ = self.scene.broadcast.partition(":")
        self.scene = replace(self.scene, broadcast=BroadcastId(f"{room}:{since}"))
        self.on_air.began(self.scene.broadcast, now)
        return RoomOpened(**{**about, "scene": self.scene})

    def _viewer(self, told: _Told, event: EventId, *, guard: bool = False) -> Viewer:
        """Known by open id; by name where older messages tell nothing else."""
        name = told.text("uname")[:_NAME_KEPT]
        masked = is_masked(name)
        own = _open_id(told)
        raw = own or (f"event:{event}" if masked else f"name:{name}")
        roles = set()
        if own and own == self.anchor:
            roles.add(ANCHOR)
        if told.number("is_admin"):
            roles.add(MODERATOR)
        if guard or told.number("guard_level"):
            roles.add(MEMBER)
        return Viewer(
            key=self.key_of(PLATFORM, raw[:_ID_MOST]),
            name=name or "观众",
            roles=frozenset(roles),
            masked=masked,
        )

    def _about(
        self, cmd: str, told: _Told, now: datetime, words: str = "", who: _Told | None = None
    ) -> dict[str, Any]:  # fmt: skip
        """What every event carries; without a ``msg_id`` the same thing has the same id again."""
        own = told.text("msg_id")
        if not 0 < len(own) <= _ID_MOST:
            parts = (_open_id(who or told), cmd, str(told.number("timestamp")), words)
            own = hashlib.sha1(
                "\n".join(parts).encode("utf-8", "replace"), usedforsecurity=False
            ).hexdigest()
        return {
            "id": EventId(own),
            "at": self._instant(told.number("timestamp"), now),
            "received_at": now,
            "scene": self.scene,
        }

    def _instant(self, stamp: int, now: datetime) -> datetime:
        """When it happened by our clock: the quickest message so far counts as on time.

        A stamp tells no more than its second, so nothing counts as late within it.
        """
        try:
            at = datetime.fromtimestamp(stamp, UTC)
        except (ValueError, OverflowError, OSError):
            return now
        return min(self._on_time.instant(at, now) + _GRAIN, now)


def _open_id(told: _Told) -> str:
    """Who it is about: ``openid`` before 2025, a number before 2023."""
    return told.text("open_id", "openid", "uid")


def _paid_id(number: str) -> EventId:
    return EventId(f"paid:{number}"[:_ID_MOST])
