"""QuestionMap: turns an encoder's vectors so that what a shop's entries tell apart lies apart.

An encoder made for sentences of every kind finds 刷卡 and 刷地 alike, and a question for its courier
and one for its wrapping. A learned linear map, one for each encoder, brings what asks the same of
a shop nearer and takes the rest further off; another brings answers near what they answer. Made by
``tools/train_maps.py`` from shops written for this project. As ``vector_table``, it needs numpy only
where an encoder is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streambot.domain.faq.likeness import ToCompare
    from streambot.ports.encoder import Vectors


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A linear change: what vectors are multiplied by, down to few directions and up again."""

    down: Vectors
    up: Vectors

    def of(self, vectors: Vectors) -> Vectors:
        """*vectors* with their change, of whatever length."""
        import numpy

        # Not matrix products: their library would start threads of its own.
        few = numpy.einsum("ij,jk->ik", vectors, self.down)
        changed: Vectors = vectors + numpy.einsum("ik,kj->ij", few, self.up)
        return changed


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """How one part of an encoder's vectors is turned.

    Args:
        asked: the change of questions and lines.
        told: the further change of answers.
    """

    asked: Change
    told: Change


@dataclass(frozen=True, slots=True)
class AnswersCount:
    """What a line's cosine with an answer counts beside that with a question it answers.

    Args:
        share: of what it exceeds its measure by, what is added.
        own: how much of the answer's cosine with its own questions is taken off first.
        level: the measure of what is left, chosen so that a line's nearest question lies
            where it would lie without answers.
        least: the cosine with its own questions below which an answer tells nothing of them.
        most: what an answer takes from its questions at most.
    """

    share: float
    own: float
    level: float
    least: float
    most: float


class QuestionMap:
    """One encoder's map: each part of its vectors by itself, then all together.

    Args:
        parts: of each, one behind the other, how it is turned.
        shares: what each counts in a cosine; they sum to 1.
        times: what distances (1 - cosine) are multiplied by, so that they stay where the
            matcher's weights expect them; at most 1.
        answers: what answers count; None: nothing.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        shares: Sequence[float],
        times: float,
        answers: AnswersCount | None = None,
    ) -> None:
        self.parts = parts
        self.shares = shares
        self.times = times
        self.answers = answers

    def turned(self, vectors: Vectors) -> Vectors:
        """The rows of questions and lines, each of length 1 and one place longer."""
        return self._laid(vectors, lambda part, rows: part.asked.of(rows))

    def told(self, vectors: Vectors) -> Vectors:
        """The rows of answers, to be compared with those of questions."""
        return self._laid(vectors, lambda part, rows: part.told.of(part.asked.of(rows)))

    def _laid(
        self, vectors: Vectors, change: Callable[[Part, Vectors], Vectors]
    ) -> Vectors:
        import numpy

        begun, done = 0, []
        for part, share in zip(self.parts, self.shares, strict=True):
            size = len(part.asked.down)
            moved = change(part, vectors[:, begun : begun + size])
            begun += size
            length = numpy.sqrt(numpy.einsum("ij,ij->i", moved, moved))
            length = numpy.maximum(length, 1e-9)[:, None]
            done.append(moved * ((share * self.times) ** 0.5 / length))
        done.append(numpy.full((len(vectors), 1), (1 - self.times) ** 0.5))
        laid: Vectors = numpy.hstack(done).astype(numpy.float32)
        return laid


def texts_of(book: ToCompare, turn: QuestionMap | None) -> tuple[str, ...]:
    """What of a book needs vectors where they are turned so."""
    counts = turn is not None and turn.answers is not None
    return book.texts if counts else book.phrases


def question_map(encoder: str) -> QuestionMap | None:
    """The map of the encoder of that name; None: nobody taught it one."""
    return _maps().get(encoder)


@cache
def _maps() -> dict[str, QuestionMap]:
    """By the encoder's name; read once, in the encoder's thread or by a command."""
    import numpy

    with (
        files("streambot.domain.faq").joinpath("question_maps.npz").open("rb") as file,
        numpy.load(file) as kept,
    ):

        def change(name: str) -> Change:
            down, up = kept[f"{name}/down"], kept[f"{name}/up"]
            return Change(down.astype(numpy.float32), up.astype(numpy.float32))

        return {
            name: QuestionMap(
                [
                    Part(change(f"part{part}/asked"), change(f"part{part}/told"))
                    for part in kept[f"{number}/parts"]
                ],
                kept[f"{number}/shares"].tolist(),
                float(kept[f"{number}/times"]),
                AnswersCount(*kept[f"{number}/answers"].tolist()),
            )
            for number, name in enumerate(str(kept["encoders"]).split("\n"))
        }
