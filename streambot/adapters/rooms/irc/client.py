"""Client of IRC over WebSocket: one link a room, registered and joined, timed by the Clock alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from streambot.adapters.rooms.address_book import AddressBook, SendAddresses
from streambot.adapters.rooms.dial import dial
from streambot.adapters.rooms.irc import codec
from streambot.adapters.rooms.irc.dialect import DIALECTS
from streambot.adapters.rooms.irc.link import IrcLink
from streambot.adapters.rooms.irc.message import NotUnderstood, lines, parse
from streambot.adapters.rooms.irc.registration import Registration
from streambot.adapters.rooms.irc.why import Why
from streambot.adapters.rooms.oddities import Oddities
from streambot.adapters.rooms.pace import Pace
from streambot.adapters.rooms.within import within
from streambot.domain.events import Link, LinkChanged
from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId, Capability, RoomName, Scene
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.ports.connector import Met, Opened

_JOIN_WITHIN = timedelta(seconds=20)
#: Lines of no known form that a server may say before it is held to speak no IRC.
_ODD_MOST = 20


class IrcConnector:
    """Opens links to one channel of an IRC server."""

    def __init__(
        self,
        *,
        room: str,
        url: str,
        channel: str,
        nick: str,
        token: str,
        clock: Clock,
        key_of: Callable[[str, str], ViewerKey],
        addresses: SendAddresses | None = None,
        dialect: str = "generic",
    ) -> None:
        self._room = room
        self._url = url
        self._channel = channel if channel.startswith(("#", "&")) else f"#{channel}"
        self._nick = nick
        self._token = token
        self._dialect = DIALECTS[dialect]
        self._clock = clock
        self._why = Why(room=room, url=url, channel=self._channel)
        self._book = AddressBook(key_of, addresses)
        self._pace = Pace(self._dialect.limits(self._channel))
        self._oddities = Oddities(room)

    @asynccontextmanager
    async def open(
        self, after: EventId | None, *, odd: Callable[[str], None] | None = None
    ) -> AsyncIterator[IrcLink]:
        """A link; IRC repeats nothing, so where *after* is known there is a gap behind it.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the server or the channel said no.
        """
        socket = await self._dialled()
        try:
            registration, rest = await self._joined(socket)
            link = self._link(socket, registration, odd=self._oddities.heard_by(odd))
            if after is not None:
                now = self._clock.now()
                link.tell(LinkChanged(at=now, link=Link.GAP, after=after))
            await link.take("\n".join(rest))
            async with link:
                yield link
        finally:
            await socket.close()

    async def meet(self, *, join: bool) -> Met:
        """Try the room out and leave; the bot that is in it keeps its name unless *join*.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the server or the channel said no.
        """
        socket = await self._dialled()
        try:
            if not join:
                return Met(speaks=True)
            await self._joined(socket)
            return Met(speaks=True, opened=self._opened())
        finally:
            await socket.close()

    async def _dialled(self) -> ClientConnection:
        where = urlsplit(self._url)  # InspIRCd lets nobody in without an origin
        scheme = "https" if where.scheme == "wss" else "http"
        return await dial(
            self._url,
            self._clock,
            self._why.unreachable,
            origin=f"{scheme}://{where.netloc}",
        )

    async def _joined(self, socket: ClientConnection) -> tuple[Registration, list[str]]:
        """The registration, and what was said in the same breath as our JOIN."""
        registration = Registration(
            dialect=self._dialect,
            channel=self._channel,
            nick=self._nick,
            token=self._token,
        )
        try:
            talk = self._talk(socket, registration)
            return registration, await within(self._clock, _JOIN_WITHIN, talk)
        except TimeoutError as error:
            raise self._why.unreachable("没有应答", "no answer") from error
        except ConnectionClosed as error:
            raise self._why.closed() from error

    async def _talk(
        self, socket: ClientConnection, registration: Registration
    ) -> list[str]:
        for line in registration.begin():
            await socket.send(line)
        odd = 0
        while True:
            try:
                heard = list(lines(await socket.recv()))
            except NotUnderstood as error:
                raise self._why.broken() from error
            for number, line in enumerate(heard, 1):
                try:
                    message = parse(line)
                except NotUnderstood as error:
                    odd += 1
                    if odd > _ODD_MOST:
                        raise self._why.broken() from error
                    continue
                for answer in registration.take(message):
                    await socket.send(answer)
                if registration.failure is not None:
                    raise self._why.refused(registration.failure)
                if message.command == "ERROR":
                    raise self._why.closed(codec.plain(message.last))
                if registration.joined:
                    return heard[number:]

    def _link(
        self,
        socket: ClientConnection,
        registration: Registration,
        *,
        odd: Callable[[str], None],
    ) -> IrcLink:
        opened = self._opened()
        return IrcLink(
            socket,
            opened,
            codec.Reading(
                scene=Scene(
                    platform=self._dialect.platform,
                    room=RoomName(self._room),
                    broadcast=opened.broadcast,
                ),
                channel=self._channel,
                nick=registration.nick,
                dialect=self._dialect,
                key_of=self._book.key_for,
                fresh=f"{self._channel}:{self._clock.now().timestamp():.6f}:",
            ),
            registration.capabilities,
            why=self._why,
            book=self._book,
            pace=self._pace,
            clock=self._clock,
            odd=odd,
        )

    def _opened(self) -> Opened:
        """IRC has no broadcasts: a channel's day is one, so that a cut link greets nobody twice."""
        can = {Capability.ENTER}
        if self._token or self._dialect.asks_first:
            can.add(Capability.ROOM_CHAT)
        if self._dialect.private:
            can.add(Capability.PRIVATE)
        day = self._clock.now().date().isoformat()
        return Opened(
            broadcast=BroadcastId(f"{self._channel}:{day}"),
            capabilities=frozenset(can),
            limits=self._dialect.limits(self._channel),
            idempotent_send=False,
        )
