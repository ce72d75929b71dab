"""Fits what brings answers near the lines they answer, for ``tools/train_maps.py``.

As ``tools/map_fit.py``, one softmax over a shop's entries and "none of them"; here an entry's argument
is a line's cosine with its nearest phrasing, which stays as it is, and a share of that with its
answer, whose vector changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from tools.map_fit import Floats, Places

_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Told:
    """A book's answers and the lines asked of it.

    ``near`` has a row a line and a column an entry: the cosine with its nearest phrasing. ``lines``
    and ``answers`` are vectors of length 1; ``gold`` is each line's entry, or the number of entries
    where none is right, ``worth`` what it counts.
    """

    near: Floats
    lines: Floats
    answers: Floats
    gold: Places
    worth: Floats


def answers_fitted(
    books: Sequence[Told], share: float, small: float, steps: int
) -> Floats:
    """The change M of answers ``v + v M`` that is likeliest; *small* holds it near nothing.

    Args:
        books: what is asked and told.
        share: what the cosine with an answer counts beside that with a phrasing.
        small: what the squares of M count beside the mean loss of a line.
        steps: of the solver at most.
    """
    places = books[0].answers.shape[1]
    whole = float(sum(book.worth.sum() for book in books))
    nearest = [(it.near + share * it.lines @ it.answers.T).max(axis=1) for it in books]
    tops = np.concatenate(nearest)
    start = np.zeros(places * places)
    start = np.append(start, [np.log(2 / tops.std()), tops.mean()])

    def loss(point: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        change = point[:-2].reshape(places, places).astype(np.float32)
        sharp, none = float(np.exp(point[-2])), float(point[-1])
        slope = np.zeros_like(change)
        total, of_sharp, of_none = 0.0, 0.0, 0.0
        for book in books:
            moved = book.answers + book.answers @ change
            length = np.linalg.norm(moved, axis=1, keepdims=True)
            unit = moved / length
            alike = book.near + share * (book.lines @ unit.T)
            lost, pull = _pull(alike, none, sharp, book)
            total += lost
            of_sharp += float((pull[:, :-1] * alike).sum() + pull[:, -1].sum() * none)
            of_none += sharp * float(pull[:, -1].sum())
            of_unit = sharp * share * (pull[:, :-1].T @ book.lines)
            of_unit -= unit * (of_unit * unit).sum(axis=1, keepdims=True)
            slope += book.answers.T @ (of_unit / length)
        of_change = slope / whole + 2 * small * change
        ends = [sharp * of_sharp / whole, of_none / whole]
        held = small * float((change**2).sum())
        return total / whole + held, np.append(of_change.ravel(), ends).astype(float)

    options = {"maxiter": steps}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=options)
    change: Floats = found.x[:-2].reshape(places, places).astype(np.float32)
    return change


def _pull(alike: Floats, none: float, sharp: float, book: Told) -> tuple[float, Floats]:
    """What a book's lines lose, and how far each share of the softmax is from what it ought to be."""
    arguments = np.hstack([alike, np.full((len(alike), 1), none, np.float32)]) * sharp
    likely = np.exp(arguments - arguments.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    rows = np.arange(len(alike))
    lost = -float(book.worth @ np.log(likely[rows, book.gold] + _TINY))
    likely[rows, book.gold] -= 1
    pull: Floats = (likely * book.worth[:, None]).astype(np.float32)
    return lost, pull
