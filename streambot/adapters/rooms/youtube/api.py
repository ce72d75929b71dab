"""Api: the few calls of YouTube's Data API that live chat needs, each booked, authorised, worded."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final, Literal

import aiohttp

from streambot.adapters.rooms.http_date import date_of
from streambot.adapters.rooms.within import within
from streambot.adapters.rooms.youtube.ledger import Ledger
from streambot.adapters.rooms.youtube.oauth import Tokens
from streambot.adapters.rooms.youtube.quota import LOOK_UP_COSTS, READ_COSTS
from streambot.adapters.rooms.youtube.told import NotUnderstood, Told
from streambot.adapters.rooms.youtube.web import Answer, NeverSent, Web, whole
from streambot.adapters.rooms.youtube.why import (
    FINAL,
    NOT_LET_IN,
    QUOTA_OVER,
    TOO_FAST,
    Why,
    has_sentence,
)
from streambot.errors import RoomError, RoomRefused
from streambot.ports.clock import Clock

#: The address that the API's own description names.
BASE: Final = "https://youtube.googleapis.com"
#: A stream that says nothing for so long is asked for anew; a dead one shows by that.
ANSWER_WITHIN: Final = timedelta(seconds=45)
_WORD_WITHIN: Final = timedelta(seconds=15)
_PARTS: Final = "id,snippet,authorDetails"
_MESSAGES: Final = "/youtube/v3/liveChat/messages"
#: What a server says that has no stream to give, or takes its path for no method.
_NO_STREAM: Final = frozenset({404, 405, 501})


class Refused(Exception):
    """The platform said no; ``wait`` in seconds where it names a pause."""

    def __init__(
        self, status: int, reason: str, said: str, wait: float | None = None
    ) -> None:
        self.status, self.reason, self.said, self.wait = status, reason, said, wait
        super().__init__(reason)


class NoStream(Exception):
    """The platform doesn't stream here: it has to be asked again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What became of a line: its id, or why there is none; ``None`` both: nobody knows.

    ``ends``: it never left, since we are let in no more.
    """

    line: str | None = None
    refused: Refused | None = None
    never_left: bool = False
    ends: RoomError | None = None


class Api:
    """One room's calls; *web* lives as long as this."""

    def __init__(
        self,
        web: Web,
        base: str,
        tokens: Tokens,
        ledger: Ledger,
        *,
        why: Why,
        clock: Clock,
    ) -> None:
        self._web = web
        self._base = base.rstrip("/")
        self._tokens = tokens
        self.ledger = ledger
        self._why = why
        self._clock = clock

    async def look_up(self, what: str, **params: str) -> Told:
        """A list of channels, videos or broadcasts.

        Raises:
            RoomError: there is none.
        """
        await self._book(LOOK_UP_COSTS)
        try:
            return await self._told("GET", f"/youtube/v3/{what}", params=params)
        except Refused as no:
            raise await self.worded(no) from no

    async def poll(self, chat: str, token: str) -> tuple[Told, datetime | None]:
        """What is new in a chat, once, and the platform's time of that.

        Raises:
            RoomUnreachable: there is no answer.
            Refused: the platform said no.
        """
        await self._book(READ_COSTS)
        answer = await self._told_at("GET", _MESSAGES, params=_place(chat, token))
        await self.ledger.served()
        return answer

    async def stream(self, chat: str, token: str) -> aiohttp.ClientResponse:
        """What is new in a chat, as it comes.

        Raises:
            RoomUnreachable: there is no answer.
            Refused: the platform said no.
            NoStream: there is nothing but polling here.
        """
        await self._book(READ_COSTS)
        path, params = f"{_MESSAGES}/stream", _place(chat, token)
        response = await self._sent("GET", path, params=params)
        if response.status == HTTPStatus.OK:
            await self.ledger.served()
            return response
        answer = await self._whole(response)
        refused = _refused(answer)
        if answer.status in _NO_STREAM and not refused.reason.startswith("liveChat"):
            raise NoStream
        raise refused

    async def insert(self, chat: str, text: str, *, urgent: bool) -> Line:
        """Write a line, once; booked before it leaves."""
        if not await self.ledger.write(urgent=urgent):
            return Line(refused=Refused(403, "quotaExceeded", ""))
        asked = {
            "snippet": {
                "liveChatId": chat,
                "type": "textMessageEvent",
                "textMessageDetails": {"messageText": text},
            }
        }
        how: dict[str, Any] = {"params": {"part": "snippet"}, "json": asked}
        try:
            told = await self._told("POST", _MESSAGES, _WORD_WITHIN, **how)
        except Refused as no:
            if no.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                return Line()  # it may have been taken before that
            if no.reason == NOT_LET_IN:  # nor was the line, then
                await self.ledger.unwrite()
                return Line(never_left=True)
            if no.reason in QUOTA_OVER:
                await self.ledger.end()
            return Line(refused=no)
        except RoomError as error:
            if not isinstance(error.__cause__, NeverSent):
                return Line()
            await self.ledger.unwrite()
            refused = isinstance(error, RoomRefused) and error.code == FINAL
            return Line(never_left=True, ends=error if refused else None)
        await self.ledger.served()
        return Line(line=told.text("id") or None)

    async def reach(self) -> None:
        """Whether something answers at the platform's address, whatever it says.

        Raises:
            RoomUnreachable: nothing does.
        """
        (await self._web.open("GET", self._base, _WORD_WITHIN)).close()

    def renew_token(self) -> None:
        """The token is no longer good, whatever was said of how long it is."""
        self._tokens.drop()

    async def worded(self, no: Refused) -> RoomError:
        """What a refusal means for the link; a quota that is used up is remembered."""
        if no.reason in QUOTA_OVER:
            await self.ledger.end()
            return self._used_up()
        if no.reason == NOT_LET_IN:
            return self._why.not_let_in()
        if no.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return self._why.unreachable(f"HTTP {no.status}", f"HTTP {no.status}")
        return self._why.refused(no.reason, no.said)

    async def _book(self, cost: int) -> None:
        """Room for a call that reads, or an end of asking until there is some again."""
        if not await self.ledger.read(cost):
            raise self._used_up()

    def _used_up(self) -> RoomError:
        return self._why.used_up(self.ledger.spent.back_at(self._clock.now()))

    async def _told(
        self,
        method: Literal["GET", "POST"],
        path: str,
        span: timedelta = ANSWER_WITHIN,
        **how: Any,
    ) -> Told:
        return (await self._told_at(method, path, span, **how))[0]

    async def _told_at(
        self,
        method: Literal["GET", "POST"],
        path: str,
        span: timedelta = ANSWER_WITHIN,
        **how: Any,
    ) -> tuple[Told, datetime | None]:
        answer = await self._whole(await self._sent(method, path, span, **how), span)
        if answer.status != HTTPStatus.OK:
            raise _refused(answer)
        try:
            return Told.of(answer.body), date_of(answer.headers)
        except NotUnderstood as error:
            raise self._why.broken() from error

    async def _whole(
        self, response: aiohttp.ClientResponse, span: timedelta = ANSWER_WITHIN
    ) -> Answer:
        try:
            async with response:
                return await within(self._clock, span, whole(response))
        except TimeoutError as error:
            raise self._why.silent() from error
        except (aiohttp.ClientError, OSError) as error:
            raise self._why.closed() from error

    async def _sent(
        self,
        method: Literal["GET", "POST"],
        path: str,
        span: timedelta = ANSWER_WITHIN,
        **how: Any,
    ) -> aiohttp.ClientResponse:
        """An answer to a request with a good token; one that is refused is renewed once."""
        for again in (True, False):
            try:
                token = await self._tokens.get(self._web)
            except RoomError as error:
                raise error from NeverSent()  # the request itself didn't leave
            headers = {"Authorization": f"Bearer {token}"}
            response = await self._web.open(
                method, self._base + path, span, headers=headers, **how
            )
            if response.status != HTTPStatus.UNAUTHORIZED:
                return response
            self._tokens.forget(token)
            if not again:
                return response
            response.close()
        raise AssertionError("the second answer is given")


