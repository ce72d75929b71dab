"""Gists: a rough meaning of a text, the sum of what its characters, pairs and words mean.

The table was distilled from a sentence encoder by ``tools/distil.py``; GIST.md beside it says on
which texts and under which licences. Reading a gist costs some ten microseconds, a thousandth of
asking the encoder.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from operator import add
from typing import Any

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.int8]

#: A unit vector scaled to one byte a number.
_BYTE = 127.0
_LATIN = re.compile("[a-z]+")
#: A Latin word the table doesn't know is known by its parts, so many letters each.
_PARTS = (3, 4)
#: English words come again and again.
_REMEMBERED = 2_048


@cache
def _table() -> tuple[dict[str, int], Bytes]:
    """The row of every term, and their vectors."""
    with files(__package__).joinpath("gist.npz").open("rb") as file:
        stored = np.load(file)
        terms = str(stored["terms"]).split("\n")
        vectors: Bytes = stored["vectors"]
    return {term: row for row, term in enumerate(terms)}, vectors


def gist_terms(text: str) -> list[str]:
    """What the gist of normalised *text* is the sum of.

    Characters and pairs of them; of a text all in Latin letters its words and their parts.
    """
    if not text.isascii():
        return [*text, *map(add, text, text[1:])]
    return list(chain.from_iterable(map(_parts, _LATIN.findall(text))))


@lru_cache(maxsize=_REMEMBERED)
def _parts(word: str) -> tuple[str, ...]:
    """*word* and its parts, its beginning marked; no part is the word itself."""
    edged = f"^{word}"
    parts = [
        edged[start : start + size]
        for size in _PARTS
        for start in range(len(edged) - size + 1)
    ]
    return (word, *(part for part in parts if part != word))


def gist(text: str) -> npt.NDArray[np.float32] | None:
    """The gist of normalised *text*, a unit vector; None where the table knows nothing of it."""
    rows, vectors = _table()
    known = [row for term in gist_terms(text) if (row := rows.get(term)) is not None]
    if not known:
        return None
    # Whole numbers below 2^24, so that any order of adding gives the same sum.
    total: npt.NDArray[np.float32] = (
        vectors.take(known, axis=0).astype(np.float32).sum(0)
    )
    length = float(np.sqrt(total @ total))
    return total / np.float32(length) if length else None


class Gists:
    """The gists of many texts, a byte a number; compared with a line's a few at a time."""

    def __init__(self, vectors: Bytes) -> None:
        self._vectors = vectors

    @classmethod
    def of(cls, texts: Sequence[str]) -> Gists:
        """The gist of each of *texts*; nothing where the table knows nothing of one."""
        found = np.zeros((len(texts), _table()[1].shape[1]), np.int8)
        for number, text in enumerate(texts):
            vector = gist(text)
            if vector is not None:
                found[number] = np.rint(vector * _BYTE)
        return cls(found)

    def of_groups(self, groups: Sequence[int]) -> Gists:
        """What the texts of each group mean together; *groups* has the group of every text."""
        sums = np.zeros((max(groups, default=-1) + 1, self._vectors.shape[1]))
        np.add.at(sums, list(groups), self._vectors.astype(np.float64))
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        unit = np.divide(sums, lengths, out=np.zeros_like(sums), where=lengths > 0)
        return Gists(np.rint(unit * _BYTE).astype(np.int8))

    def cosines(
        self,
        line: npt.NDArray[np.float32] | None,
        numbers: Sequence[int] | npt.NDArray[np.integer[Any]],
    ) -> npt.NDArray[np.float64]:
        """How near the texts of these *numbers* are to *line*, each in [-1, 1]."""
        if line is None or not len(numbers):
            return np.zeros(len(numbers))
        chosen = self._vectors.take(numbers, axis=0).astype(np.float32)
        return ((chosen @ line) / _BYTE).astype(np.float64)
