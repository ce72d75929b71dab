"""Two encoders as one: what both find near is nearer than what one does.

The vectors stand side by side, so that a cosine is the weighted mean of both cosines; both must
be on one scale. What it adds to the right answers, to memory and to time is told in
docs/decisions/0005.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from streambot.ports.encoder import Encoder

if TYPE_CHECKING:
    from streambot.ports.encoder import Vectors


class PairedEncoders:
    """The second one's cosine counts *share* of the whole."""

    def __init__(self, first: Encoder, second: Encoder, share: float) -> None:
        self._first = first
        self._second = second
        self._share = share

    @property
    def name(self) -> str:
        """Both names and the share."""
        return f"{self._first.name}+{self._share:g}*{self._second.name}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text.

        Raises:
            EncoderFailed: one of them failed.
        """
        import numpy

        first, second = self._first.encode(texts), self._second.encode(texts)
        both: Vectors = numpy.hstack(
            [first * (1 - self._share) ** 0.5, second * self._share**0.5]
        ).astype(numpy.float32)
        return both
