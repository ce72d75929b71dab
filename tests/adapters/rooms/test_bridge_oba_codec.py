"""The frames of oba-live-tool as events."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streambot.adapters.rooms.bridge_oba.codec import ObaReading
from streambot.adapters.rooms.json_frame import FRAME_BYTES, NotUnderstood, Room
from streambot.domain.events import (
    FromViewer,
    Origin,
    PlatformEvent,
    ViewerOrdered,
    ViewerSpoke,
)
from streambot.domain.viewer import BY_NAME, Viewer, ViewerKey

NOW = datetime(2026, 11, 28, 12, 15, tzinfo=UTC)
FRAMES = (
    Path(__file__).parents[2] / "payloads" / "bridge_oba" / "frames.jsonl"
).read_text(encoding="utf-8")


def reading(own: str = "", since: datetime = NOW) -> ObaReading:
    """What reads one link."""
    room = Room(
        name="demo",
        key_of=lambda platform, raw: ViewerKey(f"{platform}/{raw}"),
        fresh="f:",
    )
    return ObaReading(room=room, own=own, since=since)


def read(own: str = "", **frame: Any) -> PlatformEvent:
    """The one event of *frame*."""
    (event,) = reading(own).events(json.dumps(frame), NOW)
    return event


def test_every_kind_of_frame_is_read() -> None:
    """Words of four platforms, arrivals, likes, follows and orders; memberships are passed over."""
    read_by = reading()
    told = [
        event
        for line in FRAMES.splitlines()
        for event in read_by.events(line, NOW)
        if isinstance(event, FromViewer)
    ]
    assert [
        (type(each).__name__, each.id, each.scene.platform, each.viewer.key)
        for each in told
    ] == [
        ("ViewerSpoke", "comment:7301", "douyin", "douyin/name:小雨"),
        ("ViewerSpoke", "comment:7302", "douyin", "douyin/u-7"),
        ("ViewerEntered", "room_enter:7303", "douyin", "douyin/u-8"),
        ("ViewerLiked", "room_like:7304", "douyin", "douyin/u-8"),
        ("ViewerFollowed", "room_follow:7305", "douyin", "douyin/u-8"),
        ("ViewerOrdered", "live_order:6919#0", "douyin", "douyin/event:live_order:6919#0"),
        ("ViewerOrdered", "live_order:6919#3", "douyin", "douyin/event:live_order:6919#3"),
        ("ViewerSpoke", "wechat_channel_live_msg:w-1", "wechat_channels", "wechat_channels/wx-1"),
        ("ViewerSpoke", "xiaohongshu_comment:x-1", "xiaohongshu", "xiaohongshu/xhs-1"),
        ("ViewerSpoke", "taobao_comment:t-1", "taobao", "taobao/2200123"),
    ]  # fmt: skip
    assert {each.scene.broadcast for each in told} == {"2026-11-28"}


def test_an_order_is_told_once_per_status() -> None:
    """Its id holds the status, its number doesn't; one from before the link is history."""
    frame = {
        "msg_type": "live_order",
        "msg_id": "6919#3",
        "nick_name": "阿**",
        "order_status": "已付款",
    }
    seconds = int((NOW - timedelta(hours=1)).timestamp())
    old = read(**frame, order_ts=seconds)
    assert isinstance(old, ViewerOrdered)
    assert (old.order_id, old.status, old.origin) == ("6919", "已付款", Origin.HISTORY)
    assert old.at == NOW - timedelta(hours=1)
    for now in (int(NOW.timestamp() * 1000), str(int(NOW.timestamp())), None, "soon"):
        event = read(**frame, order_ts=now)
        assert (event.at, event.origin) == (NOW, Origin.LIVE)


def test_who_is_known_by_name_alone_is_marked() -> None:
    """No name is ever taken for somebody's id."""
    by_name = read(msg_type="comment", msg_id="1", nick_name="u-7", content="在吗")
    by_id = read(
        msg_type="comment", msg_id="2", nick_name="x", user_id="u-7", content="在吗"
    )
    assert isinstance(by_name, ViewerSpoke)
    assert isinstance(by_id, ViewerSpoke)
    assert by_name.viewer.key != by_id.viewer.key
    assert by_name.viewer.roles == {BY_NAME}
    assert by_id.viewer.roles == set()


def test_a_masked_name_never_makes_one_viewer_of_many() -> None:
    """Without an id each line is somebody else's, though the same when told again; with one it is theirs."""

    def who(msg_id: str, user_id: str = "") -> Viewer:
        event = read(
            msg_type="comment", msg_id=msg_id, nick_name="用户***", user_id=user_id
        )
        assert isinstance(event, ViewerSpoke)
        assert event.viewer.masked
        assert not event.viewer.roles
        return event.viewer

    first, second, again = who("3"), who("4"), who("3")
    assert first.key == again.key != second.key
    assert who("5", "u-7").key == who("6", "u-7").key == "douyin/u-7"
    assert len({who("7", "x" * 201).key, who("8", "x" * 201).key}) == 2


def test_the_shops_own_words_are_the_hosts() -> None:
    """What the shop's account writes comes back from the room and is no question."""
    event = read(
        "小店", msg_type="comment", msg_id="1", nick_name="小店", content="包邮吗"
    )
    assert isinstance(event, ViewerSpoke)
    assert event.viewer.is_anchor


@pytest.mark.parametrize(
    ("frame", "name"),
    [
        ("nonsense", "not_json"),
        ('{"x":' + "[" * 5000, "not_json"),
        ('{"msg_type":"comment","nick_name":5}', "wrong_field"),
        ("[]", "wrong_field"),
        ('{"msg_type":"dance","nick_name":"小雨"}', "unknown_kind"),
        ('{"nick_name":"小雨"}', "unknown_kind"),
        ('{"msg_type":"comment","content":"在吗"}', "event_without_viewer"),
        ('{"msg_type":"comment","content":"' + "a" * FRAME_BYTES + '"}', "frame_too_long"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_has_a_name(frame: str, name: str) -> None:
    """Nothing but NotUnderstood is raised, with a constant name."""
    with pytest.raises(NotUnderstood, match=f"^{name}$"):
        reading().events(frame, NOW)


def test_a_frame_without_an_id_gets_one_of_its_own() -> None:
    """Two such frames are two facts: nothing tells whether they are one."""
    read_by = reading()
    frame = '{"msg_type":"comment","nick_name":"小雨","content":"1"}'
    first, second = (read_by.events(frame, NOW)[0] for _ in range(2))
    assert first.id != second.id


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(
            ["msg_type", "msg_id", "nick_name", "user_id", "content", "order_ts"]
        ),
        st.one_of(
            st.none(),
            st.integers(),
            st.floats(),
            st.text(max_size=30),
            st.sampled_from(["comment", "live_order", "room_enter", "6919#3"]),
        ),
    )
)
def test_no_frame_breaks_the_codec(frame: dict[str, Any]) -> None:
    """Whatever the fields hold, there is an event, nothing, or NotUnderstood."""
    try:
        events = reading().events(json.dumps(frame), NOW)
    except NotUnderstood:
        return
    assert all(each.id and each.at <= NOW for each in events)
