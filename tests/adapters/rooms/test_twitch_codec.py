"""The codec of EventSub on the kinds of frames there are, and on what is none."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.adapters.rooms.twitch import topics
from streambot.adapters.rooms.twitch.codec import (
    PLATFORM,
    NotUnderstood,
    Reading,
    decode,
    read_time,
)
from streambot.adapters.rooms.twitch.fate import fate, wait_of
from streambot.adapters.rooms.twitch.places import places
from streambot.authoring.twitch_settings import EVENTSUB
from streambot.domain.events import (
    LineWithdrawn,
    PlatformEvent,
    RoomClosed,
    RoomOpened,
    ViewerFollowed,
    ViewerSpoke,
)
from streambot.domain.room import BroadcastId, RoomName, Scene
from streambot.domain.viewer import ANCHOR, MEMBER, ViewerKey

NOW = datetime(2026, 11, 28, 10, 11, 13, tzinfo=UTC)
_FRAMES = Path(__file__).parents[2] / "payloads" / "twitch" / "eventsub.jsonl"
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("message", "text", "chatter_user_id", "badges", "reply", "id", "cheer")
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def _reading() -> Reading:
    return Reading(
        scene=Scene(
            platform=PLATFORM, room=RoomName("shop"), broadcast=BroadcastId("day")
        ),
        broadcaster="32",
        account="9000",
        login="shopbot",
        key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
    )


def test_each_kind_of_frame_is_read() -> None:
    """Names, badges, bits, replies and mentions; another channel's line in a shared chat is none of ours."""
    reading = _reading()
    events: list[PlatformEvent] = []
    for line in _FRAMES.read_text(encoding="utf-8").splitlines():
        frame = decode(line)
        if frame.metadata.message_type == "notification":
            events += reading.events(frame, NOW)
    question, cheer, gone, all_gone, follow, online, offline = events
    assert isinstance(question, ViewerSpoke) and isinstance(cheer, ViewerSpoke)
    assert question.mentions_shop and question.viewer.roles == {MEMBER}
    assert question.at == question.received_at == NOW
    assert cheer.paid and cheer.reply_to == question.id
    assert cheer.viewer.roles >= {ANCHOR} and not cheer.mentions_shop
    assert isinstance(gone, LineWithdrawn) and gone.event == question.id
    assert isinstance(all_gone, LineWithdrawn) and all_gone.event == cheer.id
    assert isinstance(follow, ViewerFollowed)
    assert isinstance(online, RoomOpened) and online.scene.broadcast == "9001"
    assert isinstance(offline, RoomClosed) and offline.id == "m9"
    assert len({event.id for event in events}) == len(events)


@given(st.sampled_from([each.type for each in topics.TOPICS]), _JSON)
def test_nothing_but_not_understood_is_ever_raised(topic: str, event: object) -> None:
    """Whatever a frame holds, it is events or one constant name; every id is short and there."""
    about = {"message_id": "m", "message_type": "notification"}
    frame = msgspec.json.encode(
        {
            "metadata": about | {"subscription_type": topic},
            "payload": {"event": event},
        }
    )
    with suppress(NotUnderstood):
        for each in _reading().events(decode(frame), NOW):
            assert 0 < len(each.id) <= 200


@given(st.binary(max_size=60), st.sampled_from([200, 401, 404, 429, 503]))
def test_any_answer_is_some_fate(body: bytes, status: int) -> None:
    """Helix may say what it likes: a line is sent, refused or uncertain."""
    assert fate(status, {}, body, NOW).at == NOW
    with suppress(NotUnderstood):
        decode(body)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Ratelimit-Reset": "1795860693"}, 20),
        ({"Ratelimit-Reset": "1795860693", "Date": "Sat, 28 Nov 2026 10:11:23 GMT"}, 10),
        ({"Ratelimit-Reset": "1795860693", "Date": "Sat"}, 20),
        ({"Ratelimit-Reset": "1"}, 1),
        ({"Ratelimit-Reset": "soon"}, 30),
        ({}, 30),
    ],
)  # fmt: skip
def test_a_pause_is_told_by_the_servers_own_clock(
    headers: dict[str, str], seconds: int
) -> None:
    """Until the reset, an hour at most, by its Date where there is one."""
    assert wait_of(headers, NOW) == timedelta(seconds=seconds)


def test_times_with_nine_digits_are_read() -> None:
    """Nanoseconds are cut off; what is no time is None."""
    at = read_time("2026-11-28T10:11:12.634234626Z")
    assert at == datetime(2026, 11, 28, 10, 11, 12, 634234, tzinfo=UTC)
    assert read_time("yesterday") is None


def test_a_link_is_moved_within_twitch_alone() -> None:
    """Another host of Twitch will do, no other host, nothing unencrypted, and no address that is none."""
    there = places(EVENTSUB)
    assert there.helix == "https://api.twitch.tv/helix"
    assert there.may_move_to("wss://cell-a.eventsub.wss.twitch.tv/ws?challenge=1")
    for url in (
        "wss://twitch.tv.example/ws",
        "ws://eventsub.wss.twitch.tv/ws",
        "wss://[",
    ):
        assert not there.may_move_to(url)
