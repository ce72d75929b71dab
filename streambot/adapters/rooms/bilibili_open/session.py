"""Session: one start at the open platform, its heartbeat and its end, over signed HTTP."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeVar

import aiohttp
import msgspec
import structlog

from streambot.adapters.rooms.bilibili_open.sign import signed_headers
from streambot.adapters.rooms.bilibili_open.their_time import TheirTime
from streambot.adapters.rooms.bilibili_open.why import Why
from streambot.adapters.rooms.http import whole_body
from streambot.adapters.rooms.http_date import date_of
from streambot.adapters.rooms.json_frame import UNREADABLE
from streambot.adapters.rooms.within import within
from streambot.errors import RoomError
from streambot.ports.clock import Clock

_log = structlog.get_logger()

_ANSWER_WITHIN = timedelta(seconds=10)
#: A stop waits no longer for the platform's word on the end.
_END_WITHIN = timedelta(seconds=3)
#: The platform ends a session that it hears nothing of for 60 s.
_BEAT_EVERY = timedelta(seconds=20)
_BEATS_LOST_MOST = 3
#: No answer is longer.
_ANSWER_BYTES = 256 * 1024
_NOT_RUNNING = frozenset({7000, 7003})
#: The signature is too old, or from the future.
_WRONG_TIME = 4003

T = TypeVar("T")


class _Info(msgspec.Struct):
    """``game_id`` is empty for projects that need no heartbeat and no end."""

    game_id: str | None = ""


class _Sockets(msgspec.Struct):
    auth_body: str
    wss_link: list[str]


class _Anchor(msgspec.Struct):
    room_id: int = 0
    open_id: str | None = ""
    uname: str | None = ""


class _Started(msgspec.Struct):
    websocket_info: _Sockets
    game_info: _Info = msgspec.field(default_factory=_Info)
    anchor_info: _Anchor = msgspec.field(default_factory=_Anchor)


class _Beaten(msgspec.Struct):
    failed_game_ids: list[str] | None = None


class _Answer(msgspec.Struct):
    code: int
    message: str | None = ""
    data: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"null"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What a start gave."""

    game: str
    auth: str = field(repr=False)  # said to the socket word for word
    sockets: tuple[str, ...]
    room: int
    anchor: str = field(repr=False)
    anchor_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who asks, and for which host's room."""

    app_id: int
    key_id: str
    secret: str = field(repr=False)
    code: str = field(repr=False)


class Refused(Exception):
    """The platform said no to a start; the connector words it and remembers."""

    def __init__(self, code: int, said: str) -> None:
        self.code, self.said = code, said
        super().__init__(code)


