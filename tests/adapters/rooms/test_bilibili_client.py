"""The client of Bilibili's open platform against a real local platform that fails as told."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from streambot.adapters.clock import SystemClock
from streambot.adapters.rooms.bilibili_open.client import BilibiliOpenConnector
from streambot.adapters.rooms.bilibili_open.link import BilibiliLink
from streambot.adapters.rooms.bilibili_open.session import Access
from streambot.adapters.rooms.bilibili_open.their_time import TheirTime
from streambot.adapters.rooms.http_date import date_of
from streambot.domain.events import (
    Link,
    LinkChanged,
    PlatformEvent,
    ViewerEntered,
    ViewerSpoke,
)
from streambot.domain.reply import EventId
from streambot.domain.room import Capability
from streambot.domain.viewer import ViewerKey
from streambot.errors import ProtocolBroken, RoomError, RoomRefused, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.testing import FakeClock
from tests.adapters.rooms.bilibili_server import (
    APP_ID,
    CODE,
    KEY_ID,
    SECRET,
    BilibiliServer,
    message,
    packet,
    serving_bilibili,
)


def connector(
    server: BilibiliServer, clock: Clock | None = None, **access: Any
) -> BilibiliOpenConnector:
    """A connector to *server*; *access* instead of what the platform knows."""
    known = {"app_id": APP_ID, "key_id": KEY_ID, "secret": SECRET, "code": CODE}
    return BilibiliOpenConnector(
        room="demo",
        access=Access(**{**known, **access}),
        clock=clock or SystemClock(),
        key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
        base=server.url,
    )


async def collect(link: BilibiliLink, wanted: int) -> list[PlatformEvent | LinkChanged]:
    """The first *wanted* events."""
    got: list[PlatformEvent | LinkChanged] = []
    async for bunch in link.events():
        got += bunch
        if len(got) >= wanted:
            break
    return got


async def _ended(link: BilibiliLink) -> RoomError:
    with pytest.raises(RoomError) as raised:
        await collect(link, 10_000)
    return raised.value


async def test_a_flood_with_rubbish_in_it_loses_nothing() -> None:
    """300 arrivals at once, packed and repeated, unknown and broken frames: all are told in order."""
    odd = Counter[str]()
    async with serving_bilibili() as server:
        told = connector(server).open(
            EventId("before"), odd=lambda name: odd.update([name])
        )
        async with told as link:
            assert link.opened.capabilities == {Capability.ENTER}
            arrivals = [server.enter(f"v{n}") for n in range(300)]
            await server.say(
                *arrivals[:150], message("SHINY_NEW", a=1), *arrivals[150:]
            )
            await server.say(packet(5, b"\x00not zlib", 2), arrivals[0])
            await server.say(packet(9, b""), packet(5, b"{}"))
            await server.say(server.line("v1", "在吗"))
            gap, *events = await collect(link, 303)
    assert isinstance(gap, LinkChanged)
    assert (gap.link, gap.after) == (Link.GAP, "before")
    came = [each.viewer.name for each in events if isinstance(each, ViewerEntered)]
    assert came[:300] == [f"v{n}" for n in range(300)]
    assert len({each.id for each in events if isinstance(each, ViewerEntered)}) == 300
    assert isinstance(events[-1], ViewerSpoke)
    assert odd == {"unknown_cmd": 1, "bad_zlib": 1, "unknown_operation": 1, "no_cmd": 1}
    assert server.ended == ["game-1"]


async def test_a_session_is_kept_by_heartbeats_and_silence_is_death() -> None:
    """Every 20 s the platform hears of us; a socket without an answer for 30 s is over, its session ended."""
    clock = FakeClock()
    async with (
        serving_bilibili(clock) as server,
        connector(server, clock).open(None) as link,
    ):
        for _ in range(7):
            await clock.advance(timedelta(seconds=10))
            await server.until(lambda _: True)
        assert server.beats["game-1"] == 3
        server.fall_silent()
        ended = asyncio.ensure_future(_ended(link))
        await clock.advance(timedelta(seconds=45))
        assert isinstance(await ended, RoomUnreachable)
    assert server.ended == ["game-1"]


async def test_heartbeats_that_are_lost_thrice_end_the_session() -> None:
    """One lost heartbeat is none; a minute without any ends the link, and the session by our word."""
    clock = FakeClock()
    beat = timedelta(seconds=20)
    async with serving_bilibili(clock) as server:
        async with connector(server, clock).open(None) as link:
            ended = asyncio.ensure_future(_ended(link))
            server.down = "heartbeat"
            await clock.advance(beat)
            server.down = ""
            await clock.advance(beat)
            server.down = "heartbeat"
            await clock.advance(beat * 2)
            assert (server.beats["game-1"], ended.done()) == (1, False)
            await clock.advance(beat)
            assert "heartbeats" in str(await ended)
        assert server.asked["heartbeat"] == 5
    assert server.ended == ["game-1"]


@pytest.mark.parametrize("how", ["told", "heartbeat", "cut"])
async def test_a_session_that_ended_is_started_anew(how: str) -> None:
    """INTERACTION_END, a refused heartbeat and a cut: the link ends, the next one is a new session."""
    clock = FakeClock()
    async with serving_bilibili(clock) as server:
        room = connector(server, clock)
        async with room.open(None) as link:
            ended = asyncio.ensure_future(_ended(link))
            if how == "told":
                other = message("INTERACTION_END", game_id="another")
                await server.say(other, server.line("v", "还在"))
                await server.interaction_end()
            elif how == "cut":
                server.cut()
            else:
                server.games["game-1"].over = True
                await clock.advance(timedelta(seconds=20))
            assert isinstance(await ended, RoomUnreachable)
        async with room.open(EventId("e")) as link:
            await server.say(server.line("v", "在吗"))
            assert len(await collect(link, 2)) == 2
    assert server.asked["start 0"] == 2
    assert server.ended == (["game-1", "game-2"] if how == "cut" else ["game-2"])


@pytest.mark.parametrize(
    ("access", "code", "said"),
    [
        ({"code": "WRONGCODE123"}, 4001, "身份码不对"),
        ({"code": "12345678"}, 4001, "身份码写错了"),
        ({"app_id": 1}, 4001, "app_id"),
        ({"key_id": "x"}, 4001, "access_key_id"),
        ({"secret": "x"}, 4001, "access_key_secret"),
    ],
)
async def test_what_is_wrong_is_said_and_asked_once(
    access: dict[str, Any], code: int, said: str
) -> None:
    """Each wrong credential has its own sentence without the secret; the platform isn't stormed."""
    async with serving_bilibili() as server:
        room = connector(server, **access)
        for _ in range(3):
            with pytest.raises(RoomRefused) as raised:
                async with room.open(None):
                    pass
    assert (raised.value.code, said in str(raised.value)) == (code, True)
    assert server.asked["start"] == (0 if access == {"code": "12345678"} else 1)
    assert not {SECRET, "WRONGCODE123"} & set(str(raised.value).split())


