"""Codec of EventSub: frames to events, pure and total.

Whatever can't be understood raises ``NotUnderstood`` with a short, constant name that is safe to
log and to count; nothing else is ever raised for what a peer sends.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from streambot.adapters.rooms.json_frame import UNREADABLE
from streambot.adapters.rooms.on_time import OnTime
from streambot.adapters.rooms.twitch import frames, topics
from streambot.adapters.rooms.twitch_words import BADGES
from streambot.domain.events import (
    LineWithdrawn,
    PlatformEvent,
    RoomClosed,
    RoomOpened,
    ViewerFollowed,
    ViewerSpoke,
)
from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId, Platform, Scene
from streambot.domain.viewer import ANCHOR, SELF, Viewer, ViewerKey

PLATFORM = Platform("twitch")
FRAME_MOST = 256 * 1024
_TEXT_KEPT = 2000
_NAME_KEPT = 100
_ID_MOST = 200
#: Lines that can still be found when a viewer's are all taken back.
_LINES_KEPT = 1000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

T = TypeVar("T")


class NotUnderstood(Exception):
    """A frame that says nothing we know; ``str()`` is a constant name for it."""


def decode(message: str | bytes) -> frames.Frame:
    """A message of the socket.

    Raises:
        NotUnderstood: too long, or nothing that EventSub says.
    """
    if len(message) > FRAME_MOST:
        raise NotUnderstood("frame_too_long")
    return read(message, frames.Frame, "no_frame")


def read(data: str | bytes | msgspec.Raw, kind: type[T], name: str) -> T:
    """*data* as *kind*.

    Raises:
        NotUnderstood: it is none, under *name*.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except UNREADABLE as error:
        raise NotUnderstood(name) from error


@dataclass(slots=True, kw_only=True)
class Reading:
    """What turns the frames of one link into events; ``account`` is our own user id."""

    scene: Scene
    broadcaster: str
    account: str
    login: str
    key_of: Callable[[str, str], ViewerKey]
    _on_time: OnTime = field(default_factory=OnTime)
    _lately: deque[tuple[str, EventId]] = field(
        default_factory=lambda: deque(maxlen=_LINES_KEPT)
    )

    def events(self, frame: frames.Frame, received_at: datetime) -> list[PlatformEvent]:
        """What a notification tells of.

        Raises:
            NotUnderstood: it is of no kind we asked for, or broken.
        """
        raw = frame.payload.event
        match frame.metadata.subscription_type:
            case topics.CHAT:
                line = read(raw, frames.ChatMessage, "broken_message")
                return self._spoke(line, frame, received_at)
            case topics.DELETED | topics.CLEARED:
                gone = read(raw, frames.Removed, "broken_removal")
                return self._withdrawn(gone, frame, received_at)
            case topics.FOLLOW:
                follow = read(raw, frames.Follow, "broken_follow")
                return self._followed(follow, frame, received_at)
            case topics.ONLINE | topics.OFFLINE as kind:
                stream = read(raw, frames.Stream, "broken_stream")
                return self._turned(kind, stream, frame, received_at)
            case _:
                raise NotUnderstood("unknown_topic")

    def _spoke(
        self, line: frames.ChatMessage, frame: frames.Frame, received_at: datetime
    ) -> list[PlatformEvent]:
        text = _CONTROL.sub("", line.message.text).strip()
        who = line.chatter_user_id[:_ID_MOST]
        if (
            not text
            or not who
            or line.source_broadcaster_user_id
            not in {
                None,
                "",
                line.broadcaster_user_id,
            }
        ):
            return []  # the last: written in a channel that shares its chat with ours
        own = line.message_id or frame.metadata.message_id
        about = self._about(own, frame, received_at)
        self._lately.append((who, about["id"]))
        parent = line.reply.parent_message_id if line.reply else None
        pieces = line.message.fragments or []
        named = any(
            piece.mention is not None and piece.mention.user_id == self.account
            for piece in pieces
        )
        return [
            ViewerSpoke(
                **about,
                viewer=self._viewer(line),
                text=text[:_TEXT_KEPT],
                reply_to=EventId(parent[:_ID_MOST]) if parent else None,
                mentions_shop=named or f"@{self.login}".lower() in text.lower(),
                paid=bool(line.cheer),
            )
        ]

    def _viewer(self, line: frames.ChatMessage) -> Viewer:
        names = (badge.set_id for badge in line.badges or [])
        roles = {BADGES[name] for name in names if name in BADGES}
        if line.chatter_user_id == self.account:
            roles.add(SELF)
        if line.chatter_user_id == self.broadcaster:
            roles.add(ANCHOR)
        return self._person(
            line.chatter_user_id,
            line.chatter_user_name or line.chatter_user_login,
            frozenset(roles),
        )

    def _person(
        self, raw: str, name: str, roles: frozenset[str] = frozenset()
    ) -> Viewer:
        return Viewer(
            key=self.key_of(PLATFORM, raw[:_ID_MOST]),
            name=(name.strip() or "?")[:_NAME_KEPT],
            roles=roles,
        )

    def _withdrawn(
        self, gone: frames.Removed, frame: frames.Frame, received_at: datetime
    ) -> list[PlatformEvent]:
        about = self._about("", frame, received_at)
        lines = [one for who, one in self._lately if who == gone.target_user_id]
        if gone.message_id:
            lines = [EventId(gone.message_id[:_ID_MOST])]
        return [
            LineWithdrawn(
                **{**about, "id": EventId(f"withdrawn:{one}"[:_ID_MOST])}, event=one
            )
            for one in lines
        ]

    def _followed(
        self, follow: frames.Follow, frame: frames.Frame, received_at: datetime
    ) -> list[PlatformEvent]:
        if not follow.user_id:
            return []
        # A follow is told again under another message id now and then: its instant is its own.
        own = f"follow:{follow.user_id}:{follow.followed_at}"
        return [
            ViewerFollowed(
                **self._about(own, frame, received_at),
                viewer=self._person(
                    follow.user_id, follow.user_name or follow.user_login
                ),
            )
        ]

    def _turned(
        self,
        kind: str,
        stream: frames.Stream,
        frame: frames.Frame,
        received_at: datetime,
    ) -> list[PlatformEvent]:
        if kind == topics.OFFLINE:
            own = f"offline:{stream.id}" if stream.id else ""
            return [RoomClosed(**self._about(own, frame, received_at))]
        if stream.id:
            broadcast = BroadcastId(stream.id[:_ID_MOST])
            self.scene = replace(self.scene, broadcast=broadcast)
        own = f"online:{stream.id}" if stream.id else ""
        return [RoomOpened(**self._about(own, frame, received_at))]

    def _about(
        self, own: str, frame: frames.Frame, received_at: datetime
    ) -> dict[str, Any]:
        at = read_time(frame.metadata.message_timestamp)
        return {
            "id": EventId((own or frame.metadata.message_id)[:_ID_MOST]),
            "at": self._on_time.instant(at, received_at),
            "received_at": received_at,
            "scene": self.scene,
        }


def read_time(text: str) -> datetime | None:
    """A time as Twitch writes it, with more digits than we keep."""
    try:
        at = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text))
    except ValueError:
        return None
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
