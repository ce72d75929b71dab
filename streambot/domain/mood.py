"""Mood: anger, complaint and risk read from a viewer's line, always with evidence.

A wrong mood only ever costs a human a glance; it never mutes or punishes anybody.
"""

from __future__ import annotations

import re
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rapidfuzz.fuzz import ratio

from streambot.domain import mood_words as words
from streambot.domain.evidence import Evidence
from streambot.domain.faq.normalise import folded, normalise
from streambot.domain.viewer import ViewerKey


class Mood(StrEnum):
    """How a viewer sounds."""

    CALM = "calm"
    UNEASY = "uneasy"
    ANGRY = "angry"


class MoodLevel(StrEnum):
    """P0 law and safety, P1 abuse, P2 demand and delay, P3 polite dissatisfaction."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodReading:
    """How one line sounds; ``angry`` exactly when ``score >= ANGRY_AT``."""

    mood: Mood = Mood.CALM
    level: MoodLevel | None = None
    score: float = 0.0
    evidence: tuple[Evidence, ...] = ()


ANGRY_AT = 0.5
CALM = MoodReading()
_SCORES = {
    "law": (MoodLevel.P0, 0.97),
    "safety": (MoodLevel.P0, 0.95),
    "abuse": (MoodLevel.P1, 0.88),
    "demand": (MoodLevel.P2, 0.70),
    "mild": (MoodLevel.P3, 0.30),
}
#: Separators people put into words to get past filters.
_SEPARATOR = r"[\s\u200b-\u200f\u2060\ufeff.。·•*_\-~～,，/\\|]{0,2}"
_REASONS = {"law": "legal", "safety": "safety_word", "abuse": "angry"}


class MoodReader:
    """Reads one line at a time; immutable, so rooms may share it."""

    def __init__(
        self, angry_words: Iterable[str] = (), benign_words: Iterable[str] = ()
    ) -> None:
        self._innocent = _anyof((*words.INNOCENT, *map(folded, benign_words)))
        groups = {
            "law": words.LAW,
            "safety": words.SAFETY,
            "abuse": (*words.ABUSE, *filter(None, map(folded, angry_words))),
            "demand": words.DEMAND,
            "mild": words.MILD,
        }
        rules = "|".join(
            f"(?P<{rule}>{'|'.join(map(_spaced, _longest_first(group)))})"
            for rule, group in groups.items()
        )
        firsts = {re.escape(word[0]) for group in groups.values() for word in group}
        # Most places of most lines can't begin a word: one look instead of two hundred.
        self._angry = re.compile(
            rf"(?=[{''.join(sorted(firsts))}])(?:{rules})", re.IGNORECASE
        )

    def read(self, text: str) -> MoodReading:
        """How *text* sounds; a calm line costs a few microseconds."""
        plain = folded(text)
        if self._angry.search(plain) is None:
            return CALM
        masked = self._innocent.sub(lambda match: "＿" * len(match[0]), plain)
        hits = [
            Evidence(
                rule=f"mood:{match.lastgroup}",
                start=match.start(),
                end=match.end(),
                text=text[match.start() : match.end()],
            )
            for match in self._angry.finditer(masked)
        ]
        kept = _sincere(masked, hits)
        if not kept:
            return CALM
        return _reading(kept)


def handoff_reason(reading: MoodReading) -> str:
    """The desk's reason code for an angry reading."""
    rule = reading.evidence[0].rule.removeprefix("mood:") if reading.evidence else ""
    return _REASONS.get(rule, "complaint")


def _reading(hits: list[Evidence]) -> MoodReading:
    def strength(hit: Evidence) -> float:
        return _SCORES[hit.rule.removeprefix("mood:")][1]

    hits.sort(key=lambda hit: (-strength(hit), hit.start))
    level, score = _SCORES[hits[0].rule.removeprefix("mood:")]
    score = min(0.99, score + 0.02 * (len(hits) - 1)) if score >= ANGRY_AT else score
    return MoodReading(
        mood=Mood.ANGRY if score >= ANGRY_AT else Mood.UNEASY,
        level=level,
        score=score,
        evidence=tuple(hits),
    )


_DELIGHT = re.compile("|".join(map(re.escape, words.DELIGHT)), re.IGNORECASE)
_ADDRESSED = re.compile("|".join(map(re.escape, words.ADDRESSED)))
_ELSEWHERE = re.compile("|".join(map(re.escape, words.ELSEWHERE)))
_ASKING = re.compile("|".join(map(re.escape, words.ASKING)))


def _sincere(text: str, hits: list[Evidence]) -> list[Evidence]:
    """The hits that mean it: not delight, not another shop, not a question about a risk."""
    if not hits:
        return hits
    strong = [hit for hit in hits if hit.rule in ("mood:abuse", "mood:law")]
    if _ELSEWHERE.search(text) and not _ADDRESSED.search(text):
        return []
    if _DELIGHT.search(text) and len(strong) < 2:
        return [
            hit for hit in hits if folded(hit.text) in ("退钱", "赔钱", "还钱", "赔偿")
        ]
    asks = _ASKING.search(text) is not None
    if asks and len(hits) == 1 and not _ADDRESSED.search(text) and len(text) <= 14:
        return []
    return hits


def _longest_first(group: Iterable[str]) -> list[str]:
    return sorted(set(group), key=lambda word: (-len(word), word))


def _spaced(word: str) -> str:
    """*word* as a pattern that also finds it split by separators; Latin words stand alone."""
    if word.isascii():
        return rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])"
    return _SEPARATOR.join(map(re.escape, word))


def _anyof(group: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _longest_first(group))), re.IGNORECASE)


#: How long a question waits for its answer before its repetition counts anew.
REPEAT_WINDOW = timedelta(seconds=120)
REPEATS = 3
_VIEWERS_KEPT = 5_000
_SAME_QUESTION = 80.0


class RepeatWatch:
    """Notices a viewer who asks the same thing three times without an answer."""

    def __init__(
        self, repeats: int = REPEATS, window: timedelta = REPEAT_WINDOW
    ) -> None:
        self._repeats = repeats
        self._window = window
        self._asked: OrderedDict[ViewerKey, deque[tuple[datetime, str]]] = OrderedDict()

    def unanswered(self, viewer: ViewerKey, text: str, at: datetime) -> Evidence | None:
        """Note a question that got no answer; evidence once it is one too many."""
        plain = normalise(text)
        asked = self._asked.pop(viewer, None) or deque(maxlen=self._repeats * 2)
        while asked and at - asked[0][0] > self._window:
            asked.popleft()
        asked.append((at, plain))
        self._asked[viewer] = asked
        if len(self._asked) > _VIEWERS_KEPT:
            self._asked.popitem(last=False)
        same = sum(ratio(plain, earlier) >= _SAME_QUESTION for _, earlier in asked)
        if same < self._repeats:
            return None
        return Evidence(rule="repeat_question", start=0, end=len(text), text=text)

    def answered(self, viewer: ViewerKey) -> None:
        """The viewer got an answer, or a human."""
        self._asked.pop(viewer, None)
