"""Composition root: a Config in, a running App out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from streambot.adapters.store import Store, open_store
from streambot.adapters.store.installation import load_installation
from streambot.application.canned_books import CannedBooks
from streambot.application.desk import Desk
from streambot.application.faq_books import FaqBooks
from streambot.application.feed import Feed
from streambot.application.learning import Learning
from streambot.application.orders import OrderDesk
from streambot.application.rooms import Rooms
from streambot.application.second_looks import SecondLooks
from streambot.application.understandings import Understandings
from streambot.bootstrap.control_file import Control, control_file
from streambot.bootstrap.encoders import Encoders
from streambot.bootstrap.web import web_app
from streambot.bootstrap.wiring import Wiring
from streambot.config import Config
from streambot.domain.agent import Role
from streambot.ports.accounts import NO_PASSWORD
from streambot.web.app import serve
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
            raise _first(ends[0])

    async def has_admin(self) -> bool:
        """Whether somebody who keeps the accounts can log in with a password."""
        return any(
            user.account.role is Role.ADMIN
            and not user.account.disabled
            and user.password_hash != NO_PASSWORD
            for user in await self.store.accounts.list()
        )

    async def one_time_login(self) -> str:
        """The console's address with a login that works once, as an admin."""
        token, until = new_token(), datetime.now(UTC) + _LOGIN_HOLDS
        await self.store.accounts.add_once(token_hash(token), Role.ADMIN, until)
        return f"{self.url}/login?once={token}"


def _first(error: BaseException) -> BaseException:
    """The first error of a group of them; one sentence says more than a tree."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _app(parts: Wiring, url: str) -> App:
    """The App of *parts*."""
    return App(
        config=parts.config,
        store=parts.store,
        desk=parts.desk,
        feed=parts.feed,
        rooms=parts.rooms,
        books=parts.books,
        understandings=parts.understandings,
        learning=parts.learning,
        orders=parts.orders.all,
        looks=parts.looks,
        canned=parts.canned,
        url=url,
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
        wiring = Wiring(config, store, keys, encoders or Encoders())
        key = new_token()
        await wiring.open_rooms()
        runner = await serve(web_app(wiring, key), config.web.host, config.web.port)
        try:
            host, port = runner.addresses[0][:2]
            control = Control.at(host, port, key)
            async with control_file(config.data_dir, control):
                yield _app(wiring, f"http://{host}:{port}")
        finally:
            await runner.cleanup()
