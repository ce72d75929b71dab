"""EncoderThread: the one thread an encoder lives in, from loading to the last vector."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import structlog

from streambot.application.encoder_heads import anger_head, asked_head
from streambot.application.encoder_maps import question_map, texts_of
from streambot.domain.faq.cues import is_question
from streambot.domain.faq.likeness import Likeness, ToCompare
from streambot.domain.faq.normalise import folded, normalise
from streambot.ports.encoder import Encoder

if TYPE_CHECKING:
    from streambot.application.vector_table import VectorTable

T = TypeVar("T")

_log = structlog.get_logger()

#: Lines whose vectors are remembered: a room repeats itself.
_REMEMBERED = 256


class EncoderWork:
    """What is done with an encoder; blocking, in whatever one thread it is kept to."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._lines: OrderedDict[str, bytes] = OrderedDict()
        self._anger = anger_head(encoder.name)
        self._asked = asked_head(encoder.name)
        self._turn = question_map(encoder.name)
        self._size: int | None = None  # of a packed vector, in bytes
        self.name = encoder.name

    def texts(self, book: ToCompare) -> tuple[str, ...]:
        """What of a book this encoder needs vectors of."""
        return texts_of(book, self._turn)

    def table(self, book: ToCompare, kept: Mapping[str, bytes]) -> VectorTable:
        """A book's table with what is known of it; of *kept* only what this encoder could have made.

        What a damaged or foreign store holds besides is left out, to be encoded anew.
        """
        from streambot.application.vector_table import VectorTable

        table = VectorTable(book, self._turn)
        if kept:
            size = self._packed_size()
            fitting = {each: raw for each, raw in kept.items() if len(raw) == size}
            if odd := len(kept) - len(fitting):
                _log.warning("vectors_unfit", encoder=self.name, encoded_anew=odd)
            table.put(fitting)
        return table

    def learn(self, table: VectorTable, texts: Sequence[str]) -> dict[str, bytes]:
        """Encode *texts* into *table*; what can't be encoded is left out."""
        fresh = dict(zip(texts, self._encoded(texts), strict=False))
        table.put(fresh)
        return fresh

    def compare(
        self, table: VectorTable, text: str, asked: Iterable[str], said: str = ""
    ) -> Likeness | None:
        """How near a line is to a book's phrases, and what it sounds like.

        And how angry what was *said* sounds. None: it can't be told.
        """
        vector = self._vector(text)
        if vector is None:
            return None
        likeness = table.likeness(vector, asked, asks=is_question(folded(text)))
        if likeness is None:
            return None
        return replace(
            likeness,
            anger=self.anger(said) if said else None,
            sounds=None if self._asked is None else self._asked.hears(vector),
        )

    def anger(self, said: str) -> float | None:
        """How angry a viewer's words sound; None: this encoder doesn't tell."""
        if self._anger is None:
            return None
        vector = self._vector(said)
        return None if vector is None else self._anger.hears(vector)

    def _vector(self, text: str) -> bytes | None:
        """The vector of a line, normalised; None: it has none."""
        line = normalise(text)
        vector = self._lines.pop(line, None)
        if vector is None:
            encoded = self._encoded([line])
            if not encoded:
                return None
            (vector,) = encoded
        self._lines[line] = vector
        if len(self._lines) > _REMEMBERED:
            self._lines.popitem(last=False)
        return vector

    def _packed_size(self) -> int | None:
        """How long every vector of this encoder is, which only a vector tells; None: it fails."""
        if self._size is None:
            self._size = next(map(len, self._encoded([""])), None)
        return self._size

    def _encoded(self, texts: Sequence[str]) -> list[bytes]:
        from streambot.application.vector_table import packed

        try:
            return packed(self._encoder.encode(texts))
        except (
            Exception
        ) as error:  # foreign code, whose failure costs a look and no more
            _log.warning("encoder_failed", encoder=self.name, why=str(error))
            return []


class EncoderThread:
    """Runs blocking work in the encoder's thread, one piece after the other."""

    def __init__(self, thread: ThreadPoolExecutor) -> None:
        self._thread = thread

    async def run(self, work: Callable[[], T]) -> T:
        """What *work* gives or raises."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


@asynccontextmanager
async def encoder_thread() -> AsyncIterator[EncoderThread]:
    """A thread that ends, with the work it has in hand, before this does."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="encoder")
    try:
        yield EncoderThread(thread)
    finally:
        await asyncio.to_thread(thread.shutdown)
