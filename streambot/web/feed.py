"""GET /api/feed: one console's socket - it says hello, hears everything, and gives commands."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from typing import Any

import structlog
from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from streambot.application.feed import BEAT
from streambot.application.feed_client import ConsoleEnded, FeedClient, SlowConsole
from streambot.domain.reply import TicketId
from streambot.errors import StoreError
from streambot.web import problems
from streambot.web.auth import Session
from streambot.web.bodies import At, Be, Do, Frame, Hello, frame
from streambot.web.commands import carry_out
from streambot.web.feed_door import PROTOCOL, admit
from streambot.web.keys import (
    AUTH,
    CLOCK,
    DESK,
    FEED,
    SETTINGS,
    SOCKETS,
)
from streambot.web.problems import Refused

_log = structlog.get_logger()

#: Close codes of the feed: log in again; not a frame of ours; come back and resume.
LOGGED_OUT, BAD_FRAME, TOO_SLOW = 4001, 4002, 4008
VERSION = 1
#: Commands of one console that may wait for their commits.
COMMANDS_AT_ONCE = 32


async def feed(request: web.Request) -> web.WebSocketResponse:
    """Serve one console until it goes, falls behind, or its login ends."""
    session = admit(request)
    # Uncompressed: the bytes of a frame are the same for every console, so none is made twice.
    socket = web.WebSocketResponse(
        autoping=False,
        compress=False,
        max_msg_size=request.app[SETTINGS].largest_body,
        protocols=(PROTOCOL,),
        timeout=2,
    )
    if not socket.can_prepare(request):
        raise Refused(problems.bad_body("WebSocket"))
    await socket.prepare(request)
    await _Console(request, session, socket).serve()
    return socket


class _Console:
    """One socket; reader, writer and heartbeat are tasks of its own, ended together."""

    def __init__(
        self, request: web.Request, session: Session, socket: web.WebSocketResponse
    ) -> None:
        self._request = request
        self._app = request.app
        self._session = session
        self._socket = socket
        self._clock = request.app[CLOCK]
        self._heard: datetime = self._clock.now()
        self._client: FeedClient | None = None
        self._device = ""  # at the desk; nothing for who only watches it
        self._ending = asyncio.Event()
        self._code: int = WSCloseCode.OK
        self._tasks: list[asyncio.Task[None]] = []
        self._commands: set[asyncio.Task[None]] = set()

    async def serve(self) -> None:
        """Run until the first of the tasks ends, then close with what it found."""
        sockets, key = self._app[SOCKETS], self._session.key
        sockets.opened(key, self._session.agent.name, self._end)
        self._start(self._read())
        self._start(self._watch())
        try:
            await self._ending.wait()
        finally:
            sockets.closed(self._end)
            self._leave()
            tasks = (*self._tasks, *self._commands)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._close()

    async def _join(self, hello: Hello) -> None:
        client = await self._app[FEED].subscribe(self._session.agent, hello.last_seq)
        self._client = client
        if not hello.watch:
            self._device = self._app[DESK].agent_arrived(self._session.agent)
        self._start(self._write(client))

    def _leave(self) -> None:
        if self._client is not None:
            self._app[FEED].leave(self._client)
        if self._device:
            self._app[DESK].agent_left(self._session.agent.name, self._device)

    def _start(self, part: Coroutine[Any, Any, int]) -> None:
        self._tasks.append(asyncio.create_task(self._until_end(part)))

    async def _until_end(self, part: Coroutine[Any, Any, int]) -> None:
        try:
            self._end(await part)
        except (ConnectionError, RuntimeError):
            self._end(WSCloseCode.GOING_AWAY)  # the peer is gone
        except Exception:
            _log.exception("console_failed")
            self._end(WSCloseCode.INTERNAL_ERROR)

    def _end(self, code: int) -> None:
        if not self._ending.is_set():
            self._code = code
            self._ending.set()
            if self._client is not None:
                self._client.end()

    def _frame(self, message: WSMessage) -> Frame | None:
        if message.type is not WSMsgType.TEXT:
            return None
        try:
            return frame(message.data)
        except Refused as refused:
            _log.info("bad_frame", error=refused.problem.en[:200])
            return None

    async def _read(self) -> int:
        while True:
            message = await self._socket.receive()
            self._heard = self._clock.now()
            if self._device:
                self._app[DESK].agent_beat(self._session.agent.name, self._device)
            match message.type:
                case WSMsgType.PING:
                    await self._socket.pong(message.data)
                case WSMsgType.PONG:
                    pass
                case WSMsgType.TEXT | WSMsgType.BINARY:
                    code = await self._told(self._frame(message))
                    if code is not None:
                        return code
                case _:
                    return WSCloseCode.OK

    async def _told(self, told: Frame | None) -> int | None:
        """Act on a frame; a close code when it ends the socket."""
        client = self._client
        match told:
            case Hello(v=v) if v == VERSION and client is None:
                await self._join(told)
            case At(ticket=ticket, typing=typing) if client is not None:
                about = None if ticket is None else TicketId(ticket)
                self._app[FEED].look(client, about, typing=typing)
            case Do() | Be() if client is not None:
                await self._do(told, client)
            case _:
                return BAD_FRAME
        return None

    async def _do(self, command: Do | Be, client: FeedClient) -> None:
        """Begin a command; the next is read while this one waits for its commit.

        They reach the store in the order they came, and whose login ended has no socket left:
        ``Sockets`` closes it at once, ``_watch`` within a beat.
        """
        while len(self._commands) >= COMMANDS_AT_ONCE:
            await asyncio.wait(self._commands, return_when=asyncio.FIRST_COMPLETED)
        task = asyncio.create_task(self._answer(command, client))
        self._commands.add(task)
        task.add_done_callback(self._commands.discard)

    async def _answer(self, command: Do | Be, client: FeedClient) -> None:
        # Shielded: a console that goes away mid-command leaves nothing half told.
        said = await asyncio.shield(carry_out(self._app, client.agent, command))
        client.say(said)

    async def _write(self, client: FeedClient) -> int:
        try:
            while True:
                await self._socket.send_frame(await client.next(), WSMsgType.TEXT)
        except SlowConsole:
            return TOO_SLOW
        except ConsoleEnded:
            return self._code

    async def _watch(self) -> int:
        """Notice consoles that are silent and logins that ended elsewhere."""
        silent = self._app[SETTINGS].silent_console
        while True:
            await self._clock.sleep(BEAT)
            if abs(self._clock.now() - self._heard) > silent:
                return WSCloseCode.GOING_AWAY
            try:
                session = await self._app[AUTH].renewed(self._session.key)
            except StoreError:
                continue
            if session is None:
                return LOGGED_OUT
            if self._client is not None:
                self._client.agent = session.agent
            await self._socket.ping()

    async def _close(self) -> None:
        if self._socket.closed:
            return
        # A console that does not even take the close is cut off.
        cut = asyncio.create_task(self._cut_off())
        try:
            await self._socket.close(code=self._code)
        except (ConnectionError, RuntimeError):
            pass
        finally:
            cut.cancel()
            await asyncio.gather(cut, return_exceptions=True)

    async def _cut_off(self) -> None:
        await self._clock.sleep(BEAT)
        if self._request.transport is not None:
            self._request.transport.abort()
