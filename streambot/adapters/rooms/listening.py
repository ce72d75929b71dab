"""ListeningLink: one open socket that is only ever read - its reader and its pings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Protocol

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from streambot.adapters.rooms.bridge_why import Why
from streambot.adapters.rooms.inbox import Inbox
from streambot.adapters.rooms.json_frame import NotUnderstood
from streambot.adapters.rooms.link_tasks import ended
from streambot.adapters.rooms.pulse import Pulse
from streambot.domain.events import LinkChanged, PlatformEvent
from streambot.domain.reply import LineOut, SendOutcome, SendResult
from streambot.domain.viewer import ViewerKey
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


class ListeningLink:
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
        self._socket = socket
        self._opened = opened
        self._reading = reading
        self._why = why
        self._clock = clock
        self._odd = odd
        self._inbox = Inbox()
        self._pulse = Pulse(clock, self._ping, self._fell_silent)
        self._pongs: set[asyncio.Future[float]] = set()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def opened(self) -> Opened:
        """What is known of the room."""
        return self._opened

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

    def events(self) -> AsyncIterator[Sequence[PlatformEvent | LinkChanged]]:
        """Events in order of arrival; ends with a RoomError when the link dies."""
        return self._inbox.bunches()

    def tell(self, change: LinkChanged) -> None:
        """Put a fact about the link itself before what is read."""
        self._inbox.give(change)

    async def keep_address(self, viewer: ViewerKey) -> None:
        """Nobody can be written to, so no way is kept."""

    async def send(self, line: LineOut) -> SendOutcome:
        """No line ever leaves: a bridge can take orders, and it gets none from here."""
        return SendOutcome(
            result=SendResult.REFUSED, at=self._clock.now(), code="forbidden"
        )

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
