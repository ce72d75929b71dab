"""AngerHead: how angry a line sounds by its vector - a learned direction, one for each encoder.

Made by ``tools/train_anger.py`` from lines written for this project. As ``vector_table``, it needs
numpy only where an encoder is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from streambot.ports.encoder import Vectors

#: Told to so many places: the rest differs between processors.
_PLACES = 3


class AngerHead:
    """One encoder's direction.

    Args:
        weights: one a place of its vectors.
        bias: what is added; calm lines have a mean of 0 and a standard deviation of 1.
    """

    def __init__(self, weights: Vectors, bias: float) -> None:
        self._weights = weights
        self._bias = bias

    def hears(self, vector: bytes) -> float:
        """How angry a line of that packed vector sounds, in deviations of calm lines."""
        import numpy

        from streambot.application.vector_table import unpacked

        # Not a matrix product: its library would start threads of its own.
        summed = numpy.einsum("i,i->", self._weights, unpacked(vector))
        return round(float(summed) + self._bias, _PLACES)


def anger_head(encoder: str) -> AngerHead | None:
    """The head for vectors of the encoder of that name; None: nobody taught it any."""
    known = _heads().get(encoder)
    if known is None:
        return None
    import numpy

    weights = numpy.array(known["weights"], dtype=numpy.float32)
    return AngerHead(weights, known["bias"])


@cache
def _heads() -> Mapping[str, Any]:
    """By the encoder's name; read once, in the encoder's thread or by a command."""
    file = files("streambot.domain.mood").joinpath("anger_heads.json")
    heads: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))["heads"]
    return heads
