"""What the room protocol's client holds beside the conformance suite, against a real room server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from websockets.asyncio.server import ServerConnection, serve

from streambot.adapters.clock import SystemClock
from streambot.adapters.rooms.room_protocol.client import RoomProtocolConnector
from streambot.adapters.rooms.room_protocol.link import RoomProtocolLink
from streambot.domain.events import LinkChanged, PlatformEvent, ViewerSpoke
from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import (
    EventId,
    LineId,
    LineOut,
    ReplyKind,
    SendResult,
)
from streambot.domain.viewer import Viewer, ViewerKey
from streambot.errors import ProtocolBroken, RoomRefused, RoomUnreachable
from streambot.simulator import frames
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.server import RoomServer, serve_rooms

TOKEN = "t0ken"
XIAOYU = frames.Viewer(id="raw-1", name="小雨")


def _connector(url: str, *, token: str = TOKEN) -> RoomProtocolConnector:
    return RoomProtocolConnector(
        room="demo",
        url=url,
        token=token,
        clock=SystemClock(),
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


async def test_a_refusal_names_its_code_and_penalty() -> None:
    """A refused line is refused for a reason, with the time to wait."""
    room = _room()
    room.refuse_next(1, "rate", 4.0)
    async with _linked(room) as (link, _):
        outcome = await link.send(_line())
    assert outcome.result is SendResult.REFUSED
    assert (outcome.code, outcome.retry_after) == ("rate", 4.0)


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


@pytest.mark.parametrize("first", ["{broken", '{"type":"pong","n":1}'])
async def test_a_server_of_another_kind_is_named_as_such(first: str) -> None:
    """Whatever isn't a welcome ends the opening with one sentence."""
    async with _mute_server(first) as url:
        with pytest.raises(ProtocolBroken, match="看不懂"):
            async with _connector(url).open(None):
                pass
