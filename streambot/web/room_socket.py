"""RoomSocket: one socket of a board or a hook - reader, writer and watch, ended together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from streambot.domain.agent import AgentName
from streambot.errors import StoreError
from streambot.web import problems
from streambot.web.feed import BAD_FRAME, LOGGED_OUT
from streambot.web.keys import ACCESS, CLOCK, SETTINGS, SOCKETS
from streambot.web.problems import Refused, bad_body
from streambot.web.room_door import Access

_log = structlog.get_logger()

#: How often a socket is pinged and its token looked at again.
WATCH_EVERY = timedelta(seconds=5)
#: A socket that can't take a frame for so long is cut off; what it missed comes when it returns.
PATIENCE = timedelta(seconds=20)

Send = Callable[[bytes], Awaitable[None]]


class RoomSocket:
    """Carries frames for whoever holds a room's token.

    Args:
        request: the handshake.
        access: what it may reach.
        protocol: the subprotocol it speaks.
        told: acts on one text frame; raises Refused for what is no frame of ours.
        write: sends until cancelled.
    """

    def __init__(
        self,
        request: web.Request,
        access: Access,
        protocol: str,
        *,
        told: Callable[[str, Send], Awaitable[None]],
        write: Callable[[Send], Awaitable[None]],
    ) -> None:
        self._request = request
        self._access = access
        self._told = told
        self._writes = write
        self._clock = request.app[CLOCK]
        self._heard: datetime = self._clock.now()
        self._ending: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.socket = web.WebSocketResponse(
            autoping=False,
            compress=False,
            max_msg_size=request.app[SETTINGS].largest_body,
            protocols=(protocol,),
            timeout=2,
        )

    async def serve(self) -> web.WebSocketResponse:
        """Run until the peer goes, says nonsense, falls silent, or the token ends."""
        if not self.socket.can_prepare(self._request):
            raise Refused(bad_body("WebSocket"))
        await self.socket.prepare(self._request)
        sockets = self._request.app[SOCKETS]
        sockets.opened(self._access.key, AgentName(""), self._end)
        parts = (self._read(), self._write(), self._watch())
        tasks = [asyncio.create_task(self._until_end(part)) for part in parts]
        try:
            code = await self._ending
        finally:
            sockets.closed(self._end)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        await self._close(code)
        return self.socket

    def _end(self, code: int) -> None:
        if not self._ending.done():
            self._ending.set_result(code)

    async def _until_end(self, part: Awaitable[int]) -> None:
        try:
            self._end(await part)
        except (ConnectionError, RuntimeError, TimeoutError):
            self._end(WSCloseCode.GOING_AWAY)
        except Refused as refused:
            _log.info("bad_frame", error=refused.problem.en[:200])
            self._end(BAD_FRAME)
        except Exception:
            _log.exception("room_socket_failed")
            self._end(WSCloseCode.INTERNAL_ERROR)

    async def _send(self, raw: bytes) -> None:
        await self.socket.send_frame(raw, WSMsgType.TEXT)

    async def _read(self) -> int:
        while True:
            message = await self.socket.receive()
            self._heard = self._clock.now()
            match message.type:
                case WSMsgType.PING:
                    await self.socket.pong(message.data)
                case WSMsgType.PONG:
                    pass
                case WSMsgType.TEXT:
                    await self._told(message.data, self._send)
                case WSMsgType.BINARY:
                    raise Refused(problems.bad_body("binary"))
                case _:
                    return WSCloseCode.OK

    async def _write(self) -> int:
        await self._writes(self._send)
        return WSCloseCode.OK

    async def _watch(self) -> int:
        """Notice peers that are silent and tokens that were revoked elsewhere."""
        token = self._access.token
        while True:
            await self._clock.sleep(WATCH_EVERY)
            if abs(self._clock.now() - self._heard) > PATIENCE:
                return WSCloseCode.GOING_AWAY
            access = self._request.app[ACCESS]
            try:
                found = await access.opens(self._access.key, token.room, token.scope)
            except StoreError:
                continue
            if found is None:
                return LOGGED_OUT
            await self.socket.ping()

    async def _close(self, code: int) -> None:
        cut = asyncio.create_task(self._cut_off())
        try:
            await self.socket.close(code=code)
        except (ConnectionError, RuntimeError):
            pass
        finally:
            cut.cancel()
            await asyncio.gather(cut, return_exceptions=True)

    async def _cut_off(self) -> None:
        await self._clock.sleep(WATCH_EVERY)
        if self._request.transport is not None:
            self._request.transport.abort()
