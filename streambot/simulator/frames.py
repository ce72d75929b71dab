"""Frames of the room protocol as the room reads and writes them, apart from the bot's codec."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

SUBPROTOCOL = "streambot.room.v1"
VERSION = 1
FRAME_BYTES = 64 * 1024

#: Error codes and the codes the socket is closed with.
CLOSE_CODES = {
    "bad_frame": 1008,
    "bad_token": 4001,
    "no_such_room": 4004,
    "replaced": 4009,
}

#: The fields of each kind of event, beside id, at, kind, origin and viewer.
KINDS: Mapping[str, frozenset[str]] = {
    "spoke": frozenset({"text", "reply_to", "mentions_shop", "paid", "storm"}),
    "entered": frozenset(),
    "left": frozenset(),
    "followed": frozenset(),
    "liked": frozenset({"count"}),
    "gifted": frozenset({"gift", "count", "amount_minor", "currency"}),
    "ordered": frozenset({"order_id", "status"}),
    "carted": frozenset({"product"}),
    "moderated": frozenset({"event"}),
    "stats": frozenset({"viewers"}),
    "opened": frozenset(),
    "closed": frozenset(),
}

Origin = Literal["live", "history"]


class BadFrame(Exception):
    """A frame that can't be used; ``out_id`` where it was a send that at least named itself."""

    def __init__(self, why: str, out_id: str | None = None) -> None:
        self.why, self.out_id = why, out_id
        super().__init__(why)


class _Heard(msgspec.Struct, tag_field="type", frozen=True):
    pass


class Hello(_Heard, tag="hello", frozen=True):
    """Who the bot is, and the last event it knows."""

    v: int
    room: str
    token: str
    after: str | None = None


class Send(_Heard, tag="send", frozen=True):
    """A line for the room."""

    out_id: str
    text: str
    visibility: Literal["public", "private"] = "public"
    to: list[str] = []
    reply_to: str | None = None


class Ping(_Heard, tag="ping", frozen=True):
    """Are you there?"""

    n: int


class Pong(_Heard, tag="pong", frozen=True):
    """Here I am."""

    n: int


Heard = Hello | Send | Ping | Pong


class Viewer(msgspec.Struct, frozen=True):
    """A viewer as the platform tells of them."""

    id: str
    name: str
    roles: tuple[str, ...] = ()
    masked: bool = False


class _Limits(msgspec.Struct, frozen=True):
    lines: int
    per_seconds: float
    line_length: int


class _Type(msgspec.Struct, frozen=True):
    type: str = ""


class _OutId(msgspec.Struct, frozen=True):
    out_id: str | None = None


_heard: msgspec.json.Decoder[Heard] = msgspec.json.Decoder(Heard)
_type = msgspec.json.Decoder(_Type)
_out_id = msgspec.json.Decoder(_OutId)
_encoder = msgspec.json.Encoder()
_KNOWN = frozenset({"hello", "send", "ping", "pong"})


def hear(message: str | bytes) -> Heard | None:
    """What the bot said; None for a type nobody knows, which a newer bot may well send.

    Raises:
        BadFrame: binary, not JSON, or a field missing or of the wrong type.
    """
    if isinstance(message, bytes):
        raise BadFrame("binary")
    try:
        kind = _type.decode(message).type
        return _heard.decode(message) if kind in _KNOWN else None
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BadFrame(str(error), _sender(message)) from error


def _sender(message: str) -> str | None:
    try:
        return _out_id.decode(message).out_id
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def rfc3339(at: datetime) -> str:
    """An instant as the protocol writes it: UTC, milliseconds, Z."""
    utc = at.astimezone(UTC).isoformat(timespec="milliseconds")
    return utc.removesuffix("+00:00") + "Z"


def encoded(fields: Mapping[str, Any]) -> str:
    """JSON text of one frame."""
    return _encoder.encode(fields).decode()


def welcome(
    *,
    room: str,
    platform: str,
    broadcast: str,
    capabilities: tuple[str, ...],
    limits: tuple[int, float, int],
    now: datetime,
) -> str:
    """The room's answer to ``hello``; *limits* are lines, seconds and line length."""
    lines, per_seconds, line_length = limits
    return encoded(
        {
            "type": "welcome",
            "v": VERSION,
            "room": room,
            "platform": platform,
            "broadcast": broadcast,
            "capabilities": capabilities,
            "limits": _Limits(lines, per_seconds, line_length),
            "now": rfc3339(now),
        }
    )


def event(
    *,
    id: str,  # noqa: A002 - the protocol's own word
    at: datetime,
    kind: str,
    origin: Origin,
    viewer: Viewer | None,
    fields: Mapping[str, Any],
) -> str:
    """One fact about the room."""
    about: dict[str, Any] = {"type": "event", "id": id, "at": rfc3339(at)}
    about |= {"kind": kind, "origin": origin}
    if viewer is not None:
        about["viewer"] = viewer
    return encoded(about | dict(fields))


def gap(after: str | None, before: str | None) -> str:
    """Events between two known ones are lost."""
    return encoded({"type": "gap", "after": after, "before": before})


def sent(out_id: str, id: str, at: datetime) -> str:  # noqa: A002
    """The line is in the room."""
    return encoded({"type": "sent", "out_id": out_id, "id": id, "at": rfc3339(at)})


def refused(out_id: str, code: str, retry_after: float | None) -> str:
    """The line is not in the room; *retry_after* in seconds, None when waiting won't help."""
    fields = {"out_id": out_id, "code": code, "retry_after": retry_after}
    return encoded({"type": "refused", **fields})


def error(code: str, message: str) -> str:
    """The room ends the talk."""
    return encoded({"type": "error", "code": code, "message": message})


def ping(n: int) -> str:
    """Are you there?"""
    return encoded({"type": "ping", "n": n})


def pong(n: int) -> str:
    """Here I am."""
    return encoded({"type": "pong", "n": n})