def _place(chat: str, token: str) -> dict[str, str]:
    place = {"liveChatId": chat, "part": _PARTS}
    return {**place, "pageToken": token} if token else place


def _refused(answer: Answer) -> Refused:
    """Why, in the platform's one word; a 401 without a sentence of its own has ours."""
    told = Told({})
    with suppress(NotUnderstood):
        told = Told.of(answer.body)
    return refusal(told.inner("error"), answer.status, answer.headers)


def refusal(
    error: Told, status: int, headers: Mapping[str, str] | None = None
) -> Refused:
    """The same of an error object, which may also come within a stream."""
    status = error.number("code") or status
    reason = next((each.text("reason") for each in error.each("errors")), "")
    reason = reason or next((each.text("reason") for each in error.each("details")), "")
    reason = reason or error.text("status")
    if status == HTTPStatus.UNAUTHORIZED and not has_sentence(reason):
        reason = NOT_LET_IN
    elif status == HTTPStatus.TOO_MANY_REQUESTS and reason not in QUOTA_OVER | TOO_FAST:
        reason = "rateLimitExceeded"
    wait = (headers or {}).get("Retry-After", "")
    seconds = (
        min(3600.0, float(wait[:9])) if wait.isascii() and wait.isdigit() else None
    )
    return Refused(status, reason, error.text("message"), seconds)
