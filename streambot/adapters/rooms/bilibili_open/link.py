"""BilibiliLink: one open socket of a session - its reader, its heartbeats, and how it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from streambot.adapters.rooms.bilibili_open.codec import Reading, SessionOver
from streambot.adapters.rooms.bilibili_open.frames import (
    BrotliMissing,
    NotUnderstood,
    Odd,
    Op,
    packed,
    packets,
)
from streambot.adapters.rooms.bilibili_open.why import Why
from streambot.adapters.rooms.link_tasks import ended
from streambot.adapters.rooms.open_link import ReadOnlyLink
from streambot.adapters.rooms.pulse import Pulse
from streambot.ports.clock import Clock
from streambot.ports.connector import Opened


class BilibiliLink(ReadOnlyLink):
    """One open link; leaving it ends its reading and its heartbeats, not the session."""

    def __init__(
        self,
        socket: ClientConnection,
        opened: Opened,
        reading: Reading,
        *,
        game: str,
        keep: Callable[[], Awaitable[bool]] | None,
        why: Why,
        clock: Clock,
        odd: Callable[[str], None],
    ) -> None:
        super().__init__(opened, clock)
        self._socket = socket
        self._reading = reading
        self._game = game
        self._keep = keep
        self._why = why
        self._odd = odd
        self._pulse = Pulse(clock, self._beat, self._fell_silent)
        self._tasks: list[asyncio.Future[None]] = []
        #: Whether the platform itself ended the session, so that nothing is left to end.
        self.session_over = False

    async def __aenter__(self) -> BilibiliLink:
        self._tasks = [
            asyncio.ensure_future(self._read()),
            asyncio.ensure_future(self._pulse.run()),
        ]
        if self._keep is not None:
            self._tasks.append(asyncio.ensure_future(self._kept(self._keep)))
        return self

    async def __aexit__(self, *_: object) -> None:
        failures = await ended(self._tasks)
        self._inbox.end(self._why.closed())
        for failure in failures:
            raise failure

    def take(self, frame: str | bytes) -> None:
        """Everything one WebSocket message says."""
        if isinstance(frame, str):
            self._odd("no_frame")
            return
        try:
            for packet in packets(frame):
                if isinstance(packet, Odd):
                    self._odd(packet.name)
                elif packet.op == Op.MESSAGE:
                    self._hear(packet.body)
                elif packet.op not in {Op.HEARTBEAT_REPLY, Op.AUTH_REPLY}:
                    self._odd("unknown_operation")
        except BrotliMissing:
            self._inbox.end(self._why.no_brotli())

    def _hear(self, body: bytes) -> None:
        try:
            told = self._reading.read(body, self._clock.now())
        except NotUnderstood as what:
            self._odd(str(what))
            return
        if not isinstance(told, SessionOver):
            self._inbox.give(*told)
        elif told.game in {"", self._game}:
            self._lost_session()

    async def _read(self) -> None:
        try:
            while True:
                frame = await self._socket.recv()
                self._pulse.beat()
                self.take(frame)
                await self._inbox.has_room()
        except ConnectionClosed:
            self._inbox.end(self._why.closed())
        finally:
            self._inbox.end(self._why.silent())  # also when reading itself failed

    async def _beat(self, _: int) -> None:
        await self._socket.send(packed(Op.HEARTBEAT))

    def _fell_silent(self) -> None:
        """A dead link isn't asked to close: nobody would answer."""
        self._inbox.end(self._why.silent())
        self._socket.transport.abort()

    async def _kept(self, keep: Callable[[], Awaitable[bool]]) -> None:
        if await keep():
            self._lost_session()
        else:
            self._inbox.end(self._why.unkept())

    def _lost_session(self) -> None:
        self.session_over = True
        self._inbox.end(self._why.over())
