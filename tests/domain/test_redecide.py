"""What becomes of a match once something outside the book speaks against its candidates."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import Candidate, FaqMatch, MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.redecide import redecided

ENTRIES = {
    FaqId(name): FaqEntry(id=FaqId(name), questions=(name,), answers=("好",))
    for name in "abc"
}


def match(*scores: float, outcome: Outcome = Outcome.ANSWER) -> FaqMatch:
    """A match whose candidates a, b, c have these scores."""
    candidates = tuple(
        Candidate(entry=FaqId(name), score=score, phrasing=name)
        for name, score in zip("abc", scores, strict=False)
    )
    entry = candidates[0].entry if outcome is Outcome.ANSWER else None
    return FaqMatch(
        outcome=outcome, score=scores[0], entry=entry, candidates=candidates
    )


def against(names: str) -> Callable[[Candidate], str | None]:
    """Speaks against the entries named."""
    return lambda candidate: "form" if candidate.entry in names else None


def after(found: FaqMatch, names: str) -> FaqMatch:
    """*found* without the entries named."""
    return redecided(found, "a", against(names), ENTRIES, MatchSettings())


def test_the_next_that_stands_is_decided_by_the_same_thresholds() -> None:
    """Sure: answered; likely: suggested; neither: a person's."""
    assert after(match(0.9, 0.8), "a").entry == "b"
    assert after(match(0.9, 0.5), "a").outcome is Outcome.CLARIFY
    assert after(match(0.9, 0.1), "a").outcome is Outcome.HANDOFF
    assert after(match(0.9), "a").outcome is Outcome.HANDOFF


def test_a_tie_is_over_once_the_rival_falls() -> None:
    """Two that were too close to choose between: the one that stands answers."""
    tied = match(0.9, 0.89, outcome=Outcome.CLARIFY)
    assert after(tied, "b").entry == "a"
    assert after(tied, "c") == tied


def test_what_fell_takes_nothing_from_what_stands() -> None:
    """Confidences are shared out: without the first the next is as sure as it is alone."""
    twins = {
        FaqId(name): FaqEntry(id=FaqId(name), questions=(asked,), answers=("好",))
        for name, asked in (("a", "这件衣服有什么颜色"), ("b", "这件裤子有什么颜色"))
    }
    book = FaqBook(entries=tuple(twins.values()))
    line = "这件有什么颜色"
    found = BookMatcher(book).match(line)
    first, second = found.candidates
    assert found.outcome is Outcome.CLARIFY
    then = redecided(found, line, against(first.entry), twins, MatchSettings())
    assert (then.outcome, then.entry) == (Outcome.ANSWER, second.entry)
    assert then.score == pytest.approx(second.alone)
    assert then.score > second.score + 0.2


@given(
    st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=3),
    st.sampled_from(("", "a", "b", "ab", "abc")),
    st.sampled_from(Outcome),
)
def test_what_is_spoken_against_is_never_answered(
    scores: list[float], names: str, outcome: Outcome
) -> None:
    """Nothing is lost either: every candidate is still shown, the fallen with their veto."""
    found = match(*sorted(scores, reverse=True), outcome=outcome)
    then = after(found, names)
    if outcome in (Outcome.ANSWER, Outcome.CLARIFY):
        assert then.entry is None or then.entry not in names
        fallen = {each.entry for each in then.candidates if each.veto == "form"}
        assert fallen == {e.entry for e in found.candidates if e.entry in names}
    else:
        assert then == found
    assert len(then.candidates) == len(found.candidates)
