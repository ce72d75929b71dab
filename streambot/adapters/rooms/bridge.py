"""BridgeConnector: reads a program on this machine that knows a platform's room; never elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from websockets.asyncio.client import ClientConnection

from streambot.adapters.rooms.bridge_why import Why
from streambot.adapters.rooms.dial import dial
from streambot.adapters.rooms.json_frame import Room
from streambot.adapters.rooms.listening import ListeningLink, Reading
from streambot.adapters.rooms.oddities import Oddities
from streambot.authoring.this_machine import stays_here
from streambot.domain.events import Link, LinkChanged
from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId, Capability, SendLimits
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.ports.connector import Met, Opened

#: Never used, since nothing is written; the prompter's lines keep to it.
_UNUSED = SendLimits(lines=10, per=timedelta(seconds=1), line_length=500)


class BridgeConnector:
    """Opens links to one bridge; *reader* makes what reads each link's frames."""

    def __init__(
        self,
        *,
        room: str,
        url: str,
        program: str,
        enters: bool,
        reader: Callable[[Room], Reading],
        clock: Clock,
        key_of: Callable[[str, str], ViewerKey],
    ) -> None:
        self._room = room
        self._url = url
        self._can = frozenset({Capability.ENTER}) if enters else frozenset[Capability]()
        self._reader = reader
        self._clock = clock
        self._key_of = key_of
        self._why = Why(room=room, url=url, program=program)
        self._oddities = Oddities(room)

    @asynccontextmanager
    async def open(
        self, after: EventId | None, *, odd: Callable[[str], None] | None = None
    ) -> AsyncIterator[ListeningLink]:
        """A link; bridges repeat nothing, so where *after* is known there is a gap behind it.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the address isn't this machine's.
        """
        socket = await self._dialled()
        try:
            link = self._link(socket, self._oddities.heard_by(odd))
            if after is not None:
                now = self._clock.now()
                link.tell(LinkChanged(at=now, link=Link.GAP, after=after))
            async with link:
                yield link
        finally:
            await socket.close()

    async def meet(self, *, join: bool) -> Met:
        """See whether the bridge is there; reading along disturbs nobody.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the address isn't this machine's.
        """
        socket = await self._dialled()
        await socket.close()
        return Met(speaks=True, opened=self._opened() if join else None)

    async def _dialled(self) -> ClientConnection:
        if not stays_here(self._url):
            raise self._why.elsewhere()
        return await dial(self._url, self._clock, self._why.unreachable, follow=False)

    def _link(
        self, socket: ClientConnection, odd: Callable[[str], None]
    ) -> ListeningLink:
        fresh = f"{self._room}:{self._clock.now().timestamp():.6f}:"
        room = Room(name=self._room, key_of=self._key_of, fresh=fresh)
        return ListeningLink(
            socket,
            self._opened(),
            self._reader(room),
            why=self._why,
            clock=self._clock,
            odd=odd,
        )

    def _opened(self) -> Opened:
        day = self._clock.now().date().isoformat()
        return Opened(
            broadcast=BroadcastId(day),
            capabilities=self._can,
            limits=_UNUSED,
            idempotent_send=False,
        )
