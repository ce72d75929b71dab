"""Site: a running console for tests, and a console's socket that folds what it hears."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from argon2 import PasswordHasher

from streambot.adapters.store import Store, open_store
from streambot.application import handoffs
from streambot.application.desk import Desk
from streambot.application.feed import Feed
from streambot.application.room_view import RoomView, SeenLine, Trouble
from streambot.application.second_looks import SecondLooks
from streambot.bootstrap.encoders import Encoders
from streambot.domain.agent import AgentName, Role
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.evidence import Evidence
from streambot.domain.reply import EventId, LineId, LineOut, ReplyKind
from streambot.domain.room import RoomMode, RoomName
from streambot.domain.ticket import Handoff, Reason, Ticket
from streambot.domain.viewer import Viewer, ViewerKey
from streambot.ports.clock import Clock
from streambot.ports.store import Committed, DeskTransaction, RoomBatch
from streambot.testing import FakeClock
from streambot.web import WebSettings, make_app, serve
from streambot.web.passwords import Passwords, token_hash

ROOM = RoomName("demo")
PASSWORD = "一个很长的密码"
PEOPLE = {"小王": Role.AGENT, "小张": Role.AGENT, "李姐": Role.SUPERVISOR}
#: As weak as the library allows, so that tests don't burn the machine.
WEAK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class SimpleRooms:
    """Rooms without engines: views, and what was asked of them."""

    def __init__(
        self, store: Store, clock: Clock, publish: Callable[[Committed], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._publish = publish
        self.views = {ROOM: RoomView(room=ROOM, mode=RoomMode.ANSWERING)}
        self.settled: list[tuple[str, str, bool]] = []

    async def set_mode(self, room: RoomName, mode: RoomMode, by: str) -> None:
        """Switch and tell the feed."""
        at = self._clock.now()
        self._publish(await self._store.set_mode(room, mode, by, at))
        self.views[room].mode = mode
        self.views[room].changes += 1

    async def mark_said(self, room: RoomName, line: LineId, by: str) -> bool:
        """Take the line off the prompter as said."""
        return self._settle(room, line, by, said=True)

    async def skip_line(self, room: RoomName, line: LineId, by: str) -> bool:
        """Take the line off the prompter."""
        return self._settle(room, line, by, said=False)

    def ready(self) -> list[Trouble]:
        """Every trouble."""
        return [each for view in self.views.values() for each in view.troubles.values()]

    def _settle(self, room: RoomName, line: LineId, by: str, *, said: bool) -> bool:
        view = self.views[room]
        if view.prompter.pop(line, None) is None:
            return False
        view.changes += 1
        self.settled.append((line, by, said))
        return True


@dataclass(slots=True)
class Site:
    """A running console."""

    url: str
    clock: Any
    store: Store
    desk: Desk
    feed: Feed
    rooms: SimpleRooms
    app: web.Application
    http: aiohttp.ClientSession
    committed: Callable[[Committed], None]
    people: list[aiohttp.ClientSession] = field(default_factory=list)
    _ids: int = 0

    @property
    def view(self) -> RoomView:
        """The room's view."""
        return self.rooms.views[ROOM]

    async def log_in(self, name: str) -> Person:
        """Log *name* in by password, over HTTP, with a cookie jar of their own."""
        http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.people.append(http)
        person = Person(self, name, http)
        async with person.post(
            "/api/login", {"name": name, "password": PASSWORD}
        ) as answer:
            assert answer.status == 200, await answer.text()
            person.csrf = (await answer.json())["csrf"]
        return person

    async def once(self, role: Role = Role.SUPERVISOR) -> str:
        """The path of a fresh one-time link."""
        self._ids += 1
        token = f"once-{self._ids}"
        until = self.clock.now() + timedelta(hours=1)
        await self.store.accounts.add_once(token_hash(token), role, until)
        return f"/login?once={token}"

    async def hand_off(
        self,
        viewer: str,
        text: str,
        *,
        reason: Reason = Reason.UNMATCHED,
        priority: int = 3,
        key: str | None = None,
        evidence: Sequence[Evidence] = (),
        at: datetime | None = None,
    ) -> Ticket:
        """A viewer's line goes to a human, as the engine does it."""
        self._ids += 1
        handoff = Handoff(
            room=ROOM,
            viewer=Viewer(key=ViewerKey(f"k-{viewer}"), name=viewer),
            reason=reason,
            priority=priority,
            evidence=tuple(evidence),
            event_id=EventId(f"e{self._ids}"),
            text=text,
            at=at or self.clock.now(),
            key=key,
        )
        done: asyncio.Future[Committed | BaseException] = asyncio.Future()

        def work(tx: DeskTransaction) -> None:
            handoffs.open_ticket(tx, handoff, policy=self.desk.policy, attended=True)

        self.store.append(RoomBatch(room=ROOM, desk=[work]), done.set_result)
        committed = await done
        assert isinstance(committed, Committed)
        self.committed(committed)
        return committed.tickets[0]

    def viewer_line(self, viewer: str, text: str, decision: str = "ignore") -> SeenLine:
        """A line in the room's live list."""
        self._ids += 1
        line = SeenLine(
            id=f"e{self._ids}",
            at=self.clock.now(),
            kind="viewer",
            name=viewer,
            text=text,
            viewer=f"k-{viewer}",
            decision=decision,
        )
        self.view.add(line)
        return line

    def prompter_line(self, text: str) -> LineOut:
        """A line that waits for a person to say it."""
        self._ids += 1
        line = LineOut(
            line_id=LineId(f"l{self._ids}"),
            kind=ReplyKind.ANSWER,
            text=text,
            covers=(),
            made_at=self.clock.now(),
        )
        self.view.show_on_prompter(line)
        return line


