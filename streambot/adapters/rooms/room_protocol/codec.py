"""Codec of the room protocol: bytes to events and lines to bytes, pure and total.

Frames are decoded by msgspec into the structs of ``frames``, then built into events (why not
straight into the domain's dataclasses: docs/decisions/0002). Whatever can't be understood raises
``NotUnderstood`` with a short, constant name that is safe to log and to count; nothing else is
ever raised for what a peer sends.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from streambot.adapters.rooms.room_protocol.frames import (
    PLATFORM,
    VERSION,
    EventFrame,
    Frame,
    GapFrame,
    LimitsFrame,
    RefusedFrame,
    WelcomeFrame,
)
from streambot.domain.events import (
    GiftSent,
    LineWithdrawn,
    Link,
    LinkChanged,
    Origin,
    PlatformEvent,
    RoomClosed,
    RoomOpened,
    StatsChanged,
    ViewerCarted,
    ViewerEntered,
    ViewerFollowed,
    ViewerLeft,
    ViewerLiked,
    ViewerOrdered,
    ViewerSpoke,
)
from streambot.domain.reply import EventId, LineOut, SendOutcome, SendResult
from streambot.domain.room import (
    BroadcastId,
    Capability,
    Platform,
    RoomName,
    Scene,
    SendLimits,
)
from streambot.domain.viewer import Viewer, ViewerKey
from streambot.ports.connector import Opened

SUBPROTOCOL = "streambot.room.v1"

#: A frame may hold so many bytes; longer ones are dropped and counted.
FRAME_BYTES = 64 * 1024
#: Code points kept of what people write; the rest of a longer line says nothing more.
_TEXT_KEPT = 2000
_NAME_KEPT = 100
_ID_MOST = 200
#: Used where a room names no limits; config.yaml's own are usually stricter.
_GENEROUS = SendLimits(lines=10, per=timedelta(seconds=1), line_length=500)
#: Seconds that a room's window may last.
_SHORTEST, _LONGEST = 0.001, 3600
#: Most viewers' roles; an empty set of each one's own would take more than all the rest of them.
_NO_ROLES: frozenset[str] = frozenset()
#: No line shorter than this could say anything.
_SHORTEST_LINE = 10


class NotUnderstood(Exception):
    """A frame that says nothing we know; ``str()`` is a constant name for it."""


_decoder: msgspec.json.Decoder[Frame] = msgspec.json.Decoder(Frame)
_encoder = msgspec.json.Encoder()


def decode(message: str | bytes) -> Frame:
    """One frame.

    Raises:
        NotUnderstood: too long, not JSON, an unknown type, or a field of the wrong type.
    """
    if len(message) > FRAME_BYTES:
        raise NotUnderstood("frame_too_long")
    try:
        return _decoder.decode(message)
    except msgspec.ValidationError as error:
        unknown = "Invalid value" in str(error) and "$.type" in str(error)
        raise NotUnderstood("unknown_type" if unknown else "wrong_field") from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise NotUnderstood("not_json") from error


@dataclass(slots=True, kw_only=True)
class Reading:
    """What turns event frames of one link into events.

    ``skew``: our clock less the room's. Laptops beside OBS are often minutes off, and an event
    must not look stale for that.
    """

    scene: Scene
    key_of: Callable[[str, str], ViewerKey]
    skew: timedelta = timedelta()

    def event(self, frame: EventFrame, received_at: datetime) -> PlatformEvent:
        """The event a frame tells of.

        Raises:
            NotUnderstood: an unknown kind, no usable id, or no viewer where there must be one.
        """
        if not 0 < len(frame.id) <= _ID_MOST:
            raise NotUnderstood("event_without_id")
        about: dict[str, Any] = {
            "id": EventId(frame.id),
            "at": self._instant(frame.at, received_at),
            "received_at": received_at,
            "scene": self.scene,
            "origin": Origin.HISTORY if frame.origin == "history" else Origin.LIVE,
        }
        match frame.kind:
            case "moderated":
                return LineWithdrawn(**about, event=EventId(frame.event))
            case "stats":
                return StatsChanged(**about, viewers=frame.viewers)
            case "opened":
                return RoomOpened(**about)
            case "closed":
                return RoomClosed(**about)
            case _:
                return _about_viewer(frame, about, self._viewer(frame))

    def _instant(self, text: str | None, received_at: datetime) -> datetime:
        """The event's time by our clock; nothing happens after it was heard of."""
        at = read_time(text)
        if at is None:
            return received_at
        try:
            return min(at + self.skew, received_at)
        except OverflowError:
            return received_at

    def _viewer(self, frame: EventFrame) -> Viewer:
        if frame.kind not in _ABOUT_VIEWERS:
            raise NotUnderstood("unknown_kind")
        viewer = frame.viewer
        if viewer is None or not 0 < len(viewer.id) <= _ID_MOST:
            raise NotUnderstood("event_without_viewer")
        return Viewer(
            key=self.key_of(self.scene.platform, viewer.id),
            name=viewer.name[:_NAME_KEPT],
            roles=frozenset(viewer.roles) if viewer.roles else _NO_ROLES,
            masked=viewer.masked,
        )


