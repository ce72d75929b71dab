"""The table of gists: how it is computed, on tiny texts, and what ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from streambot.domain.faq.gist import gist, gist_terms
from tools.distil import CHINESE, LATIN, SIZE, TARGET, summing
from tools.gist_table import (
    as_bytes,
    ridge,
    targets,
    term_matrix,
    vocabulary,
    write_table,
)


def test_ridge_recovers_a_planted_table() -> None:
    """Texts whose vectors are sums of their terms' give those terms back."""
    texts = ["甲乙", "乙丙", "丙甲", "甲", "乙", "丙", "甲乙丙", "乙甲"]
    terms = ["甲", "乙", "丙"]
    matrix = term_matrix(texts, terms)
    planted = np.array([[1, 0], [0, 1], [-1, 2]], np.float32)
    found = ridge(matrix, matrix @ planted, np.full(3, 1e-6, np.float32))
    assert found == pytest.approx(planted, abs=1e-3)


def test_a_penalty_pulls_to_nothing() -> None:
    """What is held firmly stays small; the rest takes over what it told."""
    matrix = term_matrix(["甲乙"] * 4, ["甲", "乙"])
    wanted = np.ones((4, 1), np.float32)
    held, free = ridge(matrix, wanted, np.array([50, 0.01], np.float32))[:, 0]
    assert abs(held) < 0.1 < free


def test_the_vocabulary_is_the_most_frequent_of_each_script() -> None:
    """Pairs seen once or twice are left out, characters never; both scripts have their share."""
    texts = ["退货", "退货", "退货", "退款", "return it", "return them", "i"]
    terms = vocabulary(texts, chinese=9, latin=3)
    assert {"退", "货", "款", "退货"} <= set(terms) and "退款" not in terms
    assert "return" in vocabulary(texts, 9, 99)
    assert sum(term.isascii() for term in terms) == 3
    assert terms == sorted(terms)


def test_each_language_is_seen_about_its_own_middle() -> None:
    """That a text is English says nothing: both languages have their middle at nothing."""
    chance = np.random.default_rng(1)
    vectors = chance.normal(size=(40, 6)).astype(np.float32)
    latin = np.arange(40) < 20
    vectors[latin] += 5
    found = targets(vectors, latin, 4)
    assert found.shape == (40, 4)
    assert np.abs(found[latin].mean(axis=0)).max() < 1e-5
    assert np.abs(found[~latin].mean(axis=0)).max() < 1e-5


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    """No time of day gets into the file, and bytes keep directions."""
    table = np.random.default_rng(2).normal(size=(50, 8)).astype(np.float32)
    small = as_bytes(table)
    terms = [f"词{number}" for number in range(50)]
    for name in ("one.npz", "other.npz"):
        write_table(tmp_path / name, terms, small)
    one, other = ((tmp_path / name).read_bytes() for name in ("one.npz", "other.npz"))
    assert one == other
    with np.load(tmp_path / "one.npz") as read:
        assert str(read["terms"]).split("\n") == terms
        cosines = (read["vectors"] * table).sum(axis=1)
        cosines /= np.linalg.norm(read["vectors"].astype(float), axis=1)
        assert (cosines / np.linalg.norm(table, axis=1) > 0.99).all()


def test_the_shipped_table_is_what_its_maker_says(root: Path) -> None:
    """Its shape, unique terms of both scripts, less than 5 MB, and a note on what went in."""
    path = root / TARGET
    with np.load(path) as table:
        terms, vectors = str(table["terms"]).split("\n"), table["vectors"]
    latin = sum(term.isascii() for term in terms)
    assert vectors.dtype == np.int8 and vectors.shape == (len(terms), SIZE)
    assert len(set(terms)) == len(terms)
    assert latin <= LATIN and len(terms) - latin <= CHINESE
    assert path.stat().st_size < 5 * 1024 * 1024
    assert "MIT" in path.with_name("GIST.md").read_text(encoding="utf-8")


def test_the_product_reads_a_gist_as_the_maker_tries_it(root: Path) -> None:
    """What is measured while the table is made is what the matcher will see."""
    with np.load(root / TARGET) as table:
        terms, vectors = str(table["terms"]).split("\n"), table["vectors"]
    tried = summing(terms, vectors.astype(np.float32))
    for text in ("什么时候发货", "where is my parcel"):
        read = gist(text)
        assert read is not None and read == pytest.approx(tried(text), abs=1e-5)


def test_parts_know_a_word_the_table_does_not() -> None:
    """An English word stands with its parts, the beginning marked, and is no part of itself."""
    terms = gist_terms("refunds")
    assert {"refunds", "^ref", "^re", "fund", "unds"} <= set(terms)
    assert terms.count("refunds") == 1
    near, far = gist("shipping costs"), gist("giveaway winners")
    asked = gist("shipment cost")
    assert near is not None and far is not None and asked is not None
    assert asked @ near > asked @ far + 0.2
