"""The two local bridges as peers of the conformance suite: one server, two shapes of frames."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

from streambot.adapters.rooms.bridge import BridgeConnector
from streambot.adapters.rooms.bridge_dybarrage.client import dybarrage_connector
from streambot.adapters.rooms.bridge_oba.client import oba_connector
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.testing.conformance import Feature, Happening

LACKS = frozenset(
    {
        *(Feature.HISTORY, Feature.RESUME, Feature.AUTH, Feature.REVOKE),
        *(Feature.WRITES, Feature.REFUSALS, Feature.PENALTY, Feature.UNCERTAIN),
    }
)
Make = Callable[..., BridgeConnector]
Shape = Callable[[Happening], dict[str, Any]]


def oba_frame(each: Happening) -> dict[str, Any]:
    """As oba-live-tool tells it, from Douyin's compass screen."""
    frame = {"msg_id": each.mark, "nick_name": each.viewer, "user_id": each.viewer}
    if each.text is None:
        return {"msg_type": "room_enter", **frame}
    return {"msg_type": "comment", "content": each.text, **frame}


def dybarrage_frame(each: Happening) -> dict[str, Any]:
    """As DouyinBarrageGrab tells it; its ids are numbers, made of the mark's letters.

    Without a RoomId, whose first sight would be an event more: the broadcast's beginning.
    """
    told = {
        "MsgId": int.from_bytes(each.mark.encode()[-7:]),
        "User": {"SecUid": each.viewer, "Nickname": each.viewer},
        "Owner": {"SecUid": "sec-shop"},
        "Content": each.text or "来了",
    }
    kind = 3 if each.text is None else 1
    return {"Type": kind, "ProcessName": "chrome", "Data": json.dumps(told)}


class BridgePeer:
    """One bridge; whoever is connected hears what is told."""

    secret = ""
    written: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()

    def __init__(self, clock: Clock, make: Make, shape: Shape) -> None:
        self.url = ""
        self._clock = clock
        self._make = make
        self._shape = shape
        self._socket: web.WebSocketResponse | None = None
        self._transport: asyncio.Transport | None = None
        self._silent = False
        self._unknown = 0
        self._gone = asyncio.Event()
        self._code: int | None = None

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """GET /: a bot comes, and stays until it leaves."""
        socket = web.WebSocketResponse(autoping=False, compress=False, timeout=0.1)
        await socket.prepare(request)
        self._socket, self._silent = socket, False
        self._transport = request.transport
        self._gone.clear()
        async for message in socket:
            if message.type is WSMsgType.PING and not self._silent:
                await socket.pong(message.data)
        if self._socket is socket:
            self._socket, self._code = None, socket.close_code
            self._gone.set()
        return socket

    def connector(self) -> BridgeConnector:
        """A new one."""
        return self._make(
            room="demo",
            url=self.url,
            owner="",
            clock=self._clock,
            key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
        )

    async def _say(self, text: str) -> None:
        if self._socket is not None and not self._silent:
            await self._socket.send_str(text)

    async def tell(self, *happenings: Happening) -> None:
        """A frame each."""
        for each in happenings:
            await self._say(json.dumps(self._shape(each)))

    async def tell_unknown(self) -> None:
        """A type that nobody knows."""
        self._unknown += 1
        dance: dict[str, Any] = {"msg_type": f"dance{self._unknown}", "nick_name": "x"}
        await self._say(json.dumps(dance | {"Type": 90 + self._unknown}))

    async def tell_malformed(self) -> None:
        """No JSON."""
        await self._say("{nonsense")

    async def tell_oversized(self) -> None:
        """More than a frame may hold."""
        await self._say("x" * 70_000)

    async def cut(self) -> None:
        """As a program that is killed."""
        if self._transport is not None:
            self._transport.abort()
        self._socket = None

    async def fall_silent(self) -> None:
        """No pongs either."""
        self._silent = True

    async def stop_reading(self) -> None:
        """Half open."""
        self._silent = True
        if self._transport is not None:
            self._transport.pause_reading()

    async def left(self) -> bool:
        """With a closing handshake."""
        await self._gone.wait()
        return self._code == 1000

    async def forget(self) -> None:
        """Nothing is kept anyway."""

    async def deny(self) -> None:
        """There are no credentials."""

    async def revoke(self) -> None:
        """There are no credentials."""

    async def refuse_next(self) -> None:
        """Nothing can be written."""

    async def penalise_next(self, seconds: float) -> None:
        """Nothing can be written."""

    async def die_after_next(self) -> None:
        """Nothing can be written."""


@asynccontextmanager
async def _serving(clock: Clock, make: Make, shape: Shape) -> AsyncIterator[BridgePeer]:
    peer = BridgePeer(clock, make, shape)
    app = web.Application()
    app.router.add_get("/", peer.serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        peer.url = f"ws://127.0.0.1:{runner.addresses[0][1]}"
        yield peer
    finally:
        await peer.cut()
        await runner.cleanup()


@asynccontextmanager
async def serving_oba(clock: Clock) -> AsyncIterator[BridgePeer]:
    """oba-live-tool on a free port."""
    async with _serving(clock, oba_connector, oba_frame) as peer:
        yield peer


@asynccontextmanager
async def serving_dybarrage(clock: Clock) -> AsyncIterator[BridgePeer]:
    """DouyinBarrageGrab on a free port."""
    async with _serving(clock, dybarrage_connector, dybarrage_frame) as peer:
        yield peer
