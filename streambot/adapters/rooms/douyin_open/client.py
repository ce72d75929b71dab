"""Client of Douyin's open platform: asks for pushes while a link is open, and reads them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
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
        room_id: str = "",
        room_id_file: Path | None = None,
        secret: str,
        push_secret: str,
        clock: Clock,
        key_of: Callable[[str, str], ViewerKey],
        shared: SharedByRooms,
        api: str = "",
    ) -> None:
        self._room = room
        self._url = url
        self._given = room_id
        self._file = room_id_file
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
        room_id = self._on_air.chosen = await self._room_id()
        link, begun = self._link(heard), list[str]()
        async with self._listening(link):
            try:
                await self._begin(room_id, begun, heard)
                if after is not None:
                    now = self._clock.now()
                    link.tell(LinkChanged(at=now, link=Link.GAP, after=after))
                async with self._watched(link, room_id, begun):
                    yield link
            finally:
                await self._end(room_id, begun)

    @asynccontextmanager
    async def _watched(
        self, link: DouyinLink, room_id: str, begun: list[str]
    ) -> AsyncIterator[None]:
        """Have the platform asked about its pushing; where we began none there is none to ask of."""
        if not room_id:
            yield
            return
        watching = asyncio.create_task(
            link.watch(self._api, room_id, begun, self._room_id), name="douyin watch"
        )
        try:
            yield
        finally:
            watching.cancel()
            (end,) = await asyncio.gather(watching, return_exceptions=True)
            if isinstance(end, Exception):
                raise end

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
        room_id = await self._room_id()
        if room_id:
            await self._api.state(room_id, COMMENT)
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

    async def _room_id(self) -> str:
        """The roomid of this broadcast; empty: whichever is pushed.

        Raises:
            RoomUnreachable: nobody wrote it down yet.
        """
        if self._file is None:
            return self._given
        room_id = await asyncio.to_thread(_first_line, self._file)
        if not room_id:
            raise self._why.no_room_id(self._file.name)
        return room_id

    async def _begin(
        self, room_id: str, begun: list[str], odd: Callable[[str], None]
    ) -> None:
        """Ask for every kind; an app without one of the others still has its comments."""
        if not room_id:
            await self._api.token()
            return
        for kind in KINDS:
            try:
                await self._api.start(room_id, kind)
                begun.append(kind)
            except RoomUnreachable:
                if kind == COMMENT:
                    raise
                odd(f"not_pushed_{kind}")

    async def _end(self, room_id: str, begun: list[str]) -> None:
        """End the platform's work; what can't be ended now ends with the broadcast."""

        async def stop_all() -> None:
            for kind in begun:
                with suppress(RoomUnreachable):
                    await self._api.stop(room_id, kind)

        with suppress(RoomError, TimeoutError):
            await within(self._clock, _STOP_WITHIN, stop_all())

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
            broadcast=BroadcastId(self._on_air.chosen or self._on_air.room or day),
            capabilities=frozenset(),
            limits=_UNUSED,
            idempotent_send=False,
        )


def _first_line(file: Path) -> str:
    """What somebody wrote down; empty where there is nothing to read."""
    try:
        return file.read_text(encoding="utf-8-sig").strip().split("\n")[0].strip()[:100]
    except (OSError, UnicodeDecodeError):
        return ""
