"""Api: asks the platform for tokens and for pushes to begin and end, timed by the Clock alone."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Final

import aiohttp
import msgspec

from streambot.adapters.rooms.douyin_open.why import BAD_TOKEN, Why
from streambot.adapters.rooms.within import within
from streambot.ports.clock import Clock

WEBCAST: Final = "https://webcast.bytedance.com"
TOKENS: Final = "https://developer.toutiao.com"
_ANSWER_WITHIN: Final = timedelta(seconds=10)
#: A token is renewed so long before its end.
_EARLY: Final = timedelta(minutes=10)
_ANSWER_BYTES: Final = 64 * 1024


class TaskState(IntEnum):
    """How the platform's pushing of one kind stands; anything else counts as gone."""

    GONE = 1
    NOT_STARTED = 2
    RUNNING = 3


class _Data(msgspec.Struct, frozen=True):
    access_token: str = ""
    expires_in: float = 0
    status: int = 0


class _Reply(msgspec.Struct, frozen=True):
    err_no: int = 0
    data: _Data | None = None


_decoder: msgspec.json.Decoder[_Reply] = msgspec.json.Decoder(_Reply)


class Tokens:
    """One app's token, for all its rooms: getting one anew shortens the life of the last."""

    def __init__(self) -> None:
        self.token = ""
        self.until: datetime | None = None
        self.turn = asyncio.Lock()


class Api:
    """One room's talk with the platform.

    ``elsewhere`` is another address for both services, such as a gateway's.
    """

    def __init__(
        self,
        *,
        app_id: str,
        secret: str,
        elsewhere: str,
        tokens: Tokens,
        clock: Clock,
        why: Why,
    ) -> None:
        self._app_id = app_id
        self._secret = secret
        self._webcast = elsewhere.rstrip("/") or WEBCAST
        self._token_service = elsewhere.rstrip("/") or TOKENS
        self._tokens = tokens
        self._clock = clock
        self._why = why

    async def start(self, room_id: str, kind: str) -> None:
        """Have what happens in a room pushed; asking again changes nothing.

        Raises:
            RoomRefused: app id or secret is wrong.
            RoomUnreachable: the room isn't on air, lacks the capability, or nobody answered.
        """
        await self._task("start", room_id, kind)

    async def stop(self, room_id: str, kind: str) -> None:
        """End it.

        Raises:
            RoomError: as for ``start``.
        """
        await self._task("stop", room_id, kind)

    async def state(self, room_id: str, kind: str) -> TaskState:
        """How it stands.

        Raises:
            RoomError: as for ``start``.
        """
        reply = await self._task("get", room_id, kind)
        known = {each.value: each for each in TaskState}
        return known.get(reply.status, TaskState.GONE)

    async def token(self) -> str:
        """A token with some life left.

        Raises:
            RoomRefused: app id or secret is wrong.
            RoomUnreachable: nobody answered.
        """
        held = self._tokens
        async with held.turn:
            now = self._clock.now()
            if held.until is None or now >= held.until - _EARLY:
                asked = {
                    "appid": self._app_id,
                    "secret": self._secret,
                    "grant_type": "client_credential",
                }
                url = f"{self._token_service}/api/apps/v2/token"
                data = _taken(await self._ask("POST", url, json=asked), self._why)
                held.token = data.access_token
                held.until = now + timedelta(seconds=min(data.expires_in, 86_400))
            return held.token

    async def _task(self, what: str, room_id: str, kind: str) -> _Data:
        about = {"roomid": room_id, "appid": self._app_id, "msg_type": kind}
        url = f"{self._webcast}/api/live_data/task/{what}"
        for last in (False, True):
            headers = {"access-token": await self.token()}
            headers["content-type"] = "application/json"
            if what == "get":
                reply = await self._ask("GET", url, params=about, headers=headers)
            else:
                reply = await self._ask("POST", url, json=about, headers=headers)
            if reply.err_no != BAD_TOKEN or last:
                break
            if self._tokens.token == headers["access-token"]:
                self._tokens.until = (
                    None  # somebody else got one: ours is worth nothing
                )
        return _taken(reply, self._why)

    async def _ask(self, method: str, url: str, **more: Any) -> _Reply:
        try:
            body = await within(
                self._clock, _ANSWER_WITHIN, self._body(method, url, **more)
            )
            return _decoder.decode(body)
        except TimeoutError as error:
            raise self._why.unreachable("没有应答", "no answer") from error
        except (aiohttp.ClientError, OSError) as error:
            raise self._why.unreachable("连接失败", "no connection") from error
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise self._why.unreachable("应答看不懂", "no answer of its") from error

    async def _body(self, method: str, url: str, **more: Any) -> bytes:
        none = aiohttp.ClientTimeout(total=None)
        async with (
            aiohttp.ClientSession(timeout=none) as session,
            session.request(method, url, allow_redirects=False, **more) as answer,
        ):
            body = b""
            async for piece in answer.content.iter_chunked(_ANSWER_BYTES):
                body += piece
                if len(body) > _ANSWER_BYTES:
                    break  # cut, it is no answer of theirs
            return body


def _taken(reply: _Reply, why: Why) -> _Data:
    if reply.err_no:
        raise why.refused(reply.err_no)
    return reply.data or _Data()
