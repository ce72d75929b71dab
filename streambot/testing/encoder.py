"""An encoder that is told which sentences mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from streambot.errors import EncoderFailed

if TYPE_CHECKING:
    from streambot.ports.encoder import Vectors

T = TypeVar("T")


class FakeEncoder:
    """An encoder over counted characters that is told which sentences mean the same.

    Clear ``goes_on`` to let it be slow, set ``broken`` to let it fail; ``encoded`` holds all it
    was given.
    """

    name = "fake-1"

    def __init__(self, *alike: Sequence[str]) -> None:
        self._alike = {text: group[0] for group in alike for text in group}
        self.encoded: list[str] = []
        self.broken = False
        self.goes_on = Event()
        self.goes_on.set()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text.

        Raises:
            EncoderFailed: it was told to be broken.
        """
        import numpy

        self.goes_on.wait()
        self.encoded += texts
        if self.broken:
            raise EncoderFailed("坏了。 Broken.")
        rows = numpy.zeros((len(texts), 256), dtype=numpy.float32)
        for row, text in zip(rows, texts, strict=True):
            for char in self._alike.get(text, text) or " ":
                row[ord(char) % 256] += 1
            row /= numpy.linalg.norm(row)
        return rows
