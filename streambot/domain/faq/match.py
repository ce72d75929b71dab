"""FaqMatch: what the book says to a line, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from streambot.domain.evidence import Evidence
from streambot.domain.faq.entry import FaqId


class Outcome(StrEnum):
    """What a match leads to."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    HANDOFF = "handoff"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry, how sure it is, and what spoke against it."""

    entry: FaqId
    score: float
    phrasing: str
    veto: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqMatch:
    """The outcome for one line; ``score`` is the confidence of answering the first candidate."""

    outcome: Outcome
    score: float = 0.0
    entry: FaqId | None = None  # only when the outcome is answer
    candidates: tuple[Candidate, ...] = ()  # best first, vetoed ones last
    reason: str = ""
    question_like: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchSettings:
    """The thresholds; each a score in [0, 1]."""

    answer_at: float = 0.70
    suggest_at: float = 0.25
    margin: float = 0.05
