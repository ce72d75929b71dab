"""One agent's console as a program: logs in, folds the feed, claims, and comes back when cut off."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import msgspec

PASSWORD = "benchmark-password"
_FEED = ("streambot.desk.v1",)


class Line(msgspec.Struct):
    """A line of a ticket."""

    id: str


class Ticket(msgspec.Struct):
    """As much of a ticket as an agent acts on."""

    id: str
    state: str
    owner: str | None
    version: int
    epoch: int
    lines: list[Line]
    offered_to: str | None = None


class Data(msgspec.Struct):
    """What an entry is about."""

    ticket: Ticket | None = None


class Item(msgspec.Struct):
    """One entry."""

    seq: int
    data: Data


class Snapshot(msgspec.Struct, tag="snapshot"):
    """Every open ticket."""

    seq: int
    tickets: list[Ticket]


class Entries(msgspec.Struct, tag="entries", rename={"first": "from", "last": "to"}):
    """What happened."""

    first: int
    last: int
    items: list[Item]


class Done(msgspec.Struct, tag="done"):
    """A command was carried out."""

    ref: str
    ticket: Ticket | None


class Refused(msgspec.Struct, tag="refused"):
    """A command was not."""

    ref: str
    code: str


class Beat(msgspec.Struct, tag="beat"):
    """Where the feed stands."""

    head_seq: int


class State(msgspec.Struct, tag="state"):
    """A room, which no agent here looks at."""


class Floor(msgspec.Struct, tag="floor"):
    """The desk, likewise."""


Answer = Done | Refused
_frames = msgspec.json.Decoder(
    Snapshot | Entries | Done | Refused | Beat | State | Floor
)
_encode = msgspec.json.encode
_GONE = ("closed", "withdrawn")
Heard = Callable[["Console", Ticket], None]


@dataclass(slots=True, eq=False)
class Console:
    """One agent; ``heard`` is told of every ticket as its entry comes in."""

    url: str
    name: str
    heard: Heard
    seq: int | None = None
    tickets: dict[str, Ticket] = field(default_factory=dict)
    holes: int = 0  # entries that were skipped, or came twice, on any link
    links: int = 0
    frames: int = 0
    bytes: int = 0
    echoes: list[float] = field(default_factory=list)  # ms
    joined: asyncio.Event = field(default_factory=asyncio.Event)
    _http: aiohttp.ClientSession | None = None
    _socket: aiohttp.ClientWebSocketResponse | None = None
    _csrf: str = ""
    _answers: dict[str, asyncio.Future[Answer]] = field(default_factory=dict)
    _refs: int = 0
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def log_in(self) -> None:
        """With a password, as people do."""
        self._http = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True), headers={"Origin": self.url}
        )
        body = {"name": self.name, "password": PASSWORD}
        async with self._http.post(f"{self.url}/api/login", json=body) as answer:
            answer.raise_for_status()
            self._csrf = (await answer.json())["csrf"]

    async def run(self) -> None:
        """Stay connected until cancelled."""
        while True:
            with contextlib.suppress(aiohttp.ClientError, ConnectionError):
                await self._stay()
            self.joined.clear()
            self._lose_answers()
            await asyncio.sleep(0.02)

    def cut(self) -> None:
        """Lose the link, in the middle of whatever is under way."""
        if self._socket is not None:
            connection = self._socket._conn  # noqa: SLF001 - there is no other way to be rude
            if connection is not None and connection.transport is not None:
                connection.transport.abort()

    async def do(self, action: str, ticket: Ticket, **more: Any) -> Answer | None:
        """Give a command; None: the link broke before its answer."""
        about = {"action": action, "ticket": ticket.id, "version": ticket.version}
        return await self._ask({"type": "do", **about, **more})

    async def be(self, state: str) -> Answer | None:
        """Say that one is ready, or on a break."""
        return await self._ask({"type": "be", "v": 1, "state": state})

    async def echo(self) -> None:
        """Have the desk answer a ping of this very socket."""
        if self._socket is not None and not self._socket.closed:
            await self._socket.ping(str(time.perf_counter()).encode())

    async def until(self, seq: int) -> None:
        """Return once everything up to *seq* was heard."""
        while (self.seq or 0) < seq:
            self._moved.clear()
            await self._moved.wait()

    def versions(self) -> dict[str, int]:
        """What this console knows of every ticket."""
        return {each.id: each.version for each in self.tickets.values()}

    async def close(self) -> None:
        """Leave."""
        if self._http is not None:
            await self._http.close()

    async def _ask(self, frame: dict[str, Any]) -> Answer | None:
        self._refs += 1
        ref = str(self._refs)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._answers[ref] = answer
        if not await self._tell({**frame, "ref": ref}):
            self._answers.pop(ref, None)
            return None
        try:
            return await answer
        except ConnectionError:
            return None

    async def _tell(self, frame: dict[str, Any]) -> bool:
        if self._socket is None or self._socket.closed:
            return False
        try:
            await self._socket.send_str(_encode(frame).decode())
        except (ConnectionError, RuntimeError, aiohttp.ClientError):
            return False
        return True

    async def _stay(self) -> None:
        assert self._http is not None
        headers = {"X-CSRF-Token": self._csrf}
        async with self._http.post(
            f"{self.url}/api/feed-ticket", headers=headers
        ) as answer:
            answer.raise_for_status()
            ticket = (await answer.json())["ticket"]
        async with self._http.ws_connect(
            f"{self.url}/api/feed",
            protocols=(*_FEED, f"streambot.ticket.{ticket}"),
            max_msg_size=0,
            autoping=False,
        ) as socket:
            self._socket = socket
            self.links += 1
            await self._tell({"type": "hello", "v": 1, "last_seq": self.seq})
            self.joined.set()
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(message.data)
                elif message.type is aiohttp.WSMsgType.PONG:
                    sent = float(bytes(message.data) or b"0")
                    self.echoes.append((time.perf_counter() - sent) * 1000)
                elif message.type is aiohttp.WSMsgType.PING:
                    await socket.pong(message.data)

    def _take(self, raw: str) -> None:
        self.frames += 1
        self.bytes += len(raw)
        frame = _frames.decode(raw)
        if isinstance(frame, Entries):
            self._fold(frame)
        elif isinstance(frame, Done | Refused):
            waiting = self._answers.pop(frame.ref, None)
            if waiting is not None and not waiting.done():
                waiting.set_result(frame)
        elif isinstance(frame, Snapshot):
            self.tickets = {each.id: each for each in frame.tickets}
            self.seq = frame.seq
            self._moved.set()

    def _fold(self, frame: Entries) -> None:
        assert self.seq is not None
        self.holes += abs(frame.first - self.seq - 1)
        for item in frame.items:
            ticket = item.data.ticket
            if ticket is None:
                continue
            if ticket.state in _GONE:
                self.tickets.pop(ticket.id, None)
            else:
                self.tickets[ticket.id] = ticket
            self.heard(self, ticket)
        self.seq = frame.last
        self._moved.set()

    def _lose_answers(self) -> None:
        for waiting in self._answers.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError())
        self._answers.clear()


@contextlib.asynccontextmanager
async def running(consoles: Sequence[Console]) -> AsyncIterator[None]:
    """Consoles that stay connected while the block runs."""
    tasks = [asyncio.create_task(each.run()) for each in consoles]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for console in consoles:
            await console.close()
