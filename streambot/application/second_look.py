"""SecondLook: compares lines with the books' phrases by meaning, in one thread beside the loop.

Lines come first; between them the phrases of new books are encoded, a few at a time, and kept.
A new book is in force at once: of its phrases only those count that have their vectors. At most
``_WAITING`` lines wait; a line beyond, an overdue one, one of a book that isn't followed, and
every line while there is no encoder, gets no answer but "none", and that at once. Whatever the
encoder does, nothing else of the bot notices.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from streambot.application.book_vectors import BookVectors
from streambot.application.encoder_thread import (
    EncoderThread,
    EncoderWork,
    encoder_thread,
)
from streambot.application.look_figures import LookFigures
from streambot.application.look_report import LookReport, LookState
from streambot.domain.actions import LookAgain
from streambot.domain.events import SecondLookDone
from streambot.domain.faq.likeness import Likeness
from streambot.domain.room import RoomName
from streambot.domain.understanding import Understanding
from streambot.ports.clock import Clock
from streambot.ports.encoder import Encoder, VectorShelf

_log = structlog.get_logger()

#: Lines that may wait; at about 15 ms each the last one still comes in time.
_WAITING = 8


@dataclass(slots=True, kw_only=True)
class _Asked:
    action: LookAgain
    answer: asyncio.Future[Likeness | None]


class SecondLook:
    """One encoder for all its rooms; ``run`` it for as long as they ask."""

    def __init__(
        self,
        load: Callable[[], Encoder],
        clock: Clock,
        shelf: VectorShelf | None = None,
    ) -> None:
        self._load = load
        self._clock = clock
        self._shelf = shelf
        self._work: EncoderWork | None = None
        self._why: str | None = None
        self._asked: deque[_Asked] = deque()
        self._books: dict[str, BookVectors] = {}
        self._in_force: dict[RoomName, str] = {}
        self._news = asyncio.Event()
        self.figures = LookFigures()

    def follow(self, room: RoomName, understanding: Understanding) -> None:
        """A room's book from now on; its phrases are encoded as time allows."""
        version = understanding.book.version
        compared = understanding.matcher.compared
        self._in_force[room] = version
        known = self._books.get(version)
        if known is None or known.book != compared:
            self._forget(version)
            self._books[version] = BookVectors(compared)
        for old in self._books.keys() - set(self._in_force.values()):
            self._forget(old)
        self._news.set()

    def _forget(self, version: str) -> None:
        """Nobody follows this book any more, so nothing of it is missing."""
        old = self._books.pop(version, None)
        if old is not None:
            old.complete.set()

    async def look(self, action: LookAgain) -> SecondLookDone:
        """How near the line is to its book's phrases; never an error."""
        scores = await self._scores(action)
        at = max(action.at, self._clock.now())
        return SecondLookDone(at=at, ref=action.ref, scores=scores)

    async def _scores(self, action: LookAgain) -> Likeness | None:
        self.figures.asked += 1
        book = self._books.get(action.book_version)
        if self._work is None or book is None or not book.done:
            self.figures.unavailable += 1
            return None
        if len(self._asked) >= _WAITING:
            self.figures.refused += 1
            return None
        answer = asyncio.get_running_loop().create_future()
        self._asked.append(_Asked(action=action, answer=answer))
        self._news.set()
        scores: Likeness | None = await answer
        return scores

    async def completed(self) -> None:
        """Return when every phrase that can have a vector has it, whatever book is followed by then."""
        while (book := self._unfinished()) is not None:
            await book.complete.wait()

    @property
    def report(self) -> LookReport:
        """How it stands, for people."""
        books = self._books.values()
        total = sum(book.total for book in books)
        if self._why is not None:
            state = LookState.UNAVAILABLE
            return LookReport(state=state, total=total, why=self._why)
        if self._work is None:
            return LookReport(state=LookState.LOADING, total=total)
        ready = all(book.complete.is_set() for book in books)
        return LookReport(
            state=LookState.READY if ready else LookState.LEARNING,
            done=sum(book.done for book in books),
            total=total,
            encoder=self._work.name,
        )

    async def run(self) -> None:
        """Load the encoder and serve until cancelled; without one, say so and do nothing."""
        try:
            async with encoder_thread() as thread:
                await self._serve(thread)
        except (
            Exception
        ) as error:  # foreign code, whose failure costs looks and no more
            self._why = str(error) or type(error).__name__
            _log.warning("second_look_off", why=self._why)
        finally:
            self._work = None
            for asked in self._asked:
                if not asked.answer.done():
                    asked.answer.set_result(None)
            self._asked.clear()
        await asyncio.Event().wait()

    async def _serve(self, thread: EncoderThread) -> None:
        work = self._work = await thread.run(lambda: EncoderWork(self._load()))
        _log.info("second_look_on", encoder=work.name)
        while True:
            if self._asked:
                await self._answer(thread, work, self._asked.popleft())
            elif (book := self._unfinished()) is not None:
                self.figures.encoded += await book.step(thread, work, self._shelf)
            else:
                self._news.clear()
                await self._news.wait()

    def _unfinished(self) -> BookVectors | None:
        books = self._books.values()
        return next((each for each in books if not each.complete.is_set()), None)

    async def _answer(
        self, thread: EncoderThread, work: EncoderWork, asked: _Asked
    ) -> None:
        """Compare one line, unless it was decided meanwhile."""
        action, scores = asked.action, None
        book = self._books.get(action.book_version)
        table = None if book is None else book.table
        try:
            if self._clock.now() >= action.by:
                self.figures.late += 1
            elif table is None:
                self.figures.unavailable += 1
            else:
                scores = await thread.run(
                    lambda: work.compare(
                        table, action.line, action.candidates, action.said
                    )
                )
                self._count(action, scores)
        finally:
            if not asked.answer.done():
                asked.answer.set_result(scores)

    def _count(self, action: LookAgain, scores: Likeness | None) -> None:
        now = self._clock.now()
        if scores is None:
            self.figures.failed += 1
        elif now >= action.by:
            self.figures.late += 1
        else:
            self.figures.took(now - action.at)
