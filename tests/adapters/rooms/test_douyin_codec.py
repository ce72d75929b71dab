"""Douyin's signature, its gate, and the items of its pushes as events."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streambot.adapters.rooms.douyin_open.codec import (
    BODY_BYTES,
    DouyinReading,
    OnAir,
)
from streambot.adapters.rooms.douyin_open.gate import Answer, Gate
from streambot.adapters.rooms.douyin_open.signature import Push
from streambot.adapters.rooms.json_frame import NotUnderstood, Room
from streambot.domain.events import (
    GiftSent,
    PlatformEvent,
    RoomOpened,
    ViewerLiked,
    ViewerSpoke,
)
from streambot.domain.viewer import BY_NAME, ViewerKey
from tests.adapters.rooms.douyin_platform import PUSH_SECRET, item, signed

PUSHES = (
    Path(__file__).parents[2] / "payloads" / "douyin_open" / "pushes.jsonl"
).read_text(encoding="utf-8")
NOW = datetime(2026, 11, 28, 12, 15, tzinfo=UTC)


def made(body: bytes, **about: Any) -> Push:
    """A genuine push."""
    found = Push.of(signed(body, **{"at": NOW, **about}), body)
    assert found is not None
    return found


def reading(odd: list[str] | None = None, chosen: str = "") -> DouyinReading:
    """What reads one link."""
    room = Room(
        name="demo",
        key_of=lambda platform, raw: ViewerKey(f"{platform}/{raw}"),
        fresh="f:",
    )
    told = odd if odd is not None else []
    return DouyinReading(room=room, on_air=OnAir(chosen=chosen), odd=told.append)


def read(kind: str, *items: Any, odd: list[str] | None = None) -> list[PlatformEvent]:
    """The events of a push, the broadcast's opening aside."""
    body = json.dumps(items).encode()
    opened, *events = reading(odd).events(made(body, kind=kind), NOW)
    assert isinstance(opened, RoomOpened)
    return events


def test_the_published_signature_is_made_exactly() -> None:
    """The platform's own example: headers, body and secret give the signature it prints."""
    headers = {
        "x-nonce-str": "123456",
        "x-timestamp": "456789",
        "x-roomid": "268",
        "x-msg-type": "user_group",
        "x-signature": "GAkalGmhzqlUGQO/TgvMug==",
    }
    push = Push.of(headers, "abc123你好".encode())
    assert push is not None
    assert push.signed_with("123abc") == "GAkalGmhzqlUGQO/TgvMug=="
    assert push.is_genuine("123abc")
    assert not push.is_genuine("123abd")


@pytest.mark.parametrize("field", ["kind", "nonce", "room", "timestamp", "body"])
def test_whatever_is_tampered_with_is_seen(field: str) -> None:
    """Each signed header and the body count; so does the signature itself, of any length."""
    push = made(b"[]")
    gate = Gate(PUSH_SECRET)
    assert gate.why_not(push, NOW) is None
    old = getattr(push, field)
    changed = old + b" " if isinstance(old, bytes) else old + "1"
    parts = {name: getattr(push, name) for name in Push.__dataclass_fields__}
    assert gate.why_not(Push(**parts | {field: changed}), NOW) is Answer.FORGED
    for forged in ("", "短", "\udcff", push.signature[:-1], push.signature.lower()):
        other = Push(**parts | {"signature": forged})
        assert gate.why_not(other, NOW) is Answer.FORGED


def test_the_gate_lets_each_push_in_once_and_only_when_fresh() -> None:
    """Five minutes either way; what was let in is a replay for as long as it could be fresh."""
    gate = Gate(PUSH_SECRET)
    push = made(b"[]")
    assert gate.why_not(push, NOW + timedelta(minutes=5)) is None
    assert gate.why_not(push, NOW - timedelta(minutes=5)) is None
    assert gate.why_not(push, NOW + timedelta(seconds=301)) is Answer.STALE
    assert gate.why_not(push, NOW - timedelta(seconds=301)) is Answer.STALE
    assert gate.why_not(made(b"[]", nonce="n-2"), NOW) is None
    gate.let_in(push, NOW - timedelta(minutes=5))
    for n in range(100):
        gate.let_in(made(b"[]", nonce=f"other-{n}"), NOW + timedelta(minutes=4))
    assert gate.why_not(push, NOW + timedelta(minutes=4)) is Answer.REPLAYED


def test_a_time_that_is_none_is_stale() -> None:
    """A signed timestamp that can't be read lets nothing in."""
    for timestamp in ("soon", "9" * 30):
        push = Push(
            kind="a", nonce="b", room="c", timestamp=timestamp, signature="", body=b""
        )
        parts = {name: getattr(push, name) for name in Push.__dataclass_fields__}
        genuine = Push(**parts | {"signature": push.signed_with(PUSH_SECRET)})
        assert Gate(PUSH_SECRET).why_not(genuine, NOW) is Answer.STALE