@pytest.mark.parametrize("refusal", [7010, 7001, 7002])
async def test_too_many_sessions_are_waited_for(refusal: int) -> None:
    """After such a refusal the next start waits ten seconds, then the room opens."""
    clock = FakeClock()
    async with serving_bilibili(clock) as server:
        server.refuse = [refusal]
        room = connector(server, clock)
        with pytest.raises(RoomRefused) as raised:
            async with room.open(None):
                pass
        assert raised.value.code == 4004

        async def again() -> str:
            async with room.open(None) as link:
                return link.opened.broadcast

        opening = asyncio.ensure_future(again())
        await clock.advance(timedelta(seconds=9))
        assert server.asked["start"] == 1
        await clock.advance(timedelta(seconds=1))
        assert (await opening).startswith("100:")


@pytest.mark.parametrize("hours", [-9, 9])
async def test_a_clock_that_is_off_is_made_up_for(hours: int) -> None:
    """Refused once for its time, all is signed by the platform's from there, also on the next link."""
    clock = FakeClock()
    theirs = FakeClock(clock.now() + timedelta(hours=hours))
    async with serving_bilibili(theirs) as server:
        room = connector(server, clock)
        for n in (1, 2):
            async with room.open(None):
                await clock.advance(timedelta(seconds=20))
                await server.until(lambda seen, n=n: seen.beats[f"game-{n}"] == 1)  # type: ignore[misc]
    assert server.ended == ["game-1", "game-2"]
    codes = {name: n for name, n in server.asked.items() if " " in name}
    assert codes == {"start 4003": 1, "start 0": 2, "heartbeat 0": 2, "end 0": 2}


