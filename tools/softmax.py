"""Fits the two decisions of the matcher: which entry or none, and whether it's the shop's matter.

Both are small convex problems, solved by L-BFGS; nothing here reads a text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
#: Stands for the pull of a candidate that isn't there.
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines with the measures of their nearest entries.

    ``entry`` has a row a line, candidate and measure; ``present`` says which candidates there
    are; ``line`` holds the measures of the lines; ``gold`` is the candidate that is right, or the
    number of candidates where none is; ``answerable`` says whether the book answers the line.
    """

    entry: Numbers
    present: Flags
    line: Numbers
    gold: npt.NDArray[np.int64]
    answerable: Flags
    kind: npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Fit:
    """What each measure counts; the last of ``none`` is a constant."""

    entry: Numbers
    none: Numbers

    def shifted(self, shift: float) -> Fit:
        """The same, with *none of these* likelier by *shift*."""
        none = self.none.copy()
        none[-1] += shift
        return Fit(self.entry, none)

    def shares(self, lines: Lines) -> Numbers:
        """The confidence of every candidate, and last that of none."""
        candidates = np.where(lines.present, lines.entry @ self.entry, _NEVER)
        none = lines.line @ self.none[:-1] + self.none[-1]
        pulls = np.concatenate([candidates, none[:, None]], axis=1)
        shares = np.exp(pulls - pulls.max(axis=1, keepdims=True))
        found: Numbers = shares / shares.sum(axis=1, keepdims=True)
        return found


def fit_softmax(sets: Sequence[Lines], small: float, least: Mapping[int, float]) -> Fit:
    """The likeliest weights; every set counts the same, answerable lines as much as the others.

    Args:
        sets: the lines of each set.
        small: what holds the weights of entries near nothing.
        least: what the weights of some measures are at least, by their place.
    """
    size = sets[0].entry.shape[2]
    weights = [_weights(each.answerable) for each in sets]

    def loss(point: Numbers) -> tuple[float, Numbers]:
        fit = Fit(point[:size], point[size:])
        total = small * float(fit.entry @ fit.entry)
        slope = np.concatenate([2 * small * fit.entry, np.zeros(len(fit.none))])
        for lines, weight in zip(sets, weights, strict=True):
            shares = fit.shares(lines)
            rows = np.arange(len(shares))
            total -= float(weight @ np.log(shares[rows, lines.gold] + 1e-12))
            pull = shares * weight[:, None]
            pull[rows, lines.gold] -= weight
            slope[:size] += np.einsum("ik,ikf->f", pull[:, :-1], lines.entry)
            slope[size:-1] += pull[:, -1] @ lines.line
            slope[-1] += pull[:, -1].sum()
        return total, slope

    start = np.zeros(size + sets[0].line.shape[1] + 1)
    bounds = [(least.get(place), None) for place in range(len(start))]
    options = {"maxiter": 400}
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options
    )
    return Fit(found.x[:size], found.x[size:])


def _weights(answerable: Flags) -> Numbers:
    """One for all answerable lines together, and one for all others."""
    found: Numbers = np.where(
        answerable, 1 / max(1, answerable.sum()), 1 / max(1, (~answerable).sum())
    )
    return found


def fit_logistic(
    measures: Numbers, is_so: Flags, weights: Numbers, small: float
) -> Numbers:
    """The likeliest weights of "it is so"; the last is a constant, which isn't held small."""
    wide = np.concatenate([measures, np.ones((len(measures), 1))], axis=1)
    held = np.append(np.full(measures.shape[1], small), 0.0)
    sign = np.where(is_so, 1.0, -1.0)

    def loss(point: Numbers) -> tuple[float, Numbers]:
        margins = sign * (wide @ point)
        total = float(weights @ np.logaddexp(0, -margins) + held @ point**2)
        wrong = weights * sign * np.exp(-np.logaddexp(0, margins))
        return total, 2 * held * point - wide.T @ wrong

    start = np.zeros(wide.shape[1])
    options = {"maxiter": 2_000, "maxfun": 4_000}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=options)
    weights_found: Numbers = found.x
    return weights_found
