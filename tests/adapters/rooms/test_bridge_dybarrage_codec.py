"""The packs of DouyinBarrageGrab as events."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streambot.adapters.rooms.bridge_dybarrage.codec import DybarrageReading, Ownership
from streambot.adapters.rooms.json_frame import FRAME_BYTES, NotUnderstood, Room
from streambot.domain.events import (
    GiftSent,
    PlatformEvent,
    RoomClosed,
    RoomOpened,
    StatsChanged,
    ViewerEntered,
    ViewerFollowed,
    ViewerLiked,
    ViewerSpoke,
)
from streambot.domain.viewer import BY_NAME, ViewerKey

NOW = datetime(2026, 11, 28, 12, 15, tzinfo=UTC)
PACKS = (
    Path(__file__).parents[2] / "payloads" / "bridge_dybarrage" / "packs.jsonl"
).read_text(encoding="utf-8")
SHOP = {"SecUid": "MS4wLj-shop", "UserId": "880"}
OTHER = {"SecUid": "MS4wLj-other", "UserId": "990"}


def reading(owner: str = "") -> DybarrageReading:
    """What reads one link."""
    room = Room(
        name="demo",
        key_of=lambda platform, raw: ViewerKey(f"{platform}/{raw}"),
        fresh="f:",
    )
    return DybarrageReading(room=room, ownership=Ownership(owner=owner))


def pack(kind: int = 1, *, by: str = "小雨", **data: Any) -> str:
    """A pack of *kind* with the usual viewer in it."""
    user = {"Id": 101, "SecUid": f"sec-{by}", "Nickname": by}
    told = {"MsgId": 5, "User": user, "Content": "在吗", "RoomId": "70"} | data
    return json.dumps({"Type": kind, "ProcessName": "chrome", "Data": json.dumps(told)})


def spoke(read_by: DybarrageReading, frame: str) -> list[ViewerSpoke]:
    """The lines that *frame* tells of."""
    return [x for x in read_by.events(frame, NOW) if isinstance(x, ViewerSpoke)]


def test_every_type_of_pack_is_read() -> None:
    """Nine types; the first opens the broadcast, its fan club and shares tell nothing."""
    read_by = reading("MS4wLj-shop")
    told: list[PlatformEvent] = []
    for line in PACKS.splitlines():
        told += read_by.events(line, NOW)
    opened, words, likes, enters, follows, gift, stats, closed = told
    assert isinstance(opened, RoomOpened)
    assert opened.id == "opened:7434500000000000001"
    assert isinstance(words, ViewerSpoke)
    assert words.id == "1:7434567890123456001"
    assert (words.text, words.viewer.key) == ("什么时候发货呀", "douyin/MS4wLj-101")
    assert isinstance(likes, ViewerLiked)
    assert likes.count == 3
    assert isinstance(enters, ViewerEntered)
    assert isinstance(follows, ViewerFollowed)
    assert isinstance(gift, GiftSent)
    assert (gift.gift, gift.count, gift.amount_minor) == ("小心心", 2, 20)
    assert isinstance(stats, StatsChanged)
    assert stats.viewers == 88
    assert isinstance(closed, RoomClosed)
    assert {each.scene.broadcast for each in told} == {"7434500000000000001"}


def test_only_the_owners_room_is_read() -> None:
    """By either of the owner's ids; a pack that names none belongs where its RoomId was heard."""
    for owner in ("MS4wLj-shop", "880"):
        read_by = reading(owner)
        assert spoke(read_by, pack(Owner=SHOP))
        assert not spoke(read_by, pack(Owner=OTHER, RoomId="71"))
        assert spoke(read_by, pack(Onwer=SHOP))
        assert spoke(read_by, pack(RoomId="70"))
        assert not spoke(read_by, pack(RoomId="71"))
        assert not spoke(read_by, pack(RoomId="72"))
        assert not read_by.events(pack(9, RoomId="71"), NOW)
        assert isinstance(read_by.events(pack(9, RoomId="70"), NOW)[0], RoomClosed)


def test_without_an_owner_the_first_one_heard_stays_ours() -> None:
    """Two rooms are never mixed: the other is counted, also on the next link."""
    read_by = reading()
    assert spoke(read_by, pack())
    assert spoke(read_by, pack(Owner=SHOP))
    for later in (
        read_by,
        DybarrageReading(room=read_by.room, ownership=read_by.ownership),
    ):
        with pytest.raises(NotUnderstood, match="another_room"):
            later.events(pack(Owner=OTHER, RoomId="71"), NOW)
        with pytest.raises(NotUnderstood, match="another_room"):
            later.events(pack(RoomId="72"), NOW)
        assert spoke(later, pack(Owner=SHOP))


