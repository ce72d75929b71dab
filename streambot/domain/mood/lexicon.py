"""The lexicon: each rule's patterns compiled, with the level it raises a line to."""

from __future__ import annotations

import re

from streambot.domain.mood import (
    english,
    english_outrage,
    grievances,
    mixed_script,
    outrage,
    threats,
)
from streambot.domain.mood.first_letters import ByLetter, guarded
from streambot.domain.mood.reading import MoodLevel

_PATTERNS = {
    "law": threats.LAW + mixed_script.LAW + english.LAW,
    "violence": threats.VIOLENCE,
    "safety": threats.SAFETY + english.SAFETY,
    "fraud": threats.FRAUD + mixed_script.FRAUD + english.FRAUD,
    "abuse": threats.ABUSE + mixed_script.ABUSE + english.ABUSE,
    "demand": grievances.DEMAND + mixed_script.DEMAND + english.DEMAND,
    "delay": grievances.DELAY + english.DELAY,
    "refusal": grievances.REFUSAL,
    "defect": grievances.DEFECT + english.DEFECT,
    "contempt": grievances.CONTEMPT,
    "outrage": outrage.OUTRAGE + mixed_script.OUTRAGE + english_outrage.OUTRAGE,
    "mild": grievances.MILD + english.MILD,
}
#: Most serious first.
RULES: dict[str, re.Pattern[str]] = {
    rule: guarded(patterns) for rule, patterns in _PATTERNS.items()
}
#: Whether there is anything at all: most lines that are looked at have nothing.
ANY_RULE = ByLetter(each for patterns in _PATTERNS.values() for each in patterns)

LEVELS: dict[str, MoodLevel] = {
    "law": MoodLevel.P0,
    "violence": MoodLevel.P0,
    "safety": MoodLevel.P0,
    "own": MoodLevel.P1,
    "fraud": MoodLevel.P1,
    "abuse": MoodLevel.P1,
    "mild": MoodLevel.P3,
}
