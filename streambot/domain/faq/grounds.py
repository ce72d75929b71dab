"""Grounds: the few things that decided most how sure a candidate is, chosen to be told to people.

A candidate carries all its measures; a person wants the four or five that weighed most. Some
weights only correct a neighbour that says much the same, against the measure's own sense: such a
measure would puzzle and is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from streambot.domain.faq.confidence import Weights
from streambot.domain.faq.match import Candidate
from streambot.domain.faq.measure_names import ENCODED, MEASURES
from streambot.domain.faq.weights import FIRST, SECOND

#: Told of a candidate that something else than its measures made surer.
LED = "led"
#: The more there is of these, the less a phrasing is what the line asks.
_AGAINST = frozenset(
    {
        "line_misses",
        "phrasing_misses",
        "length",
        "concepts_missed",
        "concepts_unasked",
    }
)
#: How a measure's own unit relates to the number that is weighed.
_UNITS = {"cosine_lead": 0.1}
#: Pulls below this change a confidence by about a point in a hundred.
_TRIFLE = 0.05
#: A confidence beyond what the measures give by so much has another cause.
_RAISED = 0.01
_TOLD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One measure of a candidate, and whether it made the candidate surer; None: no amount."""

    name: str
    amount: float | None
    helps: bool


def grounds(candidate: Candidate, most: int = _TOLD) -> tuple[Ground, ...]:
    """What decided most how sure *candidate* is, the weightiest first."""
    why = candidate.why
    if why.get("identical") == 1.0:
        return (Ground(name="identical", amount=None, helps=True),)
    pulls = {
        name: pull
        for name, pull in _pulls(why).items()
        if abs(pull) >= _TRIFLE and (pull > 0) is _speaks_for(name, why[name])
    }
    names = sorted(pulls, key=lambda name: (-abs(pulls[name]), name))
    told = [
        Ground(
            name=name, amount=why[name] * _UNITS.get(name, 1.0), helps=pulls[name] > 0
        )
        for name in names
    ]
    if candidate.score > candidate.alone + _RAISED:
        told.insert(0, Ground(name=LED, amount=None, helps=True))
    return tuple(told[:most])


def _pulls(why: Mapping[str, float]) -> dict[str, float]:
    """Each measure times its weight."""
    weights: Weights = SECOND if any(name in why for name in ENCODED) else FIRST
    names = (*MEASURES, *ENCODED)
    return {
        name: weight * why[name]
        for name, weight in zip(names, weights.entry, strict=False)
        if name in why
    }


def _speaks_for(name: str, value: float) -> bool:
    """Whether so much of a measure speaks for a phrasing in the plain sense of its name."""
    return (value > 0) is (name not in _AGAINST)