class OpenPlatform:
    """The platform's HTTP side for one room; *http* lives as long as this."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        base: str,
        access: Access,
        *,
        why: Why,
        clock: Clock,
        time: TheirTime,
    ) -> None:
        self._http = http
        self._base = base.rstrip("/")
        self._access = access
        self._why = why
        self._clock = clock
        self._time = time

    async def start(self) -> Session:
        """Have the platform push the room's messages; broken off, nothing is left running.

        Raises:
            RoomUnreachable: there is no answer.
            Refused: the answer is no.
            ProtocolBroken: what answers is not the platform.
        """
        starting = asyncio.ensure_future(self._start())
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            with suppress(TimeoutError, RoomError, Refused):
                await self.end(await within(self._clock, _END_WITHIN, starting))
            raise

    async def _start(self) -> Session:
        asked = {"code": self._access.code, "app_id": self._access.app_id}
        answer = await self._ask("/v2/app/start", asked, _ANSWER_WITHIN)
        if answer.code != 0:
            raise Refused(answer.code, answer.message or "")
        try:
            told = msgspec.json.decode(answer.data, type=_Started, strict=False)
        except UNREADABLE as error:
            raise self._why.broken() from error
        links = tuple(
            link
            for link in told.websocket_info.wss_link
            if link.startswith(("wss://", "ws://"))
        )
        if not links:
            raise self._why.broken()
        return Session(
            game=told.game_info.game_id or "",
            auth=told.websocket_info.auth_body,
            sockets=links,
            room=told.anchor_info.room_id,
            anchor=told.anchor_info.open_id or "",
            anchor_name=told.anchor_info.uname or "",
        )

    async def beat(self, game: str) -> bool:
        """Keep a session alive; returns when that fails: whether the platform says it is over."""
        lost = 0
        while lost < _BEATS_LOST_MOST:
            await self._clock.sleep(_BEAT_EVERY)
            try:
                answer = await self._ask(
                    "/v2/app/heartbeat", {"game_id": game}, _ANSWER_WITHIN
                )
            except RoomError as error:
                lost += 1
                _log.warning("heartbeat_lost", room=self._why.room, error=str(error))
                continue
            if answer.code in _NOT_RUNNING or game in _failed(answer):
                return True
            lost = 0 if answer.code == 0 else lost + 1
        return False

    async def end(self, session: Session) -> None:
        """Give the room free, so that it can be started again at once; never raises."""
        if not session.game:
            return
        asked = {"app_id": self._access.app_id, "game_id": session.game}
        try:
            answer = await self._ask("/v2/app/end", asked, _END_WITHIN)
        except RoomError as error:
            _log.warning("session_not_ended", room=self._why.room, error=str(error))
            return
        if answer.code not in {0, *_NOT_RUNNING}:
            _log.warning("session_not_ended", room=self._why.room, code=answer.code)

    async def reach(self) -> None:
        """Whether something answers at the platform's address, whatever it says.

        Raises:
            RoomUnreachable: nothing does.
        """
        await self._timed(self._get(), _ANSWER_WITHIN)

    async def _get(self) -> bytes:
        async with self._http.get(self._base, allow_redirects=False) as response:
            return await response.content.read(1)

    async def _ask(self, path: str, asked: Any, span: timedelta) -> _Answer:
        """The answer; refused for our clock's sake, we ask once more by the platform's."""
        body = msgspec.json.encode(asked)
        answer, date = await self._answered(path, body, span)
        if answer.code == _WRONG_TIME and self._time.told(date):
            _log.warning("clock_is_off", room=self._why.room, theirs=f"{date}")
            answer, _ = await self._answered(path, body, span)
        return answer

    async def _answered(
        self, path: str, body: bytes, span: timedelta
    ) -> tuple[_Answer, datetime | None]:
        """What the platform says, and at what time of its own."""
        raw, date = await self._timed(self._post(path, body), span)
        try:
            return msgspec.json.decode(raw, type=_Answer, strict=False), date
        except UNREADABLE as error:
            raise self._why.broken() from error

    async def _post(self, path: str, body: bytes) -> tuple[bytes, datetime | None]:
        headers = signed_headers(
            body,
            key_id=self._access.key_id,
            secret=self._access.secret,
            nonce=secrets.token_hex(16),
            at=self._time.now(),
        )
        url = self._base + path
        async with self._http.post(
            url, data=body, headers=headers, allow_redirects=False
        ) as response:
            if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                status = f"HTTP {response.status}"
                raise self._why.unreachable(status, status)
            try:
                raw = await whole_body(response, _ANSWER_BYTES)
            except ValueError as error:
                raise self._why.broken() from error
            return raw, date_of(response.headers)

    async def _timed(self, asking: Awaitable[T], span: timedelta) -> T:
        try:
            return await within(self._clock, span, asking)
        except TimeoutError as error:
            raise self._why.unreachable("没有应答", "no answer") from error
        except (aiohttp.InvalidURL, ValueError) as error:
            raise self._why.unreachable("地址写错了", "not an address") from error
        except (aiohttp.ClientError, OSError) as error:
            raise self._why.unreachable("连接被拒绝", "connection refused") from error


def _failed(answer: _Answer) -> list[str]:
    """The sessions that a heartbeat names as dead; ``null`` means none."""
    try:
        told = msgspec.json.decode(answer.data, type=_Beaten | None, strict=False)
    except UNREADABLE:
        return []
    return (told.failed_game_ids if told else None) or []
