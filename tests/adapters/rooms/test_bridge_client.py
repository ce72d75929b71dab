"""The client of local bridges against real sockets: loopback only, reading only, never stuck."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha1

import pytest
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from streambot.adapters.clock import SystemClock
from streambot.adapters.rooms.bridge import BridgeConnector
from streambot.adapters.rooms.bridge_dybarrage.client import dybarrage_connector
from streambot.adapters.rooms.bridge_oba.client import oba_connector
from streambot.adapters.rooms.listening import ListeningLink
from streambot.domain.events import Link, LinkChanged, PlatformEvent, ViewerSpoke
from streambot.domain.reply import EventId, LineId, LineOut, ReplyKind, SendResult
from streambot.domain.room import Capability
from streambot.domain.viewer import ViewerKey
from streambot.errors import RoomRefused, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.testing import FakeClock

#: RFC 6455's own.
_CLOSE = 0x88
_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def oba(url: str, clock: Clock | None = None) -> BridgeConnector:
    """A connector to oba-live-tool at *url*."""
    return oba_connector(
        room="demo",
        url=url,
        owner="小店",
        clock=clock or SystemClock(),
        key_of=lambda platform, raw: ViewerKey(f"{platform}/{raw}"),
    )


def comment(text: str, number: int = 1) -> str:
    """A comment as the control panel tells it."""
    frame = {"msg_type": "comment", "msg_id": str(number), "nick_name": "小雨"}
    return json.dumps(frame | {"content": text})


@asynccontextmanager
async def bridge(*frames: str | bytes, stay: bool = True) -> AsyncIterator[Server]:
    """A server that says *frames* to whoever comes."""

    async def talk(socket: ServerConnection) -> None:
        for frame in frames:
            await socket.send(frame)
        if stay:
            await socket.wait_closed()

    async with serve(talk, "127.0.0.1", 0) as server:
        yield server


def address(server: Server) -> str:
    """Where *server* listens."""
    return f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def collected(
    link: ListeningLink, wanted: int
) -> list[PlatformEvent | LinkChanged]:
    """The first *wanted* events of *link*."""
    got: list[PlatformEvent | LinkChanged] = []
    async for bunch in link.events():
        got.extend(bunch)
        if len(got) >= wanted:
            break
    return got


@pytest.mark.parametrize(
    "url",
    [
        "ws://192.168.1.5:12354",
        "ws://example.com:12354/",
        "ws://0.0.0.0:12354",
        "ws://127.0.0.1.example.com:12354",
        "ws://localhost@10.0.0.1:12354",
        "ws://[::ffff:10.0.0.1]:12354",
        "ws:///",
    ],
)
async def test_no_other_machine_is_ever_dialled(url: str) -> None:
    """One sentence says why, and trying is over."""
    connector = oba(url)
    with pytest.raises(RoomRefused, match="只能连本机") as refused:
        async with connector.open(None):
            pass
    assert refused.value.code == 4009
    with pytest.raises(RoomRefused):
        await connector.meet(join=True)


async def test_what_is_not_understood_is_counted_and_read_past() -> None:
    """Malformed, unknown and oversized frames cost nothing but themselves."""
    odd: list[str] = []
    frames: list[str | bytes] = [
        "nonsense",
        b"\xff\xfe",
        comment("a" * 70_000),
        json.dumps({"msg_type": "dance", "nick_name": "小雨"}),
        comment("在吗"),
    ]
    async with (
        bridge(*frames) as server,
        oba(address(server)).open(None, odd=odd.append) as link,
    ):
        (event,) = await collected(link, 1)
    assert isinstance(event, ViewerSpoke)
    assert event.text == "在吗"
    assert odd == ["not_json", "not_json", "frame_too_long", "unknown_kind"]


async def test_a_frame_beyond_all_bounds_ends_the_link_alone() -> None:
    """What is longer than the socket takes is never read; the room connects again."""
    async with (
        bridge("a" * (3 * 1024 * 1024)) as server,
        oba(address(server)).open(None) as link,
    ):
        with pytest.raises(RoomUnreachable):
            await collected(link, 1)


async def test_nothing_is_ever_written() -> None:
    """A line is refused at once: a bridge takes orders, and gets none."""
    heard: list[str | bytes] = []

    async def listen(socket: ServerConnection) -> None:
        with suppress(ConnectionClosed):
            heard.extend([frame async for frame in socket])

    line = LineOut(
        line_id=LineId("line-1"),
        kind=ReplyKind.ANSWER,
        text="您好",
        covers=(),
        made_at=datetime.now(UTC),
    )
    async with (
        serve(listen, "127.0.0.1", 0) as server,
        oba(address(server)).open(None) as link,
    ):
        outcome = await link.send(line)
        await link.keep_address(ViewerKey("douyin/u-1"))
    assert (outcome.result, outcome.code) == (SendResult.REFUSED, "forbidden")
    assert heard == []


async def test_a_link_behind_another_has_a_gap_before_it() -> None:
    """Bridges repeat nothing: what came in between is lost, and that is recorded."""
    async with (
        bridge(comment("在吗")) as server,
        oba(address(server)).open(EventId("comment:0")) as link,
    ):
        gap, event = await collected(link, 2)
    assert isinstance(gap, LinkChanged)
    assert (gap.link, gap.after) == (Link.GAP, "comment:0")
    assert isinstance(event, ViewerSpoke)


async def test_a_cut_link_gives_what_it_read_and_ends() -> None:
    """The error says which program to start."""
    async with (
        bridge(comment("在吗"), stay=False) as server,
        oba(address(server)).open(None) as link,
    ):
        events = link.events()
        assert len(await anext(events)) == 1
        with pytest.raises(RoomUnreachable, match="oba-live-tool"):
            await anext(events)


async def test_half_open_is_found_by_pings() -> None:
    """A peer that answers no ping is gone after two spans of the clock; one that does is not."""

    async def handshake_only(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        asked = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        key = next(x for x in asked if x.lower().startswith("sec-websocket-key"))
        accept = b64encode(sha1(key.split(": ")[1].encode() + _MAGIC).digest())
        writer.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        while (said := await reader.read(1024)) and said[0] != _CLOSE:
            pass
        writer.close()

    clock = FakeClock()
    silent = await asyncio.start_server(handshake_only, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    async with silent, oba(f"ws://127.0.0.1:{port}", clock).open(None) as link:
        ended = asyncio.ensure_future(collected(link, 1))
        await clock.advance(timedelta(seconds=15))
        assert not ended.done()
        await clock.advance(timedelta(seconds=15))
        with pytest.raises(RoomUnreachable, match="没有应答"):
            await ended


async def test_a_pong_is_a_sign_of_life() -> None:
    """A bridge in a quiet room says nothing for minutes, and its link stays."""
    clock = FakeClock()
    ask: asyncio.Queue[str] = asyncio.Queue()

    async def quiet(socket: ServerConnection) -> None:
        await socket.send(await ask.get())
        await socket.wait_closed()

    async with (
        serve(quiet, "127.0.0.1", 0) as server,
        oba(address(server), clock).open(None) as link,
    ):
        for _ in range(4):
            (peer,) = server.connections
            await clock.advance(timedelta(seconds=15))
            await (await peer.ping())  # behind their pong, in order
        ask.put_nowait(comment("在吗"))
        assert len(await collected(link, 1)) == 1


async def test_a_bridge_that_sends_us_elsewhere_is_not_followed() -> None:
    """A redirection could lead off this machine, so none is taken."""
    there: list[str] = []
    came: list[str] = []

    def away(_: ServerConnection, request: Request) -> Response:
        return Response(302, "Found", Headers(Location=there[0]))

    async def never(socket: ServerConnection) -> None:
        came.append(str(socket.remote_address))
        await socket.wait_closed()

    async with (
        serve(never, "127.0.0.1", 0) as elsewhere,
        serve(never, "127.0.0.1", 0, process_request=away) as server,
    ):
        there.append(address(elsewhere))
        with pytest.raises(RoomUnreachable):
            async with oba(address(server)).open(None):
                pass
    assert came == []


async def test_a_visit_says_what_can_be_read() -> None:
    """Arrivals are promised by the one bridge that always tells them; nothing can be written."""
    async with bridge() as server:
        met = await oba(address(server)).meet(join=True)
        assert met.opened is not None
        assert met.opened.capabilities == frozenset()
        dybarrage = dybarrage_connector(
            room="demo",
            url=address(server),
            owner="",
            clock=SystemClock(),
            key_of=lambda platform, raw: ViewerKey(raw),
        )
        met = await dybarrage.meet(join=True)
        assert met.opened is not None
        assert met.opened.capabilities == {Capability.ENTER}
        assert (await dybarrage.meet(join=False)).opened is None
        gone = address(server)
    with pytest.raises(RoomUnreachable):
        await oba(gone).meet(join=True)
