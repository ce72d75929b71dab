"""Client of the open platform: a session and a socket a link, started, kept and always ended."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

import aiohttp
import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from streambot.adapters.rooms.bilibili_open.codec import PLATFORM, OnAir, Reading
from streambot.adapters.rooms.bilibili_open.frames import (
    BrotliMissing,
    NotUnderstood,
    Odd,
    Op,
    packed,
    packets,
)
from streambot.adapters.rooms.bilibili_open.link import BilibiliLink
from streambot.adapters.rooms.bilibili_open.session import (
    Access,
    OpenPlatform,
    Refused,
    Session,
)
from streambot.adapters.rooms.bilibili_open.their_time import TheirTime
from streambot.adapters.rooms.bilibili_open.why import FINAL, PENALISED, PENALTY, Why
from streambot.adapters.rooms.dial import OPEN_WITHIN, dial
from streambot.adapters.rooms.http import open_http
from streambot.adapters.rooms.json_frame import UNREADABLE
from streambot.adapters.rooms.oddities import Oddities
from streambot.adapters.rooms.within import within
from streambot.domain.events import Link, LinkChanged
from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId, Capability, RoomName, Scene, SendLimits
from streambot.domain.viewer import ViewerKey
from streambot.errors import RoomError, RoomRefused, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.ports.connector import Met, Opened

#: What may be an identity code: not a room's number, nor a pasted sentence.
_CODE = re.compile(r"(?=.*[A-Za-z])[0-9A-Za-z]{8,40}")
#: Of the sockets that a start names, so many are tried.
_SOCKETS_MOST = 3
#: Lines are said by a person: the shop's own settings alone limit them.
_PROMPTED = SendLimits(lines=100, per=timedelta(seconds=1), line_length=1000)


class _Word(msgspec.Struct):
    code: int


class BilibiliOpenConnector:
    """Opens links to the room of one host's identity code."""

    def __init__(
        self,
        *,
        room: str,
        access: Access,
        clock: Clock,
        key_of: Callable[[str, str], ViewerKey],
        base: str,
    ) -> None:
        self._room = room
        self._access = access
        self._clock = clock
        self._key_of = key_of
        self._base = base
        self._why = Why(room=room, url=base)
        self._oddities = Oddities(room)
        self._refused: RoomRefused | None = (
            None  # for good: the platform isn't asked again
        )
        self._not_before: datetime | None = None
        self._on_air = OnAir()
        self._time = TheirTime(clock)

    @asynccontextmanager
    async def open(
        self, after: EventId | None, *, odd: Callable[[str], None] | None = None
    ) -> AsyncIterator[BilibiliLink]:
        """A link; the platform repeats nothing, so where *after* is known there is a gap behind it.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the platform said no.
        """
        if self._not_before is not None:
            await self._clock.sleep(self._not_before - self._clock.now())
        async with open_http() as http:
            platform = self._platform(http)
            session = await self._started(platform)
            link: BilibiliLink | None = None
            try:
                socket, first = await self._let_in(session)
                try:
                    link = self._link(socket, session, platform, odd)
                    if after is not None:
                        now = self._clock.now()
                        link.tell(LinkChanged(at=now, link=Link.GAP, after=after))
                    link.take(first)
                    async with link:
                        yield link
                finally:
                    await socket.close()
            finally:
                if link is None or not link.session_over:
                    await platform.end(session)

    async def meet(self, *, join: bool) -> Met:
        """Try the room out and leave; without *join* only whether the platform is there.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the platform said no.
        """
        async with open_http() as http:
            platform = self._platform(http)
            if not join:
                await platform.reach()
                return Met(speaks=True)
            session = await self._started(platform)
            try:
                socket, _ = await self._let_in(session)
                await socket.close()
                return Met(speaks=True, opened=self._opened(session))
            finally:
                await platform.end(session)

    def _platform(self, http: aiohttp.ClientSession) -> OpenPlatform:
        return OpenPlatform(
            http,
            self._base,
            self._access,
            why=self._why,
            clock=self._clock,
            time=self._time,
        )

    async def _started(self, platform: OpenPlatform) -> Session:
        """A session; a refusal for good is remembered, since asking again annoys the platform."""
        if self._refused is None and not _CODE.fullmatch(self._access.code):
            self._refused = self._why.no_code()
        if self._refused is not None:
            raise self._refused
        try:
            return await platform.start()
        except Refused as no:
            refused = self._why.refused(no.code, no.said)
            if no.code in PENALISED:
                self._not_before = self._clock.now() + PENALTY
            if refused.code == FINAL:
                self._refused = refused
            raise refused from no

    async def _let_in(self, session: Session) -> tuple[ClientConnection, bytes]:
        """A socket that took our word, and what it said to it; the first of several that does."""
        failure: RoomError = self._why.closed()
        for address in session.sockets[:_SOCKETS_MOST]:
            try:
                socket = await dial(address, self._clock, self._why.unreachable)
            except RoomUnreachable as error:
                failure = error
                continue
            try:
                talk = self._greeted(socket, session)
                return socket, await within(self._clock, OPEN_WITHIN, talk)
            except TimeoutError:
                failure = self._why.unreachable("没有应答", "no answer")
            except ConnectionClosed:
                failure = self._why.closed()
            except (NotUnderstood, BrotliMissing):
                failure = self._why.broken()
            except BaseException:
                await socket.close()
                raise
            await socket.close()
        raise failure

    async def _greeted(self, socket: ClientConnection, session: Session) -> bytes:
        await socket.send(packed(Op.AUTH, session.auth.encode()))
        while True:
            frame = await socket.recv()
            if isinstance(frame, str):
                raise NotUnderstood("no_frame")
            for packet in packets(frame):
                if isinstance(packet, Odd):
                    raise NotUnderstood(packet.name)
                if packet.op != Op.AUTH_REPLY:
                    continue
                if _code(packet.body) != 0:
                    raise self._why.unreachable(
                        "令牌失效", "the socket refused the session's token"
                    )
                await socket.send(packed(Op.HEARTBEAT))
                return frame

    def _link(
        self,
        socket: ClientConnection,
        session: Session,
        platform: OpenPlatform,
        odd: Callable[[str], None] | None,
    ) -> BilibiliLink:
        opened = self._opened(session)
        return BilibiliLink(
            socket,
            opened,
            Reading(
                scene=Scene(
                    platform=PLATFORM,
                    room=RoomName(self._room),
                    broadcast=opened.broadcast,
                ),
                anchor=session.anchor,
                anchor_name=session.anchor_name,
                key_of=self._key_of,
                on_air=self._on_air,
            ),
            game=session.game,
            keep=partial(platform.beat, session.game) if session.game else None,
            why=self._why,
            clock=self._clock,
            odd=self._oddities.heard_by(odd),
        )

    def _opened(self, session: Session) -> Opened:
        """Nobody but the host may speak; a broadcast whose start we missed is the room's day.

        That day begins at 8 in the morning in China (it is UTC's), when few rooms are open.
        """
        now = self._clock.now()
        day = BroadcastId(f"{session.room}:{now.date().isoformat()}")
        return Opened(
            broadcast=self._on_air.broadcast(now) or day,
            capabilities=frozenset({Capability.ENTER}),
            limits=_PROMPTED,
            idempotent_send=False,
        )


def _code(body: bytes) -> int:
    """What the socket says of our token; anything but a plain 0 is a no."""
    try:
        return msgspec.json.decode(body, type=_Word).code
    except UNREADABLE:
        return -1
