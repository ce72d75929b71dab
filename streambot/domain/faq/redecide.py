"""Redeciding: what a match leads to once something outside the book speaks against candidates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from streambot.domain.faq.entry import FaqEntry, FaqId
from streambot.domain.faq.match import (
    Candidate,
    FaqMatch,
    MatchSettings,
    Outcome,
    evidence_for,
)

#: The least that is left for *none of these*.
_LEAST = 1e-9
_TO_BE_SAID = frozenset({Outcome.ANSWER, Outcome.CLARIFY})


def redecided(
    match: FaqMatch,
    text: str,
    speaks_against: Callable[[Candidate], str | None],
    entries: Mapping[FaqId, FaqEntry],
    settings: MatchSettings,
) -> FaqMatch:
    """*match* as it would be had the matcher known what speaks against its candidates.

    The first candidate that stands is answered or suggested by the same thresholds; where none
    stands the line is a person's: it is close to an entry that must not answer it.
    """
    if match.outcome not in _TO_BE_SAID:
        return match
    judged = [
        (each, speaks_against(each)) for each in match.candidates if each.veto is None
    ]
    if not any(why for _, why in judged):
        return match
    standing = [each for each, why in judged if why is None]
    fallen = [replace(each, veto=why) for each, why in judged if why]
    fallen += [each for each in match.candidates if each.veto is not None]
    if standing[:1] == [match.candidates[0]] and match.outcome is Outcome.ANSWER:
        return replace(match, candidates=(*standing, *fallen))
    standing = _among_themselves(standing)
    best = standing[0] if standing else None
    outcome = Outcome.HANDOFF
    if best is not None and best.entry in entries:
        enough = entries[best.entry].threshold or settings.answer_at
        rival = standing[1].score if len(standing) > 1 else 0.0
        if best.score >= enough and best.score - rival >= settings.margin:
            outcome = Outcome.ANSWER
        elif best.score >= settings.suggest_at:
            outcome = Outcome.CLARIFY
    said = best if outcome in _TO_BE_SAID else None
    return replace(
        match,
        outcome=outcome,
        score=best.score if best is not None else 0.0,
        entry=said.entry if said is not None and outcome is Outcome.ANSWER else None,
        candidates=(*standing, *fallen),
        reason=match.reason if said is not None else fallen[0].veto or "vetoed",
        evidence=() if said is None else (evidence_for(text, said),),
    )


def _among_themselves(standing: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that stand, best first: what fell takes nothing from their confidence."""
    odds = [each.alone / max(_LEAST, 1.0 - each.alone) for each in standing]
    whole = 1.0 + sum(odds)
    freed = [
        replace(each, score=max(each.score, mine / whole))
        for each, mine in zip(standing, odds, strict=True)
    ]
    return sorted(freed, key=lambda each: -each.score)
