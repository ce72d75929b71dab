"""Client of the room protocol: opens one WebSocket a room, bounded, timed by the Clock alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from streambot.adapters.rooms.address_book import (
    AddressBook,
    SendAddresses,
)
from streambot.adapters.rooms.dial import OPEN_WITHIN, dial
from streambot.adapters.rooms.oddities import Oddities
from streambot.adapters.rooms.room_protocol import codec, frames
from streambot.adapters.rooms.room_protocol.link import RoomProtocolLink
from streambot.adapters.rooms.room_protocol.why import Why
from streambot.adapters.rooms.within import within
from streambot.domain.reply import EventId
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.ports.connector import Met


class RoomProtocolConnector:
    """Opens links to one room of a room-protocol server."""

    def __init__(
        self,
        *,
        room: str,
        url: str,
        token: str,
        clock: Clock,
        key_of: Callable[[str, str], ViewerKey],
        addresses: SendAddresses | None = None,
    ) -> None:
        self._room = room
        self._url = url
        self._token = token
        self._clock = clock
        self._why = Why(room=room, url=url)
        self._book = AddressBook(key_of, addresses)
        self._oddities = Oddities(room)

    @asynccontextmanager
    async def open(
        self, after: EventId | None, *, odd: Callable[[str], None] | None = None
    ) -> AsyncIterator[RoomProtocolLink]:
        """A link that resumes behind event *after*; *odd* hears of frames not understood.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the room said no.
        """
        socket = await self._connected()
        try:
            welcome = await self._welcomed(socket, after)
            opened = codec.opened(welcome)
            link = RoomProtocolLink(
                socket,
                opened,
                codec.Reading(
                    scene=codec.scene(welcome.platform, self._room, opened.broadcast),
                    key_of=self._book.key_for,
                    skew=codec.skew(welcome, self._clock.now()),
                ),
                why=self._why,
                book=self._book,
                clock=self._clock,
                odd=self._oddities.heard_by(odd),
            )
            async with link:
                yield link
        finally:
            await socket.close()

    async def meet(self, *, join: bool) -> Met:
        """Try the room out and leave; the bot that is in it keeps its place unless *join*.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the room said no, to somebody who joins.
        """
        socket = await self._connected()
        try:
            speaks = socket.subprotocol == codec.SUBPROTOCOL
            if not join:
                return Met(speaks=speaks)
            welcome = await self._welcomed(socket, None)
            skew = codec.skew(welcome, self._clock.now())
            return Met(speaks=speaks, opened=codec.opened(welcome), skew=skew)
        finally:
            await socket.close()

    async def _connected(self) -> ClientConnection:
        return await dial(
            self._url,
            self._clock,
            self._why.unreachable,
            subprotocol=codec.SUBPROTOCOL,
        )

    async def _welcomed(
        self, socket: ClientConnection, after: EventId | None
    ) -> frames.WelcomeFrame:
        try:
            await socket.send(codec.hello(self._room, self._token, after))
            message = await within(self._clock, OPEN_WITHIN, socket.recv())
            frame = codec.decode(message)
        except TimeoutError as error:
            raise self._why.unreachable("没有应答", "no answer") from error
        except ConnectionClosed as error:
            raise self._why.closed_by(error) from error
        except codec.NotUnderstood as error:
            raise self._why.broken(str(error)) from error
        match frame:
            case frames.WelcomeFrame():
                return frame
            case frames.ErrorFrame():
                raise self._why.refused(frame.code)
            case _:
                raise self._why.broken("no_welcome")