_ABOUT_VIEWERS = frozenset(
    {"spoke", "entered", "left", "followed", "liked", "gifted", "ordered", "carted"}
)


def _about_viewer(
    frame: EventFrame, about: dict[str, Any], viewer: Viewer
) -> PlatformEvent:
    match frame.kind:
        case "spoke":
            return ViewerSpoke(
                **about,
                viewer=viewer,
                text=frame.text[:_TEXT_KEPT],
                reply_to=EventId(frame.reply_to) if frame.reply_to else None,
                mentions_shop=frame.mentions_shop,
                paid=frame.paid,
                storm=frame.storm,
            )
        case "entered":
            return ViewerEntered(**about, viewer=viewer)
        case "left":
            return ViewerLeft(**about, viewer=viewer)
        case "followed":
            return ViewerFollowed(**about, viewer=viewer)
        case "liked":
            return ViewerLiked(**about, viewer=viewer, count=frame.count)
        case "gifted":
            return GiftSent(
                **about,
                viewer=viewer,
                gift=frame.gift[:_NAME_KEPT],
                count=frame.count,
                amount_minor=frame.amount_minor,
                currency=frame.currency[:3],
            )
        case "ordered":
            return ViewerOrdered(
                **about,
                viewer=viewer,
                order_id=frame.order_id[:_ID_MOST],
                status=frame.status[:_NAME_KEPT],
            )
        case _:
            return ViewerCarted(
                **about, viewer=viewer, product=frame.product[:_NAME_KEPT]
            )


def read_time(text: str | None) -> datetime | None:
    """An RFC 3339 instant in UTC, None where there is none to read."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def skew(frame: WelcomeFrame, now: datetime) -> timedelta:
    """Our clock less the room's, by its ``welcome``; nothing where it tells no time."""
    theirs = read_time(frame.now)
    return now - theirs if theirs is not None else timedelta()


def opened(frame: WelcomeFrame) -> Opened:
    """What a room said when its link opened; what it left out gets a harmless value."""
    known = {each.value for each in Capability}
    return Opened(
        broadcast=BroadcastId(frame.broadcast[:_ID_MOST] or "unnamed"),
        capabilities=frozenset(
            Capability(name) for name in frame.capabilities if name in known
        ),
        limits=_limits(frame.limits),
        idempotent_send=True,  # a known out_id is answered ``sent`` again and shown once
    )


def _limits(frame: LimitsFrame | None) -> SendLimits:
    if frame is None:
        return _GENEROUS
    seconds = frame.per_seconds
    usable = seconds is not None and _SHORTEST <= seconds <= _LONGEST
    return SendLimits(
        lines=max(1, frame.lines) if frame.lines is not None else _GENEROUS.lines,
        per=timedelta(seconds=seconds) if usable and seconds else _GENEROUS.per,
        line_length=max(_SHORTEST_LINE, frame.line_length)
        if frame.line_length is not None
        else _GENEROUS.line_length,
    )


def scene(platform: str, room: str, broadcast: BroadcastId) -> Scene:
    """Where a link's events happen; a bridge may name the platform it bridges."""
    return Scene(
        platform=Platform(platform[:_NAME_KEPT] or PLATFORM),
        room=RoomName(room),
        broadcast=broadcast,
    )


def refusal(frame: RefusedFrame, at: datetime) -> SendOutcome:
    """What became of a line that the room refused."""
    wait = frame.retry_after
    usable = wait is not None and math.isfinite(wait) and 0 <= wait <= 3600
    return SendOutcome(
        result=SendResult.REFUSED,
        at=at,
        code=frame.code[:_NAME_KEPT],
        retry_after=wait if usable else None,
    )


def gap(frame: GapFrame, at: datetime) -> LinkChanged:
    """Events between two known ones are lost."""
    return LinkChanged(
        at=at,
        link=Link.GAP,
        after=EventId(frame.after[:_ID_MOST]) if frame.after else None,
        before=EventId(frame.before[:_ID_MOST]) if frame.before else None,
    )


def hello(room: str, token: str, after: EventId | None) -> str:
    """Who we are, where we want to be, and the last event we know."""
    frame = {
        "type": "hello",
        "v": VERSION,
        "room": room,
        "token": token,
        "after": after,
    }
    return _encoder.encode(frame).decode()


def send(line: LineOut, to: list[str]) -> str:
    """A line for the room; ``to`` are the platform's own ids of those it is for."""
    frame = {
        "type": "send",
        "out_id": line.line_id,
        "text": line.text,
        "visibility": line.visibility.value,
        "to": to,
        "reply_to": None,
    }
    return _encoder.encode(frame).decode()


def ping(n: int) -> str:
    """Are you there?"""
    return _encoder.encode({"type": "ping", "n": n}).decode()


def pong(n: int) -> str:
    """Here I am."""
    return _encoder.encode({"type": "pong", "n": n}).decode()
