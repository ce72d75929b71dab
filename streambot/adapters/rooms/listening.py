"""ListeningLink: one open socket that is only ever read - its reader and its pings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from streambot.adapters.rooms.bridge_why import Why
from streambot.adapters.rooms.json_frame import NotUnderstood
from streambot.adapters.rooms.link_tasks import ended
from streambot.adapters.rooms.open_link import ReadOnlyLink
from streambot.adapters.rooms.pulse import Pulse
from streambot.domain.events import PlatformEvent
from streambot.ports.clock import Clock
from streambot.ports.connector import Opened


class Reading(Protocol):
    """What turns the frames of one bridge into events, purely."""

    def events(
        self, message: str | bytes, received_at: datetime
    ) -> Sequence[PlatformEvent]:
        """What a frame tells of; nothing for what isn't about this room.

        Raises:
            NotUnderstood: the frame says nothing we know.
        """
        ...


class ListeningLink(ReadOnlyLink):
    """One open link; leaving it ends its reading and its pings. Nothing is ever written."""

    def __init__(
        self,
        socket: ClientConnection,
        opened: Opened,
        reading: Reading,
        *,
        why: Why,
        clock: Clock,
        odd: Callable[[str], None],
    ) -> None:
        super().__init__(opened, clock)
        self._socket = socket
        self._reading = reading
        self._why = why
        self._odd = odd
        self._pulse = Pulse(clock, self._ping, self._fell_silent)
        self._pongs: set[asyncio.Future[float]] = set()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> ListeningLink:
        self._tasks = [
            asyncio.create_task(self._read(), name="bridge reader"),
            asyncio.create_task(self._pulse.run(), name="bridge pings"),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        failures = await ended(self._tasks)
        for failure in failures:
            raise failure

    async def _read(self) -> None:
        try:
            while True:
                message = await self._socket.recv()
                self._pulse.beat()
                self._take(message)
                await self._inbox.has_room()
        except ConnectionClosed:
            self._inbox.end(self._why.closed())
        finally:
            self._inbox.end(self._why.silent())  # also when reading itself failed

    def _take(self, message: str | bytes) -> None:
        try:
            told = self._reading.events(message, self._clock.now())
        except NotUnderstood as what:
            self._odd(str(what))
            return
        if told:
            self._inbox.give(*told)

    async def _ping(self, _: int) -> None:
        pong = asyncio.ensure_future(await self._socket.ping())
        self._pongs.add(pong)
        pong.add_done_callback(self._ponged)

    def _ponged(self, pong: asyncio.Future[float]) -> None:
        self._pongs.discard(pong)
        if not pong.cancelled() and pong.exception() is None:
            self._pulse.beat()

    def _fell_silent(self) -> None:
        self._inbox.end(self._why.silent())
        self._socket.transport.abort()  # who says nothing won't say goodbye
