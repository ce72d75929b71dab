"""An emulator of Bilibili's open platform: signed HTTP, framed sockets, and every way it fails.

Third-party clients pass it first (tests/peers/test_bilibili.py); it shares no code with ours.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import struct
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import count
from typing import Any

import brotli
from aiohttp import ClientConnectionResetError, WSMsgType, web

from streambot.adapters.clock import SystemClock
from streambot.ports.clock import Clock

KEY_ID, SECRET, CODE, APP_ID = "key-id", "key-secret", "ABCDEFGH1234", 1794955890126
ROOM_ID, HOST = 100, "host-open-id"
_SIGNED = [
    "x-bili-accesskeyid",
    "x-bili-content-md5",
    "x-bili-signature-method",
    "x-bili-signature-nonce",
    "x-bili-signature-version",
    "x-bili-timestamp",
]
_HEARD_OF_FOR = timedelta(seconds=60)
_SESSIONS_MOST = 5


def packet(op: int, body: bytes, version: int = 0) -> bytes:
    """One packet as the platform writes it."""
    return struct.pack(">I2H2I", 16 + len(body), 16, version, op, 0) + body


def message(cmd: str, **data: Any) -> bytes:
    """A message's packet."""
    told = {"cmd": f"LIVE_OPEN_PLATFORM_{cmd}", "data": data}
    return packet(5, json.dumps(told, ensure_ascii=False).encode())


@dataclass(slots=True)
class Game:
    """One session and the sockets that follow it."""

    game: str
    auth: str
    heard_at: datetime
    over: bool = False
    sockets: list[web.WebSocketResponse] = field(default_factory=list)


