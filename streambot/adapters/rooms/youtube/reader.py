"""Reader: follows one chat - by a stream that is renewed when it ends or says nothing, else by polls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

import aiohttp
import structlog

from streambot.adapters.rooms.http_date import date_of
from streambot.adapters.rooms.inbox import Inbox
from streambot.adapters.rooms.within import within
from streambot.adapters.rooms.youtube.api import Api, NoStream, Refused, refusal
from streambot.adapters.rooms.youtube.codec import Reading
from streambot.adapters.rooms.youtube.pieces import Pieces
from streambot.adapters.rooms.youtube.quota import READ_COSTS
from streambot.adapters.rooms.youtube.told import NotUnderstood, Told
from streambot.adapters.rooms.youtube.why import CHAT_OVER, Why
from streambot.domain.events import FromRoom
from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId
from streambot.ports.clock import Clock

_log = structlog.get_logger()

#: A stream that says nothing for so long is opened anew, to know that somebody is there.
QUIET: Final = timedelta(seconds=60)
_LEAST_PAUSE: Final = timedelta(seconds=1)


@dataclass(slots=True, kw_only=True)
class Place:
    """A chat, and how far it was read; kept from one link to the next."""

    chat: str
    host: str
    broadcast: BroadcastId
    token: str = ""
    last: EventId | None = None  # the event before *token*
    polls: bool = False  # there is no stream here
    over: bool = False

    def goes_on_from(self, after: EventId | None) -> bool:
        """Whether *token* leads on from *after*; what was read and never decided is read again."""
        return bool(self.token) and (self.last is None or self.last == after)


class Reader:
    """One link's; ``begin`` before the link counts as open, then ``run``."""

    def __init__(
        self,
        api: Api,
        place: Place,
        reading: Reading,
        inbox: Inbox,
        *,
        why: Why,
        clock: Clock,
    ) -> None:
        self._api = api
        self._place = place
        self._reading = reading
        self._inbox = inbox
        self._why = why
        self._clock = clock
        self._response: aiohttp.ClientResponse | None = None
        self._polled: Told | None = None
        self._wait = timedelta()
        self._opened_at = clock.now()

    async def begin(self) -> None:
        """Open the stream, or poll once.

        Raises:
            RoomError: that failed; a chat that was read before and is over now is no failure yet.
        """
        known = bool(self._place.token)
        await self._open()
        if self._place.over and not known:
            raise self._why.ended()

    async def run(self) -> None:
        """Read until the link is over.

        Raises:
            RoomError: it is.
        """
        try:
            while not self._place.over:
                if self._response is not None:
                    await self._stream()
                elif self._polled is not None:
                    self._take(self._polled)
                    await self._inbox.has_room()
                if not self._place.over:
                    await self._clock.sleep(self._pause())
                    await self._open()
            self._inbox.give(*self._reading.ended(self._clock.now()))
            raise self._why.ended()
        finally:
            self.close()

    def close(self) -> None:
        """Leave the stream."""
        if self._response is not None:
            self._response.close()
            self._response = None

    async def _open(self) -> None:
        self.close()
        self._opened_at = self._clock.now()
        place = self._place
        try:
            if not place.polls:
                try:
                    self._response = await self._api.stream(place.chat, place.token)
                    date = date_of(self._response.headers)
                    self._reading.on_time.answered(date, self._clock.now())
                    self._begins(date)
                    return
                except NoStream:
                    place.polls = True
                    _log.warning("no_stream_polling", room=self._why.room)
            self._polled, date = await self._api.poll(place.chat, place.token)
            self._reading.on_time.answered(date, self._clock.now())
            self._begins(None)  # a poll's answer holds nothing newer than itself
        except Refused as no:
            await self._refused(no)

    def _begins(self, since: datetime | None) -> None:
        """Nothing says where to go on: the first time that it was asked so is where reading begins."""
        if not self._place.token and not self._reading.anew:
            self._reading.anew, self._reading.since = True, since

    async def _refused(self, no: Refused) -> None:
        if no.reason in CHAT_OVER:
            self._place.over = True
            if no.reason != "liveChatDisabled":
                return
        elif no.status == HTTPStatus.BAD_REQUEST and self._place.token:
            # Whatever it is called: of what is asked, the token alone can be wrong.
            self._place.token = ""
            raise self._why.lost_place() from no
        raise await self._api.worded(no) from no

    async def _stream(self) -> None:
        """Everything that one stream says, and those that take its place while it is silent."""
        pieces = Pieces()
        while self._response is not None and not self._place.over:
            try:
                data = await within(
                    self._clock, self._quiet(), self._response.content.readany()
                )
            except TimeoutError:
                if self._may_ask():
                    await self._open()
                    pieces = Pieces()
                continue
            except (aiohttp.ClientError, OSError) as error:
                raise self._why.closed() from error
            if not data:
                return
            for piece in pieces.feed(data):
                await self._hear(piece)
            await self._inbox.has_room()

    async def _hear(self, piece: bytes | str) -> None:
        try:
            if isinstance(piece, str):
                raise NotUnderstood(piece)
            told = Told.of(piece)
        except NotUnderstood as what:
            self._reading.odd(str(what))
            return
        if "error" in told:
            no = refusal(told.inner("error"), 0)
            if no.status == HTTPStatus.UNAUTHORIZED:  # a token ran out under way
                self._api.renew_token()
                raise self._why.closed()
            await self._refused(no)
        else:
            self._take(told)

    def _take(self, told: Told) -> None:
        page = self._reading.page(told, self._clock.now())
        self._wait = page.wait
        if page.over:
            self._place.over = True
        elif page.token:
            self._place.token = page.token
        for event in page.events:
            if isinstance(event, FromRoom):
                self._place.last = event.id
        self._inbox.give(*page.events)

    def _may_ask(self) -> bool:
        """Reading that has used up its part of the quota, or may have, keeps to the stream it has."""
        ledger = self._api.ledger
        spent = ledger.spent
        return not spent.in_doubt and spent.may_read(ledger.quota, READ_COSTS)

    def _pace(self) -> timedelta:
        ledger = self._api.ledger
        return ledger.spent.pace(ledger.quota, READ_COSTS, self._clock.now())

    def _quiet(self) -> timedelta:
        return max(QUIET, self._pace())

    def _pause(self) -> timedelta:
        """How long to wait before asking again."""
        lived = self._clock.now() - self._opened_at
        wait = self._wait if self._place.polls else timedelta()
        return max(_LEAST_PAUSE, max(wait, self._pace()) - lived)
