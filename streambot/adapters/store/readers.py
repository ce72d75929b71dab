"""Reads on their own connections in a few threads, so that neither loop nor writer waits for them."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

from streambot.adapters.store.connections import open_reader
from streambot.adapters.store.faults import store_error

T = TypeVar("T")

#: Reads at the same time.
READERS = 4


class Readers:
    """Runs reads, each in one transaction: it sees one instant of the store."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pool = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")
        self._idle: SimpleQueue[sqlite3.Connection] = SimpleQueue()

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What *work* reads.

        Raises:
            StoreError: the file can't be read.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._read, work)

    async def close(self) -> None:
        """Wait for reads under way and close every connection."""
        await asyncio.to_thread(self._close)

    def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            connection = self._take()
            try:
                connection.execute("BEGIN")
                try:
                    return work(connection)
                finally:
                    connection.execute("ROLLBACK")
            finally:
                self._idle.put(connection)
        except sqlite3.Error as error:
            raise store_error(error, self._path) from error

    def _take(self) -> sqlite3.Connection:
        try:
            return self._idle.get_nowait()
        except Empty:
            return open_reader(self._path)

    def _close(self) -> None:
        self._pool.shutdown()
        while not self._idle.empty():
            self._idle.get_nowait().close()
