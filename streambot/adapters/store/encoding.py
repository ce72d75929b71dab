"""What domain values look like as bytes in the store: JSON by msgspec, and instants as integers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from streambot.domain.events import (
    GiftSent,
    LineWithdrawn,
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
from streambot.domain.evidence import Evidence
from streambot.domain.reply import LineOut, Reply
from streambot.domain.ticket import Ticket

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

#: The journal's name of every platform event, as in the room protocol.
EVENT_KINDS: dict[type[PlatformEvent], str] = {
    ViewerSpoke: "spoke",
    ViewerEntered: "entered",
    ViewerLeft: "left",
    ViewerFollowed: "followed",
    ViewerLiked: "liked",
    GiftSent: "gifted",
    ViewerOrdered: "ordered",
    ViewerCarted: "carted",
    LineWithdrawn: "moderated",
    StatsChanged: "stats",
    RoomOpened: "opened",
    RoomClosed: "closed",
}

# Sets are written in order, so that equal values are equal bytes under any hash seed.
_encoder = msgspec.json.Encoder(order="deterministic")
_events: dict[str, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(event) for event, kind in EVENT_KINDS.items()
}
_replies = msgspec.json.Decoder(Reply)
_lines = msgspec.json.Decoder(LineOut)
_tickets = msgspec.json.Decoder(Ticket)
_evidence = msgspec.json.Decoder(tuple[Evidence, ...])
_objects = msgspec.json.Decoder(dict[str, object])
_texts = msgspec.json.Decoder(list[str])

encode = _encoder.encode
decode_reply = _replies.decode
decode_line = _lines.decode
decode_ticket = _tickets.decode
decode_evidence = _evidence.decode
decode_object = _objects.decode
decode_array = _texts.decode


def decode_event(kind: str, data: bytes) -> PlatformEvent:
    """The event that was journaled as *kind* with *data*."""
    event: PlatformEvent = _events[kind].decode(data)
    return event


def plain(ticket: Ticket) -> dict[str, object]:
    """A ticket as JSON's own types, field by field."""
    fields: dict[str, object] = msgspec.to_builtins(ticket, order="deterministic")
    return fields


def array(values: Iterable[str]) -> str:
    """*values* as SQL reads them: a JSON array."""
    return encode([*values]).decode()


#: A text without the enum it may be a member of, which the driver would look up adapters for.
text = str.__str__


def micros(at: datetime) -> int:
    """*at* (aware) as microseconds since 1970 UTC."""
    return (at - EPOCH) // MICROSECOND


def instant(value: int) -> datetime:
    """The aware UTC instant of *value* microseconds."""
    return EPOCH + value * MICROSECOND


def maybe_micros(at: datetime | None) -> int | None:
    """As ``micros``; None stays None."""
    return None if at is None else micros(at)


def maybe_instant(value: int | None) -> datetime | None:
    """As ``instant``; None stays None."""
    return None if value is None else instant(value)
