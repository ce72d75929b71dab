"""BookVectors: a book's phrases and answers on their way to vectors: from the shelf, or encoded and kept."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import structlog

from streambot.application.encoder_thread import EncoderThread, EncoderWork
from streambot.domain.faq.likeness import ToCompare
from streambot.errors import StoreError
from streambot.ports.encoder import VectorShelf

if TYPE_CHECKING:
    from streambot.application.vector_table import VectorTable

_log = structlog.get_logger()

#: Texts encoded in one go, of no more characters together but for the first: a line waits for them.
_AT_ONCE, _CHARACTERS = 2, 60
#: Vectors kept in one transaction.
_KEPT_AT_ONCE = 64


class BookVectors:
    """One book's table, filled step by step; what has no vector yet doesn't count."""

    def __init__(self, book: ToCompare) -> None:
        self.book = book
        self.total = len(book.texts)
        self.table: VectorTable | None = None
        self.done = 0
        #: All that can have a vector has it, or needs none.
        self.complete = asyncio.Event()
        self._missing: deque[str] = deque()
        self._fresh: dict[str, bytes] = {}

    async def step(
        self, thread: EncoderThread, work: EncoderWork, shelf: VectorShelf | None
    ) -> int:
        """Go on by a little; gives how many texts were encoded."""
        if self.table is None:
            texts = work.texts(self.book)
            kept = await self._kept(work.name, shelf, texts)
            table = await thread.run(lambda: work.table(self.book, kept))
            self.table, self.done, self.total = table, len(table), len(texts)
            self._missing.extend(each for each in texts if each not in table)
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
        some = [self._missing.popleft()]
        while self._missing and len(some) < _AT_ONCE:
            if sum(map(len, some)) + len(self._missing[0]) > _CHARACTERS:
                break
            some.append(self._missing.popleft())
        fresh = await thread.run(lambda: work.learn(table, some))
        self._fresh |= fresh
        self.done += len(fresh)
        return len(fresh)

    async def _kept(
        self, model: str, shelf: VectorShelf | None, texts: Sequence[str]
    ) -> Mapping[str, bytes]:
        if shelf is None:
            return {}
        try:
            return await shelf.vectors(model, texts)
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
