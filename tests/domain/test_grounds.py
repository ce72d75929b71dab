"""Grounds: few, the weightiest first, and in the plain sense of their names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.faq.entry import FaqId
from streambot.domain.faq.grounds import LED, grounds
from streambot.domain.faq.match import Candidate
from streambot.domain.faq.measure_names import ENCODED, MEASURES
from streambot.domain.faq.weights import FIRST, SECOND

_MEASURED = st.one_of(
    *(
        st.fixed_dictionaries(
            {name: st.floats(-1, 1, allow_nan=False) for name in names}
        )
        for names in (MEASURES, (*MEASURES, *ENCODED))
    )
)


def _candidate(why: dict[str, float], score: float = 0.5) -> Candidate:
    names = (*MEASURES, *ENCODED) if "cosine" in why else MEASURES
    return Candidate(
        entry=FaqId("e"),
        score=score,
        phrasing="几号发货",
        measures=tuple(why.get(name, 0.0) for name in names),
        pull=0.0,
    )


@given(_MEASURED)
def test_few_and_the_weightiest_first(why: dict[str, float]) -> None:
    """At most five, each a measure that was taken, in the order of weight times value."""
    weights = SECOND if "cosine" in why else FIRST
    pull = dict(zip((*MEASURES, *ENCODED), weights.entry, strict=False))
    told = grounds(_candidate(why))
    assert len(told) <= 5
    pulls = [abs(pull[each.name] * why[each.name]) for each in told]
    if [each.name for each in told] != ["identical"]:
        assert pulls == sorted(pulls, reverse=True)
        assert all(
            each.helps is (pull[each.name] * why[each.name] > 0) for each in told
        )


def test_more_in_common_never_speaks_against() -> None:
    """A measure whose weight only corrects another's is left out: it would puzzle a reader."""
    told = grounds(_candidate({"shared": 0.9, "line_covered": 1.0, "gist_lead": -0.2}))
    assert [(each.name, each.helps) for each in told] == [
        ("shared", True),
        ("gist_lead", False),
    ]


def test_word_for_word_says_it_all() -> None:
    """An identical phrasing needs no other ground."""
    told = grounds(_candidate({"shared": 1.0, "identical": 1.0}))
    assert [each.name for each in told] == ["identical"]


def test_what_was_led_here_says_so() -> None:
    """A keyword or a common question that made an entry surer is told, measured or not."""
    assert [each.name for each in grounds(_candidate({}, score=0.8))] == [LED]
    told = grounds(_candidate({"shared": 0.4}, score=0.8))
    assert [each.name for each in told] == [LED, "shared"]


def test_a_lead_is_told_in_its_own_unit() -> None:
    """Cosines lie so close together that their lead is weighed tenfold; people see the lead."""
    why = {"cosine": 0.9, "cosine_lead": 0.5}
    (lead,) = [each for each in grounds(_candidate(why)) if each.name == "cosine_lead"]
    assert lead.amount == 0.05
