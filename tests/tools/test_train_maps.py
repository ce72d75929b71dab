"""The maps of encoders' vectors and the turned gists are made of the shops that were written for them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tools import train_maps, turn_gists
from tools.gist_table import as_bytes, write_table
from tools.map_fit import Asked, Floats, few_directions, fitted
from tools.shop_vectors import asked_of, asked_of_pack, plain, texts_of
from tools.shops import SHOPS, read_shops


def test_maps_are_made_of_the_shops_as_they_are() -> None:
    """Encoding them takes minutes, so that they are the same is told by a fingerprint."""
    assert train_maps.are_current(), "run python -m tools.train_maps"


def test_gists_are_turned_by_the_shops_as_they_are() -> None:
    """The table notes by which shops."""
    assert turn_gists.are_current(), (
        "run python -m tools.distil --write, then python -m tools.turn_gists"
    )


def test_the_maps_stay_small() -> None:
    """They ship in every wheel."""
    assert train_maps.TARGET.stat().st_size < 800_000


def _planted(seed: int) -> tuple[Floats, Asked]:
    """Lines whose entry only the first four of sixteen places tell; the others are noise."""
    draw = np.random.default_rng(seed)
    entries, each = 6, 8
    middle = draw.normal(size=(entries, 4))
    owners = np.repeat(np.arange(entries), each)
    told = middle[owners] + draw.normal(size=(len(owners), 4)) * 0.2
    vectors = np.hstack([told, draw.normal(size=(len(owners), 12)) * 2])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = np.arange(len(owners))
    is_line = rows % 2 == 1
    asked = Asked(
        phrasings=rows[~is_line],
        owners=owners[~is_line],
        entries=entries,
        lines=rows[is_line],
        gold=owners[is_line],
        worth=np.ones(int(is_line.sum()), np.float32),
    )
    return vectors.astype(np.float32), asked


def _right(vectors: Floats, asked: Asked) -> float:
    cosines = vectors[asked.lines] @ vectors[asked.phrasings].T
    return float((asked.owners[cosines.argmax(axis=1)] == asked.gold).mean())


def test_the_fit_finds_what_tells_entries_apart() -> None:
    """Also through as many directions as there are places that tell nothing."""
    vectors, asked = _planted(3)
    change = fitted(vectors, [asked], 0.001, 200)
    down, up = few_directions(change, 12)
    for turn in (change, down @ up):
        moved = vectors + vectors @ turn
        moved /= np.linalg.norm(moved, axis=1, keepdims=True)
        assert _right(moved, asked) > _right(vectors, asked) + 0.2


def test_a_change_that_is_held_firmly_is_none() -> None:
    """So that a few shops don't undo what the encoder knows."""
    vectors, asked = _planted(4)
    assert np.abs(fitted(vectors, [asked], 1e6, 50)).max() < 1e-3


def test_a_line_is_never_compared_with_itself() -> None:
    """Two questions of the pack that are each other's only like: they are drawn together."""
    vectors, asked = _planted(5)
    both = np.concatenate([asked.phrasings, asked.lines])
    owners = np.concatenate([asked.owners, asked.gold])
    worth = np.ones(len(both), np.float32)
    pack = Asked(both, owners, asked.entries, both, owners, worth, apart=True)
    alone = fitted(vectors, [pack, asked], 0.001, 200)
    moved = vectors + vectors @ alone
    moved /= np.linalg.norm(moved, axis=1, keepdims=True)
    assert _right(moved, asked) > _right(vectors, asked) + 0.2


def test_every_text_has_its_row_and_every_line_its_entry() -> None:
    """A near line is of no entry, which is one more than there are."""
    shop = read_shops()[0]
    texts = texts_of([shop])
    row = {text: at for at, text in enumerate(texts)}
    asked = asked_of(shop, row)
    assert len(asked.lines) == len(shop.queries)
    for at, query in enumerate(shop.queries):
        assert texts[asked.lines[at]] == plain(query.text)
        number = asked.gold[at]
        expected = None if number == asked.entries else shop.entries[number].id
        assert expected == query.gold
    pack = asked_of_pack(row)
    assert pack.apart and len(pack.lines) == len(pack.gold)


def test_a_table_is_turned_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Turned twice it would be what no shop taught."""
    target = tmp_path / "gist.npz"
    write_table(target, ["发"], as_bytes(np.ones((1, 4), np.float32)), "of some shops")
    monkeypatch.setattr(turn_gists, "TARGET", target)
    monkeypatch.setattr("sys.argv", ["turn_gists"])
    before = target.read_bytes()
    with pytest.raises(SystemExit, match="was turned already"):
        turn_gists.main()
    assert target.read_bytes() == before
    assert not turn_gists.are_current()


def test_the_shops_say_what_they_are() -> None:
    """Whose they are, and what to run after a change."""
    told = (SHOPS / "README.md").read_text(encoding="utf-8")
    assert "MIT" in told and "tools.train_maps" in told and "tools.turn_gists" in told
