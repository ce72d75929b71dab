"""Composition root: a Config in, a running App out; the only file that knows every adapter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from aiohttp import web

from streambot.adapters.clock import SystemClock
from streambot.adapters.store import Store, open_store
from streambot.adapters.store.installation import Installation, load_installation
from streambot.application.canned_books import CannedBooks
from streambot.application.canned_replies import CannedReplies
from streambot.application.desk import Desk
from streambot.application.engine import RoomEngine
from streambot.application.explaining import Explainer
from streambot.application.faq_books import FaqBooks
from streambot.application.feed import Feed
from streambot.application.learning import Learning
from streambot.application.orders import OrderDesk
from streambot.application.room_setup import RoomSetup
from streambot.application.rooms import Rooms
from streambot.application.second_looks import SecondLooks
from streambot.application.suggested_answers import SuggestedAnswers
from streambot.application.understandings import BookOrder, Understandings
from streambot.bootstrap.connector import connector
from streambot.bootstrap.contexts import ticket_contexts
from streambot.bootstrap.control_file import Control, control_file
from streambot.bootstrap.encoders import Encoders
from streambot.bootstrap.first_error import first_error
from streambot.bootstrap.order_desks import OrderDesks
from streambot.bootstrap.policies import (
    desk_policy,
    greeting_style,
    match_settings,
    session_policy,
    web_settings,
)
from streambot.config import Config, RoomConfig
from streambot.domain.agent import Role
from streambot.domain.dedup import SeenEvents
from streambot.domain.guard import Guard
from streambot.domain.room import RoomName
from streambot.domain.understanding import Understanding
from streambot.ports.accounts import NO_PASSWORD
from streambot.ports.store import Committed
from streambot.web.app import make_app, serve
from streambot.web.passwords import new_token, token_hash

#: How long the printed one-time login holds.
_LOGIN_HOLDS = timedelta(hours=12)
_SYNCHRONOUS: dict[str, Literal["FULL", "NORMAL"]] = {
    "full": "FULL",
    "normal": "NORMAL",
}


@dataclass(slots=True, kw_only=True)
class App:
    """A composed bot; ``run`` keeps it going until cancelled."""

    config: Config
    store: Store
    desk: Desk
    feed: Feed
    rooms: Rooms
    books: FaqBooks
    understandings: Understandings
    learning: Learning
    orders: tuple[OrderDesk, ...]
    looks: SecondLooks
    canned: CannedBooks
    url: str

    async def run(self) -> None:
        """Run every part; one that fails ends all, since half a bot is worse than none."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.rooms.run(), name="rooms")
            tasks.create_task(self.desk.run(), name="desk")
            tasks.create_task(self.feed.run(), name="feed")
            tasks.create_task(self.books.run(), name="books")
            tasks.create_task(self.understandings.run(), name="understandings")
            tasks.create_task(self.looks.run(), name="second looks")
            tasks.create_task(self.canned.run(), name="canned replies")
            for order_desk in self.orders:
                tasks.create_task(order_desk.run(), name="orders")

    async def run_until(self, stop: asyncio.Event) -> None:
        """Run until *stop* is set, then let the lines being written settle.

        Raises:
            StreambotError: a part failed for good.
        """
        running = asyncio.create_task(self.run(), name="streambot")
        stopped = asyncio.create_task(stop.wait(), name="stop")
        try:
            await asyncio.wait({running, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                await self.rooms.finish_writing()
        finally:
            for task in (running, stopped):
                task.cancel()
            ends = await asyncio.gather(running, stopped, return_exceptions=True)
        if isinstance(ends[0], Exception):
            raise first_error(ends[0])

    async def has_accounts(self) -> bool:
        """Whether somebody can log in with a password."""
        users = await self.store.accounts.list()
        return any(user.password_hash != NO_PASSWORD for user in users)

    async def one_time_login(self) -> str:
        """The console's address with a login that works once, as an admin."""
        token, until = new_token(), datetime.now(UTC) + _LOGIN_HOLDS
        await self.store.accounts.add_once(token_hash(token), Role.ADMIN, until)
        return f"{self.url}/login?once={token}"


class _Wiring:
    """Builds the parts of one App in the order they need each other."""

    def __init__(
        self, config: Config, store: Store, keys: Installation, encoders: Encoders
    ) -> None:
        self._config = config
        self._store = store
        self._keys = keys
        self._encoders = encoders
        self._clock = SystemClock()
        self.control_key = new_token()
        self._policy = desk_policy(config.desk)
        self._seen = SeenEvents()
        self.desk = Desk(
            store,
            self._clock,
            self._policy,
            guard_of=self._guard_of,
            committed=self._desk_committed,
        )
        self.rooms = Rooms(store, self._clock, self._room_committed)
        self.feed = Feed(
            store,
            lambda: self.rooms.views,
            self._clock,
            present=lambda: self.desk.present,
            floor=lambda: self.desk.floor(),
        )
        self.books = FaqBooks(now=self._clock.now)
        self.understandings = Understandings(
            self.books, deliver=self._book_replaced, report=self.rooms.book_problems
        )
        self.learning = Learning(
            self.understandings,
            self._store.suggestions,
            self._store.heard,
            self._clock,
            counted=self.rooms.suggestions_wait,
        )
        self.canned = CannedBooks(self._guard_of)
        self.looks = SecondLooks(encoders.load, self._clock, store.vectors)
        self._orders = OrderDesks(
            self._clock, keys.viewer_key, store.orders, self.rooms
        )

    def _guard_of(self, room: RoomName) -> Guard:
        return self.rooms.guard(room)

    def _desk_committed(self, result: Committed) -> None:
        self.feed.publish(result)
        self.rooms.committed(result)

    def _room_committed(self, result: Committed) -> None:
        self.desk.heard(result)
        self.feed.publish(result)

    def _book_replaced(self, room: RoomName, understanding: Understanding) -> None:
        """A new book is in force at once; its second look comes as its vectors do."""
        self.looks.follow(room, understanding)
        self.rooms.book_replaced(room, understanding)

    async def open_rooms(self) -> None:
        """Read every book and make every room."""
        for room in self._config.rooms:
            order = BookOrder(
                room=room.name,
                paths=room.faq,
                products=room.products,
                guard=room.guard,
                settings=match_settings(room),
            )
            understanding = await self.understandings.open(order)
            self.rooms.add(self._engine(room, understanding))
            await self.canned.open(room.name, room.canned)
            await self.learning.count(room.name)
            status = self.books.status(room.faq, room.products, room.guard)
            if status is not None:
                errors = [each for each in status.problems if each.is_error]
                self.rooms.book_problems(room.name, errors)

    def _engine(self, room: RoomConfig, understanding: Understanding) -> RoomEngine:
        orders, look, matching = self._orders.of(room), None, room.matching
        if matching.second_look:
            look = self.looks.open(room.name, matching.encoder)
            look.follow(room.name, understanding)
        can_look = look is not None and self._encoders.has(matching.encoder)
        return RoomEngine(
            RoomSetup(
                policy=session_policy(
                    room,
                    second_look=can_look,
                    ask_rating=self._config.desk.ask_rating,
                ),
                desk=self._policy,
                limits=room.sending.limits,
                style=greeting_style(room),
                sinks=room.sinks,
                mode=room.mode,
            ),
            connector(room, self._clock, self._keys, self._store),
            self._store,
            self._clock,
            understanding,
            seen=self._seen,
            attended=lambda: self.desk.attended,
            publish=self._room_committed,
            look_up=None if orders is None else orders.look_up,
            look_again=None if look is None else look.look,
        )

    def app(self, url: str) -> App:
        """The App of these parts."""
        return App(
            config=self._config,
            store=self._store,
            desk=self.desk,
            feed=self.feed,
            rooms=self.rooms,
            books=self.books,
            understandings=self.understandings,
            learning=self.learning,
            orders=self._orders.all,
            looks=self.looks,
            canned=self.canned,
            url=url,
        )

    def web_app(self) -> web.Application:
        """The console over these parts."""
        return make_app(
            desk=self.desk,
            feed=self.feed,
            rooms=self.rooms,
            accounts=self._store.accounts,
            archive=self._store,
            contexts=ticket_contexts(
                self._store, self.understandings, self._orders, self._clock
            ),
            explainer=Explainer(
                self.understandings, self._store.heard, self._clock, self.looks
            ),
            learning=self.learning,
            clock=self._clock,
            settings=web_settings(self._config),
            second_look=self.looks,
            canned=CannedReplies(self.canned, self.understandings),
            suggested=SuggestedAnswers(self.understandings, self._clock),
            control_key=self.control_key,
            audit=self._store,
        )


@asynccontextmanager
async def open_app(
    config: Config, encoders: Encoders | None = None
) -> AsyncIterator[App]:
    """A composed bot with its console listening; ``run`` it.

    Raises:
        StoreError: the data directory can't be used.
        PortInUse: the console's port is taken.
    """
    async with open_store(
        config.data_dir, synchronous=_SYNCHRONOUS[config.store_synchronous]
    ) as store:
        keys = await asyncio.to_thread(load_installation, config.data_dir)
        wiring = _Wiring(config, store, keys, encoders or Encoders())
        await wiring.open_rooms()
        runner = await serve(wiring.web_app(), config.web.host, config.web.port)
        try:
            host, port = runner.addresses[0][:2]
            control = Control.at(host, port, wiring.control_key)
            async with control_file(config.data_dir, control):
                yield wiring.app(f"http://{host}:{port}")
        finally:
            await runner.cleanup()
