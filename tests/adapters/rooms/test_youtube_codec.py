"""What YouTube's responses become: every kind once, history apart, rubbish harmless."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streambot.adapters.rooms.on_time import OnTime
from streambot.adapters.rooms.youtube.codec import PLATFORM, Page, Reading
from streambot.adapters.rooms.youtube.own_lines import OwnLines
from streambot.adapters.rooms.youtube.pieces import PIECE_BYTES, Pieces
from streambot.adapters.rooms.youtube.told import Told
from streambot.domain.events import (
    GiftSent,
    LineWithdrawn,
    Link,
    LinkChanged,
    Origin,
    RoomClosed,
    ViewerSpoke,
)
from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId, RoomName, Scene
from streambot.domain.viewer import ANCHOR, MEMBER, MODERATOR, SELF, ViewerKey

_PAGE = Path(__file__).parents[2] / "payloads" / "youtube" / "page.json"
_NOW = datetime(2026, 11, 27, 12, 0, 20, tzinfo=UTC)


def reading(odd: Counter[str] | None = None, **more: Any) -> Reading:
    """As a link makes it."""
    known: dict[str, Any] = {"host": "UC-host", "own": "UC-bot", "names": ("小店",)}
    return Reading(
        scene=Scene(
            platform=PLATFORM, room=RoomName("demo"), broadcast=BroadcastId("v")
        ),
        key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
        lines=more.pop("lines", None) or OwnLines(),
        on_time=more.pop("on_time", None) or OnTime(),
        odd=lambda name: odd.update([name]) if odd is not None else None,
        **known | more,
    )


def read(how: Reading, *items: Any, now: datetime = _NOW, **more: Any) -> Page:
    """One response with *items*."""
    return how.page(Told({"items": list(items), **more}), now)


def said(
    name: str, text: str, mark: str = "m", ago: float = 0, **more: Any
) -> dict[str, Any]:
    """A line."""
    at = (_NOW - timedelta(seconds=ago)).isoformat()
    words = {"type": "textMessageEvent", "textMessageDetails": {"messageText": text}}
    author = {"channelId": f"UC-{name}", "displayName": name, **more}
    return {
        "id": mark,
        "snippet": {**words, "publishedAt": at},
        "authorDetails": author,
    }


def test_every_kind_of_message_becomes_what_it_means() -> None:
    """Lines, paid lines, gifts with their money, memberships, withdrawals of three kinds, the end."""
    odd = Counter[str]()
    page = reading(odd).page(Told.of(_PAGE.read_bytes()), _NOW)
    lines = [each for each in page.events if isinstance(each, ViewerSpoke)]
    assert [(each.text, each.paid) for each in lines] == [
        ("什么时候发货呀？", False),
        ("@小店 在吗", False),
        ("看看我的订单", True),
        ("一年啦，有优惠吗", False),
    ]
    assert [each.mentions_shop for each in lines] == [False, True, False, False]
    assert lines[1].viewer.roles == {MODERATOR, MEMBER}
    assert MEMBER in lines[3].viewer.roles
    gifts = [each for each in page.events if isinstance(each, GiftSent)]
    assert [
        (each.gift, each.count, each.amount_minor, each.currency) for each in gifts
    ] == [
        ("Super Chat", 1, 500, "JPY"),
        ("Super Sticker", 1, 199, "USD"),
        ("会员 铁粉", 1, 0, "CNY"),
        ("赠送会员 铁粉", 5, 0, "CNY"),
        ("玫瑰", 3, 0, "CNY"),
    ]
    gone = [each.event for each in page.events if isinstance(each, LineWithdrawn)]
    assert gone == ["LCC.item-01", "LCC.item-07", "LCC.item-03", "LCC.item-02"]
    (closed,) = [each for each in page.events if isinstance(each, RoomClosed)]
    assert closed.at == datetime(2026, 11, 27, 12, 0, 17, tzinfo=UTC)
    assert (page.token, page.over) == ("GL-g5f3twuoCIJ3dpYHuwuoC", True)
    assert page.wait == timedelta(milliseconds=4813)
    assert not odd
    ids = [each.id for each in page.events if not isinstance(each, LinkChanged)]
    assert len(set(ids)) == len(ids)


def test_a_ban_takes_back_all_that_was_said_and_nobody_elses() -> None:
    """Each with an id of its own, the last with the message's: reading may go on from there."""
    how = reading()
    read(how, said("a", "1", "m1"), said("b", "2", "m2"), said("a", "3", "m3"))
    banned = {"bannedUserDetails": {"channelId": "UC-a"}}
    snippet = {"type": "userBannedEvent", "userBannedDetails": banned}
    events = read(how, {"id": "ban", "snippet": snippet}).events
    assert [each.event for each in events if isinstance(each, LineWithdrawn)] == [
        "m1",
        "m3",
    ]
    assert [each.id for each in events if isinstance(each, LineWithdrawn)] == [
        "withdrawn:0:ban",
        "ban",
    ]


