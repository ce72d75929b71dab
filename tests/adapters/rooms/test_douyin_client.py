"""Douyin's pushes over real sockets: begun and ended, let in or refused, never kept waiting."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from streambot.adapters.clock import SystemClock
from streambot.adapters.rooms.douyin_open.client import DouyinConnector, SharedByRooms
from streambot.adapters.rooms.douyin_open.codec import BODY_BYTES
from streambot.adapters.rooms.douyin_open.link import DouyinLink
from streambot.domain.events import (
    Link,
    LinkChanged,
    PlatformEvent,
    RoomOpened,
    ViewerSpoke,
)
from streambot.domain.reply import EventId
from streambot.domain.viewer import ViewerKey
from streambot.errors import RoomRefused, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.testing import FakeClock
from tests.adapters.rooms.douyin_platform import (
    APP,
    PUSH_SECRET,
    ROOM_ID,
    SECRET,
    DouyinPlatform,
    item,
    push,
    serving_douyin,
    signed,
)


def connector(
    platform: DouyinPlatform,
    *,
    url: str = "http://127.0.0.1:0/douyin",
    clock: Clock | None = None,
    shared: SharedByRooms | None = None,
    room_id: str = ROOM_ID,
    room_id_file: Path | None = None,
    secret: str = SECRET,
) -> DouyinConnector:
    """A connector to *platform*, listening on a free port."""
    return DouyinConnector(
        room="demo",
        url=url,
        app_id=APP,
        room_id=room_id,
        room_id_file=room_id_file,
        secret=secret,
        push_secret=PUSH_SECRET,
        clock=clock or SystemClock(),
        key_of=lambda _, raw: ViewerKey(raw),
        shared=shared or SharedByRooms(),
        api=platform.url,
    )


@dataclass(slots=True)
class Pushed:
    """A link that is open, and the platform's side of it."""

    link: DouyinLink
    http: aiohttp.ClientSession
    url: str
    odd: list[str] = field(default_factory=list)
    _numbers: int = 0

    async def push(self, *items: dict[str, Any], **about: Any) -> int:
        """The status a push is answered with; each has a nonce of its own."""
        self._numbers += 1
        about.setdefault("nonce", f"n-{self._numbers}")
        return await push(self.http, self.url, *items, **about)

    async def said(self, wanted: int) -> list[str]:
        """The next lines told, *wanted* of them."""
        return [x.text for x in await self.events(wanted) if isinstance(x, ViewerSpoke)]

    async def events(self, wanted: int) -> list[PlatformEvent | LinkChanged]:
        """The next events told, *wanted* of them, the broadcast's opening aside."""
        got: list[PlatformEvent | LinkChanged] = []
        async for bunch in self.link.events():
            got += [each for each in bunch if not isinstance(each, RoomOpened)]
            if len(got) >= wanted:
                break
        return got


@asynccontextmanager
async def pushed(
    platform: DouyinPlatform, after: EventId | None = None, **more: Any
) -> AsyncIterator[Pushed]:
    """A link to *platform*, open."""
    ours, odd = connector(platform, **more), list[str]()
    async with (
        aiohttp.ClientSession() as http,
        ours.open(after, odd=odd.append) as link,
    ):
        yield Pushed(link, http, ours.address, odd)


async def test_pushing_is_asked_for_and_ended() -> None:
    """Every kind is begun with one token, told as events, and ended with the link."""
    async with serving_douyin() as platform:
        async with pushed(platform) as room:
            assert len(platform.running) == 4
            assert (
                await room.push(item(1, content="在吗"), item(2, content="？")) == 200
            )
            assert await room.said(2) == ["在吗", "？"]
        assert platform.running == set()
    assert platform.asked == {"token": 1, "start": 4, "stop": 4}


async def test_a_kind_without_the_capability_is_done_without() -> None:
    """Comments are needed; a room that isn't on air says what to check and is tried again."""
    async with serving_douyin() as platform:
        platform.lacking = {"live_gift"}
        async with pushed(platform) as room:
            assert room.odd == ["not_pushed_live_gift"]
            assert await room.push(item(1, content="在吗")) == 200
        platform.on_air = False
        with pytest.raises(RoomUnreachable, match="请确认已开播"):
            async with pushed(platform):
                pass


async def test_a_wrong_secret_ends_the_trying() -> None:
    """The code is the one that stops a room, and the sentence names the keys."""
    async with serving_douyin() as platform:
        with pytest.raises(RoomRefused, match="AppSecret") as refused:
            async with pushed(platform, secret="wrong"):
                pass
        assert refused.value.code == 4001
        with pytest.raises(RoomRefused):
            await connector(platform, secret="wrong").meet(join=True)


