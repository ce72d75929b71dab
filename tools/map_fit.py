"""Fits the map of ``tools/train_maps.py``: a small change of vectors that sets a shop's entries apart.

One softmax over a shop's entries and "none of them", whose arguments are the cosines of a line with
every phrasing; solved by L-BFGS. Nothing here reads a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]
#: Stands for a pair that isn't compared, as a line with itself.
_NEVER = -1e4
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Asked:
    """A book and the lines asked of it; vectors by their row.

    ``phrasings`` and ``lines`` are rows, ``owners`` tells each phrasing's entry, ``gold`` each
    line's, or the number of entries where none is right; ``worth`` is what a line counts.
    ``apart`` leaves a line's own text out of what it is compared with.
    """

    phrasings: Places
    owners: Places
    entries: int
    lines: Places
    gold: Places
    worth: Floats
    apart: bool = False


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a fit begins: how sharply cosines are told apart, and the cosine of none."""

    sharp: float
    none: float


def fitted(vectors: Floats, asked: Sequence[Asked], small: float, steps: int) -> Floats:
    """The change W of ``v + v W`` that is likeliest; *small* holds it near nothing.

    Args:
        vectors: one row a text, each of length 1.
        asked: books with their lines.
        small: what the squares of W count beside the mean loss of a line.
        steps: of the solver at most.
    """
    places = vectors.shape[1]
    whole = float(sum(each.worth.sum() for each in asked))
    start = _start(vectors, asked)

    def loss(point: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        change = point[:-2].reshape(places, places).astype(np.float32)
        sharp, none = float(np.exp(point[-2])), float(point[-1])
        moved = vectors + vectors @ change
        length = np.linalg.norm(moved, axis=1, keepdims=True)
        unit = moved / length
        slope = np.zeros_like(unit)
        total, of_sharp, of_none = 0.0, 0.0, 0.0
        for each in asked:
            lost, pulls, of_nothing = _book(unit, each, sharp, none)
            total += lost
            cosines = pulls.pop()
            (pull,) = pulls
            of_sharp += sharp * float((pull * cosines).sum() + of_nothing * none)
            of_none += sharp * of_nothing
            np.add.at(slope, each.lines, sharp * pull @ unit[each.phrasings])
            np.add.at(slope, each.phrasings, sharp * pull.T @ unit[each.lines])
        slope = (slope - unit * (slope * unit).sum(axis=1, keepdims=True)) / length
        of_change = vectors.T @ slope / whole + 2 * small * change
        held = small * float((change**2).sum())
        ends = [of_sharp / whole, of_none / whole]
        return total / whole + held, np.append(of_change.ravel(), ends).astype(float)

    point = np.append(np.zeros(places * places), [np.log(start.sharp), start.none])
    options = {"maxiter": steps}
    found = minimize(loss, point, jac=True, method="L-BFGS-B", options=options)
    change: Floats = found.x[:-2].reshape(places, places).astype(np.float32)
    return change


def _book(
    unit: Floats, asked: Asked, sharp: float, none: float
) -> tuple[float, list[Floats], float]:
    """What a book's lines lose, the pull of every pair with its cosine, and that of none."""
    cosines = unit[asked.lines] @ unit[asked.phrasings].T
    pairs = sharp * cosines
    if asked.apart:
        pairs[asked.lines[:, None] == asked.phrasings[None, :]] = _NEVER
    nothing = sharp * none
    top = np.maximum(pairs.max(axis=1), nothing)
    likely = np.exp(pairs - top[:, None])
    no_entry = np.exp(nothing - top)
    is_gold = asked.owners[None, :] == asked.gold[:, None]
    is_none = asked.gold == asked.entries
    every = likely.sum(axis=1) + no_entry
    right = np.where(is_none, no_entry, (likely * is_gold).sum(axis=1)) + _TINY
    lost = -float(asked.worth @ np.log(right / every))
    share = likely / every[:, None]
    pull = (share - likely * is_gold / right[:, None]) * asked.worth[:, None]
    of_nothing = float(asked.worth @ (no_entry / every - is_none))
    return lost, [pull.astype(np.float32), cosines], of_nothing


def _start(vectors: Floats, asked: Sequence[Asked]) -> _Start:
    """From the cosines as they are: none lies where the lines' nearest phrasings lie."""
    nearest = np.concatenate(
        [
            (vectors[each.lines] @ vectors[each.phrasings].T).max(axis=1)
            for each in asked
            if not each.apart
        ]
    )
    return _Start(sharp=2 / float(nearest.std()), none=float(nearest.mean()))


def few_directions(change: Floats, rank: int) -> tuple[Floats, Floats]:
    """*change* as a product of two narrow ones, through its *rank* largest directions."""
    left, sizes, right = np.linalg.svd(change)
    root = np.sqrt(sizes[:rank])
    return left[:, :rank] * root, root[:, None] * right[:rank]
