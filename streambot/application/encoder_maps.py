"""QuestionMap: turns an encoder's vectors so that what a shop's entries tell apart lies apart.

An encoder made for sentences of every kind finds 刷卡 and 刷地 alike, and a question for its courier
and one for its wrapping. A learned linear map, one for each encoder, brings what asks the same of
a shop nearer and takes the rest further off. Made by ``tools/train_maps.py`` from shops written for
this project. As ``vector_table``, it needs numpy only where an encoder is.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streambot.ports.encoder import Vectors


class QuestionMap:
    """One encoder's map: each part of its vectors by itself, then all together.

    Args:
        parts: of each, one behind the other, what it is multiplied by (down to few directions and
            up again) to give its change, and what it counts in a cosine; these sum to 1.
        times: what distances (1 - cosine) are multiplied by, so that they stay where the
            matcher's weights expect them; at most 1.
    """

    def __init__(
        self, parts: list[tuple[Vectors, Vectors, float]], times: float
    ) -> None:
        self._parts = parts
        self._times = times

    def turned(self, vectors: Vectors) -> Vectors:
        """The same rows, each of length 1 and one place longer."""
        import numpy

        begun, done = 0, []
        for down, up, share in self._parts:
            part = vectors[:, begun : begun + len(down)]
            begun += len(down)
            # Not matrix products: their library would start threads of its own.
            few = numpy.einsum("ij,jk->ik", part, down)
            moved = part + numpy.einsum("ik,kj->ij", few, up)
            length = numpy.sqrt(numpy.einsum("ij,ij->i", moved, moved))
            length = numpy.maximum(length, 1e-9)[:, None]
            done.append(moved * ((share * self._times) ** 0.5 / length))
        done.append(numpy.full((len(vectors), 1), (1 - self._times) ** 0.5))
        turned: Vectors = numpy.hstack(done).astype(numpy.float32)
        return turned


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
        maps = {}
        for number, name in enumerate(str(kept["encoders"]).split("\n")):
            shares, times = kept[f"{number}/shares"], float(kept[f"{number}/times"])
            parts = [
                (
                    kept[f"{number}/{part}/down"].astype(numpy.float32),
                    kept[f"{number}/{part}/up"].astype(numpy.float32),
                    float(share),
                )
                for part, share in enumerate(shares)
            ]
            maps[name] = QuestionMap(parts, times)
        return maps