def test_every_kind_of_push_is_read() -> None:
    """The first opens the broadcast; fan clubs tell nothing."""
    read_by, told = reading(), list[PlatformEvent]()
    for line in PUSHES.splitlines():
        one = json.loads(line)
        push = made(json.dumps(one["body"]).encode(), kind=one["kind"])
        told += read_by.events(push, NOW)
    assert [type(each).__name__ for each in told] == [
        "RoomOpened",
        "ViewerSpoke",
        "GiftSent",
        "ViewerLiked",
    ]


def test_items_become_events() -> None:
    """Comments, gifts in fen and likes; fan clubs tell nothing; ids hold the kind."""
    at = int((NOW - timedelta(seconds=2)).timestamp() * 1000)
    (spoke,) = read("live_comment", item(1, content="什么时候发货", timestamp=at))
    assert isinstance(spoke, ViewerSpoke)
    assert (spoke.id, spoke.text) == ("live_comment:m-1", "什么时候发货")
    assert (spoke.viewer.key, spoke.viewer.name) == ("douyin/o-小雨", "小雨")
    assert spoke.at == NOW - timedelta(seconds=2)
    gift = item(2, sec_gift_id="g-1", gift_num=3, gift_value=30)
    (sent,) = read("live_gift", gift)
    assert isinstance(sent, GiftSent)
    assert (sent.gift, sent.count, sent.amount_minor) == ("g-1", 3, 30)
    (liked,) = read("live_like", item(3, like_num=12))
    assert isinstance(liked, ViewerLiked)
    assert liked.count == 12
    assert read("live_fansclub", item(4, fansclub_level=3)) == []


def test_an_item_that_cannot_be_read_costs_nothing_but_itself() -> None:
    """The others of its push are read, and it is counted; a time far off is when it was heard."""
    odd: list[str] = []
    bad = [5, {"msg_id": "x"}, item(1, content=["no"])]
    good = item(2, content="在吗", sec_openid=None, timestamp=10**18)
    (event,) = read("live_comment", *bad, good, odd=odd)
    assert odd == ["wrong_field", "event_without_viewer", "wrong_field"]
    assert isinstance(event, ViewerSpoke)
    assert event.viewer.roles == {BY_NAME}
    assert event.at == NOW


def test_a_masked_name_without_an_id_never_makes_one_viewer_of_many() -> None:
    """Two who are told without an id as 用户*** are two, in one push as in several."""
    who: dict[str, Any] = {"nickname": "用户***", "sec_openid": None}
    first, second = read("live_comment", item(1, **who), item(2, **who))
    assert isinstance(first, ViewerSpoke) and isinstance(second, ViewerSpoke)
    assert first.viewer.masked and second.viewer.masked
    assert first.viewer.key != second.viewer.key


@pytest.mark.parametrize(
    ("body", "kind", "name"),
    [
        (b"[", "live_comment", "not_json"),
        (b"[" + b" " * BODY_BYTES, "live_comment", "frame_too_long"),
        (b"[" + b"1," * 1000 + b"1]", "live_comment", "too_many_items"),
        (b"[]", "live_dance", "unknown_kind"),
    ],
)
def test_what_cannot_be_understood_has_a_name(
    body: bytes, kind: str, name: str
) -> None:
    """A genuine push may still be nonsense: nothing but NotUnderstood, with a constant name."""
    with pytest.raises(NotUnderstood, match=f"^{name}$"):
        list(reading().events(made(body, kind=kind), NOW))


def test_one_room_at_a_time_is_followed() -> None:
    """The one of the settings; without, the one on air, until it was silent for ten minutes."""
    chosen = OnAir(chosen="1")
    assert chosen.is_ours("1", NOW)
    assert not chosen.is_ours("2", NOW)
    free = reading()
    assert free.on_air.is_ours("1", NOW)
    assert len(list(free.events(made(b"[]", room="1"), NOW))) == 1
    assert list(free.events(made(b"[]", room="1"), NOW)) == []
    assert not free.on_air.is_ours("2", NOW + timedelta(minutes=9))
    assert free.on_air.is_ours("2", NOW + timedelta(minutes=11))
    (opened,) = free.events(made(b"[]", room="2"), NOW)
    assert (opened.id, opened.scene.broadcast) == ("opened:2", "2")


@settings(max_examples=60)
@given(
    st.sampled_from(["live_comment", "live_gift", "live_like", "live_fansclub"]),
    st.one_of(
        st.binary(max_size=50),
        st.recursive(
            st.none() | st.integers() | st.floats() | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        ["msg_id", "nickname", "content", "timestamp", "gift_num"]
                    ),
                    inner,
                    max_size=4,
                )
            ),
            max_leaves=9,
        ).map(lambda value: json.dumps(value).encode()),
    ),
)
def test_no_body_breaks_the_codec(kind: str, body: bytes) -> None:
    """Whatever a body holds, there are events, nothing, or NotUnderstood."""
    try:
        events = list(reading().events(made(body, kind=kind), NOW))
    except NotUnderstood:
        return
    assert all(each.id and each.at <= NOW for each in events)
