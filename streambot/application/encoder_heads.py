"""Head: what a line sounds like by its vector - a learned direction, one for each encoder.

One tells how angry it sounds, one how much like a question put to a shop. Made by
``tools/train_heads.py`` from lines written for this project. As ``vector_table``, it needs numpy only
where an encoder is.
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


class Head:
    """One encoder's direction.

    Args:
        weights: one a place of its vectors.
        bias: what is added; lines of the other kind (calm ones, talk) have a mean of 0 and a
            standard deviation of 1.
    """

    def __init__(self, weights: Vectors, bias: float) -> None:
        self._weights = weights
        self._bias = bias

    def hears(self, vector: bytes) -> float:
        """How much a line of that packed vector is of the kind, in deviations of the other."""
        import numpy

        from streambot.application.vector_table import unpacked

        # Not a matrix product: its library would start threads of its own.
        summed = numpy.einsum("i,i->", self._weights, unpacked(vector))
        return round(float(summed) + self._bias, _PLACES)


def anger_head(encoder: str) -> Head | None:
    """How angry a line sounds to the encoder of that name; None: nobody taught it."""
    return _head("streambot.domain.mood", "anger_heads.json", encoder)


def asked_head(encoder: str) -> Head | None:
    """How much a line sounds like put to a shop to that encoder; None: nobody taught it."""
    return _head("streambot.domain.faq", "asked_heads.json", encoder)


def _head(package: str, file: str, encoder: str) -> Head | None:
    known = _heads(package, file).get(encoder)
    if known is None:
        return None
    import numpy

    weights = numpy.array(known["weights"], dtype=numpy.float32)
    return Head(weights, known["bias"])


@cache
def _heads(package: str, file: str) -> Mapping[str, Any]:
    """By the encoder's name; read once, in the encoder's thread or by a command."""
    text = files(package).joinpath(file).read_text(encoding="utf-8")
    heads: Mapping[str, Any] = json.loads(text)["heads"]
    return heads
