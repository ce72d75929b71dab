"""Person and Console: somebody logged in to a Site, and their socket that folds what it hears."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp

from streambot.application.feed import STATE_EVERY

if TYPE_CHECKING:
    from tests.web.site import Site


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
        watch: bool = False,
    ) -> Console:
        """Open a console and say hello."""
        socket = await self.http.ws_connect(
            self.site.url + "/api/feed", origin=self.site.url, max_msg_size=0
        )
        self.site.sockets.append(socket)
        console = Console(self, socket, seq=last_seq or 0, tickets=dict(tickets or {}))
        await console.tell(
            {"type": "hello", "v": 1, "last_seq": last_seq, "watch": watch}
        )
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
        return await self._answer(ref)

    async def _answer(self, ref: str) -> dict[str, Any]:
        while True:
            frame: dict[str, Any] = await self.socket.receive_json()
            self.fold(frame)
            if frame.get("ref") == ref:
                return frame

    async def floor(self) -> dict[str, Any]:
        """The floor as it stands once everything told before has had its effect."""
        await self.be("ready")  # answered in its turn
        site = self.person.site
        for _ in range(len(site.rooms.views) + 1):  # each turn shows one place
            await site.clock.advance(STATE_EVERY)
        for _ in range(
            2
        ):  # an answer goes before what is shown; the next goes behind it
            await self.be("ready")
        return next(each for each in self.frames[::-1] if each["type"] == "floor")

    async def be(self, state: str) -> dict[str, Any]:
        """Say that one is ready, or on a break, and hear the answer."""
        self.refs += 1
        ref = f"{id(self)}-{self.refs}"
        await self.tell({"type": "be", "v": 1, "ref": ref, "state": state})
        return await self._answer(ref)

    async def close_code(self) -> int | None:
        """Read until the server closes; its code."""
        while not self.socket.closed:
            message = await self.socket.receive()
            if message.type is aiohttp.WSMsgType.TEXT:
                self.fold(message.json())
        return self.socket.close_code
