"""Client of YouTube's live chat: finds the broadcast, opens its chat, goes on where it was left."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from streambot.adapters.rooms.inbox import Inbox
from streambot.adapters.rooms.oddities import Oddities
from streambot.adapters.rooms.on_time import OnTime
from streambot.adapters.rooms.youtube.api import BASE, Api, Refused
from streambot.adapters.rooms.youtube.codec import PLATFORM, Reading
from streambot.adapters.rooms.youtube.ledger import Ledger
from streambot.adapters.rooms.youtube.link import YouTubeLink, permitted
from streambot.adapters.rooms.youtube.oauth import TOKEN_URL, Access, Tokens
from streambot.adapters.rooms.youtube.own_lines import OwnLines
from streambot.adapters.rooms.youtube.quota import (
    LOOK_UP_COSTS,
    READ_COSTS,
    Standing,
)
from streambot.adapters.rooms.youtube.reader import Place, Reader
from streambot.adapters.rooms.youtube.told import Told
from streambot.adapters.rooms.youtube.web import Web
from streambot.adapters.rooms.youtube.why import (
    FINAL,
    TOO_FAST,
    Why,
    few_lines,
    no_lines,
)
from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId, Capability, RoomName, Scene, SendLimits
from streambot.domain.viewer import ViewerKey
from streambot.errors import RoomRefused, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.ports.connector import Check, Met, Opened

#: How often a broadcast that isn't there is looked for.
_LOOK_AGAIN: Final = timedelta(seconds=60)
#: So many links may be opened as soon as can be; beyond, each waits for its share of the quota.
_QUICK_OPENS: Final = 10
_QUICK_WITHIN: Final = timedelta(minutes=5)
#: Documented is the length alone; the pace is ours, below what gets an account slowed down.
LIMITS: Final = SendLimits(lines=10, per=timedelta(seconds=30), line_length=200)
_CAN: Final = frozenset({Capability.ROOM_CHAT, Capability.ECHO})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    """The channel that we write as."""

    channel: str
    names: tuple[str, ...]


class YouTubeConnector:
    """Opens links to the chat of *video*, else of whatever the channel broadcasts now."""

    def __init__(
        self,
        *,
        room: str,
        access: Access,
        video: str = "",
        ledger: Ledger,
        clock: Clock,
        key_of: Callable[[str, str], ViewerKey],
        base: str = BASE,
    ) -> None:
        self._room = room
        self._video = video
        self._ledger = ledger
        self._clock = clock
        self._key_of = key_of
        self._base = base
        self._why = Why(room=room, url=base)
        token_url = TOKEN_URL if base == BASE else f"{base.rstrip('/')}/token"
        self._tokens = Tokens(access, token_url, self._why, clock)
        self._oddities = Oddities(room)
        self._lines = OwnLines()
        self._on_time = OnTime()
        self._own: _Own | None = None
        self._place: Place | None = None
        self._refused: RoomRefused | None = None  # for good: it isn't asked again
        self._not_before: datetime | None = None
        self._opens: list[datetime] = []

    @asynccontextmanager
    async def open(
        self, after: EventId | None, *, odd: Callable[[str], None] | None = None
    ) -> AsyncIterator[YouTubeLink]:
        """A link that goes on behind *after*: by the platform's token, else by its recent history.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the platform said no, nobody is live, or the quota is used up.
        """
        if self._refused is not None:
            raise self._refused
        await self._ledger.look()
        await self._pause()
        async with Web(self._why, self._clock) as web:
            api = self._api(web)
            try:
                own, place = await self._found(api)
                if not place.goes_on_from(after):
                    place.token, place.last = "", None
                inbox = Inbox()
                reading = Reading(
                    scene=Scene(
                        platform=PLATFORM,
                        room=RoomName(self._room),
                        broadcast=place.broadcast,
                    ),
                    host=place.host,
                    own=own.channel,
                    names=own.names,
                    key_of=self._key_of,
                    lines=self._lines,
                    on_time=self._on_time,
                    odd=self._oddities.heard_by(odd),
                    after=after,
                )
                reader = Reader(
                    api, place, reading, inbox, why=self._why, clock=self._clock
                )
                await reader.begin()
            except RoomRefused as refused:
                self._remember(refused)
                raise
            except RoomUnreachable:
                if self._place is not None and self._place.over:
                    self._look_later()
                raise
            link = YouTubeLink(
                _opened(place),
                place,
                reader,
                inbox,
                api,
                lines=self._lines,
                why=self._why,
                clock=self._clock,
            )
            try:
                async with link:
                    yield link
            finally:
                reader.close()
                if place.over:
                    self._look_later()

    async def meet(self, *, join: bool) -> Met:
        """Try the room out; without *join* only whether the platform is there.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the platform said no, nobody is live, or the quota is used up.
        """
        await self._ledger.look()
        async with Web(self._why, self._clock) as web:
            api = self._api(web)
            if not join:
                await api.reach()
                return Met(speaks=True, checks=(self._left(),))
            _, place = await self._found(api)
            opened = permitted(_opened(place), self._ledger.standing)
            return Met(speaks=True, opened=opened, checks=(self._left(),))

    def _api(self, web: Web) -> Api:
        return Api(
            web,
            self._base,
            self._tokens,
            self._ledger,
            why=self._why,
            clock=self._clock,
        )

    async def _pause(self) -> None:
        """Wait out what the platform asked for, and go slowly where links die at once."""
        now = self._clock.now()
        if self._not_before is not None and self._not_before > now:
            await self._clock.sleep(self._not_before - now)
        self._opens = [at for at in self._opens if now - at < _QUICK_WITHIN]
        if len(self._opens) >= _QUICK_OPENS:
            await self._clock.sleep(self._pace(READ_COSTS))
        self._opens.append(self._clock.now())

    def _pace(self, cost: int) -> timedelta:
        ledger = self._ledger
        return ledger.spent.pace(ledger.quota, cost, self._clock.now())

    def _remember(self, refused: RoomRefused) -> None:
        """A refusal for good is not asked for again; others are, a while later."""
        if refused.code == FINAL:
            self._refused = refused
            return
        if self._place is None or self._place.over:
            self._look_later()
            return
        no = refused.__cause__
        asked = no.wait if isinstance(no, Refused) and no.reason in TOO_FAST else None
        self._not_before = self._clock.now() + timedelta(seconds=asked or 10)

    def _look_later(self) -> None:
        """Nobody is live: that is looked at again in a minute, or later where that costs much."""
        wait = max(_LOOK_AGAIN, self._pace(LOOK_UP_COSTS))
        self._not_before = self._clock.now() + wait

    async def _found(self, api: Api) -> tuple[_Own, Place]:
        """Who we are, and the chat that is read: looked up once, and again when it is over."""
        if self._own is None:
            told = await api.look_up("channels", part="id,snippet", mine="true")
            mine = next(told.each("items"), Told({}))
            snippet = mine.inner("snippet")
            names = (snippet.text("title"), snippet.text("customUrl").lstrip("@"))
            self._own = _Own(
                channel=mine.text("id"), names=tuple(each for each in names if each)
            )
        if self._place is None or self._place.over:
            before, self._place = self._place, None
            self._place = await self._broadcast(api)
            if before is not None and before.chat == self._place.chat:
                self._place = replace(before, over=False)  # only the picture was away
        return self._own, self._place

    async def _broadcast(self, api: Api) -> Place:
        if self._video:
            told = await api.look_up(
                "videos", part="id,snippet,liveStreamingDetails", id=self._video
            )
        else:
            told = await api.look_up(
                "liveBroadcasts",
                part="id,snippet",
                broadcastStatus="active",
                broadcastType="all",
            )
        for each in told.each("items"):
            snippet = each.inner("snippet")
            chat = snippet.text("liveChatId", 1000) or each.inner(
                "liveStreamingDetails"
            ).text("activeLiveChatId", 1000)
            if chat:
                return Place(
                    chat=chat,
                    host=snippet.text("channelId"),
                    broadcast=BroadcastId(each.text("id") or chat[:200]),
                )
        raise self._why.not_live(self._video)

    def _left(self) -> Check:
        """What is left of the quota, for a check-up."""
        spent, quota = self._ledger.spent, self._ledger.quota
        left, standing = spent.lines_left(quota), spent.standing(quota)
        match standing:
            case Standing.URGENT:
                zh, en = few_lines(left)
            case Standing.NOTHING:
                zh, en = no_lines(spent.back_at(self._clock.now()))
            case _:
                used = spent.reading + spent.writing
                zh = f"YouTube 配额今天用了 {used} / {quota.units}，还能发 {left} 条。"
                en = (
                    f"{used} of {quota.units} units of today's YouTube quota are used; "
                    f"{left} lines fit."
                )
        good = standing is Standing.ALL
        return Check(name="quota", good=good, zh=zh, en=en, needed=False)


def _opened(place: Place) -> Opened:
    return Opened(
        broadcast=place.broadcast,
        capabilities=_CAN,
        limits=LIMITS,
        idempotent_send=False,
    )
