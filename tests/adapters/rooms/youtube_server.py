"""An emulator of YouTube's Data API for live chat: OAuth, look-ups, list, stream, insert, its quota.

A third-party client passes it first (tests/peers/test_youtube.py); it shares no code with ours.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import count
from typing import Any

from aiohttp import web

from streambot.adapters.clock import SystemClock
from streambot.ports.clock import Clock

CLIENT_ID, SECRET, REFRESH = "app.apps.googleusercontent.com", "c-secret", "r-token"
CHAT, VIDEO, HOST, BOT = "chat-1", "abcdefghijk", "UC-host", "UC-bot"
COSTS = {"list": 5, "stream": 5, "insert": 50}
_HISTORY = 75
_LASTS = timedelta(seconds=3600)
Answer = tuple[int, Any, dict[str, str]]


def failed(status: int, reason: str, **headers: str) -> Answer:
    """An error as the API words it."""
    error = {
        "code": status,
        "message": f"said: {reason}",
        "errors": [
            {"message": f"said: {reason}", "domain": "youtube", "reason": reason}
        ],
    }
    return status, {"error": error}, headers


@dataclass(slots=True, eq=False)
class Stream:
    """One open stream and how far it has told."""

    request: web.Request
    response: web.StreamResponse
    at: int
    deaf: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)


class YouTubeServer:
    """The platform, its one chat, and what it was asked; ``asked`` counts methods and statuses."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.url = ""
        self.messages: list[dict[str, Any]] = []
        self.first = 0  # older messages are forgotten
        self.asked: Counter[str] = Counter()
        self.places: list[str | None] = []  # page tokens that were asked with
        self.used = 0  # units
        self.units = 10_000
        self.next: dict[str, list[Answer]] = {}  # answers of the next calls, by method
        self.held: Counter[str] = Counter()  # so many of the next are never answered
        self.streams: list[Stream] = []
        self.has_stream = True
        self.first_late = False  # a stream's first page comes with the next message
        self.live = True
        self.wait = 5000
        self.refresh = REFRESH
        self.written: list[str] = []
        self.shown: list[str] = []
        self.echo = True
        self.die = False  # with the next line
        self.author = BOT
        self._access: dict[str, datetime] = {}
        self._numbers = count(1)
        self._changed = asyncio.Event()

    # --- what happens in the chat ------------------------------------------------------

    def item(self, kind: str, name: str, mark: str = "", **more: Any) -> dict[str, Any]:
        """One message; *more* goes into its snippet, ``author`` into its author."""
        author = more.pop("author", {})
        channel = author.pop("channelId", f"UC-{name}")
        return {
            "kind": "youtube#liveChatMessage",
            "etag": "e",
            "id": mark or f"m-{next(self._numbers)}",
            "snippet": {
                "type": kind,
                "liveChatId": CHAT,
                "authorChannelId": channel,
                "publishedAt": self.clock.now().isoformat().replace("+00:00", "Z"),
                "hasDisplayContent": True,
                **more,
            },
            "authorDetails": {
                "channelId": channel,
                "channelUrl": f"http://www.youtube.com/channel/{channel}",
                "displayName": name,
                "profileImageUrl": "https://yt3.example/p.jpg",
                "isVerified": False,
                "isChatOwner": channel == HOST,
                "isChatSponsor": False,
                "isChatModerator": False,
                **author,
            },
        }

    def line(self, name: str, text: str, mark: str = "", **more: Any) -> dict[str, Any]:
        """Somebody writes."""
        words = {"displayMessage": text, "textMessageDetails": {"messageText": text}}
        return self.item("textMessageEvent", name, mark, **words, **more)

    async def say(self, *items: dict[str, Any]) -> None:
        """These are in the chat now."""
        self.messages += items
        await self._push()

    async def _push(self) -> None:
        for stream in list(self.streams):
            if not stream.deaf and stream.at < len(self.messages):
                page = self._page(stream.at)
                stream.at = len(self.messages)
                await self._put(stream, b",\r\n" + json.dumps(page).encode())

    async def put(self, raw: bytes) -> None:
        """Bytes as they are, into every stream."""
        for stream in list(self.streams):
            await self._put(stream, raw)

    @staticmethod
    async def _put(stream: Stream, raw: bytes) -> None:
        try:
            await stream.response.write(raw)
        except ConnectionError:
            stream.over.set()

    def _page(self, at: int, **more: Any) -> dict[str, Any]:
        items = self.messages[at:]
        return {
            "kind": "youtube#liveChatMessageListResponse",
            "etag": "e",
            "pollingIntervalMillis": self.wait,
            "pageInfo": {"totalResults": len(items), "resultsPerPage": len(items)},
            "nextPageToken": f"T{len(self.messages)}",
            "items": items,
            **more,
        }

    async def end_chat(self) -> None:
        """The broadcast is over: every stream is told and ends, and nothing more is given."""
        self.live = False
        self.messages.append(self.item("chatEndedEvent", "", author={"channelId": ""}))
        offline = self.clock.now().isoformat()
        for stream in list(self.streams):
            page = self._page(stream.at, offlineAt=offline)
            await self._put(stream, b"," + json.dumps(page).encode())
            stream.over.set()

    def finish_streams(self) -> None:
        """Every stream ends as it should, and may be asked for again."""
        for stream in self.streams:
            stream.over.set()

    def cut(self) -> None:
        """Every stream dies without a word."""
        for stream in self.streams:
            if stream.request.transport is not None:
                stream.request.transport.abort()

    def fall_silent(self) -> None:
        """No open stream gets a word any more, nor does whoever asks for another one."""
        for stream in self.streams:
            stream.deaf = True
        self.held["stream"] = 1

    def pause(self) -> None:
        """Nothing is read either."""
        self.fall_silent()
        self.held["insert"] = 1
        for stream in self.streams:
            if stream.request.transport is not None:
                stream.request.transport.pause_reading()

    def expire_tokens(self) -> None:
        """No access token is good any more."""
        self._access.clear()

    async def until(self, holds: Callable[[YouTubeServer], bool]) -> None:
        """Return once *holds*, looked at after each thing that happens."""
        while not holds(self):
            self._changed.clear()
            await self._changed.wait()

    # --- HTTP --------------------------------------------------------------------------

    async def token(self, request: web.Request) -> web.Response:
        """An access token for a refresh token."""
        form = await request.post()
        self._count("token")
        if self.next.get("token"):
            return self._json(*self.next["token"].pop(0))
        known = (form.get("client_id"), form.get("client_secret"))
        if known != (CLIENT_ID, SECRET):
            return self._json(401, {"error": "invalid_client"})
        if form.get("grant_type") != "refresh_token" or not self.refresh:
            return self._json(400, {"error": "invalid_grant"})
        if form.get("refresh_token") != self.refresh:
            told = {"error": "invalid_grant", "error_description": "Token revoked."}
            return self._json(400, told)
        token = f"access-{next(self._numbers)}"
        self._access[token] = self.clock.now() + _LASTS
        lasts = {"expires_in": int(_LASTS.total_seconds()), "token_type": "Bearer"}
        return self._json(200, {"access_token": token, **lasts})

    def grant(self) -> str:
        """An access token for a client that brings its own."""
        self._access["granted"] = self.clock.now() + _LASTS
        return "granted"

    async def _admitted(self, request: web.Request, method: str) -> Answer | None:
        """None, or why a call isn't served."""
        self.asked[method] += 1
        self._changed.set()
        if self.held[method] > 0:
            self.held[method] -= 1
            await asyncio.Event().wait()
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        until = self._access.get(token)
        if until is None or until <= self.clock.now():
            return failed(401, "authError")
        if self.next.get(method):
            return self.next[method].pop(0)
        cost = COSTS.get(method, 1)
        if self.used + cost > self.units:
            return failed(403, "quotaExceeded")
        self.used += cost
        return None

    def _count(self, what: str) -> None:
        self.asked[what] += 1
        self._changed.set()

    def _json(self, status: int, told: Any, headers: Any = None) -> web.Response:
        return web.json_response(
            told, status=status, headers={"Date": self._date(), **(headers or {})}
        )

    def _date(self) -> str:
        return format_datetime(self.clock.now(), usegmt=True)

    def _answered(self, method: str, answer: Answer) -> web.Response:
        self._count(f"{method} {answer[0]}")
        return self._json(*answer)

    async def channels(self, request: web.Request) -> web.Response:
        """Who asks."""
        if (no := await self._admitted(request, "channels")) is not None:
            return self._answered("channels", no)
        assert request.query["mine"] == "true"
        mine = {"id": self.author, "snippet": {"title": "小店", "customUrl": "@shop"}}
        return self._answered("channels", (200, {"items": [mine]}, {}))

    async def broadcasts(self, request: web.Request) -> web.Response:
        """What is live."""
        if (no := await self._admitted(request, "broadcasts")) is not None:
            return self._answered("broadcasts", no)
        assert request.query["broadcastStatus"] == "active"
        snippet = {"channelId": HOST, "liveChatId": CHAT, "title": "直播"}
        items = [{"id": VIDEO, "snippet": snippet}] if self.live else []
        return self._answered("broadcasts", (200, {"items": items}, {}))

    async def videos(self, request: web.Request) -> web.Response:
        """One video."""
        if (no := await self._admitted(request, "videos")) is not None:
            return self._answered("videos", no)
        details = {"activeLiveChatId": CHAT} if self.live else {}
        item = {
            "id": VIDEO,
            "snippet": {"channelId": HOST},
            "liveStreamingDetails": details,
        }
        items = [item] if request.query["id"] == VIDEO else []
        return self._answered("videos", (200, {"items": items}, {}))

    async def list(self, request: web.Request) -> web.Response:
        """One page."""
        no = await self._admitted(request, "list") or self._lost(request)
        if no is not None:
            return self._answered("list", no)
        more = {} if self.live else {"offlineAt": self.clock.now().isoformat()}
        page = self._page(self._start(request), **more)
        return self._answered("list", (200, page, {}))

    def _lost(self, request: web.Request) -> Answer | None:
        self.places.append(request.query.get("pageToken"))
        if request.query.get("liveChatId") != CHAT:
            return failed(404, "liveChatNotFound")
        token = request.query.get("pageToken", "T0")
        if not token[1:].isdigit() or int(token[1:]) > len(self.messages):
            return failed(400, "pageTokenInvalid")
        return None

    def _start(self, request: web.Request) -> int:
        token = request.query.get("pageToken")
        recent = max(0, len(self.messages) - _HISTORY, self.first)
        return recent if token is None else max(self.first, int(token[1:]))

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Pages as they come."""
        no = await self._admitted(request, "stream") or self._lost(request)
        if not self.has_stream:
            no = failed(404, "notFound")
        if no is None and not self.live:
            no = failed(403, "liveChatEnded")
        if no is not None:
            return self._answered("stream", no)
        self.held.clear()
        response = web.StreamResponse(headers={"Date": self._date()})
        response.content_type = "application/json"
        response.enable_chunked_encoding()
        await response.prepare(request)
        start = self._start(request)
        stream = Stream(request, response, len(self.messages))
        page = json.dumps(self._page(start)).encode()
        if self.first_late:
            stream.at, page = start, b""
        try:
            await response.write(b"[" + page)
            self.streams.append(stream)
            self._count("stream 200")
            if not self.first_late:
                await self._push()
            await stream.over.wait()
            await response.write(b"]")
        finally:
            if stream in self.streams:
                self.streams.remove(stream)
            self._count("stream left")
        return response

    async def insert(self, request: web.Request) -> web.Response:
        """A line."""
        told = await request.json()
        no = await self._admitted(request, "insert")
        snippet = told["snippet"]
        assert (snippet["liveChatId"], snippet["type"]) == (CHAT, "textMessageEvent")
        text = snippet["textMessageDetails"]["messageText"]
        if no is None or no[0] != 401:
            self.written.append(text)
        if no is None and len(text) > 200:
            no = failed(400, "messageTextInvalid")
        if no is not None:
            return self._answered("insert", no)
        item = self.line("小店", text, author={"channelId": self.author})
        self.shown.append(text)
        if self.die:
            self.die = False
            self.messages.append(item)
            self.cut()
            if request.transport is not None:
                request.transport.abort()
        elif self.echo:
            await self.say(item)
        return self._answered("insert", (200, item, {}))


@asynccontextmanager
async def serving_youtube(clock: Clock | None = None) -> AsyncIterator[YouTubeServer]:
    """The platform on a free port."""
    platform = YouTubeServer(clock)
    app = web.Application()
    messages = "/youtube/v3/liveChat/messages"
    app.router.add_post("/token", platform.token)
    app.router.add_get("/youtube/v3/channels", platform.channels)
    app.router.add_get("/youtube/v3/liveBroadcasts", platform.broadcasts)
    app.router.add_get("/youtube/v3/videos", platform.videos)
    app.router.add_get(messages, platform.list)
    app.router.add_get(f"{messages}/stream", platform.stream)
    app.router.add_post(messages, platform.insert)
    runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    platform.url = f"http://{host}:{port}"
    try:
        yield platform
    finally:
        platform.cut()
        await runner.cleanup()
