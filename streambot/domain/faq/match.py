"""FaqMatch: what the book says to a line, and why."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import msgspec
from rapidfuzz.fuzz import partial_ratio_alignment

from streambot.domain.evidence import Evidence
from streambot.domain.faq.entry import FaqId
from streambot.domain.faq.measure_names import ENCODED, MEASURES
from streambot.domain.faq.pack import IntentId
from streambot.domain.grams import lowered


class Outcome(StrEnum):
    """What a match leads to."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    HANDOFF = "handoff"
    IGNORE = "ignore"


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An entry, how sure it is, and what spoke against it."""

    entry: FaqId
    score: float
    phrasing: str
    veto: str | None = None
    measures: tuple[float, ...] = ()  # MEASURES, with an encoder's behind them
    plain: str = ""  # the phrasing in its canonical form
    pull: float = -math.inf  # what speaks for it above what speaks for none
    keyed: bool = False  # it is only so sure because of a merchant's keyword

    @property
    def alone(self) -> float:
        """How sure it would be were there no other candidate; in [0, 1]."""
        return 1 / (1 + math.exp(min(-self.pull, 700.0)))

    @property
    def why(self) -> Mapping[str, float]:
        """The measures by name."""
        return dict(zip((*MEASURES, *ENCODED), self.measures, strict=False))


#: What is no surer is chance, however a line is read.
_CHANCE = 0.1
#: Vetoes that merchants write.
_MERCHANTS = frozenset({"not_question", "none"})


class FaqMatch(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome for one line; ``score`` is the confidence of answering the first candidate."""

    outcome: Outcome
    score: float = 0.0
    entry: FaqId | None = None  # only when the outcome is answer
    candidates: tuple[Candidate, ...] = ()  # best first, vetoed ones last
    reason: str = ""
    question_like: bool = False
    evidence: tuple[Evidence, ...] = ()
    intent: IntentId | None = None  # of the pack: asked for, and not in the book
    shop: float = 0.0  # how surely it is the shop's matter, in [0, 1]
    looked_again: bool = False  # an encoder was heard
    sounds: float = 0.0  # how surely a question is put to a shop: asked_of_shop

    def rules_out(self, entry: FaqId | None) -> bool:
        """Whether the merchant's own words keep *entry* from the line, however it is read."""
        return any(
            each.entry == entry and each.veto in _MERCHANTS for each in self.candidates
        )

    def is_surer_than(self, match: FaqMatch) -> bool:
        """Whether this leads to the same as *match*, or to asking back, and is surer of it."""
        if self.score <= max(match.score, _CHANCE):
            return False
        if Outcome.ANSWER in (match.outcome, self.outcome):
            return False  # an answer that was not meant
        return self.outcome in (match.outcome, Outcome.CLARIFY)


#: What most lines of a room get; made once, since they are equal.
SAYS_NOTHING_KNOWN = FaqMatch(outcome=Outcome.IGNORE, reason="no_candidate")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchSettings:
    """The thresholds; each a score in [0, 1]."""

    answer_at: float = 0.70
    suggest_at: float = 0.25
    margin: float = 0.05


def evidence_for(text: str, best: Candidate) -> Evidence:
    """The part of the line that is most like the candidate's phrasing."""
    found = partial_ratio_alignment(lowered(text), best.phrasing.lower())
    start, end = (0, len(text)) if found is None else (found.src_start, found.src_end)
    end = min(max(end, start), len(text))
    return Evidence(
        rule=f"faq:{best.entry}", start=start, end=end, text=text[start:end]
    )