def _origins(page: Page) -> list[Origin]:
    return [each.origin for each in page.events if isinstance(each, ViewerSpoke)]


def test_the_first_response_is_history_and_so_is_what_is_older() -> None:
    """Without a token nothing of before is answered, in whatever response it comes; what is newer is."""
    how = reading(anew=True, since=_NOW)
    assert (
        _origins(read(how, said("a", "1", "m1"), said("b", "2", "m2", ago=9)))
        == [Origin.HISTORY] * 2
    )
    later = read(how, said("c", "3", "m3", ago=5), said("d", "4", "m4", ago=-1))
    assert _origins(later) == [Origin.HISTORY, Origin.LIVE]
    assert _origins(read(reading(), said("a", "1", ago=60))) == [Origin.LIVE]


def test_a_first_response_that_comes_late_holds_what_is_live() -> None:
    """What was published behind the opening is no history; nor is it known of what bears no time."""
    items = [said("a", str(n), f"m{n}", ago=ago) for n, ago in enumerate((9, -0.9, -1))]
    items.append(said("a", "3", "m3"))
    del items[3]["snippet"]["publishedAt"]
    how = reading(anew=True, since=_NOW)
    before, live = Origin.HISTORY, Origin.LIVE
    assert _origins(read(how, *items)) == [before, before, live, before]
    assert _origins(read(how, items[3])) == [live]
    undated = reading(anew=True)
    assert _origins(read(undated, *items)) == [before] * 4
    assert _origins(read(undated, *items)) == [live] * 4


def test_what_follows_the_last_known_event_was_missed_else_there_is_a_gap() -> None:
    """History that holds where we were is no history behind it; one that doesn't leaves a hole."""
    items = [said("a", str(n), f"m{n}", ago=9 - n) for n in range(4)]
    known = read(reading(anew=True, since=_NOW, after=EventId("m1")), *items)
    assert _origins(known) == [Origin.HISTORY] * 2 + [Origin.LIVE] * 2
    gap, *rest = read(
        reading(anew=True, since=_NOW, after=EventId("zz")), *items
    ).events
    assert isinstance(gap, LinkChanged)
    assert (gap.link, gap.after, len(rest)) == (Link.GAP, "zz", 4)


def _late(page: Page) -> list[float]:
    """How late each line is, in seconds."""
    lines = [each for each in page.events if isinstance(each, ViewerSpoke)]
    return [(each.received_at - each.at).total_seconds() for each in lines]


_BACKLOG = [said("a", "?", f"b{ago}", ago=ago) for ago in (1300, 600, 60, 2)]


@pytest.mark.parametrize(
    "off", [timedelta(), timedelta(minutes=7), -timedelta(days=400)]
)
def test_what_was_missed_is_as_old_as_the_platform_says(off: timedelta) -> None:
    """Its date tells what our clock is off by: the oldest missed line, which comes first, isn't on time."""
    on_time = OnTime()
    on_time.answered(_NOW.replace(microsecond=0), _NOW + off)
    page = read(reading(on_time=on_time), *_BACKLOG, now=_NOW + off)
    assert _late(page) == [1298, 598, 58, 0]
    quick = read(reading(on_time=on_time), said("a", "!", ago=0.5), now=_NOW + off)
    assert _late(quick) == [0]


def test_without_a_date_earlier_links_tell_how_late_a_line_is() -> None:
    """The quickest line of the room's life is on time; a clock a day off tells nothing."""
    on_time, off = OnTime(), timedelta(minutes=-7)
    live = read(reading(on_time=on_time), said("a", "1", ago=1), now=_NOW + off)
    on_time.answered(None, _NOW + off)
    missed = read(reading(on_time=on_time), *_BACKLOG, now=_NOW + off)
    assert (_late(live), _late(missed)) == ([0], [1299, 599, 59, 1])
    off = timedelta(days=400)
    assert _late(read(reading(), *_BACKLOG, now=_NOW + off)) == [0] * 4


