"""DouyinPlatform: a stand-in for the open platform - tokens, tasks, and pushes signed as it signs.

It is ours, so it proves nothing about the platform; the signature is held against the published
vector elsewhere.
"""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import md5
from itertools import count
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler

APP, SECRET, PUSH_SECRET = "tt1234567890abcdef", "an-app-secret", "a-push-secret"
ROOM_ID = "7434500000000000001"


def item(number: int, name: str = "小雨", **more: Any) -> dict[str, Any]:
    """One thing that a viewer did."""
    who = {"msg_id": f"m-{number}", "sec_openid": f"o-{name}", "nickname": name}
    return {**who, "avatar_url": "", "timestamp": 1_700_000_000_000, **more}


@dataclass(slots=True)
class DouyinPlatform:
    """What the platform knows, and what was asked of it."""

    calls: list[tuple[str, str]] = field(default_factory=list)
    running: set[str] = field(default_factory=set)
    lacking: set[str] = field(default_factory=set)  # kinds without the capability
    rooms: tuple[str, ...] = (ROOM_ID,)
    on_air: bool = True
    valid: str = ""  # the token in force
    lasts: int = 7200
    is_down: bool = False
    in_pieces: bool = False  # what it answers comes so
    url: str = ""
    _numbers: count[int] = field(default_factory=lambda: count(1))

    @property
    def asked(self) -> Counter[str]:
        """How often each thing was asked."""
        return Counter(what for what, _ in self.calls)

    async def token(self, request: web.Request) -> web.StreamResponse:
        """POST /api/apps/v2/token."""
        about = await request.json()
        self.calls.append(("token", ""))
        if (about["appid"], about["secret"]) != (APP, SECRET):
            return web.json_response({"err_no": 40017, "err_tips": "bad secret"})
        self.valid = f"token-{next(self._numbers)}"
        data = {"access_token": self.valid, "expires_in": self.lasts}
        told = {"err_no": 0, "err_tips": "success", "data": data}
        if self.in_pieces:
            return await _in_pieces(request, json.dumps(told).encode())
        return web.json_response(told)

    async def task(self, request: web.Request) -> web.Response:
        """POST start and stop, GET get."""
        what = request.match_info["what"]
        about = request.query if what == "get" else await request.json()
        kind = about["msg_type"]
        self.calls.append((what, kind))
        data: dict[str, Any] = {}
        if request.headers.get("access-token") != self.valid:
            return web.json_response({"err_no": 40022, "err_msg": "token"})
        if what == "get":
            state = (3 if kind in self.running else 2) if self.on_air else 1
            data = {"status": state}
        elif what == "stop":
            self.running.discard(kind)
        elif (
            not self.on_air or kind in self.lacking or about["roomid"] not in self.rooms
        ):
            return web.json_response({"err_no": 5003019, "err_msg": "no"})
        else:
            self.running.add(kind)
            data = {"task_id": "763535353"}
        return web.json_response({"err_no": 0, "err_msg": "ok", "data": data})


async def _in_pieces(request: web.Request, body: bytes) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Type": "application/json"})
    answer.content_length = len(body)
    await answer.prepare(request)
    for piece in (body[:20], body[20:]):
        await answer.write(piece)
        for _ in range(20):  # turns of the loop in which it is read
            await asyncio.sleep(0)
    return answer


@asynccontextmanager
async def serving_douyin() -> AsyncIterator[DouyinPlatform]:
    """The platform on a free port."""
    platform = DouyinPlatform()

    @web.middleware
    async def up(request: web.Request, handler: Handler) -> web.StreamResponse:
        return web.Response(status=503) if platform.is_down else await handler(request)

    app = web.Application(middlewares=[up])
    app.router.add_post("/api/apps/v2/token", platform.token)
    app.router.add_route("*", "/api/live_data/task/{what}", platform.task)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        platform.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield platform
    finally:
        await runner.cleanup()


def signed(
    body: bytes,
    *,
    kind: str = "live_comment",
    nonce: str = "n-1",
    room: str = ROOM_ID,
    at: datetime | None = None,
    secret: str = PUSH_SECRET,
) -> dict[str, str]:
    """The header fields of a push, written from the platform's own words alone."""
    fields = {
        "x-nonce-str": nonce,
        "x-timestamp": str(int((at or datetime.now(UTC)).timestamp() * 1000)),
        "x-roomid": room,
        "x-msg-type": kind,
    }
    text = "&".join(f"{name}={fields[name]}" for name in sorted(fields)).encode()
    made = b64encode(md5(text + body + secret.encode()).digest()).decode()
    return {**fields, "x-signature": made, "content-type": "application/json"}


async def push(
    http: aiohttp.ClientSession,
    url: str,
    *items: dict[str, Any],
    headers: dict[str, str] | None = None,
    **about: Any,
) -> int:
    """The status that a push of *items* is answered with."""
    body = json.dumps(list(items), ensure_ascii=False).encode()
    made = signed(body, **about) if headers is None else headers
    async with http.post(url, data=body, headers=made) as answer:
        return answer.status
