"""Client of Twitch: a checked token, a socket of EventSub, its topics, all by the Clock alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from streambot.adapters.rooms.address_book import AddressBook
from streambot.adapters.rooms.dial import dial
from streambot.adapters.rooms.http import open_http
from streambot.adapters.rooms.oddities import Oddities
from streambot.adapters.rooms.pace import Pace
from streambot.adapters.rooms.twitch import codec, frames, visit
from streambot.adapters.rooms.twitch.helix import Helix
from streambot.adapters.rooms.twitch.http import Http
from streambot.adapters.rooms.twitch.keyring import Keyring
from streambot.adapters.rooms.twitch.link import TwitchLink
from streambot.adapters.rooms.twitch.places import places
from streambot.adapters.rooms.twitch.tokens import TokenPlace
from streambot.adapters.rooms.twitch.told import Told
from streambot.adapters.rooms.twitch.topics import READ, TOPICS, WRITE, Topic
from streambot.adapters.rooms.twitch.why import Why
from streambot.adapters.rooms.within import within
from streambot.domain.events import Link, LinkChanged
from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId, Capability, RoomName, Scene, SendLimits
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.ports.connector import Met, Opened

_WELCOME_WITHIN = timedelta(seconds=10)
#: Twitch closes a socket without a topic after ten seconds.
_TOPICS_WITHIN = timedelta(seconds=9)
#: 20 lines in 30 s are allowed; two are kept in hand for what the network brings closer together.
_LIMITS: Final = SendLimits(lines=18, per=timedelta(seconds=30), line_length=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What is known before a socket is opened."""

    keyring: Keyring
    helix: Helix
    validity: frames.Validity


