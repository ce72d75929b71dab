"""Confidence: how measures become one score per entry, and one for "this is the shop's matter".

A softmax over the candidates and one more option, *none of these*, gives each candidate its
confidence; the option's own weight comes from the line. So a score says the same in a book of
ten entries as in one of a thousand, and "nothing fits" is a judgement, not a left-over.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

#: Behind these, sums of weights differ with the order of a set, that is, from run to run.
_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each measure counts; in the order of the measures they belong to."""

    entry: tuple[float, ...]  # of a candidate's measures
    none: tuple[
        float, ...
    ]  # of the line's, for "none of these"; the last is a constant
    shop: tuple[
        float, ...
    ]  # of the line's, for "the shop's matter"; the last is a constant


def pull(weights: tuple[float, ...], measures: Sequence[float]) -> float:
    """The weighted sum of *measures*; a weight more than there are measures is a constant."""
    total: float = sum(map(mul, weights, measures))
    return total + weights[-1] if len(weights) > len(measures) else total


def confidences(pulls: Sequence[float], none: float) -> list[float]:
    """The confidence of each candidate by its pull, in [0, 1]; together they leave room for none."""
    if not pulls:
        return []
    top = max(none, *pulls)
    shares = [math.exp(pull - top) for pull in pulls]
    whole = sum(shares) + math.exp(none - top)
    return [round(share / whole, _DIGITS) for share in shares]


def shop_matter(weights: Weights, line: Sequence[float]) -> float:
    """How surely a line is the shop's matter, whether or not the book answers it; in [0, 1]."""
    return round(1 / (1 + math.exp(-pull(weights.shop, line))), _DIGITS)


def with_vetoes(
    pulls: Sequence[float], none: float, vetoes: Sequence[str | None]
) -> list[float]:
    """Confidences; what is vetoed takes nothing from the others, and keeps its own for show."""
    everything = confidences(pulls, none)
    if not any(vetoes):
        return everything
    free = [each for each, veto in zip(pulls, vetoes, strict=True) if veto is None]
    among = iter(confidences(free, none))
    return [
        score if veto is not None else next(among)
        for score, veto in zip(everything, vetoes, strict=True)
    ]