async def test_an_answer_that_comes_in_pieces_is_read_whole() -> None:
    """As networks bring them; the token in it is used."""
    async with serving_douyin() as platform:
        platform.in_pieces = True
        async with pushed(platform):
            assert len(platform.running) == 4


async def test_tokens_are_shared_renewed_and_got_anew() -> None:
    """One for all rooms of an app, renewed before its end, and anew when somebody else got one."""
    clock, shared = FakeClock(), SharedByRooms()
    async with serving_douyin() as platform, AsyncExitStack() as stack:
        for _ in range(2):
            open_one = pushed(platform, clock=clock, shared=shared)
            await stack.enter_async_context(open_one)
        assert platform.asked["token"] == 1
        platform.valid = "somebody else's"
        async with pushed(platform, clock=clock, shared=shared):
            assert platform.asked["token"] == 2
        clock.jump(timedelta(minutes=111))
        async with pushed(platform, clock=clock, shared=shared):
            assert platform.asked["token"] == 3


async def test_what_was_not_signed_by_the_platform_is_refused() -> None:
    """Tampered, foreign, old and replayed pushes tell nothing and are counted; one is let in."""
    async with serving_douyin() as platform, pushed(platform) as room:
        line = item(1, content="在吗")
        body = json.dumps([line], ensure_ascii=False).encode()
        good = signed(body)
        tampered = good | {"x-roomid": "1"}
        old = datetime.now(UTC) - timedelta(minutes=6)
        assert await room.push(line, headers=tampered) == 401
        assert await room.push(item(1, content="退钱"), headers=good) == 401
        assert await room.push(line, secret="wrong") == 401
        assert await room.push(line, at=old) == 401
        assert await room.push(line, headers=good) == 200
        assert await room.push(line, headers=good) == 409
        for name in ("x-signature", "x-nonce-str", "x-timestamp"):
            less = {key: good[key] for key in good if key != name}
            assert await room.push(line, headers=less) == 400
        assert await room.push(line, headers=good | {"x-nonce-str": "a" * 201}) == 400
        assert await room.said(1) == ["在吗"]
        assert room.odd == [
            "push_forged",
            "push_forged",
            "push_forged",
            "push_stale",
            "push_replayed",
            *["push_unsigned"] * 4,
        ]


async def test_other_paths_methods_and_sizes_are_no_pushes() -> None:
    """Only the address of the settings takes pushes, and only bounded ones."""
    async with serving_douyin() as platform, pushed(platform) as room:
        for url in (f"{room.url}/x", room.url.removesuffix("/douyin")):
            assert await push(room.http, url, item(1)) == 404
        async with room.http.get(room.url) as answer:
            assert answer.status == 405
        assert await room.push(item(1, content="a" * BODY_BYTES)) == 413
        assert await room.push(item(2, content="在吗")) == 200
        assert await room.said(1) == ["在吗"]
        assert room.odd == ["push_too_large"]


async def test_a_busy_room_never_keeps_the_platform_waiting() -> None:
    """Nobody takes events: pushes are answered all the same until the queue is full, then turned
    away at once; with room again they are taken, behind a gap.
    """
    async with serving_douyin() as platform, pushed(platform) as room:
        many = [item(n, content="在吗") for n in range(1000)]
        assert await room.push(*many) == 200
        assert (
            await room.push(*[item(n, content="?") for n in range(1000, 2000)]) == 200
        )
        turned_away = item(2000, content="有人吗")
        assert await room.push(turned_away) == 503
        again = signed(json.dumps([turned_away], ensure_ascii=False).encode())
        assert await room.push(turned_away, headers=again) == 503
        assert len(await room.events(2000)) == 2000
        assert await room.push(turned_away, headers=again) == 200
        gap, event = await room.events(2)
        assert isinstance(gap, LinkChanged)
        assert gap.link is Link.GAP
        assert isinstance(event, ViewerSpoke)
        assert room.odd == ["push_full"] * 2


async def test_a_body_that_never_ends_is_not_waited_for() -> None:
    """By the clock alone: who sends half a body is told so after a second."""
    clock = FakeClock()
    async with serving_douyin() as platform, pushed(platform, clock=clock) as room:
        host, port = room.url.removeprefix("http://").removesuffix("/douyin").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(
            b"POST /douyin HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n[{"
        )
        asked = asyncio.ensure_future(reader.readline())
        while not asked.done():
            await clock.advance(timedelta(seconds=1))
        assert b"408" in await asked
        writer.close()


