"""The lexicon: each rule's patterns compiled, with the level it raises a line to."""

from __future__ import annotations

import re

from streambot.domain.mood import grievances, threats
from streambot.domain.mood.reading import MoodLevel


def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


#: Most serious first.
RULES: dict[str, re.Pattern[str]] = {
    "law": _compiled(threats.LAW),
    "safety": _compiled(threats.SAFETY),
    "fraud": _compiled(threats.FRAUD),
    "abuse": _compiled(threats.ABUSE),
    "demand": _compiled(grievances.DEMAND),
    "delay": _compiled(grievances.DELAY),
    "refusal": _compiled(grievances.REFUSAL),
    "defect": _compiled(grievances.DEFECT),
    "contempt": _compiled(grievances.CONTEMPT),
    "outrage": _compiled(grievances.OUTRAGE),
    "mild": _compiled(grievances.MILD),
}

LEVELS: dict[str, MoodLevel] = {
    "law": MoodLevel.P0,
    "safety": MoodLevel.P0,
    "own": MoodLevel.P1,
    "fraud": MoodLevel.P1,
    "abuse": MoodLevel.P1,
    "mild": MoodLevel.P3,
}
