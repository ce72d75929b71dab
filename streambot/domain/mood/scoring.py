"""How angry a line is, from what was found in it: a number that ranks lines.

The findings sum up to a logit (``weights.py``); a rule that decides by itself lifts it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from streambot.domain.grams import is_latin
from streambot.domain.mood import weights
from streambot.domain.mood.reading import ANGRY_AT
from streambot.domain.mood.sincerity import Hit, praises

#: Rules that call a person whatever the rest of the line is like, most serious first.
_DECIDING = ("law", "violence", "safety", "own", "fraud", "abuse", "demand", "outrage")
#: What those score at least that are serious whatever they were said for.
_FLOORS = {"law": 0.95, "violence": 0.94, "safety": 0.93, "own": 0.93}
#: The logit that a rule adds which decides by itself; measured, as the numbers of ``weights.py``.
_LIFT = 1.0
#: How far apart those stand that decide though their sum stays below the threshold.
_STEP = 0.02
#: What mild words with a hedge before them reach at most, so that nobody is called.
_MILD_CEILING = 0.45
_HEDGED = re.compile("有点|有些|有一点|稍|略|比较|不太|不怎么|不大")
#: Characters of a line that is short to the weights.
_FEW = 5
#: Letters that say in English what one character says in Chinese.
_LETTERS = 3


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in one line: sincere hits, cues and tone."""

    plain: str
    text: str  # without disguise, innocents masked
    places: Sequence[int] | None
    hits: tuple[Hit, ...]
    cues: tuple[Hit, ...]
    tone: float
    plays: bool

    def logit(self) -> float:
        """The weighed sum of it all."""
        total = _length_and_tone(self.plain, self.tone) + weights.PLAYS * self.plays
        total += sum(weights.CUES[cue.rule] for cue in self.cues)
        for rule, count in Counter(hit.rule for hit in self.hits).items():
            first, more = weights.RULES[rule]
            total += first + more * (count > 1)
        return total


def at_most(plain: str, heard: float, cues: Iterable[str]) -> float:
    """What a line that breaks no rule weighs at most, whatever speaks for its innocence."""
    speaks_against = sum(max(0.0, weights.CUES[cue]) for cue in cues)
    return _length_and_tone(plain, heard) + max(0.0, weights.PLAYS) + speaks_against


def _length_and_tone(plain: str, heard: float) -> float:
    long = len(plain) / _LETTERS if is_latin(plain) else len(plain)
    total = weights.BIAS + weights.TONE * heard
    total += weights.LONG * min(long, 60) / 20
    return total + weights.SHORT * (long <= _FEW)


def rate(hits: Sequence[Hit], found: Findings | None, besides: float = 0.0) -> float:
    """How sure the line is of anger: of two lines, the angrier one has the higher score.

    *besides* is a logit that others than rules and cues add to what was found.

    What all findings sum up to says it; a rule that decides by itself lifts that sum, by so much
    that a grievance of many words stands among them, and a joke with its word behind it.
    """
    summed = 0.0 if found is None else probability(found.logit() + besides)
    loud = sum(hit.rule in _DECIDING for hit in hits)
    jokes = found is not None and found.plays and loud < 2
    decided = {
        hit.rule
        for hit in hits
        if hit.rule in _DECIDING and (hit.rule in ("own", "law") or not jokes)
    }
    if not decided:
        return min(summed, _MILD_CEILING) if found and _gentle(hits, found) else summed
    # A word said twice weighs more than the length it takes away.
    again = 0.1 * (len(hits) - 1)
    lifted = probability(found.logit() + _LIFT + again) if found else 0.0
    least = ANGRY_AT + _STEP * lifted  # no two alike, however little else they say
    return max(lifted, least, *(_FLOORS.get(rule, 0.0) for rule in decided))


def probability(logit: float) -> float:
    """The share of such lines that are angry, as far as the weights know."""
    return 1 / (1 + math.exp(-logit))


def _gentle(hits: Sequence[Hit], found: Findings) -> bool:
    """Whether a line that breaks no loud rule is gentle about it: hedged, or full of praise."""
    if not hits:
        return praises(found.plain)
    mild = len(hits) < 2 or all(hit.rule == "mild" for hit in hits)
    return mild and _HEDGED.search(found.text) is not None


def seriousness(rule: str) -> int:
    """The place of a rule among all, the most serious first."""
    return _DECIDING.index(rule) if rule in _DECIDING else len(_DECIDING)
