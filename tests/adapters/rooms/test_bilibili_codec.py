"""Frames, messages and signatures of Bilibili's open platform, without a socket."""

from __future__ import annotations

import json
import struct
import sys
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streambot.adapters.rooms.bilibili_open.codec import Reading, SessionOver
from streambot.adapters.rooms.bilibili_open.frames import (
    PACKETS_MOST,
    UNPACKED_MOST,
    BrotliMissing,
    NotUnderstood,
    Odd,
    Packet,
    packets,
)
from streambot.adapters.rooms.bilibili_open.sign import signed_headers
from streambot.domain.events import (
    FromRoom,
    FromViewer,
    GiftSent,
    LineWithdrawn,
    RoomClosed,
    RoomOpened,
    ViewerEntered,
    ViewerLiked,
    ViewerSpoke,
)
from streambot.domain.room import BroadcastId, Platform, RoomName, Scene
from streambot.domain.viewer import ANCHOR, MEMBER, MODERATOR, ViewerKey

NOW = datetime.fromtimestamp(1795850000.4, UTC)
_PAYLOADS = Path(__file__).parents[2] / "payloads" / "bilibili_open" / "messages.jsonl"


def _packet(body: bytes, version: int = 0, op: int = 5) -> bytes:
    return struct.pack(">I2H2I", 16 + len(body), 16, version, op, 0) + body


def _reading() -> Reading:
    return Reading(
        scene=Scene(
            platform=Platform("bilibili_open"),
            room=RoomName("demo"),
            broadcast=BroadcastId("100:day"),
        ),
        anchor="host-open-id",
        anchor_name="小店",
        key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
    )


def _told(reading: Reading, cmd: str, at: datetime = NOW, **data: Any) -> FromRoom:
    body = json.dumps({"cmd": f"LIVE_OPEN_PLATFORM_{cmd}", "data": data}).encode()
    events = reading.read(body, at)
    assert not isinstance(events, SessionOver)
    [event] = events
    return event


def _of_payloads() -> list[Any]:
    reading = _reading()
    told: list[Any] = []
    for line in _PAYLOADS.read_bytes().splitlines():
        events = reading.read(line, NOW)
        told += [events] if isinstance(events, SessionOver) else events
    return told


def test_every_documented_message_is_an_event() -> None:
    """Lines, gifts, members, paid lines and their withdrawal, likes, arrivals, start, end, session."""
    told = _of_payloads()
    kinds = [
        *[ViewerSpoke] * 3, GiftSent, GiftSent, ViewerSpoke, LineWithdrawn, ViewerLiked,
        ViewerEntered, ViewerEntered, RoomOpened, RoomClosed, SessionOver,
    ]  # fmt: skip
    assert [type(each) for each in told] == kinds
    line, old, mirrored, gift, guard, paid, gone, like, came, came_2024, *rest = told
    assert (line.id, line.text, line.mentions_shop) == (
        "dm-1",
        "什么时候发货呀？",
        True,
    )
    assert line.viewer.roles == {MODERATOR, MEMBER}
    assert old.viewer.key == "bilibili_open:3102384"
    assert mirrored.viewer.key == "bilibili_open:open-9"
    assert (gift.gift, gift.count, gift.amount_minor) == ("小花花", 3, 30)
    assert (guard.gift, guard.amount_minor, guard.viewer.name) == (
        "舰长",
        19800,
        "舰长",
    )
    assert MEMBER in guard.viewer.roles
    assert paid.paid
    assert gone.event == paid.id
    assert like.count == 7
    assert came.viewer.key == "bilibili_open:open-5"
    assert came_2024.viewer.key == "bilibili_open:open-6"
    assert rest[0].scene.broadcast == rest[1].scene.broadcast == "100:1795849000"
    assert rest[2] == SessionOver("game-1")


def test_what_has_no_id_has_the_same_again_and_no_two_share_one() -> None:
    """The same arrival told twice is one; another second, viewer or text is another."""
    line: dict[str, Any] = {"open_id": "a", "timestamp": 1795850000, "uname": "a"}
    said = [
        _told(_reading(), "LIVE_ROOM_ENTER", **line),
        _told(_reading(), "LIVE_ROOM_ENTER", **line),
        _told(_reading(), "LIKE", **line),
        _told(_reading(), "DM", **line, msg="1"),
        _told(_reading(), "DM", **line, msg="2"),
        _told(_reading(), "LIVE_ROOM_ENTER", **{**line, "open_id": "b"}),
    ]
    assert said[0].id == said[1].id
    assert len({each.id for each in said}) == 5


def test_viewers_without_an_id_are_known_by_name_unless_it_is_hidden() -> None:
    """A masked name never makes one viewer of many; the host is known by open id."""
    reading = _reading()

    def who(**data: Any) -> Any:
        event = _told(reading, "DM", msg="hi", **data)
        assert isinstance(event, FromViewer)
        return event.viewer

    assert who(uname="小雨", msg_id="1").key == who(uname="小雨", msg_id="2").key
    first, second = who(uname="兵**", msg_id="3"), who(uname="兵**", msg_id="4")
    assert first.key != second.key
    assert first.masked
    assert who(open_id="host-open-id", uname="小店").roles == {ANCHOR}


