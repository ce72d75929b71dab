"""Encoder and VectorShelf: what compares sentences by meaning, and where its vectors are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:  # a port loads no library
    import numpy
    from numpy.typing import NDArray

    #: One row a text, float32, each of length 1.
    Vectors: TypeAlias = NDArray[numpy.float32]


class Encoder(Protocol):
    """Turns sentences into vectors; blocking, used by one thread at a time."""

    @property
    def name(self) -> str:
        """The model with its version and how it is asked: another name, other vectors."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 a text; the same text gives the same vector, alone or not.

        Raises:
            EncoderFailed: the model could not do it.
        """
        ...


class VectorShelf(Protocol):
    """Vectors of phrases, kept over restarts by (model, normalised phrase)."""

    async def vectors(self, model: str, phrases: Sequence[str]) -> Mapping[str, bytes]:
        """What is kept of *phrases*: each vector as little-endian float16."""
        ...

    async def keep_vectors(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep *vectors* by phrase; what was there is replaced."""
        ...
