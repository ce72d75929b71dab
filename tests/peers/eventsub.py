"""An emulator of Twitch's EventSub, Helix and log-in, all on one port.

It is proof of nothing until twitchio and twitchAPI, which we did not write, have passed it in the
same run (``test_twitch_eventsub.py``).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from streambot.ports.clock import Clock
from tests.peers import eventsub_said as said
from tests.peers.eventsub_login import Grant, LogIn
from tests.peers.eventsub_said import SHOP, TOPICS, Json
from tests.peers.eventsub_socket import Session, Sessions
from tests.peers.turnout import Turnout
from tests.peers.twitch_patience import LONGEST, Patience
from tests.peers.twitch_said import Account

MESSAGES = "/helix/chat/messages"


class EventSub(LogIn):
    """One channel, MyShop; *clock* is what it punishes and keeps alive by."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.sessions = Sessions(clock)
        self.sessions.greeted = self._listen_again
        self.url = ""
        self.stream = ""  # id of the broadcast that is on
        self.subscribed: Turnout[tuple[str, str]] = Turnout()  # session and topic
        self.shown: Turnout[tuple[str, str]] = Turnout()  # login and text
        self.dropped: list[str] = []
        self.faults: dict[str, deque[web.Response]] = {}  # next answers, by path
        self.spoiled: Turnout[str] = Turnout()
        self.dies = False  # takes a line and is gone before any word on it
        self.echoed: list[str] = []  # lines told to whoever wrote them
        self.arrived: list[str] = []  # every line, shown or not
        self.hanging: asyncio.Event | None = (
            None  # lines get no word while it isn't set
        )
        self._patience = Patience()
        self._clock = clock

    @property
    def listened(self) -> bool:
        """Whether anybody would hear what is told now."""
        return any(each.topics and not each.silent for each in self.sessions.open)

    def hang(self) -> None:
        """Lines get no word, until a client comes on another socket."""
        self.hanging = self.hanging or asyncio.Event()

    def _listen_again(self) -> None:
        hanging, self.hanging = self.hanging, None
        if hanging is not None:
            hanging.set()

    # --- what happens in the channel ----------------------------------------------------

    async def notify(self, topic: str, event: Json, mark: str = "") -> str:
        """Tell everybody who asked for *topic*; *mark* again: a duplicate."""
        mark = mark or self.sessions.mark()
        for session in list(self.sessions.open):
            for one in session.topics.values():
                if one["type"] == topic:
                    await self.sessions.tell(
                        session,
                        said.frame(
                            "notification",
                            mark,
                            {"subscription": one, "event": event},
                            subscription_type=topic,
                            subscription_version=one["version"],
                        ),
                    )
        return mark

    async def say(self, viewer: Account, text: str) -> str:
        """A viewer writes a line; its own id."""
        own = self.sessions.mark()
        await self.notify("channel.chat.message", said.chat_message(viewer, text, own))
        return own

    async def revoke(self, topic: str, status: str) -> None:
        """A topic is told no more."""
        for session in list(self.sessions.open):
            for mark, one in list(session.topics.items()):
                if one["type"] == topic:
                    del session.topics[mark]
                    gone = {"subscription": one | {"status": status}}
                    await self.sessions.tell(
                        session,
                        said.frame(
                            "revocation",
                            self.sessions.mark(),
                            gone,
                            subscription_type=topic,
                            subscription_version=one["version"],
                        ),
                    )

    # --- Helix --------------------------------------------------------------------------

    def _grant(self, request: web.Request) -> Grant | None:
        word, _, token = request.headers.get("Authorization", "").partition(" ")
        grant = self.grants.get(token) if word.lower() == "bearer" else None
        ours = grant is not None and request.headers.get("Client-Id") == grant.client_id
        return grant if ours else None

    async def subscribe(self, request: web.Request) -> web.Response:
        """A topic for a socket."""
        grant, asked = self._grant(request), await request.json()
        topic = TOPICS.get(asked["type"])
        session = self._session(asked["transport"].get("session_id", ""))
        if grant is None:
            return _wrong(401, "Unauthorized", "Invalid OAuth token")
        if topic is None or asked["version"] != topic[0]:
            return _wrong(400, "Bad Request", "invalid subscription type and version")
        condition = asked["condition"]
        if session is None or any(not condition.get(name) for name in topic[1]):
            return _wrong(400, "Bad Request", "invalid transport or condition")
        own = condition.get("user_id") or condition.get("moderator_user_id")
        if own not in {None, grant.account.user_id}:
            return _wrong(403, "Forbidden", "subscription must be for the token's user")
        if topic[2] and topic[2] not in grant.scopes:
            return _wrong(403, "Forbidden", "subscription missing proper authorization")
        for one in session.topics.values():
            if (one["type"], one["condition"]) == (asked["type"], condition):
                return _wrong(409, "Conflict", "subscription already exists")
        made = {
            "id": self.sessions.mark(),
            "status": "enabled",
            "type": asked["type"],
            "version": asked["version"],
            "condition": condition,
            "transport": asked["transport"] | {"connected_at": said.instant()},
            "created_at": said.instant(),
            "cost": 0,
        }
        session.topics[made["id"]] = made
        self.subscribed.add((session.id, asked["type"]))
        totals = {"total": 1, "total_cost": 0, "max_total_cost": 10}
        return web.json_response({"data": [made]} | totals, status=202)

    def _session(self, mark: str) -> Session | None:
        return next((each for each in self.sessions.open if each.id == mark), None)

    async def send(self, request: web.Request) -> web.Response:
        """A line for the channel, in the body or, as twitchAPI writes it, the address."""
        grant, asked = self._grant(request), dict(request.query)
        if request.body_exists:
            asked |= await request.json()
        if grant is None:
            return _wrong(401, "Unauthorized", "Invalid OAuth token")
        mine = asked["sender_id"] == grant.account.user_id
        if not mine or "user:write:chat" not in grant.scopes:
            return _wrong(403, "Forbidden", "Missing scope: user:write:chat")
        text = asked["message"]
        if len(text) > LONGEST:
            return _wrong(422, "Unprocessable Entity", "The message is too large")
        wrong = self._patience.wrong(grant.account, text, self._clock.now())
        if wrong:
            self.dropped.append(wrong)
            why = {"code": wrong, "message": "Your message was not sent."}
            return _data({"message_id": "", "is_sent": False, "drop_reason": why})
        self.shown.add((grant.account.login, text))
        if self.dies:
            self.dies = False
            for session in list(self.sessions.open):
                self.sessions.cut(session)
            assert request.transport is not None
            request.transport.abort()
            return _data()
        if self.listened:
            self.echoed.append(text)
        own = await self.say(grant.account, text)
        return _data({"message_id": own, "is_sent": True, "drop_reason": None})

    async def users(self, request: web.Request) -> web.Response:
        """Accounts by login or id; one's own without either."""
        grant = self._grant(request)
        if grant is None:
            return _wrong(401, "Unauthorized", "Invalid OAuth token")
        known = [SHOP, *(each.account for each in self.grants.values())]
        wanted = {request.query.get("login"), request.query.get("id")} - {None}
        found = [each for each in known if {each.login, each.user_id} & wanted]
        found = found[:1] if wanted else [grant.account]
        return _data(*map(said.user, found))

    async def streams(self, request: web.Request) -> web.Response:
        """The broadcast that is on."""
        if self._grant(request) is None:
            return _wrong(401, "Unauthorized", "Invalid OAuth token")
        return _data(*([said.online(self.stream)] if self.stream else []))

    @web.middleware
    async def spoil(
        self, request: web.Request, handler: Callable[[web.Request], object]
    ) -> web.StreamResponse:
        """Answer by the next fault of this path, or not at all, if so ordered."""
        if request.path == MESSAGES and request.body_exists:
            self.arrived.append((await request.json())["message"])
        if request.path == MESSAGES and self.hanging is not None:
            await self.hanging.wait()
            raise web.HTTPServiceUnavailable
        waiting = self.faults.get(request.path)
        if waiting:
            await request.read()
            self.spoiled.add(request.path)
            return waiting.popleft()
        return await handler(request)  # type: ignore[misc,no-any-return]


def _data(*items: Json) -> web.Response:
    return web.json_response({"data": list(items), "pagination": {}})


def _wrong(status: int, error: str, message: str) -> web.Response:
    told = {"error": error, "status": status, "message": message}
    return web.json_response(told, status=status)


@asynccontextmanager
async def serving_eventsub(clock: Clock) -> AsyncIterator[EventSub]:
    """A channel on a free port."""
    emulator = EventSub(clock)
    app = web.Application(middlewares=[emulator.spoil])
    app.router.add_get("/ws", emulator.sessions.serve)
    app.router.add_post("/helix/eventsub/subscriptions", emulator.subscribe)
    app.router.add_post(MESSAGES, emulator.send)
    app.router.add_get("/helix/users", emulator.users)
    app.router.add_get("/helix/streams", emulator.streams)
    app.router.add_get("/oauth2/validate", emulator.validate)
    app.router.add_post("/oauth2/token", emulator.renew)
    app.router.add_post("/oauth2/device", emulator.device)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        emulator.url = f"ws://{host}:{port}/ws"
        emulator.sessions.url = emulator.url
        yield emulator
    finally:
        emulator.sessions.greeted()  # nobody hangs on
        await runner.cleanup()
