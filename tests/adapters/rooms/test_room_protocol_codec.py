"""The room protocol's codec: total over everything a peer can send."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.adapters.rooms.room_protocol import codec, frames
from streambot.domain import events
from streambot.domain.room import BroadcastId
from streambot.domain.viewer import ViewerKey

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


def _reading(skew: timedelta = timedelta()) -> codec.Reading:
    scene = codec.scene("demo", "r", BroadcastId("b"))
    return codec.Reading(
        scene=scene,
        key_of=lambda platform, raw: ViewerKey(f"{platform}/{raw}"),
        skew=skew,
    )


def _event(**fields: Any) -> events.PlatformEvent:
    frame = {"type": "event", "id": "e1", "at": "2026-01-01T11:59:59Z", **fields}
    decoded = codec.decode(json.dumps(frame))
    assert isinstance(decoded, frames.EventFrame)
    return _reading().event(decoded, NOW)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = (
    *(
        "id",
        "at",
        "kind",
        "origin",
        "viewer",
        "text",
        "reply_to",
        "mentions_shop",
        "paid",
    ),
    *("count", "gift", "amount_minor", "currency", "order_id", "status", "product"),
    *("event", "viewers", "v", "out_id", "code", "retry_after", "n", "limits", "now"),
    *("capabilities", "broadcast", "after", "before", "message"),
)
KINDS = (
    *("spoke", "entered", "left", "followed", "liked", "gifted", "ordered", "carted"),
    *("moderated", "stats", "opened", "closed", "danced"),
)
TYPES = ("welcome", "event", "gap", "sent", "refused", "error", "ping", "pong", "what")


def _take_all(message: str | bytes) -> None:
    """Do with a frame whatever the client would; a name is safe to log and to count."""
    name = "understood"
    try:
        frame = codec.decode(message)
        match frame:
            case frames.EventFrame():
                _reading(timedelta(days=1)).event(frame, NOW)
            case frames.WelcomeFrame():
                codec.opened(frame)
                codec.skew(frame, NOW)
            case frames.RefusedFrame():
                codec.refusal(frame, NOW)
            case frames.GapFrame():
                codec.gap(frame, NOW)
            case _:
                pass
    except codec.NotUnderstood as what:
        name = str(what)
    assert name.isidentifier()


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_no_bytes_crash_the_codec(message: str | bytes) -> None:
    """Anything is a frame or NotUnderstood, never another error."""
    _take_all(message)


@given(
    st.sampled_from(TYPES),
    st.sampled_from(KINDS),
    st.dictionaries(st.sampled_from(FIELDS), ANY_JSON, max_size=6),
)
def test_wrong_fields_never_crash_the_codec(
    kind_of_frame: str, kind: str, fields: dict[str, Any]
) -> None:
    """Frames with any field of any type are read or named, whatever their kind."""
    frame = {
        "type": kind_of_frame,
        "id": "e",
        "kind": kind,
        "viewer": {"id": "v"},
    } | fields
    _take_all(json.dumps(frame))


@pytest.mark.parametrize(
    ("message", "name"),
    [
        (
            '{"type":"event","id":"e","kind":"spoke","text":"' + "长" * 70_000 + '"}',
            "frame_too_long",
        ),
        ("[" * 5_000 + "]" * 5_000, "wrong_field"),
        ('{"type":"pong","x":' + "[" * 30_000 + "]" * 30_000 + "}", "not_json"),
        ('{"type":"dance"}', "unknown_type"),
        ('{"type":"event","id":7,"kind":"spoke"}', "wrong_field"),
        ('{"type":"event","id":"e","kind":"liked","count":"two"}', "wrong_field"),
        ('{"type":"ping"', "not_json"),
        (b"\xff\xfe", "not_json"),
    ],
)
def test_what_is_not_understood_has_a_name(message: str | bytes, name: str) -> None:
    """Each way to be wrong is counted under its own constant name."""
    with pytest.raises(codec.NotUnderstood, match=f"^{name}$"):
        codec.decode(message)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"kind": "danced", "viewer": {"id": "v"}}, "unknown_kind"),
        ({"kind": "spoke", "text": "x"}, "event_without_viewer"),
        ({"kind": "stats", "id": ""}, "event_without_id"),
        ({"kind": "stats", "id": "x" * 201}, "event_without_id"),
    ],
)
def test_events_that_say_nothing_usable_have_a_name(
    fields: dict[str, Any], name: str
) -> None:
    """An unknown kind, no id, no viewer: named, never guessed."""
    with pytest.raises(codec.NotUnderstood, match=f"^{name}$"):
        _event(**fields)


def test_every_kind_of_the_protocol_is_an_event() -> None:
    """Each kind of interfaces becomes its own event, with its own fields."""
    viewer = {"id": "v1", "name": "小雨", "roles": ["member"], "masked": True}
    spoke = _event(kind="spoke", viewer=viewer, text="多少钱", reply_to="e0", paid=True)
    assert isinstance(spoke, events.ViewerSpoke)
    assert (spoke.text, spoke.reply_to, spoke.paid) == ("多少钱", "e0", True)
    assert spoke.viewer.key == "demo/v1"
    assert spoke.viewer.roles == {"member"}
    assert spoke.viewer.masked
    made = {
        kind: type(_event(kind=kind, viewer=viewer))
        for kind in KINDS
        if kind not in ("danced", "spoke")
    }
    assert made == {
        "entered": events.ViewerEntered,
        "left": events.ViewerLeft,
        "followed": events.ViewerFollowed,
        "liked": events.ViewerLiked,
        "gifted": events.GiftSent,
        "ordered": events.ViewerOrdered,
        "carted": events.ViewerCarted,
        "moderated": events.LineWithdrawn,
        "stats": events.StatsChanged,
        "opened": events.RoomOpened,
        "closed": events.RoomClosed,
    }


def test_missing_fields_are_defaults() -> None:
    """An event with nothing but id, kind and viewer is still one."""
    frame = codec.decode('{"type":"event","id":"e","kind":"spoke","viewer":{"id":"v"}}')
    assert isinstance(frame, frames.EventFrame)
    spoke = _reading().event(frame, NOW)
    assert isinstance(spoke, events.ViewerSpoke)
    assert (spoke.text, spoke.at, spoke.origin) == ("", NOW, events.Origin.LIVE)


def test_a_room_clock_that_is_off_does_not_make_lines_stale() -> None:
    """Times of events are told by our own clock, by what ``welcome`` says of the room's."""
    welcome = codec.decode('{"type":"welcome","now":"2026-01-01T11:00:00.000Z"}')
    assert isinstance(welcome, frames.WelcomeFrame)
    skew = codec.skew(welcome, NOW)
    assert skew == timedelta(hours=1)
    frame = codec.decode(
        '{"type":"event","id":"e","kind":"stats","at":"2026-01-01T10:59:58Z"}'
    )
    assert isinstance(frame, frames.EventFrame)
    assert _reading(skew).event(frame, NOW).at == NOW - timedelta(seconds=2)


@given(
    st.dictionaries(st.sampled_from(("lines", "per_seconds", "line_length")), ANY_JSON)
)
def test_limits_are_always_usable(limits: dict[str, Any]) -> None:
    """Whatever a room says of its limits, a line can go some time, and isn't empty."""
    try:
        frame = codec.decode(json.dumps({"type": "welcome", "limits": limits}))
    except codec.NotUnderstood:
        return
    assert isinstance(frame, frames.WelcomeFrame)
    kept = codec.opened(frame).limits
    assert kept.lines >= 1
    assert timedelta(0) < kept.per <= timedelta(hours=1)
    assert kept.line_length >= 10
