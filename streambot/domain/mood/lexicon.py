"""The lexicon: each rule's patterns compiled, with the level it raises a line to."""

from __future__ import annotations

import re

from streambot.domain.mood import grievances, threats
from streambot.domain.mood.first_letters import guarded
from streambot.domain.mood.reading import MoodLevel

#: Most serious first.
RULES: dict[str, re.Pattern[str]] = {
    "law": guarded(threats.LAW),
    "safety": guarded(threats.SAFETY),
    "fraud": guarded(threats.FRAUD),
    "abuse": guarded(threats.ABUSE),
    "demand": guarded(grievances.DEMAND),
    "delay": guarded(grievances.DELAY),
    "refusal": guarded(grievances.REFUSAL),
    "defect": guarded(grievances.DEFECT),
    "contempt": guarded(grievances.CONTEMPT),
    "outrage": guarded(grievances.OUTRAGE),
    "mild": guarded(grievances.MILD),
}

LEVELS: dict[str, MoodLevel] = {
    "law": MoodLevel.P0,
    "safety": MoodLevel.P0,
    "own": MoodLevel.P1,
    "fraud": MoodLevel.P1,
    "abuse": MoodLevel.P1,
    "mild": MoodLevel.P3,
}
