"""Client of Douyin's open platform: asks for pushes while a link is open, and reads them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from streambot.adapters.rooms.douyin_open.api import Api, Tokens
from streambot.adapters.rooms.douyin_open.codec import (
    COMMENT,
    KINDS,
    DouyinReading,
    OnAir,
)
from streambot.adapters.rooms.douyin_open.gate import Gate
from streambot.adapters.rooms.douyin_open.hooks import Hooks
from streambot.adapters.rooms.douyin_open.link import DouyinLink
from streambot.adapters.rooms.douyin_open.why import Why
from streambot.adapters.rooms.json_frame import Room
from streambot.adapters.rooms.oddities import Oddities
from streambot.adapters.rooms.within import within
from streambot.domain.events import Link, LinkChanged
from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId, SendLimits
from streambot.domain.viewer import ViewerKey
from streambot.errors import RoomError, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.ports.connector import Met, Opened

_STOP_WITHIN: Final = timedelta(seconds=3)
#: Never used, since nothing is written.
_UNUSED: Final = SendLimits(lines=10, per=timedelta(seconds=1), line_length=500)


@dataclass(slots=True, kw_only=True)
class SharedByRooms:
    """What the rooms of one bot share: the ports listened on, and each app's token."""

    hooks: Hooks = field(default_factory=Hooks)
    _tokens: dict[str, Tokens] = field(default_factory=dict)

    def tokens(self, app_id: str) -> Tokens:
        """The token of an app."""
        return self._tokens.setdefault(app_id, Tokens())


class DouyinConnector:
    """Opens links to one room; without *room_id* it follows the one that is pushed."""

    def __init__(
        self,
        *,
        room: str,
        url: str,
        app_id: str,
        room_id: str,
        secret: str,
        push_secret: str,
        clock: Clock,
        key_of: Callable[[str, str], ViewerKey],
        shared: SharedByRooms,
        api: str = "",
    ) -> None:
        self._room = room
        self._url = url
        self._room_id = room_id
        self._clock = clock
        self._key_of = key_of
        self._shared = shared
        self._why = Why(room=room, url=url)
        self._gate = Gate(push_secret)
        self._on_air = OnAir(chosen=room_id)
        self._oddities = Oddities(room)
        self._api = Api(
            app_id=app_id,
            secret=secret,
            elsewhere=api,
            tokens=shared.tokens(app_id),
            clock=clock,
            why=self._why,
        )
        self.address = url  # where pushes arrive; with port 0 known once a link is open

    @asynccontextmanager
    async def open(
        self, after: EventId | None, *, odd: Callable[[str], None] | None = None
    ) -> AsyncIterator[DouyinLink]:
        """A link; what was pushed while there was none is lost, so behind *after* is a gap.

        Raises:
            RoomUnreachable: the platform pushes nothing now, or we can't listen.
            RoomRefused: app id or secret is wrong.
        """
        heard = self._oddities.heard_by(odd)
        link = self._link(heard)
        async with self._listening(link):
            watching = None
            try:
                await self._started(heard)
                if after is not None:
                    now = self._clock.now()
                    link.tell(LinkChanged(at=now, link=Link.GAP, after=after))
                if self._room_id:
                    watching = asyncio.create_task(
                        link.watch(self._api, self._room_id), name="douyin watch"
                    )
                yield link
            finally:
                if watching is not None:
                    watching.cancel()
                    await asyncio.gather(watching, return_exceptions=True)
                await self._stopped()

    async def meet(self, *, join: bool) -> Met:
        """See whether app id and secret are right, and whether pushes could arrive.

        Beside a running bot (*join* false) nothing is tried: its token would be shortened.

        Raises:
            RoomUnreachable: the platform can't be asked, or we can't listen.
            RoomRefused: app id or secret is wrong.
        """
        if not join:
            return Met(speaks=True)
        await self._api.token()
        async with self._listening(self._link(lambda _: None)):
            pass
        if self._room_id:
            await self._api.state(self._room_id, COMMENT)
        return Met(speaks=True, opened=self._opened())

    @asynccontextmanager
    async def _listening(self, link: DouyinLink) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            hook = self._shared.hooks.receiving(self._url, link, self._clock)
            try:
                self.address = await stack.enter_async_context(hook)
            except OSError as error:
                raise self._why.unheard() from error
            yield

    async def _started(self, odd: Callable[[str], None]) -> None:
        """Ask for every kind; an app without one of the others still has its comments."""
        if not self._room_id:
            await self._api.token()
            return
        await self._api.start(self._room_id, COMMENT)
        for kind in KINDS[1:]:
            try:
                await self._api.start(self._room_id, kind)
            except RoomUnreachable:
                odd(f"not_pushed_{kind}")

    async def _stopped(self) -> None:
        """End the platform's work; what can't be ended now ends with the broadcast."""
        if not self._room_id:
            return
        with suppress(RoomError, TimeoutError):
            await within(self._clock, _STOP_WITHIN, self._stop_all())

    async def _stop_all(self) -> None:
        for kind in KINDS:
            with suppress(RoomUnreachable):
                await self._api.stop(self._room_id, kind)

    def _link(self, odd: Callable[[str], None]) -> DouyinLink:
        fresh = f"{self._room}:{self._clock.now().timestamp():.6f}:"
        room = Room(name=self._room, key_of=self._key_of, fresh=fresh)
        return DouyinLink(
            self._opened(),
            DouyinReading(room=room, on_air=self._on_air, odd=odd),
            self._gate,
            why=self._why,
            clock=self._clock,
            odd=odd,
        )

    def _opened(self) -> Opened:
        day = self._clock.now().date().isoformat()
        return Opened(
            broadcast=BroadcastId(self._room_id or self._on_air.room or day),
            capabilities=frozenset(),
            limits=_UNUSED,
            idempotent_send=False,
        )