def test_a_clock_that_was_set_right_makes_nothing_late_for_long() -> None:
    """The next response's date counts from there."""
    on_time = OnTime()
    on_time.answered(_NOW, _NOW - timedelta(minutes=9))
    read(reading(on_time=on_time), said("a", "1"), now=_NOW - timedelta(minutes=9))
    on_time.answered(_NOW, _NOW)
    assert _late(read(reading(on_time=on_time), said("a", "2", ago=1))) == [0]


def test_a_moment_that_no_calendar_holds_is_none() -> None:
    """A line that bears one is heard as of now."""
    line = said("a", "1")
    on_time = OnTime()
    on_time.answered(_NOW, _NOW)
    for at, late in (("0001-01-01T00:00:00+14:00", 0), ("0001-01-02T00:00:00Z", 3650)):
        line["snippet"]["publishedAt"] = at
        page = read(reading(on_time=on_time), line)
        assert _late(page) == [late * 86_400]


async def test_our_own_lines_are_known_by_id_by_words_and_by_account() -> None:
    """The bot on the host's account leaves the host's own words alone; on its own account all are ours."""
    lines = OwnLines()
    host: dict[str, Any] = {"own": "UC-host", "lines": lines}
    by_host = said("host", "您好", "h1", isChatOwner=True)
    (first,) = read(reading(**host), by_host).events
    assert isinstance(first, ViewerSpoke)
    assert first.viewer.roles == {ANCHOR}
    shown = lines.writing("欢迎")  # its echo is quicker than its answer
    (echo,) = read(reading(**host), said("host", "欢迎", "h2")).events
    assert isinstance(echo, ViewerSpoke)
    assert (SELF in echo.viewer.roles, shown.result()) == (True, "h2")
    lines.settled("欢迎", "h2")
    lines.writing("没回音")
    lines.settled("没回音", None)  # no word on it, and the chat shows it later
    later = read(reading(**host), said("host", "没回音", "h3"), said("host", "x", "h4"))
    assert [
        SELF in each.viewer.roles
        for each in later.events
        if isinstance(each, ViewerSpoke)
    ] == [True, False]
    (ours,) = read(reading(), said("bot", "随便")).events
    assert isinstance(ours, ViewerSpoke)
    assert ours.viewer.is_self


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["id", "snippet", "type", "authorDetails", "publishedAt", "items",
                 "channelId", "textMessageDetails", "messageText", "offlineAt"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=20)
@given(st.lists(_JSON, max_size=4), st.dictionaries(st.text(max_size=9), _JSON))
def test_no_response_can_hurt(items: Sequence[Any], more: dict[str, Any]) -> None:
    """Whatever stands in a response, reading it ends in events or in counted oddities."""
    how = reading(Counter())
    how.page(Told({**more, "items": list(items)}), _NOW)
    how.page(Told(more), _NOW)


@settings(max_examples=50)
@given(st.data())
def test_a_stream_is_taken_apart_wherever_it_is_cut(data: st.DataObject) -> None:
    """Braces and quotes within texts mislead nobody, in any packing, at any cut."""
    tricky = st.text(alphabet='{}"\\[],x😀\n', max_size=12)
    told = data.draw(st.lists(st.dictionaries(tricky, tricky, max_size=3), max_size=5))
    before, between, behind = data.draw(
        st.sampled_from([("[", ",\r\n", "]"), ("", "\n", "\n"), ("", "", "")])
    )
    body = (before + between.join(map(json.dumps, told)) + behind).encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(body)), max_size=6)))
    pieces, got = Pieces(), []
    for start, end in zip([0, *cuts], [*cuts, len(body)], strict=True):
        got += list(pieces.feed(body[start:end]))
    assert [msgspec.json.decode(each) for each in got] == told


def test_what_is_no_object_or_too_long_costs_only_itself() -> None:
    """Each is named once where it stands, and the next object is read."""
    pieces = Pieces()
    body = b'[{"a":1},oops oops,{"b":2},' + b'{"x":"' + b"y" * PIECE_BYTES + b'"}'
    got = [*pieces.feed(body), *pieces.feed(b',{"c":3}}]')]
    assert got == [
        b'{"a":1}',
        "no_object",
        b'{"b":2}',
        "frame_too_long",
        b'{"c":3}',
        "no_object",
    ]
