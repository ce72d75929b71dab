"""Confidence: how three measures of likeness become one score between 0 and 1."""

from __future__ import annotations

import math

#: How edit similarity, the line's and the phrasing's shared weight make one likeness.
_RATIO, _LINE, _PHRASING = 0.35, 0.40, 0.25
#: Likeness at which an answer is a coin toss, and how steep confidence rises there.
_EVEN, _STEEP = 0.60, 11.0
#: Behind these, sums of weights differ with the order of a set, that is, from run to run.
_DIGITS = 12


def confidence(ratio: float, of_line: float, of_phrasing: float) -> float:
    """Confidence in [0, 1] that a line asks what a phrasing asks.

    Args:
        ratio: edit similarity in [0, 1].
        of_line: the share of the line's weight that both have.
        of_phrasing: the share of the phrasing's.
    """
    likeness = _RATIO * ratio + _LINE * of_line + _PHRASING * of_phrasing
    return round(1 / (1 + math.exp(-_STEEP * (likeness - _EVEN))), _DIGITS)
