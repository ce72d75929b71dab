"""Douyin's stand-in as a peer of those cases of the conformance suite that a pushed room has.

There is no link to be cut, silent or half open: each push is a call of its own.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import aiohttp

from streambot.adapters.rooms.douyin_open.client import DouyinConnector, SharedByRooms
from streambot.adapters.rooms.douyin_open.codec import BODY_BYTES, COMMENT
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.testing.conformance import Feature, Happening
from tests.adapters.rooms.douyin_platform import (
    APP,
    PUSH_SECRET,
    ROOM_ID,
    SECRET,
    DouyinPlatform,
    serving_douyin,
    signed,
)

LACKS = frozenset(
    {
        *(Feature.ENTERS, Feature.HISTORY, Feature.RESUME, Feature.REVOKE),
        *(Feature.WRITES, Feature.REFUSALS, Feature.PENALTY, Feature.UNCERTAIN),
    }
)
#: Cases about a link that stays open between two things told.
OF_LINKS = frozenset({"gap", "silence_past_keepalive", "half_open_link"})


class DouyinPeer:
    """One room whose happenings are pushed, a push each."""

    secret = SECRET
    written: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()

    def __init__(
        self, platform: DouyinPlatform, http: aiohttp.ClientSession, clock: Clock
    ) -> None:
        self.platform = platform
        self._http = http
        self._clock = clock
        self._secret = SECRET
        self._numbers = count(1)
        self._connector: DouyinConnector | None = None
        self._pushed: deque[tuple[bytes, dict[str, str]]] = deque(maxlen=20)

    def connector(self) -> DouyinConnector:
        """A new one, listening on a free port."""
        self._connector = DouyinConnector(
            room="demo",
            url="http://127.0.0.1:0/douyin",
            app_id=APP,
            room_id=ROOM_ID,
            secret=self._secret,
            push_secret=PUSH_SECRET,
            clock=self._clock,
            key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
            shared=SharedByRooms(),
            api=self.platform.url,
        )
        return self._connector

    @property
    def is_pushing(self) -> bool:
        """Whether the platform was asked to."""
        return COMMENT in self.platform.running

    async def _push(self, body: bytes, kind: str = COMMENT) -> None:
        nonce = f"n-{next(self._numbers)}"
        headers = signed(body, kind=kind, nonce=nonce, at=self._clock.now())
        if await self._post(body, headers) == 200:
            self._pushed.append((body, headers))

    async def _post(self, body: bytes, headers: dict[str, str]) -> int:
        assert self._connector is not None
        url = self._connector.address
        async with self._http.post(url, data=body, headers=headers) as answer:
            await answer.read()
            return answer.status

    async def replay(self) -> None:
        """The last pushes once more, byte for byte; each is turned away."""
        for body, headers in list(self._pushed):
            assert await self._post(body, headers) in {401, 409}

    async def forge(self) -> None:
        """A push whose body somebody changed on its way."""
        body = b'[{"msg_id": "f", "content": "hello"}]'
        headers = signed(body, nonce="forged", at=self._clock.now())
        assert await self._post(body.replace(b"hello", b"pwned"), headers) == 401

    async def tell(self, *happenings: Happening) -> None:
        """All in one push, if the platform pushes; who comes in is not told, so they say a word."""
        if not self.is_pushing:
            return
        told: list[dict[str, Any]] = [
            {
                "msg_id": each.mark,
                "sec_openid": each.viewer,
                "nickname": each.viewer,
                "content": "来啦" if each.text is None else each.text,
                "timestamp": int(each.at.timestamp() * 1000),
            }
            for each in happenings
        ]
        await self._push(json.dumps(told).encode())

    async def tell_unknown(self) -> None:
        """A kind that nobody knows."""
        await self._push(b"[]", kind=f"live_dance{next(self._numbers)}")

    async def tell_malformed(self) -> None:
        """No JSON, and signed."""
        await self._push(b"[nonsense")

    async def tell_oversized(self) -> None:
        """More than a body may hold."""
        await self._push(b"[" + b" " * BODY_BYTES)

    async def deny(self) -> None:
        """The app has another secret now."""
        self._secret = "an-old-secret"

    async def left(self) -> bool:
        """With its tasks ended."""
        return not self.platform.running

    async def cut(self) -> None:
        """There is no link."""

    async def fall_silent(self) -> None:
        """There is no link."""

    async def stop_reading(self) -> None:
        """There is no link."""

    async def forget(self) -> None:
        """Nothing is kept anyway."""

    async def revoke(self) -> None:
        """There is no link to be told of it."""

    async def refuse_next(self) -> None:
        """Nothing can be written."""

    async def penalise_next(self, seconds: float) -> None:
        """Nothing can be written."""

    async def die_after_next(self) -> None:
        """Nothing can be written."""


@asynccontextmanager
async def serving_douyin_peer(clock: Clock) -> AsyncIterator[DouyinPeer]:
    """The platform on a free port."""
    async with serving_douyin() as platform, aiohttp.ClientSession() as http:
        yield DouyinPeer(platform, http, clock)