def test_times_are_ours_and_a_stamp_is_late_only_beyond_its_second() -> None:
    """The quickest message so far counts as on time, whatever the platform's clock says."""
    reading = _reading()
    ahead = int(NOW.timestamp()) + 50  # their clock

    def at(stamp: int, now: datetime) -> timedelta:
        return now - _told(reading, "DM", now, msg="x", timestamp=stamp).at

    second = timedelta(seconds=1)
    assert at(ahead, NOW) == timedelta()
    assert at(ahead, NOW + 0.6 * second) == timedelta()
    assert at(ahead, NOW + 4 * second) == 3 * second
    assert at(0, NOW) == at(10**18, NOW) == timedelta()


def test_frames_hold_packets_and_packed_frames() -> None:
    """Several in a frame, packed by zlib or brotli, rubbish between: order is kept, nothing is lost."""
    inner = _packet(b"b") + _packet(b"c")
    frame = (
        _packet(b"a") + _packet(zlib.compress(inner), 2) + _packet(b"no zlib", 2)
        + _packet(brotli.compress(inner), 3) + _packet(_packet(b""), 7) + _packet(b"d", 1, 8)
        + _packet(zlib.compress(_packet(zlib.compress(inner), 2)), 2) + b"\0\0"
    )  # fmt: skip
    told = [
        each.name if isinstance(each, Odd) else each.body.decode()
        for each in packets(frame)
    ]
    assert told == [
        *["a", "b", "c", "bad_zlib", "b", "c", "unknown_version", "d"],
        *["packed_twice", "cut_header"],
    ]


def test_our_own_heartbeat_behind_its_answer_is_passed_over() -> None:
    """The length of such an answer doesn't count the echo behind it."""
    assert list(packets(_packet(b"\0\0\0\1", 1, 3) + b"{}")) == [Packet(3, b"\0\0\0\1")]


@pytest.mark.parametrize(("version", "pack"), [(2, zlib.compress), (3, brotli.compress)])  # fmt: skip
def test_bombs_are_not_unpacked(version: int, pack: Any) -> None:
    """What would fill the memory is named and passed over; so are packets without end."""
    bomb = _packet(pack(b"\0" * (UNPACKED_MOST * 3)), version)
    assert list(packets(bomb + _packet(b"a"))) == [
        Odd("unpacked_too_long"),
        Packet(5, b"a"),
    ]
    many = list(packets(_packet(pack(_packet(b"") * (PACKETS_MOST + 5)), version)))
    assert len(many) == PACKETS_MOST + 1
    assert many[-1] == Odd("too_many_packets")


def test_brotli_is_asked_for_only_when_it_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without the library every other packing is read, and brotli says what is missing."""
    monkeypatch.setitem(sys.modules, "brotli", None)
    assert len(list(packets(_packet(zlib.compress(_packet(b"a")), 2)))) == 1
    with pytest.raises(BrotliMissing):
        list(packets(_packet(b"x", 3)))


def test_headers_are_signed_as_documented() -> None:
    """Six headers sorted and joined by line feeds, signed as openssl signs that text."""
    at = datetime.fromtimestamp(1695448824, UTC)
    told = signed_headers(b"{}", key_id="k", secret="s", nonce="n", at=at)
    assert told["x-bili-content-md5"] == "99914b932bd37a50b983c5e7c90ae93b"
    assert told["x-bili-timestamp"] == "1695448824"
    assert (
        told["Authorization"]
        == "c74f8cf4e245106d8760f9ec3bcae269f3b3ba66824ca3b1b98347ffa2876fee"
    )


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_a_frame(frame: bytes) -> None:
    """Whatever comes, reading a frame ends and never fails."""
    list(packets(_packet(frame) + frame))
    list(packets(_packet(frame, 2)))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
_FIELDS = [
    *("open_id", "openid", "uid", "uname", "msg", "msg_id", "timestamp", "message"),
    *("message_id", "message_ids", "gift_name", "gift_num", "price", "paid", "game_id"),
    *("user_info", "guard_level", "guard_num", "like_count", "is_admin", "reply_open_id"),
]  # fmt: skip
_CMDS = [json.loads(line)["cmd"] for line in _PAYLOADS.read_text("utf-8").splitlines()]


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(_CMDS), st.dictionaries(st.sampled_from(_FIELDS), _JSON))
def test_fields_of_any_kind_make_events_or_none(cmd: str, data: dict[str, Any]) -> None:
    """A message whose fields are missing or of another kind is read with defaults."""
    try:
        body = json.dumps({"cmd": cmd, "data": data}).encode()
        told = _reading().read(body, NOW)
    except NotUnderstood as what:
        assert str(what) == "no_json"  # noqa: PT017 - what Python writes and JSON hasn't
        return
    if not isinstance(told, SessionOver):
        assert all(0 < len(each.id) <= 200 for each in told)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"", "no_json"), (b"\xff", "no_json"), (b"[" * 99_999, "no_json"), (b"[]", "no_cmd"),
        (b'{"cmd":7}', "no_cmd"), (b'{"cmd":"LIVE_OPEN_PLATFORM_NEW"}', "unknown_cmd"),
    ],
)  # fmt: skip
def test_what_is_no_message_is_named(body: bytes, name: str) -> None:
    """Broken, too deep, of no kind or of a new one: told by a constant name."""
    with pytest.raises(NotUnderstood, match=name):
        _reading().read(body, NOW)
