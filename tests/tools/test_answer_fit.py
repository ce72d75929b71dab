"""What brings answers near their lines is found where there is something to find."""

from __future__ import annotations

import numpy as np

from tools.answer_fit import Told, answers_fitted
from tools.map_fit import Floats

_PLACES, _ENTRIES, _EACH = 8, 6, 12


def _planted(seed: int) -> list[Told]:
    """Books whose answers tell by their last places what lines tell by their first."""
    draw = np.random.default_rng(seed)
    books = []
    for _ in range(12):
        middle = draw.normal(size=(_ENTRIES, _PLACES // 2))
        noise = draw.normal(size=(_ENTRIES, _PLACES // 2)) * 0.2
        gold = np.repeat(np.arange(_ENTRIES), _EACH)
        said = middle[gold] + draw.normal(size=(len(gold), _PLACES // 2)) * 0.3
        lines = _unit(np.hstack([said, 0.1 * draw.normal(size=said.shape)]))
        answers = _unit(np.hstack([noise, middle]))
        near = np.zeros((len(gold), _ENTRIES), np.float32)
        books.append(
            Told(near, lines, answers, gold, np.ones(len(gold), dtype=np.float32))
        )
    return books


def _unit(rows: np.ndarray) -> Floats:
    unit: Floats = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(
        np.float32
    )
    return unit


def _right(books: list[Told], change: Floats) -> float:
    hits = [
        (each.lines @ _unit(each.answers + each.answers @ change).T).argmax(axis=1)
        == each.gold
        for each in books
    ]
    return float(np.concatenate(hits).mean())


def test_answers_come_to_lie_where_their_lines_lie() -> None:
    """In books it wasn't fitted on, too."""
    change = answers_fitted(_planted(1), 1.5, 0.001, 100)
    others = _planted(2)
    assert _right(others, np.zeros_like(change)) < 0.4
    assert _right(others, change) > 0.8


def test_a_change_that_is_held_firmly_is_none() -> None:
    """So that a few shops don't undo what the encoder knows."""
    assert np.abs(answers_fitted(_planted(3), 1.5, 1e6, 50)).max() < 1e-3
