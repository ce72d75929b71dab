"""Handles on one SQLite file, as two processes would hold them; each commits in its own transaction.

The data directory's lock forbids a second process to the product. Should it ever fail (a network
drive), tickets must stay whole all the same: these handles go around the lock.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections.abc import Callable, Coroutine
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from streambot.adapters.store import Store, open_store
from streambot.adapters.store.connections import open_writer
from streambot.adapters.store.groups import CallJob, commit_group
from streambot.adapters.store.store import FILE
from streambot.adapters.store.transaction import StoreTransaction
from streambot.domain.room import RoomName
from streambot.ports.store import Committed, DeskTransaction

T = TypeVar("T")

KEY = b"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


class _Direct:
    """Writer and readers in one: works at once, in the caller's own thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    async def call(
        self, work: Callable[[StoreTransaction], T], room: RoomName | None = None
    ) -> tuple[T, Committed]:
        """Run *work* in a commit of its own."""
        job = CallJob(work=work, room=room, done=lambda _: None)
        (result,) = commit_group(self.connection, [job])
        if isinstance(result, BaseException):
            raise result
        done: tuple[T, Committed] = result  # type: ignore[assignment]
        return done

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What *work* reads."""
        return work(self.connection)


class Handle:
    """One process's store."""

    def __init__(self, path: Path) -> None:
        self.connection = open_writer(path, "OFF")
        direct: Any = _Direct(self.connection)
        self._writer = direct
        self.store = Store(path, direct, direct, KEY)

    async def of_room(
        self, work: Callable[[DeskTransaction], T], room: RoomName
    ) -> tuple[T, Committed]:
        """What a room asks of the desk, as in the batch of its event."""
        result: tuple[T, Committed] = await self._writer.call(work, room)
        return result

    def close(self) -> None:
        """As a crash would: whatever was not committed is gone."""
        self.connection.close()


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """What *work* on a handle gives: nothing in it waits, so it needs no loop."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    raise AssertionError("something waited")


@cache
def empty_store() -> bytes:
    """The file of a store that was just made."""

    async def make(folder: Path) -> None:
        async with open_store(folder, synchronous="OFF"):
            pass

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(make(Path(folder)))
        with sqlite3.connect(Path(folder) / FILE) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return (Path(folder) / FILE).read_bytes()
