"""VectorTable: one book's phrases as vectors, and how near a line is to them.

With ``packed`` the only part of the application that needs numpy; imported where an encoder is,
and used in the encoder's thread alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy

from streambot.domain.faq.likeness import Likeness

if TYPE_CHECKING:
    from streambot.application.encoder_maps import QuestionMap
    from streambot.ports.encoder import Vectors

#: The nearest phrases a line is told of, besides those that were asked for.
NEAREST = 32
#: Cosines are told to so many places: the rest differs between processors.
_PLACES = 4


def packed(vectors: Vectors) -> list[bytes]:
    """Each row as it is kept: half precision, which no cosine's fourth place feels much."""
    return [row.tobytes() for row in vectors.astype("<f2")]


class VectorTable:
    """Grows as vectors come; what has none yet doesn't count.

    Args:
        places: phrases it may have to hold.
        turn: what phrases and lines are turned by before they are compared, if the encoder has it.
    """

    def __init__(self, places: int, turn: QuestionMap | None = None) -> None:
        self._places = places
        self._turn = turn
        self._phrases: list[str] = []
        self._rows: dict[str, int] = {}
        self._matrix = numpy.zeros((0, 0), dtype=numpy.float32)

    def __len__(self) -> int:
        """Phrases that have a vector."""
        return len(self._phrases)

    def __contains__(self, phrase: str) -> bool:
        """Whether *phrase* has a vector."""
        return phrase in self._rows

    def put(self, kept: Mapping[str, bytes]) -> None:
        """Take vectors in; they count from now on."""
        if not kept:
            return
        vectors = self._turned(kept.values())
        if not self._matrix.size:
            shape = (self._places, vectors.shape[1])
            self._matrix = numpy.zeros(shape, dtype=numpy.float32)
        for phrase, vector in zip(kept, vectors, strict=True):
            if phrase not in self._rows:
                self._rows[phrase] = len(self._phrases)
                self._phrases.append(phrase)
            self._matrix[self._rows[phrase]] = vector

    def _turned(self, packed: Iterable[bytes]) -> Vectors:
        vectors: Vectors = numpy.stack([unpacked(raw) for raw in packed])
        return vectors if self._turn is None else self._turn.turned(vectors)

    def likeness(self, line: bytes, asked: Iterable[str]) -> Likeness | None:
        """How near a line's packed vector is to the phrases; None while there are none.

        The same line, phrases and table give the same numbers, in whatever order they came.
        """
        count = len(self._phrases)
        if not count:
            return None
        # Not a matrix product: its library would start threads of its own.
        (asking,) = self._turned([line])
        cosines = numpy.einsum("ij,j->i", self._matrix[:count], asking)
        wanted = {phrase for phrase in asked if phrase in self._rows}
        most = min(NEAREST, count)
        nearest = numpy.argpartition(-cosines, most - 1)[:most]
        wanted.update(self._phrases[row] for row in nearest)
        return Likeness(
            cosines={
                phrase: round(float(cosines[self._rows[phrase]]), _PLACES)
                for phrase in sorted(wanted)
            },
            mean=round(float(cosines.mean()), _PLACES),
            spread=round(float(cosines.std()), _PLACES),
        )


def unpacked(raw: bytes) -> Vectors:
    """A vector that was kept by ``packed``."""
    return numpy.frombuffer(raw, dtype="<f2").astype(numpy.float32)
