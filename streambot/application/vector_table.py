"""VectorTable: one book's phrases and answers as vectors, and how near a line is to them.

With ``packed`` the only part of the application that needs numpy; imported where an encoder is,
and used in the encoder's thread alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy

from streambot.application.encoder_maps import texts_of
from streambot.domain.faq.likeness import Likeness, ToCompare

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from streambot.application.encoder_maps import AnswersCount, QuestionMap
    from streambot.ports.encoder import Vectors

#: The nearest phrases a line is told of, besides those that were asked for.
NEAREST = 32
#: Cosines are told to so many places: the rest differs between processors.
_PLACES = 4


def packed(vectors: Vectors) -> list[bytes]:
    """Each row as it is kept: half precision, which no cosine's fourth place feels much."""
    return [row.tobytes() for row in vectors.astype("<f2")]


def unpacked(raw: bytes) -> Vectors:
    """A vector that was kept by ``packed``."""
    return numpy.frombuffer(raw, dtype="<f2").astype(numpy.float32)


class VectorTable:
    """Filled as vectors come; what has none yet doesn't count.

    Args:
        book: the phrases and their answers.
        turn: what vectors are turned by before they are compared, if the encoder has it. It tells
            what answers count; without it they count nothing and need no vector.
    """

    def __init__(self, book: ToCompare, turn: QuestionMap | None = None) -> None:
        #: All that needs a vector.
        self.texts = texts_of(book, turn)
        self._turn = turn
        self._phrases = _Rows(book.phrases)
        self._answers = (
            None
            if turn is None or turn.answers is None
            else _Answers(book, self._phrases, turn.answers)
        )

    def __len__(self) -> int:
        """Texts that have a vector."""
        return sum(text in self for text in self.texts)

    def __contains__(self, text: str) -> bool:
        """Whether *text* has a vector."""
        if text in self._phrases:
            return True
        return self._answers is not None and text in self._answers.rows

    def put(self, kept: Mapping[str, bytes]) -> None:
        """Take the vectors of texts in; they count from now on."""
        self._phrases.put(kept, self._turned)
        if self._turn is not None and self._answers is not None:
            self._answers.put(kept, self._turn.told)

    def _turned(self, vectors: Vectors) -> Vectors:
        return vectors if self._turn is None else self._turn.turned(vectors)

    def likeness(
        self, line: bytes, asked: Iterable[str], *, asks: bool = True
    ) -> Likeness | None:
        """How near a line's packed vector is to the phrases; None while there are none.

        Answers count where the line *asks*: who says one and asks nothing gives it himself. The same
        line, phrases and table give the same numbers, in whatever order they came.
        """
        rows = numpy.flatnonzero(self._phrases.known)
        if not len(rows):
            return None
        (asking,) = self._turned(unpacked(line)[None, :])
        near = self._phrases.cosines(asking)
        if asks and self._answers is not None:
            near = near + self._answers.added(asking)
        cosines = near[rows]
        most = min(NEAREST, len(rows))
        nearest = rows[numpy.argpartition(-cosines, most - 1)[:most]]
        wanted = {self._phrases.texts[row] for row in nearest}
        wanted.update(each for each in asked if each in self._phrases)
        return Likeness(
            cosines={
                phrase: round(float(near[self._phrases.row[phrase]]), _PLACES)
                for phrase in sorted(wanted)
            },
            mean=round(float(cosines.mean()), _PLACES),
            spread=round(float(cosines.std()), _PLACES),
        )


class _Rows:
    """Texts and the vectors of those that have one, a row each."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.row = {text: row for row, text in enumerate(texts)}
        self.known = numpy.zeros(len(texts), dtype=bool)
        self.matrix: Vectors = numpy.zeros((0, 0), dtype=numpy.float32)

    def __contains__(self, text: str) -> bool:
        row = self.row.get(text)
        return row is not None and bool(self.known[row])

    def put(
        self, kept: Mapping[str, bytes], turn: Callable[[Vectors], Vectors]
    ) -> None:
        """Hold the vectors of those that are among the texts, turned."""
        ours = [text for text in kept if text in self.row]
        if not ours:
            return
        vectors = turn(numpy.stack([unpacked(kept[text]) for text in ours]))
        if not self.matrix.size:
            shape = (len(self.texts), vectors.shape[1])
            self.matrix = numpy.zeros(shape, dtype=numpy.float32)
        rows = [self.row[text] for text in ours]
        self.matrix[rows] = vectors
        self.known[rows] = True

    def cosines(self, asking: Vectors) -> Vectors:
        """Of every row; zero of one without a vector."""
        # Not a matrix product: its library would start threads of its own.
        cosines: Vectors = numpy.einsum("ij,j->i", self.matrix, asking)
        return cosines


class _Answers:
    """What the answers of a book's phrases add to how near a line is to these."""

    def __init__(self, book: ToCompare, phrases: _Rows, count: AnswersCount) -> None:
        told = (each for every in book.answers.values() for each in every)
        self.rows = _Rows(tuple(dict.fromkeys(told)))
        self._phrases = phrases
        self._count = count
        pairs = [
            (phrases.row[phrase], self.rows.row[answer])
            for phrase, answers in book.answers.items()
            for answer in answers
        ]
        self._asked, self._told = numpy.array(pairs, dtype=numpy.intp).reshape(-1, 2).T
        self._own: NDArray[Any] | None = None

    def put(
        self, kept: Mapping[str, bytes], turn: Callable[[Vectors], Vectors]
    ) -> None:
        """Take the vectors of answers in; a phrase's changes what its answer is measured by, too."""
        self.rows.put(kept, turn)
        self._own = None

    def added(self, asking: Vectors) -> Vectors:
        """By phrase; nothing for one whose answer isn't known, or doesn't tell what it is asked."""
        added = numpy.zeros(len(self._phrases.texts), dtype=numpy.float32)
        if not self.rows.known.any():
            return added
        if self._own is None:
            self._own = self._nearness_to_own()
        telling = self._own[self._told] >= self._count.least
        asked, told = self._asked[telling], self._told[telling]
        near = self.rows.cosines(asking) - self._count.own * self._own
        best = numpy.full(len(added), -numpy.inf, dtype=numpy.float32)
        numpy.maximum.at(best, asked, near[told].astype(numpy.float32))
        told_of = numpy.isfinite(best)
        added[told_of] = self._count.share * (best[told_of] - self._count.level)
        return numpy.maximum(added, -self._count.most)

    def _nearness_to_own(self) -> NDArray[Any]:
        """How near each answer is to the phrases it answers, in the mean; -1: nobody knows yet."""
        there = self._phrases.known[self._asked] & self.rows.known[self._told]
        asked, told = self._asked[there], self._told[there]
        near = numpy.einsum(
            "ij,ij->i", self._phrases.matrix[asked], self.rows.matrix[told]
        )
        count = numpy.bincount(told, minlength=len(self.rows.texts))
        summed = numpy.bincount(told, weights=near, minlength=len(self.rows.texts))
        return numpy.where(count > 0, summed / numpy.maximum(count, 1), -1.0)
