"""The room protocol's client against a real room server, with every fault it can show."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from websockets.asyncio.server import ServerConnection, serve

from streambot.adapters.clock import SystemClock
from streambot.adapters.rooms.room_protocol.client import RoomProtocolConnector
from streambot.adapters.rooms.room_protocol.link import RoomProtocolLink
from streambot.domain.events import Link, LinkChanged, PlatformEvent, ViewerSpoke
from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import (
    EventId,
    LineId,
    LineOut,
    ReplyKind,
    SendResult,
)
from streambot.domain.viewer import Viewer, ViewerKey
from streambot.errors import ProtocolBroken, RoomError, RoomRefused, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.simulator import frames
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.server import RoomServer, serve_rooms
from streambot.testing import FakeClock

TOKEN = "t0ken"
XIAOYU = frames.Viewer(id="raw-1", name="小雨")


def _connector(
    url: str, *, clock: Clock | None = None, token: str = TOKEN
) -> RoomProtocolConnector:
    return RoomProtocolConnector(
        room="demo",
        url=url,
        token=token,
        clock=clock or SystemClock(),
        key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
    )


def _room(**settings: object) -> SimulatedRoom:
    return SimulatedRoom("demo", token=TOKEN, **settings)  # type: ignore[arg-type]


def _line(text: str = "您好", **fields: object) -> LineOut:
    return LineOut(
        line_id=LineId("line-1"),
        kind=ReplyKind.ANSWER,
        text=text,
        covers=(),
        made_at=datetime.now(UTC),
        **fields,  # type: ignore[arg-type]
    )


async def _collect(
    link: RoomProtocolLink, wanted: int
) -> Sequence[PlatformEvent | LinkChanged]:
    got: list[PlatformEvent | LinkChanged] = []
    async for bunch in link.events():
        got.extend(bunch)
        if len(got) >= wanted:
            break
    return got


@asynccontextmanager
async def _linked(
    room: SimulatedRoom, after: EventId | None = None
) -> AsyncIterator[tuple[RoomProtocolLink, RoomServer]]:
    async with (
        serve_rooms([room]) as server,
        _connector(server.url).open(after) as link,
    ):
        yield link, server


async def test_events_arrive_in_order_and_viewers_by_key() -> None:
    """What happens in the room comes out in order, with no raw id anywhere in it."""
    room = _room()
    async with _linked(room) as (link, _):
        for number in range(5):
            room.emit("spoke", XIAOYU, text=f"第{number}句")
        events = await _collect(link, 5)
    lines = [each for each in events if isinstance(each, ViewerSpoke)]
    assert [line.text for line in lines] == [f"第{number}句" for number in range(5)]
    assert lines[0].viewer.key == "room_protocol:raw-1"
    assert lines[0].scene.broadcast == room.broadcast


async def test_a_line_is_sent_once_however_often_it_is_written() -> None:
    """The room's word on a line is the outcome; a repeated line is shown once."""
    room = _room()
    async with _linked(room) as (link, _):
        first = await link.send(_line())
        second = await link.send(_line())
    assert (first.result, second.result) == (SendResult.SENT, SendResult.SENT)
    assert [said.text for said in room.said] == ["您好"]


async def test_a_refusal_names_its_code_and_penalty() -> None:
    """A refused line is refused for a reason, with the time to wait."""
    room = _room()
    room.refuse_next(1, "rate", 4.0)
    async with _linked(room) as (link, _):
        outcome = await link.send(_line())
    assert outcome.result is SendResult.REFUSED
    assert (outcome.code, outcome.retry_after) == ("rate", 4.0)


async def test_a_line_whose_fate_is_unknown_is_uncertain() -> None:
    """The link dies between the write and the room's word: uncertain, and reading ends."""
    room = _room()
    room.hold_sent()
    async with _linked(room) as (link, _):
        outcome = await link.send(_line())
        with pytest.raises(RoomUnreachable):
            await _collect(link, 1)
    assert outcome.result is SendResult.UNCERTAIN
    assert len(room.said) == 1


async def test_a_private_line_goes_to_the_platforms_own_id() -> None:
    """A viewer seen before is written to by the id the platform knows them by."""
    room = _room(capabilities=("room_chat", "private"))
    async with _linked(room) as (link, _):
        room.emit("entered", XIAOYU)
        await _collect(link, 1)
        known = Viewer(key=ViewerKey("room_protocol:raw-1"), name="小雨")
        stranger = Viewer(key=ViewerKey("room_protocol:other"), name="谁")
        told = await link.send(_line(visibility=Visibility.PRIVATE, to=(known,)))
        nobody = await link.send(_line(visibility=Visibility.PRIVATE, to=(stranger,)))
    assert told.result is SendResult.SENT
    assert room.said[0].to == ("raw-1",)
    assert (nobody.result, nobody.code) == (SendResult.REFUSED, "no_address")