async def test_a_machine_that_slept_comes_back() -> None:
    """Its clock stood still: the session is over, as the platform says once it takes the signature."""
    clock, theirs = FakeClock(), FakeClock()
    async with serving_bilibili(theirs) as server:
        room = connector(server, clock)
        async with room.open(None) as link:
            theirs.jump(timedelta(hours=8))
            ended = asyncio.ensure_future(_ended(link))
            await clock.advance(timedelta(seconds=20))
            assert "ended the session" in str(await ended)
        async with room.open(None):
            assert server.live
    assert server.asked["heartbeat 4003"] == server.asked["start 0"] - 1 == 1
    assert server.ended == ["game-2"]


async def test_a_clock_that_nobody_tells_better_says_what_to_do() -> None:
    """Without a Date that helps, the person at the machine sets it right, and the next start notices."""
    clock = FakeClock()
    theirs = FakeClock(clock.now() + timedelta(hours=9))
    async with serving_bilibili(theirs) as server:
        server.tells_time = False
        with pytest.raises(RoomRefused, match="自动校时，校准后重启") as raised:
            await connector(server, clock).meet(join=True)
    assert raised.value.code == 4004
    assert server.asked["start"] == 1


@pytest.mark.parametrize(
    ("date", "helps"),
    [
        ("Thu, 01 Jan 2026 21:00:00 GMT", True),
        ("Thu, 01 Jan 2026 21:00:00 -0000", True),
        ("Thu, 01 Jan 2026 12:00:30 GMT", False),
        ("Fri, 31 Dec 9999 23:59:59 GMT", False),
        ("Thu, 01 Jan 99999 21:00:00 GMT", False),
        ("", False),
    ],
)
def test_only_a_date_that_can_be_theirs_changes_the_time(
    date: str, *, helps: bool
) -> None:
    """What is unreadable, absurd or the same as ours tells nothing."""
    clock = FakeClock()
    time = TheirTime(clock)
    assert time.told(date_of({"Date": date})) is helps
    assert time.now() - clock.now() == timedelta(hours=9 if helps else 0)


@pytest.mark.parametrize(
    "said",
    [
        b'{"code":0,"message":"\xff"}',
        b'{"code":0,"data":{"websocket_info":{"auth_body":"\xff","wss_link":[]}}}',
        b'{"code":0,"data":' + b"[" * 50_000,
    ],
)
async def test_a_start_that_cannot_be_read_is_no_platforms(said: bytes) -> None:
    """Bytes that are no text, or nested without end, are told as any other rubbish is."""
    async with serving_bilibili() as server:
        server.garbled["start"] = said
        with pytest.raises(ProtocolBroken):
            await connector(server).meet(join=True)


async def test_a_word_on_the_socket_that_cannot_be_read_is_a_no() -> None:
    """It isn't the plain 0 that lets us in."""
    async with serving_bilibili() as server:
        server.let_in = b'{"more":' + b"[" * 50_000
        with pytest.raises(RoomUnreachable):
            await connector(server).meet(join=True)
    assert server.ended == ["game-1"]


