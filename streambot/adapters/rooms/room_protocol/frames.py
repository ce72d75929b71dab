"""Frames of the room protocol as a room sends them; missing fields are harmless defaults."""

from __future__ import annotations

import msgspec

from streambot.domain.room import Platform

VERSION = 1
PLATFORM = Platform("room_protocol")


class _Frame(msgspec.Struct, tag_field="type", frozen=True):
    pass


class LimitsFrame(msgspec.Struct, frozen=True):
    """What a room allows."""

    lines: int | None = None
    per_seconds: float | None = None
    line_length: int | None = None


class WelcomeFrame(_Frame, tag="welcome", frozen=True):
    """The room's answer to ``hello``."""

    broadcast: str = ""
    v: int = VERSION
    platform: str = PLATFORM
    capabilities: list[str] = []
    limits: LimitsFrame | None = None
    now: str | None = None


class ViewerFrame(msgspec.Struct, frozen=True):
    """A viewer as the platform knows them."""

    id: str
    name: str = ""
    roles: list[str] = []
    masked: bool = False


class EventFrame(_Frame, tag="event", frozen=True):
    """One fact; which of the fields matter depends on ``kind``."""

    id: str
    kind: str
    at: str | None = None
    origin: str = "live"
    viewer: ViewerFrame | None = None
    text: str = ""
    reply_to: str | None = None
    mentions_shop: bool = False
    paid: bool = False
    storm: bool = False
    count: int = 1
    gift: str = ""
    amount_minor: int = 0
    currency: str = "CNY"
    order_id: str = ""
    status: str = ""
    product: str = ""
    event: str = ""
    viewers: int = 0


class GapFrame(_Frame, tag="gap", frozen=True):
    """Events between two known ones are lost."""

    after: str | None = None
    before: str | None = None


class SentFrame(_Frame, tag="sent", frozen=True):
    """A line is in the room."""

    out_id: str
    id: str | None = None


class RefusedFrame(_Frame, tag="refused", frozen=True):
    """A line is not in the room."""

    out_id: str
    code: str = "forbidden"
    retry_after: float | None = None


class ErrorFrame(_Frame, tag="error", frozen=True):
    """The room ends the talk."""

    code: str = ""
    message: str = ""


class PingFrame(_Frame, tag="ping", frozen=True):
    """Are you there?"""

    n: int = 0


class PongFrame(_Frame, tag="pong", frozen=True):
    """Here I am."""

    n: int = 0


Frame = (
    WelcomeFrame
    | EventFrame
    | GapFrame
    | SentFrame
    | RefusedFrame
    | ErrorFrame
    | PingFrame
    | PongFrame
)
