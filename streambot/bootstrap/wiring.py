"""Builds the parts of one bot in the order they need each other."""

from __future__ import annotations

import platform

from streambot.adapters.clock import SystemClock
from streambot.adapters.rooms.youtube.ledger import Ledgers
from streambot.adapters.store import Store
from streambot.adapters.store.installation import Installation
from streambot.application.canned_books import CannedBooks
from streambot.application.desk import Desk
from streambot.application.engine import RoomEngine
from streambot.application.faq_books import FaqBooks
from streambot.application.feed import Feed
from streambot.application.host_board import HostBoard
from streambot.application.learning import Learning
from streambot.application.room_setup import RoomSetup
from streambot.application.rooms import Rooms
from streambot.application.second_looks import SecondLooks
from streambot.application.understandings import BookOrder, Understandings
from streambot.authoring.bridge_settings import UNOFFICIAL
from streambot.bootstrap.connectors import Surroundings, connector
from streambot.bootstrap.encoders import Encoders
from streambot.bootstrap.order_desks import OrderDesks
from streambot.bootstrap.policies import (
    desk_policy,
    greeting_style,
    match_settings,
    session_policy,
)
from streambot.config import Config, RoomConfig
from streambot.domain.dedup import SeenEvents
from streambot.domain.guard import Guard
from streambot.domain.room import RoomName
from streambot.domain.understanding import Understanding
from streambot.ports.store import Committed


class Wiring:
    """Builds the parts of one App in the order they need each other."""

    def __init__(
        self, config: Config, store: Store, keys: Installation, encoders: Encoders
    ) -> None:
        self.config = config
        self.store = store
        self._keys = keys
        self._encoders = encoders
        self.clock = SystemClock()
        self._around = Surroundings(
            clock=self.clock,
            key_of=keys.viewer_key,
            addresses=store.addresses,
            youtube=Ledgers(config.data_dir),
        )
        self._policy = desk_policy(config.desk, config.rooms)
        self._seen = SeenEvents()
        self.desk = Desk(
            store,
            self.clock,
            self._policy,
            guard_of=self._guard_of,
            committed=self._desk_committed,
            live=lambda: self.rooms.live,
            process=platform.node() or "desk",
        )
        self.rooms = Rooms(
            store,
            self.clock,
            self._room_committed,
            live_changed=self.desk.live_changed,
        )
        self.host_board = HostBoard(
            self.rooms, store, self.clock, self._policy, self._host_committed
        )
        self.feed = Feed(
            store,
            lambda: self.rooms.views,
            self.clock,
            present=lambda: self.desk.present,
            floor=lambda: self.desk.floor(),
            found=lambda entries: self.desk.catch_up(entries),
        )
        self.books = FaqBooks(now=self.clock.now)
        self.understandings = Understandings(
            self.books,
            deliver=self._book_replaced,
            report=self.rooms.book_problems,
        )
        self.learning = Learning(
            self.understandings,
            self.store.suggestions,
            self.store.heard,
            self.clock,
            counted=self.rooms.suggestions_wait,
        )
        self.canned = CannedBooks(self._guard_of)
        self.looks = SecondLooks(encoders.load, self.clock, store.vectors)
        self.orders = OrderDesks(self.clock, keys.viewer_key, store.orders, self.rooms)

    def _guard_of(self, room: RoomName) -> Guard:
        return self.rooms.guard(room)

    def _desk_committed(self, result: Committed) -> None:
        self.feed.publish(result)
        self.rooms.committed(result)

    def _room_committed(self, result: Committed) -> None:
        self.desk.heard(result)
        self.feed.publish(result)

    def _host_committed(self, result: Committed) -> None:
        """A host's mark is the desk's doing too: everybody hears of it."""
        self.desk.heard(result)
        self._desk_committed(result)

    def _book_replaced(self, room: RoomName, understanding: Understanding) -> None:
        """A new book is in force at once; its second look comes as its vectors do."""
        self.looks.follow(room, understanding)
        self.rooms.book_replaced(room, understanding)

    async def open_rooms(self) -> None:
        """Read every book and make every room."""
        for room in self.config.rooms:
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
                self.rooms.book_problems(room.name, status.problems)

    def _engine(self, room: RoomConfig, understanding: Understanding) -> RoomEngine:
        orders, look, matching = self.orders.of(room), None, room.matching
        if matching.second_look:
            look = self.looks.open(room.name, matching.encoder)
            look.follow(room.name, understanding)
        can_look = look is not None and self._encoders.has(matching.encoder)
        return RoomEngine(
            RoomSetup(
                policy=session_policy(room, self.config.desk, second_look=can_look),
                desk=self._policy,
                limits=room.sending.limits,
                style=greeting_style(room),
                sinks=room.sinks,
                mode=room.mode,
                official=room.connector not in UNOFFICIAL,
            ),
            connector(room, self._around),
            self.store,
            self.clock,
            understanding,
            seen=self._seen,
            attended=lambda: self.desk.attended,
            there=lambda: self.desk.there,
            publish=self._room_committed,
            look_up=None if orders is None else orders.look_up,
            look_again=None if look is None else look.look,
        )
