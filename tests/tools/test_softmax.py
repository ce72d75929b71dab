"""The fits behind the matcher's weights recover what was planted."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

from streambot.domain.faq.confidence import Weights, shop_matter
from tools.fit_matcher import rendered
from tools.softmax import Fit, Lines, fit_logistic, fit_softmax


def _lines(fit: Fit, number: int = 6_000) -> Lines:
    """Lines whose right candidate was drawn as *fit* says."""
    chance = np.random.default_rng(3)
    entry = chance.normal(size=(number, 4, len(fit.entry)))
    line = chance.normal(size=(number, len(fit.none) - 1))
    present = chance.random((number, 4)) < 0.8
    nothing = np.full(number, 4)
    drawn = Lines(entry, present, line, nothing, nothing < 4, np.full(number, "in"))
    ends = fit.shares(drawn).cumsum(axis=1)
    gold = (chance.random((number, 1)) > ends).sum(axis=1).clip(0, 4)
    return Lines(entry, present, line, gold, gold < 4, drawn.kind)


def test_the_softmax_recovers_planted_weights() -> None:
    """But for a constant, since lines with an answer count as much as all others together."""
    planted = Fit(np.array([2.0, -1.0, 0.5]), np.array([1.0, -0.5, 0.3]))
    lines = _lines(planted)
    found = fit_softmax([lines], 1e-6, {})
    assert found.entry == pytest.approx(planted.entry, abs=0.15)
    assert found.none[:-1] == pytest.approx(planted.none[:-1], abs=0.15)
    share = lines.answerable.mean()
    moved = planted.none[-1] + np.log(share / (1 - share))
    assert found.none[-1] == pytest.approx(moved, abs=0.15)


def test_a_weight_is_no_less_than_it_must_be() -> None:
    """What is asked of one measure is kept; the others make the best of it."""
    lines = _lines(Fit(np.array([2.0, -1.0, 0.5]), np.array([1.0, -0.5, 0.3])))
    found = fit_softmax([lines], 1e-6, {1: -0.4})
    assert found.entry[1] == pytest.approx(-0.4)
    assert found.entry[0] > 1.5


def test_the_logistic_recovers_planted_weights() -> None:
    """The last weight is the constant; the product reads the same numbers."""
    chance = np.random.default_rng(4)
    measures = chance.normal(size=(8_000, 2))
    planted = np.array([1.5, -2.0, 0.4])
    pulls = measures @ planted[:-1] + planted[-1]
    is_so = chance.random(8_000) < 1 / (1 + np.exp(-pulls))
    found = fit_logistic(measures, is_so, np.ones(8_000), 1e-3)
    assert found == pytest.approx(planted, abs=0.15)
    weights = Weights(entry=(), none=(), shop=tuple(planted))
    assert shop_matter(weights, measures[0].tolist()) == pytest.approx(
        1 / (1 + np.exp(-pulls[0])), abs=1e-6
    )


def test_weights_are_written_as_the_file_reads() -> None:
    """What is written is Python that gives the weights back, to three places."""
    fit = Fit(np.arange(20) / 7, np.array([1.0, -2.0]))
    source = rendered("FIRST", fit, np.array([0.5, 0]))
    read: dict[str, object] = {"Weights": Weights}
    exec(compile(source, "weights", "exec"), read)
    weights = read["FIRST"]
    assert isinstance(weights, Weights)
    assert weights.entry == pytest.approx(fit.entry, abs=5e-4)
    assert weights.none == (1.0, -2.0) and weights.shop == (0.5, 0.0)


def test_fewer_than_two_hundred_numbers_are_tuned(root: Path) -> None:
    """Weights, shifts, thresholds and every other number named in the matcher's modules."""
    folder = root / "streambot" / "domain" / "faq"
    files = [folder / f"{name}.py" for name in _TUNED]
    found = [number for file in files for number in _numbers(file)]
    found += _numbers(root / "tools" / "fit_matcher.py")
    assert 80 < len(found) < 200


_TUNED = (
    *("weights", "terms", "index", "ranking", "judging", "deciding", "shadows"),
    *("matcher", "match", "romanised", "readings"),
)


def _numbers(path: Path) -> list[float]:
    """The numbers in a module's assignments and in the defaults of its classes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    statements = [*tree.body, *(each for node in inside for each in node.body)]
    return [
        constant.value
        for statement in statements
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for constant in ast.walk(statement)
        if isinstance(constant, ast.Constant)
        and isinstance(constant.value, int | float)
        and not isinstance(constant.value, bool)
    ]