class BilibiliServer:
    """The platform, its one room, and what it was asked; ``asked`` counts paths and codes."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.games: dict[str, Game] = {}
        self.asked: Counter[str] = Counter()
        self.ended: list[str] = []
        self.beats: Counter[str] = Counter()
        self.refuse: list[int] = []  # codes of the next starts
        self.down = ""  # a path that is out of order
        self.garbled: dict[str, bytes] = {}  # said at a path in place of its word
        self.let_in = b'{"code":0}'  # said on the socket to who may be there
        self.hold: asyncio.Event | None = None  # answers wait for it
        self._deaf: set[web.WebSocketResponse] = set()
        self.code = CODE
        self.tells_time = True  # in an answer's Date
        self.without_game = False  # as for projects that need none
        self.url = ""
        self.packing = "zlib"  # or brotli: of several messages in one go
        self._nonces: set[str] = set()
        self._numbers = count(1)
        self._stamps = count(1)
        self._changed = asyncio.Event()

    # --- what happens in the room ------------------------------------------------------

    @property
    def live(self) -> list[web.WebSocketResponse]:
        """Every socket that was let in and is open."""
        games = [game for game in self.games.values() if not game.over]
        sockets = [each for game in games for each in game.sockets]
        return [each for each in sockets if not each.closed]

    async def say(self, *packets: bytes) -> None:
        """Push packets to everybody, packed together as a busy room's are."""
        frame = b"".join(packets)
        if len(packets) > 2:
            zipped = self.packing == "zlib"
            pack = zlib.compress if zipped else brotli.compress
            frame = packet(5, pack(frame), 2 if zipped else 3)
        for socket in self.live:
            if socket not in self._deaf:
                with suppress(ClientConnectionResetError):  # cut a moment ago
                    await socket.send_bytes(frame)

    def about(self, name: str, **more: Any) -> dict[str, Any]:
        """What a message about a viewer holds."""
        return {
            "open_id": f"open-{name}",
            "uname": name,
            "uface": "https://i0.example/face.jpg",
            "union_id": None,
            "room_id": ROOM_ID,
            "timestamp": int(self.clock.now().timestamp()),
            "msg_id": f"msg-{next(self._stamps)}",
            **more,
        }

    def enter(self, name: str, **more: Any) -> bytes:
        """Somebody comes in."""
        return message("LIVE_ROOM_ENTER", **self.about(name, **more))

    def line(self, name: str, text: str, **more: Any) -> bytes:
        """Somebody writes."""
        about = {
            "msg": text,
            "dm_type": 0,
            "emoji_img_url": "",
            "guard_level": 0,
            "is_admin": 0,
            "fans_medal_level": 0,
            "fans_medal_name": "",
            "fans_medal_wearing_status": False,
            "reply_open_id": "",
            "reply_uname": "",
        }
        return message("DM", **self.about(name, **{**about, **more}))

    async def interaction_end(self) -> None:
        """The platform ends every session by itself."""
        for game in self.games.values():
            if not game.over:
                over = message("INTERACTION_END", game_id=game.game, timestamp=1)
                for socket in game.sockets:
                    if not socket.closed:
                        await socket.send_bytes(over)
                game.over = True

    def cut(self) -> None:
        """Every socket dies without a word."""
        for transport in self._transports():
            transport.abort()

    def fall_silent(self) -> None:
        """No open socket gets a word any more."""
        self._deaf.update(self.live)

    def pause(self) -> None:
        """Nothing is read from any open socket, and nothing said."""
        self.fall_silent()
        for transport in self._transports():
            transport.pause_reading()

    def _transports(self) -> list[asyncio.Transport]:
        games = self.games.values()
        requests = [each._req for game in games for each in game.sockets]
        return [each.transport for each in requests if each and each.transport]

    async def until(self, holds: Callable[[BilibiliServer], bool]) -> None:
        """Return once *holds*, looked at after each thing that happens."""
        while not holds(self):
            self._changed.clear()
            await self._changed.wait()

    # --- HTTP --------------------------------------------------------------------------

    def _verified(self, request: web.Request, body: bytes) -> int:
        """0, or the code by which the platform refuses a request."""
        told = request.headers
        if told.get("x-bili-accesskeyid") != KEY_ID:
            return 4001
        text = "\n".join(f"{name}:{told.get(name, '')}" for name in _SIGNED)
        mark = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
        now = self.clock.now().timestamp()
        nonce = told.get("x-bili-signature-nonce", "")
        checks = {
            4011: told.get("Content-Type") == "application/json",
            4013: told.get("Accept") == "application/json",
            4012: told.get("x-bili-content-md5") == hashlib.md5(body).hexdigest(),
            4005: told.get("x-bili-signature-method") == "HMAC-SHA256",
            4006: told.get("x-bili-signature-version") == "1.0",
            4002: hmac.compare_digest(told.get("Authorization", ""), mark),
            4003: abs(float(told.get("x-bili-timestamp", 0)) - now) < 600,
            4004: bool(nonce) and nonce not in self._nonces,
        }
        self._nonces.add(nonce)
        return next((code for code, holds in checks.items() if not holds), 0)

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        path = request.path.removeprefix("/v2/app/")
        if path == self.down:
            self.asked[path] += 1
            return web.Response(status=502)
        if path in self.garbled:
            self.asked[path] += 1
            self._changed.set()
            return web.Response(body=self.garbled[path])
        self._expire()
        code = self._verified(request, body)
        data: Any = None
        if code == 0:
            code, data = getattr(self, f"_{path}")(json.loads(body))
        self.asked[path] += 1
        self.asked[f"{path} {code}"] += 1
        self._changed.set()
        if self.hold is not None:
            await self.hold.wait()
        told = {"code": code, "message": str(code), "request_id": "1", "data": data}
        date = format_datetime(self.clock.now(), usegmt=True)
        return web.json_response(
            told, headers={"Date": date if self.tells_time else "now"}
        )

    def _start(self, asked: dict[str, Any]) -> tuple[int, Any]:
        if type(asked.get("app_id")) is not int:
            return -400, None
        if self.refuse:
            return self.refuse.pop(0), None
        if asked["app_id"] != APP_ID:
            return 8002, None
        if asked["code"] != self.code:
            return 7007, None
        if sum(not game.over for game in self.games.values()) >= _SESSIONS_MOST:
            return 7010, None
        number = next(self._numbers)
        auth = json.dumps(
            {"roomid": ROOM_ID, "key": f"k{number}"}, separators=(",", ":")
        )
        game = Game(f"game-{number}", auth, self.clock.now())
        self.games[game.game] = game
        wss = self.url.replace("http", "ws") + "sub"
        return 0, {
            "game_info": {"game_id": "" if self.without_game else game.game},
            "websocket_info": {"auth_body": auth, "wss_link": [wss, wss]},
            "anchor_info": {
                "room_id": ROOM_ID, "uid": 0, "open_id": HOST, "uname": "小店", "uface": "",
            },
        }  # fmt: skip

    def _heartbeat(self, asked: dict[str, Any]) -> tuple[int, Any]:
        game = self.games.get(asked["game_id"])
        if game is None or game.over:
            return 7003, None
        game.heard_at = self.clock.now()
        self.beats[game.game] += 1
        return 0, {"failed_game_ids": None}

    def _end(self, asked: dict[str, Any]) -> tuple[int, Any]:
        game = self.games.get(asked["game_id"])
        if type(asked.get("app_id")) is not int:
            return -400, None
        if game is None or game.over:
            return 7000, None
        game.over = True
        self.ended.append(game.game)
        return 0, None

    def _expire(self) -> None:
        """Sessions that nothing was heard of for a minute are over, and push no more."""
        now = self.clock.now()
        for game in self.games.values():
            if not self.without_game and now - game.heard_at > _HEARD_OF_FOR:
                game.over = True

    # --- sockets -----------------------------------------------------------------------

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        async for told in socket:
            if told.type is not WSMsgType.BINARY:
                break
            size, header, _, op, _ = struct.unpack_from(">I2H2I", told.data)
            body = told.data[header:size]
            if op == 7:
                await self._let_in(socket, body.decode())
            elif op == 2 and socket not in self._deaf:
                # The echo of what was said stands behind the packet, uncounted.
                await socket.send_bytes(packet(3, struct.pack(">I", 1), 1) + body)
            self._changed.set()
        self._changed.set()
        return socket

    async def _let_in(self, socket: web.WebSocketResponse, auth: str) -> None:
        game = next((each for each in self.games.values() if each.auth == auth), None)
        if game is None or game.over:
            await socket.send_bytes(packet(8, b'{"code":-101}', 1))
            await socket.close()
            return
        await socket.send_bytes(packet(8, self.let_in, 1))
        game.sockets.append(socket)


@asynccontextmanager
async def serving_bilibili(clock: Clock | None = None) -> AsyncIterator[BilibiliServer]:
    """The platform on a free port."""
    platform = BilibiliServer(clock)
    app = web.Application()
    app.router.add_post("/v2/app/{what:start|heartbeat|end}", platform._answer)
    app.router.add_get("/sub", platform._socket)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    platform.url = f"http://{host}:{port}/"
    try:
        yield platform
    finally:
        await runner.cleanup()