class TwitchConnector:
    """Opens links to one channel."""

    def __init__(
        self,
        *,
        room: str,
        url: str,
        channel: str,
        client_id: str,
        tokens: TokenPlace,
        clock: Clock,
        key_of: Callable[[str, str], ViewerKey],
    ) -> None:
        self._room = room
        self._places = places(url)
        self._channel = channel.removeprefix("#").lower()
        self._client_id = client_id
        self._tokens = tokens
        self._clock = clock
        self._why = Why(room=room, url=url, channel=self._channel)
        self._book = AddressBook(key_of, None)
        self._pace = Pace(_LIMITS)
        self._told = Told()
        self._oddities = Oddities(room)

    @asynccontextmanager
    async def open(
        self, after: EventId | None, *, odd: Callable[[str], None] | None = None
    ) -> AsyncIterator[TwitchLink]:
        """A link; EventSub repeats nothing, so where *after* is known there is a gap behind it.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the token is no good, or the channel lets us not in.
        """
        heard = self._oddities.heard_by(odd)
        async with AsyncExitStack() as stack:
            entry = await self._entered(stack)
            scopes = set(entry.validity.scopes or [])
            if READ not in scopes:
                raise self._why.lacks(READ)
            broadcaster = await entry.helix.broadcaster(self._channel)
            stream = await entry.helix.stream(broadcaster)
            socket, session = await self._connected(self._places.socket)
            stack.push_async_callback(socket.close)
            await self._subscribe(entry, session, broadcaster, heard)
            link = self._link(
                entry, socket, session, self._reading(entry, broadcaster, stream), heard
            )
            if after is not None:
                now = self._clock.now()
                link.tell(LinkChanged(at=now, link=Link.GAP, after=after))
            async with link:
                yield link

    async def meet(self, *, join: bool) -> Met:
        """Look at the token, its permissions one by one, and the channel; say nothing there.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the token is no good, or there is no such channel.
        """
        async with AsyncExitStack() as stack:
            if not join:
                socket, _ = await self._connected(self._places.socket)
                await socket.close()
                return Met(speaks=True)
            entry = await self._entered(stack)
            checks = visit.checks(
                entry.validity, await asyncio.to_thread(self._tokens.load)
            )
            broadcaster = await entry.helix.broadcaster(self._channel)
            stream = await entry.helix.stream(broadcaster)
            socket, _ = await self._connected(self._places.socket)
            await socket.close()
            able = all(check.good or not check.needed for check in checks)
            opened = self._opened(entry.validity, stream) if able else None
            return Met(speaks=True, opened=opened, checks=checks)

    async def _entered(self, stack: AsyncExitStack) -> _Entry:
        session = await stack.enter_async_context(open_http())
        http = Http(session, self._clock)
        keyring = Keyring(
            self._tokens,
            http,
            self._why,
            login=self._places.login,
            client_id=self._client_id,
        )
        validity = await keyring.check()
        helix = Helix(self._places.helix, keyring, self._why)
        return _Entry(keyring=keyring, helix=helix, validity=validity)

    async def _connected(self, url: str) -> tuple[ClientConnection, frames.Session]:
        """A socket and what it said first."""
        if not self._places.may_move_to(url):
            raise self._why.unreachable("换连接的地址不可信", "led elsewhere")
        socket = await dial(url, self._clock, self._why.unreachable)
        try:
            welcome = await within(self._clock, _WELCOME_WITHIN, socket.recv())
            frame = codec.decode(welcome)
        except TimeoutError as error:
            await socket.close()
            raise self._why.unreachable("没有应答", "no welcome") from error
        except ConnectionClosed as error:
            code = error.rcvd.code if error.rcvd else None
            raise self._why.closed(code) from error
        except codec.NotUnderstood as error:
            await socket.close()
            raise self._why.broken() from error
        session = frame.payload.session
        if frame.metadata.message_type != "session_welcome" or session is None:
            await socket.close()
            raise self._why.broken()
        return socket, session

    async def _subscribe(
        self,
        entry: _Entry,
        session: frames.Session,
        broadcaster: str,
        odd: Callable[[str], None],
    ) -> None:
        """The chat first, for which the link is; what else may be told, at once behind it."""
        us, scopes = entry.validity.user_id, set(entry.validity.scopes or [])

        async def ask(topic: Topic) -> None:
            if not await entry.helix.subscribe(topic, session.id, broadcaster, us):
                odd("topic_refused")

        async def ask_all() -> None:
            await ask(TOPICS[0])
            allowed = [each for each in TOPICS[1:] if each.scope in {None, *scopes}]
            await asyncio.gather(*map(ask, allowed))

        try:
            await within(self._clock, _TOPICS_WITHIN, ask_all())
        except TimeoutError as error:
            raise self._why.unreachable("订阅没有应答", "no answer") from error

    def _reading(self, entry: _Entry, broadcaster: str, stream: str) -> codec.Reading:
        opened = self._opened(entry.validity, stream)
        return codec.Reading(
            scene=Scene(
                platform=codec.PLATFORM,
                room=RoomName(self._room),
                broadcast=opened.broadcast,
            ),
            broadcaster=broadcaster,
            account=entry.validity.user_id,
            login=entry.validity.login,
            key_of=self._book.key_for,
        )

    def _link(
        self,
        entry: _Entry,
        socket: ClientConnection,
        session: frames.Session,
        reading: codec.Reading,
        odd: Callable[[str], None],
    ) -> TwitchLink:
        return TwitchLink(
            socket,
            session,
            self._opened(entry.validity, reading.scene.broadcast),
            reading,
            move=self._connected,
            helix=entry.helix,
            keyring=entry.keyring,
            told=self._told,
            why=self._why,
            pace=self._pace,
            clock=self._clock,
            odd=odd,
        )

    def _opened(self, validity: frames.Validity, stream: str) -> Opened:
        """Between two broadcasts a channel's day is one, so that a cut link greets nobody twice."""
        can = {Capability.ECHO}
        if WRITE in (validity.scopes or []):
            can.add(Capability.ROOM_CHAT)
        day = self._clock.now().date().isoformat()
        return Opened(
            broadcast=BroadcastId(stream or f"{self._channel}:{day}"),
            capabilities=frozenset(can),
            limits=_LIMITS,
            idempotent_send=False,
        )