async def test_a_burst_of_a_hundred_at_once_is_taken() -> None:
    """Each push and each item, in whatever order; repeats keep their ids for the room to know."""
    async with serving_douyin() as platform, pushed(platform) as room:
        statuses = await asyncio.gather(
            *(room.push(item(n, content=str(n))) for n in range(100)),
            *(room.push(item(n, content=str(n))) for n in range(0, 100, 10)),
        )
        assert statuses == [200] * 110
        events = await room.events(110)
    ids = [each.id for each in events if isinstance(each, ViewerSpoke)]
    assert len(ids) == 110
    assert set(ids) == {f"live_comment:m-{n}" for n in range(100)}


async def test_rooms_of_one_app_share_its_address() -> None:
    """The platform knows one address an app; each room takes its own pushes."""
    shared = SharedByRooms()
    async with serving_douyin() as platform, AsyncExitStack() as stack:
        platform.rooms = (ROOM_ID, "99")
        open_one = pushed(platform, shared=shared)
        one = await stack.enter_async_context(open_one)
        two = await stack.enter_async_context(
            pushed(platform, shared=shared, room_id="99")
        )
        assert one.url == two.url
        assert await one.push(item(1, content="一号")) == 200
        assert await one.push(item(2, content="二号"), room="99") == 200
        assert await one.push(item(3, content="三号"), room="98") == 200
        assert await two.said(1) == ["二号"]
        assert await one.said(1) == ["一号"]
        assert one.odd == two.odd == []


async def test_the_platform_is_asked_whether_it_still_pushes() -> None:
    """Once a minute: what ceased begins anew behind a gap, what is gone ends the link; silence doesn't."""
    clock = FakeClock()
    async with serving_douyin() as platform, pushed(platform, clock=clock) as room:
        gap = asyncio.ensure_future(room.events(1))
        platform.running.clear()
        while not gap.done():
            await clock.advance(timedelta(seconds=60))
        assert [type(each) for each in await gap] == [LinkChanged]
        assert len(platform.running) == 4
        ended = asyncio.ensure_future(room.events(1))
        platform.on_air = False
        while not ended.done():
            await clock.advance(timedelta(seconds=60))
        with pytest.raises(RoomUnreachable, match="请确认已开播"):
            await ended


async def test_each_broadcasts_room_is_read_from_its_file(tmp_path: Path) -> None:
    """No restart between broadcasts: an empty file waits, another number ends the link."""
    clock, file = FakeClock(), tmp_path / "roomid"
    from_file: dict[str, Any] = {"room_id": "", "room_id_file": file}
    async with serving_douyin() as platform:
        platform.rooms = ("1", "2")
        with pytest.raises(RoomUnreachable, match="roomid 读不到或是空的"):
            async with pushed(platform, **from_file):
                pass
        await asyncio.to_thread(file.write_text, "1\r\n", encoding="utf-8")
        async with pushed(platform, clock=clock, **from_file) as room:
            at = clock.now()
            assert await room.push(item(1, content="在吗"), room="2", at=at) == 200
            assert await room.push(item(2, content="有吗"), room="1", at=at) == 200
            assert await room.said(1) == ["有吗"]
            ended = asyncio.ensure_future(room.events(1))
            await asyncio.to_thread(file.write_text, "2", encoding="utf-8")
            while not ended.done():
                await clock.advance(timedelta(seconds=60))
            with pytest.raises(RoomUnreachable):
                await ended


async def test_a_link_behind_another_has_a_gap_before_it() -> None:
    """What was pushed while nobody listened is lost, and that is recorded."""
    async with (
        serving_douyin() as platform,
        pushed(platform, EventId("live_comment:m-0")) as room,
    ):
        (gap,) = await room.events(1)
    assert isinstance(gap, LinkChanged)
    assert (gap.link, gap.after) == (Link.GAP, "live_comment:m-0")


async def test_a_port_that_is_taken_is_said() -> None:
    """One sentence names the address; a visit finds it too, and asks nothing beside a running bot."""
    async with serving_douyin() as platform, pushed(platform) as room:
        other = connector(platform, url=room.url)
        with pytest.raises(RoomUnreachable, match="端口可能被占用"):
            async with other.open(None):
                pass
        with pytest.raises(RoomUnreachable, match="端口可能被占用"):
            await other.meet(join=True)
        before = len(platform.calls)
        assert (await other.meet(join=False)).opened is None
        assert len(platform.calls) == before
        met = await connector(platform).meet(join=True)
        assert met.opened is not None
        assert met.opened.capabilities == frozenset()


async def test_a_platform_that_cannot_be_asked_is_tried_again() -> None:
    """No connection, or an answer that is none of its, is unreachable and nothing worse."""
    async with serving_douyin() as platform:
        gone = connector(platform)
        platform.url = f"{platform.url}/nowhere"
        with pytest.raises(RoomUnreachable, match="应答看不懂"):
            await connector(platform).meet(join=True)
    with pytest.raises(RoomUnreachable, match="连接失败"):
        await gone.meet(join=True)
