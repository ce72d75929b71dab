"""The WebSocket half of our emulator of EventSub: sessions, keepalives, moves and closes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from aiohttp import WSMsgType, web

from streambot.ports.clock import Clock
from tests.peers import eventsub_said as said
from tests.peers.eventsub_said import Json
from tests.peers.turnout import Turnout


@dataclass(eq=False, slots=True, kw_only=True)
class Session:
    """One socket and what is told on it."""

    id: str
    socket: web.WebSocketResponse
    keepalive: int
    topics: dict[str, Json] = field(default_factory=dict)  # subscriptions by id
    moved_from: Session | None = None
    silent: bool = False  # is told nothing any more, keepalives included


class Sessions:
    """Every open socket; ``unused`` for so long without a topic, one is closed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.url = ""
        self.open: list[Session] = []
        self.welcomed: Turnout[Session] = Turnout()
        self.closed: Turnout[tuple[str, int | None]] = Turnout()  # by whom it may be
        self.unused = timedelta(seconds=10)
        self.silent = False  # says no keepalive any more, to nobody
        self.greeted: Callable[[], None] = lambda: None  # called at every welcome
        self.greeting = ""  # instead of a welcome
        self._moves: dict[str, Session] = {}
        self._numbers = count(1)

    def mark(self) -> str:
        """A fresh id."""
        return f"00000000-0000-4000-9000-{next(self._numbers):012}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One socket until it closes."""
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        token = request.query.get("move", "")
        old = self._moves.pop(token, None)
        if token and old is None:
            await socket.close(code=4007, message=b"invalid reconnect")
            return socket
        seconds = int(request.query.get("keepalive_timeout_seconds", "10"))
        if not 10 <= seconds <= 600:
            await socket.close(code=4000, message=b"keepalive")
            return socket
        session = Session(
            id=f"session-{next(self._numbers)}", socket=socket, keepalive=seconds
        )
        if old is not None:
            session.moved_from, session.topics, old.topics = old, old.topics, {}
        self.open.append(session)
        beat = asyncio.create_task(self._beat(session))
        try:
            await self._greet(session)
            await self._listen(session)
        finally:
            beat.cancel()
            self.open.remove(session)
            self.closed.add((session.id, socket.close_code))
        return socket

    async def _greet(self, session: Session) -> None:
        if self.greeting:
            await session.socket.send_str(self.greeting)
            return
        about = said.session(session.id, "connected", session.keepalive, None)
        await self.tell(session, said.frame("session_welcome", self.mark(), about))
        self.welcomed.add(session)
        self.greeted()

    async def _listen(self, session: Session) -> None:
        """What a client says is one too much."""
        async for message in session.socket:
            if message.type in {WSMsgType.TEXT, WSMsgType.BINARY}:
                await session.socket.close(code=4001, message=b"client sent traffic")

    async def _beat(self, session: Session) -> None:
        await self._clock.sleep(self.unused)
        if not session.topics and session.moved_from is None:
            await session.socket.close(code=4003, message=b"connection unused")
            return
        while True:
            if not self.silent:
                frame = said.frame("session_keepalive", self.mark(), {})
                await self.tell(session, frame)
            await self._clock.sleep(timedelta(seconds=session.keepalive * 0.8))

    async def tell(self, session: Session, frame: Json) -> None:
        """One frame on one socket, if it is still there."""
        if session.silent:
            return
        with suppress(ConnectionError, RuntimeError):
            await session.socket.send_json(frame)

    async def tell_all(self) -> None:
        """A keepalive on every socket."""
        for session in list(self.open):
            frame = said.frame("session_keepalive", self.mark(), {})
            await self.tell(session, frame)

    async def ask_to_move(self, session: Session, *, worn_out: bool = False) -> None:
        """The client shall come to another address; *worn_out*: one that isn't good."""
        token = self.mark()
        if not worn_out:
            self._moves[token] = session
        url = f"{self.url}?move={token}"
        about = said.session(session.id, "reconnecting", None, url)
        await self.tell(session, said.frame("session_reconnect", self.mark(), about))

    async def close(self, session: Session, code: int) -> None:
        """The server ends a socket."""
        await session.socket.close(code=code, message=b"closed")

    def cut(self, session: Session) -> None:
        """A socket dies without a word."""
        self._transport(session).abort()

    def stop_reading(self, session: Session) -> None:
        """Nothing of what a client says is taken any more."""
        self._transport(session).pause_reading()

    def _transport(self, session: Session) -> asyncio.Transport:
        assert session.socket._req is not None
        transport = session.socket._req.transport
        assert isinstance(transport, asyncio.Transport)
        return transport