@dataclass(slots=True)
class Person:
    """Somebody logged in, with cookies and CSRF token of their own."""

    site: Site
    name: str
    http: aiohttp.ClientSession
    csrf: str = ""

    def get(self, path: str, **more: Any) -> Any:
        """GET *path*."""
        return self.http.get(self.site.url + path, allow_redirects=False, **more)

    def post(
        self,
        path: str,
        body: object = None,
        *,
        csrf: str | None = None,
        origin: str | None = None,
    ) -> Any:
        """POST JSON with this login's token."""
        headers = {
            "X-CSRF-Token": self.csrf if csrf is None else csrf,
            "Origin": origin or self.site.url,
        }
        return self.http.post(self.site.url + path, json=body, headers=headers)

    async def console(
        self,
        last_seq: int | None = None,
        *,
        tickets: dict[str, dict[str, Any]] | None = None,
    ) -> Console:
        """Open a console and say hello."""
        socket = await self.http.ws_connect(
            self.site.url + "/api/feed", origin=self.site.url, max_msg_size=0
        )
        console = Console(self, socket, seq=last_seq or 0, tickets=dict(tickets or {}))
        await console.tell({"type": "hello", "v": 1, "last_seq": last_seq})
        return console


@dataclass(slots=True)
class Console:
    """A console's socket; folds entries into tickets exactly as the page does."""

    person: Person
    socket: aiohttp.ClientWebSocketResponse
    seq: int = 0
    tickets: dict[str, dict[str, Any]] = field(default_factory=dict)
    states: list[dict[str, Any]] = field(default_factory=list)
    frames: list[dict[str, Any]] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    refs: int = 0

    async def tell(self, frame: dict[str, Any]) -> None:
        """Send a frame."""
        self.told.append(frame)
        await self.socket.send_json(frame)

    async def frame(self, kind: str) -> dict[str, Any]:
        """The next frame of *kind*; every frame before it is folded too."""
        while True:
            frame: dict[str, Any] = await self.socket.receive_json()
            self.fold(frame)
            if frame["type"] == kind:
                return frame

    def fold(self, frame: dict[str, Any]) -> None:
        """Take a frame in."""
        self.frames.append(frame)
        match frame["type"]:
            case "snapshot":
                self.seq = frame["seq"]
                self.tickets = {each["id"]: each for each in frame["tickets"]}
            case "entries":
                assert frame["from"] == self.seq + 1, "a hole in the feed"
                self.seq = frame["to"]
                for item in frame["items"]:
                    ticket = item["data"].get("ticket")
                    if ticket is not None and ticket["state"] in (
                        "closed",
                        "withdrawn",
                    ):
                        self.tickets.pop(ticket["id"], None)
                    elif ticket is not None:
                        self.tickets[ticket["id"]] = ticket
            case "state":
                self.states.append(frame)

    async def until(self, seq: int) -> None:
        """Hear everything up to *seq*."""
        while self.seq < seq:
            self.fold(await self.socket.receive_json())

    async def do(self, action: str, **fields: Any) -> dict[str, Any]:
        """Give a command and hear its answer."""
        self.refs += 1
        ref = f"{id(self)}-{self.refs}"
        await self.tell({"type": "do", "ref": ref, "action": action, **fields})
        while True:
            frame: dict[str, Any] = await self.socket.receive_json()
            self.fold(frame)
            if frame.get("ref") == ref:
                return frame

    async def close_code(self) -> int | None:
        """Read until the server closes; its code."""
        while not self.socket.closed:
            message = await self.socket.receive()
            if message.type is aiohttp.WSMsgType.TEXT:
                self.fold(message.json())
        return self.socket.close_code


@asynccontextmanager
async def open_site(
    data: Path,
    *,
    clock: Clock | None = None,
    settings: WebSettings | None = None,
    queue_limit: int = 1000,
) -> AsyncIterator[Site]:
    """A running console over *data*."""
    clock = clock or FakeClock()
    async with open_store(data, synchronous="OFF") as store:
        site: Site

        def committed(result: Committed) -> None:
            site.desk.heard(result)
            site.feed.publish(result)

        desk = Desk(
            store,
            clock,
            DeskPolicy(),
            guard=lambda _text, _public: None,
            committed=lambda result: site.feed.publish(result),
        )
        rooms = SimpleRooms(store, clock, committed)
        feed = Feed(
            store,
            lambda: rooms.views,
            clock,
            present=lambda: desk.present,
            queue_limit=queue_limit,
        )
        for name, role in PEOPLE.items():
            await store.accounts.add(
                AgentName(name),
                role,
                await Passwords(WEAK).hashed(PASSWORD),
                clock.now(),
            )
        app = make_app(
            desk=desk,
            feed=feed,
            rooms=rooms,
            accounts=store.accounts,
            archive=store,
            clock=clock,
            settings=settings or WebSettings(),
            second_look=SecondLooks(Encoders().load, clock, store.vectors),
            passwords=Passwords(WEAK),
        )
        runner = await serve(app, "127.0.0.1", 0)
        port = runner.addresses[0][1]
        running = asyncio.create_task(feed.run())
        async with aiohttp.ClientSession() as http:
            site = Site(
                f"http://127.0.0.1:{port}",
                clock,
                store,
                desk,
                feed,
                rooms,
                app,
                http,
                committed,
            )
            try:
                yield site
            finally:
                for person in site.people:
                    await person.close()
                running.cancel()
                with suppress(asyncio.CancelledError):
                    await running
                await runner.cleanup()