def test_a_new_room_id_is_a_new_broadcast() -> None:
    """It is opened once; without a RoomId the day is the broadcast."""
    read_by = reading()
    ids = [
        [type(x).__name__ for x in read_by.events(pack(RoomId=room), NOW)]
        for room in ("70", 70, "80", None)
    ]
    assert ids == [
        ["RoomOpened", "ViewerSpoke"],
        ["ViewerSpoke"],
        ["RoomOpened", "ViewerSpoke"],
        ["ViewerSpoke"],
    ]
    (line,) = spoke(read_by, pack(RoomId=0))
    assert line.scene.broadcast == "2026-11-28"


def test_a_broadcast_begins_at_the_first_pack_that_can_be_understood() -> None:
    """One without a viewer is counted, and the beginning is told by the next."""
    read_by = reading()
    with pytest.raises(NotUnderstood, match="event_without_viewer"):
        read_by.events(pack(RoomId="80", User=None), NOW)
    told = read_by.events(pack(RoomId="80"), NOW)
    assert [type(each) for each in told] == [RoomOpened, ViewerSpoke]


def test_viewers_without_an_id_are_known_by_name() -> None:
    """111111 is everybody's number where nobody logged in; the host is known by flag or id."""
    user = {"Id": 111111, "SecUid": "", "Nickname": "小雨"}
    (line,) = spoke(reading(), pack(User=user))
    assert line.viewer.key == ViewerKey("douyin/name:小雨")
    assert line.viewer.roles == {BY_NAME}
    (line,) = spoke(
        reading(), pack(User={"Id": 102, "Nickname": "阿杰", "IsAdmin": True})
    )
    assert line.viewer.key == ViewerKey("douyin/102")
    assert line.viewer.roles == {"moderator"}
    host = {"SecUid": SHOP["SecUid"], "Nickname": "小店"}
    (line,) = spoke(reading(), pack(User=host, Owner=SHOP))
    assert line.viewer.is_anchor


def test_a_masked_name_never_makes_one_viewer_of_many() -> None:
    """A page that nobody logged in to tells of everybody as 111111 and 用户***: each line is its own."""
    read_by, user = reading(), {"Id": 111111, "Nickname": "用户***"}
    lines = [
        line.viewer
        for msg_id in (6, 7, None, None)
        for line in spoke(read_by, pack(User=user, MsgId=msg_id))
    ]
    assert len({viewer.key for viewer in lines}) == 4
    assert all(viewer.masked for viewer in lines)


@pytest.mark.parametrize(
    ("frame", "name"),
    [
        ("nonsense", "not_json"),
        ('{"Type":1,"Data":"{"}', "not_json"),
        ('{"Type":1,"Data":{}}', "wrong_field"),
        ('{"Type":"1","Data":"{}"}', "wrong_field"),
        ('{"Type":12,"Data":"{}"}', "unknown_kind"),
        ("{}", "unknown_kind"),
        ('{"Type":1,"Data":"{}"}', "event_without_viewer"),
        ('{"Type":1,"Data":null}', "event_without_viewer"),
        (pack(Content="a" * FRAME_BYTES), "frame_too_long"),
    ],
)
def test_what_cannot_be_understood_has_a_name(frame: str, name: str) -> None:
    """Nothing but NotUnderstood is raised, with a constant name."""
    with pytest.raises(NotUnderstood, match=f"^{name}$"):
        reading().events(frame, NOW)


@settings(max_examples=60)
@given(
    st.integers(min_value=0, max_value=10),
    st.dictionaries(
        st.sampled_from(["MsgId", "User", "Content", "RoomId", "Count", "GiftCount"]),
        st.one_of(
            st.none(),
            st.integers(),
            st.floats(),
            st.text(max_size=30),
            st.fixed_dictionaries({"Nickname": st.text(max_size=30)}),
        ),
    ),
)
def test_no_pack_breaks_the_codec(kind: int, told: dict[str, Any]) -> None:
    """Whatever the fields hold, there are events, nothing, or NotUnderstood."""
    frame = json.dumps({"Type": kind, "Data": json.dumps(told)})
    try:
        events = reading().events(frame, NOW)
    except NotUnderstood:
        return
    assert all(each.id for each in events)
