"""PatientLook: the second look of commands and replays, which wait for it however long it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from streambot.application.encoder_thread import EncoderWork
from streambot.domain.actions import LookAgain
from streambot.domain.events import SecondLookDone
from streambot.domain.faq.likeness import Likeness, ToCompare
from streambot.ports.encoder import Encoder

if TYPE_CHECKING:
    from streambot.application.vector_table import VectorTable

#: Phrases encoded in one go: more would only need more memory.
_AT_ONCE = 32


class PatientLook:
    """An encoder and the tables of whatever books are asked about; blocking."""

    def __init__(self, encoder: Encoder) -> None:
        self._work = EncoderWork(encoder)
        self._tables: dict[str, VectorTable] = {}
        self.name = encoder.name

    def knows(self, book: str) -> bool:
        """Whether this book was learnt."""
        return book in self._tables

    def learn(
        self,
        name: str,
        book: ToCompare,
        kept: Callable[[Sequence[str]], Mapping[str, bytes]] = lambda _: {},
    ) -> None:
        """Encode all of a book that has no usable vector among those that are *kept*."""
        texts = self._work.texts(book)
        table = self._tables[name] = self._work.table(book, kept(texts))
        missing = [text for text in texts if text not in table]
        for start in range(0, len(missing), _AT_ONCE):
            self._work.learn(table, missing[start : start + _AT_ONCE])

    def likeness(
        self, book: str, text: str, asked: Iterable[str] = (), said: str = ""
    ) -> Likeness | None:
        """How near *text* is to the phrases of a book that was learnt, *asked* ones included.

        And how angry what was *said* sounds.
        """
        return self._work.compare(self._tables[book], text, tuple(asked), said)

    def anger(self, said: str) -> float | None:
        """How angry a viewer's words sound; None: this encoder doesn't tell."""
        return self._work.anger(said)

    async def look(self, action: LookAgain) -> SecondLookDone:
        """As a room asks it, at once in the room's own time."""
        scores = self.likeness(
            action.book_version, action.line, action.candidates, action.said
        )
        return SecondLookDone(at=action.at, ref=action.ref, scores=scores)