async def test_heartbeats_and_an_end_that_cannot_be_read_break_nothing() -> None:
    """A name that is no text is no session's; no answer at all is a heartbeat lost."""
    clock = FakeClock()
    async with (
        serving_bilibili(clock) as server,
        connector(server, clock).open(None) as link,
    ):
        failed = b'{"code":0,"data":{"failed_game_ids":["\xff"]}}'
        for said in (failed, b'{"code":0,"message":"\xff"}', failed):
            server.garbled["heartbeat"] = said
            beaten = server.asked["heartbeat"] + 1
            await clock.advance(timedelta(seconds=20))
            await server.until(lambda seen, n=beaten: seen.asked["heartbeat"] >= n)  # type: ignore[misc]
        await server.say(server.line("v", "还在"))
        assert len(await collect(link, 1)) == 1
        server.garbled["end"] = b'{"code":0,"message":"\xff"}'
    assert server.asked["end"] == 1


async def test_a_project_without_sessions_needs_no_heartbeat_and_no_end() -> None:
    """An empty game id is fine: the sockets work, and nothing is kept or ended."""
    async with serving_bilibili() as server:
        server.without_game = True
        async with connector(server).open(None) as link:
            await server.say(server.enter("v"))
            await collect(link, 1)
    assert not server.asked["heartbeat"] + server.asked["end"]


async def test_a_broadcast_that_begins_has_its_own_name_over_links() -> None:
    """Until one begins the day is the broadcast; LIVE_START names another, that new links keep until
    its end, or a day later, when its end and the next one's start were missed.
    """
    clock = FakeClock()
    async with serving_bilibili(clock) as server:
        room = connector(server, clock)

        async def starts() -> str:
            async with room.open(None) as link:
                start = server.about("host", timestamp=7)
                await server.say(message("LIVE_START", **start))
                [opened] = await collect(link, 1)
                assert not isinstance(opened, LinkChanged)
                return opened.scene.broadcast

        async def named(*, ends: bool = False) -> str:
            async with room.open(None) as link:
                if ends:
                    await server.say(message("LIVE_END", **server.about("host")))
                    await collect(link, 1)
                return link.opened.broadcast

        day = await named()
        assert day.startswith("100:20")
        assert await starts() == await named() == await named(ends=True) == "100:7"
        assert await named() == day
        assert await starts() == "100:7"
        await clock.advance(timedelta(hours=25))
        assert await named() not in {day, "100:7"}


async def test_an_address_that_is_no_platform_is_said() -> None:
    """A web page in the platform's place is told apart from one that can't be reached."""
    async with serving_bilibili() as server:
        server.url += "sub?"
        with pytest.raises(ProtocolBroken):
            async with connector(server).open(None):
                pass
        server.url = "http://127.0.0.1:1/"
        with pytest.raises(RoomUnreachable):
            await connector(server).meet(join=False)


async def test_meeting_the_room_leaves_no_session_behind() -> None:
    """A check-up starts, is let in and ends; without joining it only looks whether somebody answers."""
    async with serving_bilibili() as server:
        met = await connector(server).meet(join=True)
        assert met.opened is not None
        assert server.ended == ["game-1"]
        assert (await connector(server).meet(join=False)).opened is None
        assert server.asked["start"] == 1


async def test_a_start_that_is_broken_off_leaves_no_session_behind() -> None:
    """Stopped while the platform is still starting, the bot waits for its word and ends what began."""
    async with serving_bilibili() as server:
        server.hold = asyncio.Event()

        async def opening() -> None:
            async with connector(server).open(None):
                raise AssertionError("nobody waited for it")

        task = asyncio.ensure_future(opening())
        await server.until(lambda seen: seen.asked["start"] == 1)
        task.cancel()
        server.hold.set()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert server.ended == ["game-1"]
