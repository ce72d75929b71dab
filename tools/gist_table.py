"""The table of gists, computed: one vector a term, so that their sum is like a text's vector.

Nothing here reads a text or asks an encoder; tools/distil.py does.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from streambot.domain.faq.gist import gist_terms

Floats: TypeAlias = npt.NDArray[np.float32]
#: Met less often a pair of characters, or a Latin term, tells of the few texts it was in.
_SEEN_PAIR, _SEEN_LATIN = 3, 2
#: So much of the numbers keeps its size when they become bytes; the rest is cut.
_KEPT = 0.9995
#: A zip archive tells when its files were written; this is the first moment it can tell.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def vocabulary(texts: Iterable[str], chinese: int, latin: int) -> list[str]:
    """The terms most texts have, at most so many of each script; sorted."""
    every: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for text in texts:
        (words if text.isascii() else every).update(set(gist_terms(text)))
    of_chinese = Counter(
        {
            term: count
            for term, count in every.items()
            if not term.isascii() and (count >= _SEEN_PAIR or len(term) == 1)
        }
    )
    of_latin = Counter(
        {
            term: count
            for term, count in words.items()
            if count >= _SEEN_LATIN and len(term) > 1
        }
    )
    return sorted((*_most(of_chinese, chinese), *_most(of_latin, latin)))


def _most(counted: Counter[str], number: int) -> list[str]:
    return sorted(counted, key=lambda term: (-counted[term], term))[:number]


def term_matrix(texts: Sequence[str], terms: Sequence[str]) -> Any:
    """How often each text has each term, as a sparse matrix; long texts weigh no more than short."""
    column = {term: number for number, term in enumerate(terms)}
    rows, columns, values = [], [], []
    for number, text in enumerate(texts):
        known = [column[term] for term in gist_terms(text) if term in column]
        rows += [number] * len(known)
        columns += known
        values += [1 / np.sqrt(max(1, len(known)))] * len(known)
    shape = (len(texts), len(terms))
    return sparse.csr_matrix((values, (rows, columns)), shape, dtype=np.float32)


def targets(vectors: Floats, latin: npt.NDArray[np.bool_], size: int) -> Floats:
    """*vectors* about the middle of their language, in the *size* directions that tell most."""
    about = vectors.copy()
    for chosen in (latin, ~latin):
        if chosen.any():
            about[chosen] -= about[chosen].mean(axis=0)
    spread = about.astype(np.float64)
    _, directions = np.linalg.eigh(spread.T @ spread)
    strongest = directions[:, ::-1][:, :size]
    found: Floats = (about @ strongest).astype(np.float32)
    return found


def ridge(matrix: Any, wanted: Floats, penalty: Floats, steps: int = 60) -> Floats:
    """The table whose rows, summed as *matrix* says, come nearest to *wanted*.

    Solves (X'X + penalty) table = X'wanted by conjugate gradients, all columns at once.
    """
    rest = np.asarray(matrix.T @ wanted, dtype=np.float32)
    table = np.zeros_like(rest)
    way = rest.copy()
    left = (rest * rest).sum(axis=0)
    for _ in range(steps):
        turned = matrix.T @ (matrix @ way) + penalty[:, None] * way
        stride = left / ((way * turned).sum(axis=0) + 1e-20)
        table += stride * way
        rest -= stride * turned
        now = (rest * rest).sum(axis=0)
        way = rest + now / (left + 1e-20) * way
        left = now
    return table


def as_bytes(table: Floats) -> npt.NDArray[np.int8]:
    """*table* with a byte a number, all of one scale: only directions are compared."""
    scale = np.quantile(np.abs(table), _KEPT)
    scaled = np.clip(np.rint(table / scale * 127), -127, 127)
    found: npt.NDArray[np.int8] = scaled.astype(np.int8)
    return found


def write_table(
    path: Path, terms: Sequence[str], vectors: npt.NDArray[np.int8], shops: str = ""
) -> None:
    """Write what ``streambot.domain.faq.gist`` reads; the same table gives the same bytes.

    *shops* notes by which shops it was turned, if it was.
    """
    arrays = {"terms": np.array("\n".join(terms)), "vectors": vectors}
    if shops:
        arrays["shops"] = np.array(shops)
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy", _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as file:
                np.lib.format.write_array(file, array)
