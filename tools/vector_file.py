"""VectorFile: an encoder's vectors of texts, kept in a file so that nothing is encoded twice."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from streambot.ports.encoder import Encoder, Vectors

#: Texts between two savings, and those given to the encoder at once.
_SAVED, _AT_ONCE = 2_000, 50


class VectorFile:
    """Vectors by text, half precision, of one encoder.

    Args:
        path: the file; made where it is missing.
        encoder: what makes the vectors that are missing.
    """

    def __init__(self, path: Path, encoder: Encoder) -> None:
        self._path, self._encoder = path, encoder
        self._rows: dict[str, int] = {}
        self._vectors: list[npt.NDArray[np.float16]] = []
        if path.exists():
            with np.load(path) as kept:
                if str(kept["encoder"]) != encoder.name:
                    sys.exit(
                        f"{path}: vectors of {kept['encoder']}, not {encoder.name}"
                    )
                texts = str(kept["texts"]).split("\n")
                self._vectors = [kept["vectors"]]
            self._rows = {text: row for row, text in enumerate(texts)}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 a text; those unknown are encoded and kept."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._rows]
        for start in range(0, len(missing), _SAVED):
            print(f"encoding {start} of {len(missing)}", file=sys.stderr, flush=True)
            self._encode(missing[start : start + _SAVED])
        chosen = [self._rows[text] for text in texts]
        found = np.concatenate(self._vectors)[chosen].astype(np.float32)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        vectors: Vectors = found / lengths
        return vectors

    def _encode(self, texts: Sequence[str]) -> None:
        for start in range(0, len(texts), _AT_ONCE):
            some = texts[start : start + _AT_ONCE]
            self._vectors.append(self._encoder.encode(some).astype(np.float16))
            for text in some:
                self._rows[text] = len(self._rows)
        self._save()

    def _save(self) -> None:
        self._vectors = [np.concatenate(self._vectors)]
        unfinished = self._path.with_suffix(".part")
        with unfinished.open("wb") as file:
            np.savez(
                file,
                encoder=np.array(self._encoder.name),
                texts=np.array("\n".join(self._rows)),
                vectors=self._vectors[0],
            )
        unfinished.replace(self._path)
