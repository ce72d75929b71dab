"""Turns the table of gists so that what a shop's entries tell apart lies apart: docs/decisions/0020.

    python -m tools.turn_gists

Behind ``tools.distil --write``, whose table is like an encoder's vectors: one linear map, learnt from
shops written for this project, is multiplied into ``gist.npz``, which then notes of which shops. A
table that was turned already is refused; ``--check`` tells whether it was turned by the shops as
they are. It takes half a minute.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from streambot.domain.faq.gist import Bytes, gist_terms
from tools import map_fit
from tools.gist_table import as_bytes, write_table
from tools.map_fit import Floats, fitted
from tools.shop_vectors import asked_of, asked_of_pack, texts_of
from tools.shops import WrittenShop, fingerprint, read_shops

TARGET = Path(__file__).parents[1] / "streambot" / "domain" / "faq" / "gist.npz"
#: How firmly the map is held near doing nothing, chosen on shops left out of the fit; the solver's steps.
SMALL, STEPS = 0.015, 100


def sums(texts: Sequence[str], terms: Sequence[str], vectors: Bytes) -> Floats:
    """The gist of every text, of length 1; one that the table knows nothing of points nowhere much."""
    row = {term: at for at, term in enumerate(terms)}
    found = np.full((len(texts), vectors.shape[1]), 1e-3, np.float32)
    for at, text in enumerate(texts):
        known = [row[term] for term in gist_terms(text) if term in row]
        found[at] += vectors[known].astype(np.float32).sum(axis=0)
    unit: Floats = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def turned(shops: Sequence[WrittenShop], terms: Sequence[str], vectors: Bytes) -> Bytes:
    """The table behind the map that *shops* teach."""
    texts = texts_of(shops)
    row = {text: at for at, text in enumerate(texts)}
    asked = [*(asked_of(shop, row) for shop in shops), asked_of_pack(row)]
    change = fitted(sums(texts, terms, vectors), asked, SMALL, STEPS)
    plain = vectors.astype(np.float32)
    return as_bytes(plain + plain @ change)


def inputs() -> str:
    """Of what the map depends on, but for the table and the pack."""
    return fingerprint(__file__, map_fit.__file__)


def are_current() -> bool:
    """Whether the table was turned by the shops and the tool as they are."""
    with np.load(TARGET) as kept:
        return "shops" in kept and str(kept["shops"]) == inputs()


def main() -> None:
    """Check, or turn."""
    if "--check" in sys.argv:
        sys.exit(0 if are_current() else 1)
    with np.load(TARGET) as kept:
        if "shops" in kept:
            sys.exit(
                f"{TARGET} was turned already: run python -m tools.distil --write first"
            )
        terms, vectors = str(kept["terms"]).split("\n"), kept["vectors"]
    write_table(TARGET, terms, turned(read_shops(), terms, vectors), inputs())


if __name__ == "__main__":
    main()