async def test_a_resumed_link_says_what_was_missed_or_that_there_is_a_gap() -> None:
    """After a cut the room tells what happened meanwhile; what it forgot is a gap."""
    room = _room(history=10)
    async with serve_rooms([room]) as server:
        first = room.emit("spoke", XIAOYU, text="一")
        room.emit("spoke", XIAOYU, text="二")
        async with _connector(server.url).open(EventId(first.id)) as link:
            (missed,) = await _collect(link, 1)
        assert isinstance(missed, ViewerSpoke)
        assert missed.text == "二"
        for _ in range(20):
            room.emit("entered", XIAOYU)
        async with _connector(server.url).open(EventId(first.id)) as link:
            events = await _collect(link, 1)
    assert isinstance(events[0], LinkChanged)
    assert events[0].link is Link.GAP


@pytest.mark.parametrize(
    ("room", "token", "code", "words"),
    [("demo", "wrong", 4001, "令牌"), ("other", TOKEN, 4004, "没有直播间")],
)
async def test_a_refused_link_says_what_to_do(
    room: str, token: str, code: int, words: str
) -> None:
    """A wrong token and an unknown room each give one sentence, and never show the token."""
    async with serve_rooms([SimulatedRoom(room, token=TOKEN)]) as server:
        with pytest.raises(RoomRefused, match=words) as refused:
            async with _connector(server.url, token=token).open(None):
                pass
    assert refused.value.code == code
    assert token not in str(refused.value)


async def test_a_replaced_link_ends_for_good() -> None:
    """Another program that takes the room over ends this link with its own error."""
    room = _room()
    async with _linked(room) as (link, server), _connector(server.url).open(None):
        with pytest.raises(RoomRefused, match="另一个程序") as refused:
            await _collect(link, 1)
    assert refused.value.code == 4009


@pytest.mark.parametrize(
    "url", ["ws://127.0.0.1:1/", "ws://does-not-exist.invalid/", "not a url"]
)
async def test_an_unreachable_room_is_one_sentence(url: str) -> None:
    """Nobody there, no such host, no address at all: each is RoomUnreachable."""
    with pytest.raises(RoomUnreachable, match="连不上直播间“demo”"):
        async with _connector(url).open(None):
            pass


async def test_frames_nobody_understands_are_counted_and_named_once() -> None:
    """Broken frames of every sort cost nothing but themselves."""
    room, odd = _room(), Counter[str]()
    async with serve_rooms([room]) as server:
        connector = _connector(server.url)
        async with connector.open(None, odd=lambda name: odd.update([name])) as link:
            server.send_raw("demo", "{nonsense")
            server.send_raw("demo", "x" * 1_000_000)
            server.send_raw("demo", '{"type":"event","id":"e","kind":"danced"}')
            server.send_raw("demo", '{"type":"event","id":[]}')
            room.emit("spoke", XIAOYU, text="还在")
            (line,) = await _collect(link, 1)
    assert isinstance(line, ViewerSpoke)
    assert odd == {
        "not_json": 1,
        "frame_too_long": 1,
        "unknown_kind": 1,
        "wrong_field": 1,
    }


@asynccontextmanager
async def _mute_server(*says: str) -> AsyncIterator[str]:
    """A server that says *says* after the hello, and then nothing at all."""

    async def handle(socket: ServerConnection) -> None:
        await socket.recv()
        for message in says:
            await socket.send(message)
        await socket.wait_closed()

    async with serve(handle, "127.0.0.1", 0, ping_interval=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"ws://127.0.0.1:{port}/"


WELCOME = json.dumps({"type": "welcome", "v": 1, "broadcast": "b"})


async def test_silence_past_the_keepalive_is_a_dead_link() -> None:
    """A link on which even pings go unanswered ends after two spans of silence."""
    clock = FakeClock()
    async with (
        _mute_server(WELCOME) as url,
        _connector(url, clock=clock).open(None) as link,
    ):
        ended = asyncio.ensure_future(_collect(link, 1))
        await clock.advance(timedelta(seconds=15))
        assert not ended.done()
        await clock.advance(timedelta(seconds=15))
        with pytest.raises(RoomUnreachable):
            await ended


async def test_no_word_on_a_line_for_ten_seconds_is_uncertain() -> None:
    """A room that never answers a send leaves it uncertain, by the clock alone."""
    clock = FakeClock()
    async with (
        _mute_server(WELCOME) as url,
        _connector(url, clock=clock).open(None) as link,
    ):
        sending = asyncio.ensure_future(link.send(_line()))
        await clock.advance(timedelta(seconds=10))
        outcome = await sending
    assert outcome.result is SendResult.UNCERTAIN


@pytest.mark.parametrize("first", ["{broken", '{"type":"pong","n":1}'])
async def test_a_server_of_another_kind_is_named_as_such(first: str) -> None:
    """Whatever isn't a welcome ends the opening with one sentence."""
    async with _mute_server(first) as url:
        with pytest.raises(ProtocolBroken, match="看不懂"):
            async with _connector(url).open(None):
                pass


async def test_a_cut_link_ends_reading_after_everything_read_before() -> None:
    """Events that arrived before the cut are given before the error is."""
    room = _room()
    async with _linked(room) as (link, server):
        for _ in range(3):
            room.emit("entered", XIAOYU)
        await server.drained("demo")
        got: list[PlatformEvent | LinkChanged] = []
        with pytest.raises(RoomError):
            async for bunch in link.events():
                got.extend(bunch)
                if len(got) == 3:
                    server.drop_link("demo")
    assert len(got) == 3
