"""BookVectors: a book's phrases on their way to vectors - taken from the shelf, or encoded and kept."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import structlog

from streambot.application.encoder_thread import EncoderThread, EncoderWork
from streambot.errors import StoreError
from streambot.ports.encoder import VectorShelf

if TYPE_CHECKING:
    from streambot.application.vector_table import VectorTable

_log = structlog.get_logger()

#: Phrases encoded in one go: a line waits for no more of them.
_AT_ONCE = 2
#: Vectors kept in one transaction.
_KEPT_AT_ONCE = 64


class BookVectors:
    """One book's table, filled step by step; what has no vector yet doesn't count."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self.phrases = tuple(phrases)
        self.table: VectorTable | None = None
        self.done = 0
        #: All that can have a vector has it, or needs none.
        self.complete = asyncio.Event()
        self._missing: deque[str] = deque()
        self._fresh: dict[str, bytes] = {}

    async def step(
        self, thread: EncoderThread, work: EncoderWork, shelf: VectorShelf | None
    ) -> int:
        """Go on by a little; gives how many phrases were encoded."""
        if self.table is None:
            kept = await self._kept(work.name, shelf)
            table = await thread.run(lambda: work.table(len(self.phrases), kept))
            self.table, self.done = table, len(table)
            self._missing.extend(each for each in self.phrases if each not in table)
            return 0
        encoded = 0
        if self._missing:
            encoded = await self._encode(thread, work, self.table)
        if not self._missing or len(self._fresh) >= _KEPT_AT_ONCE:
            await self._keep(work.name, shelf)
        if not self._missing:
            self.complete.set()
        return encoded

    async def _encode(
        self, thread: EncoderThread, work: EncoderWork, table: VectorTable
    ) -> int:
        count = min(_AT_ONCE, len(self._missing))
        some = [self._missing.popleft() for _ in range(count)]
        fresh = await thread.run(lambda: work.learn(table, some))
        self._fresh |= fresh
        self.done += len(fresh)
        return len(fresh)

    async def _kept(self, model: str, shelf: VectorShelf | None) -> Mapping[str, bytes]:
        if shelf is None:
            return {}
        try:
            return await shelf.vectors(model, self.phrases)
        except StoreError as error:
            _log.warning("vectors_not_read", why=str(error))
            return {}

    async def _keep(self, model: str, shelf: VectorShelf | None) -> None:
        fresh, self._fresh = self._fresh, {}
        if shelf is None or not fresh:
            return
        try:
            await shelf.keep_vectors(model, fresh)
        except StoreError as error:
            _log.warning("vectors_not_kept", why=str(error))
