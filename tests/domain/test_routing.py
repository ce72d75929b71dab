"""Routing: the funnel, the order, the chain of groups, and what is told of those who wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.presence import AgentState
from streambot.domain.reply import TicketId
from streambot.domain.routing import (
    Bar,
    Candidate,
    Groups,
    Placed,
    Wanting,
    Why,
    bar,
    choose,
    plan,
)
from streambot.domain.ticket import LEGAL, SUPERVISORS

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
MEI, ANNA = Candidate(name="mei"), Candidate(name="anna")
BOSS = Candidate(name="boss", supervises=True)
WANT = Wanting(ticket=TicketId("t1"), priority=3, due_at=None, since=NOW)
NO_GROUPS = Groups()


def chosen(want: Wanting, *agents: Candidate, groups: Groups = NO_GROUPS) -> str | None:
    """The name of whoever gets *want*."""
    found = choose(want, agents, groups, ramp=2)
    return found.agent if isinstance(found, Placed) else None


def why(want: Wanting, *agents: Candidate, groups: Groups = NO_GROUPS) -> Why:
    """Why *want* waits."""
    found = choose(want, agents, groups, ramp=2)
    assert isinstance(found, Why), found
    return found


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (MEI, None),
        (replace(MEI, on_shift=False), Bar.SHIFT),
        (replace(MEI, state=AgentState.OFFLINE), Bar.OFFLINE),
        (replace(MEI, state=AgentState.SUSPECT), Bar.SUSPECT),
        (replace(MEI, state=AgentState.BREAK), Bar.BREAK),
        (replace(MEI, load=4), None),
        (replace(MEI, load=4.2), Bar.FULL),
        (replace(MEI, offers=2), Bar.OFFERED),
        (replace(MEI, languages=frozenset({"en"})), Bar.LANGUAGE),
        (replace(MEI, languages=frozenset({"zh"})), None),
    ],
)
def test_the_funnel_names_the_first_bar(agent: Candidate, expected: Bar | None) -> None:
    """Each thing in the way has a code of its own."""
    assert bar(agent, replace(WANT, language="zh"), ramp=2) is expected


def test_whoever_is_absent_gets_nothing() -> None:
    """Beats feeding offline or away agents: a ticket never strands on one.

    Named flaw: absent agents are assigned.
    """
    for state in set(AgentState) - {AgentState.READY}:
        assert chosen(WANT, replace(MEI, state=state)) is None


def test_the_last_agent_is_asked_only_if_available() -> None:
    """Beats a reopening that goes back to the same absent agent."""
    again = replace(WANT, last_agent="mei")
    busy = replace(MEI, load=3)
    assert chosen(again, ANNA, busy) == "mei"
    assert chosen(again, ANNA, replace(MEI, state=AgentState.OFFLINE)) == "anna"


def test_load_then_idleness_then_name_decide() -> None:
    """Among equals the least laden, then who waited longest, then the name."""
    assert chosen(WANT, replace(ANNA, load=1), MEI) == "mei"
    rested = replace(MEI, idle_since=NOW - timedelta(minutes=5))
    assert chosen(WANT, replace(ANNA, idle_since=NOW), rested) == "mei"
    assert chosen(WANT, MEI, ANNA) == "anna"


def test_priority_then_slack_then_age_decide_who_is_served() -> None:
    """Beats assignment by creation that never looks at priority or promises.

    Named flaw: assignment never looks at priority.
    """
    wants = [
        replace(WANT, ticket=TicketId("old"), since=NOW - timedelta(hours=1)),
        replace(WANT, ticket=TicketId("due"), due_at=NOW + timedelta(seconds=9)),
        replace(WANT, ticket=TicketId("major"), priority=0),
        replace(WANT, ticket=TicketId("new")),
    ]
    found = plan(wants, [replace(MEI, capacity=10)], NO_GROUPS, ramp=10)
    assert [each.ticket for each in found.placed] == ["major", "due", "old", "new"]


def test_a_returning_agent_is_not_flooded() -> None:
    """Of many waiting tickets, only two at once go to whoever becomes ready."""
    wants = [replace(WANT, ticket=TicketId(f"t{n}")) for n in range(9)]
    found = plan(wants, [MEI], NO_GROUPS, ramp=2)
    assert len(found.placed) == 2
    assert {each.text for each in found.why.values()} == {"1 deciding"}


def test_a_waiting_ticket_says_why() -> None:
    """The floor reads in words and in codes what keeps a ticket waiting."""
    full = replace(MEI, load=5)
    agents = [replace(full, name=name) for name in "abc"]
    resting = replace(MEI, name="d", state=AgentState.BREAK)
    tried = replace(MEI, name="e")
    told = why(replace(WANT, tried=("e",)), *agents, resting, tried)
    assert told.text == "3 full, 1 on break, 1 tried"
    assert told.counts == {Bar.FULL: 3, Bar.BREAK: 1, Bar.TRIED: 1}
    assert not told.starved
    assert why(WANT).text == "nobody here"


def test_who_tried_is_asked_again_once_when_everyone_has_tried() -> None:
    """I13: not before everyone eligible tried; then once, and it is told."""
    assert chosen(replace(WANT, tried=("mei",)), MEI, ANNA) == "anna"
    both = replace(WANT, tried=("mei", "anna"))
    found = choose(both, (MEI, ANNA), NO_GROUPS, ramp=2)
    assert isinstance(found, Placed)
    assert found.again
    assert why(replace(both, asked_again=True), MEI, ANNA).starved
    assert chosen(both, MEI, ANNA, BOSS) == "boss"


def test_groups_fall_back_without_cycles() -> None:
    """Beats a fallback that recurses: two groups that name each other end at supervisors."""
    groups = Groups(
        members={"size": frozenset({"mei"}), "care": frozenset({"anna"})},
        fallback={"size": "care", "care": "size"},
    )
    assert list(groups.chain("size")) == ["size", "care", "supervisor"]
    want = replace(WANT, group="size")
    away = replace(MEI, state=AgentState.OFFLINE)
    assert chosen(want, MEI, ANNA, groups=groups) == "mei"
    assert chosen(want, away, ANNA, groups=groups) == "anna"
    assert chosen(want, away, BOSS, groups=groups) == "boss"
    # A full group is waited for; an absent one isn't.
    assert chosen(want, replace(MEI, load=5), ANNA, groups=groups) is None


def test_legal_matters_stay_with_those_named_for_them() -> None:
    """With a legal group only it or a supervisor answers; a shop without one still answers."""
    want = replace(WANT, group=LEGAL)
    groups = Groups(members={LEGAL: frozenset({"anna"})})
    away = replace(ANNA, state=AgentState.OFFLINE)
    assert chosen(want, MEI, ANNA, groups=groups) == "anna"
    assert chosen(want, MEI, away, groups=groups) is None
    assert chosen(want, MEI, away, BOSS, groups=groups) == "boss"
    assert chosen(want, MEI) == "mei"


def test_supervisors_are_left_to_watch_while_others_are_there() -> None:
    """Whoever watches the shift is asked last, unless it is theirs or nobody else is there."""
    assert chosen(WANT, replace(MEI, load=4), BOSS) == "mei"
    assert chosen(WANT, BOSS) == "boss"
    assert chosen(replace(WANT, group=SUPERVISORS), MEI, BOSS) == "boss"
    assert chosen(replace(WANT, group=SUPERVISORS), MEI) == "mei"


def test_a_language_nobody_speaks_stops_nobody() -> None:
    """Who speaks it comes first; where none does, anybody is better than silence."""
    want = replace(WANT, language="en")
    chinese = replace(MEI, languages=frozenset({"zh"}))
    english = replace(ANNA, languages=frozenset({"en"}), load=4)
    assert chosen(want, chinese, english) == "anna"
    assert chosen(want, chinese) == "mei"


AGENTS = st.lists(
    st.builds(
        Candidate,
        name=st.sampled_from("abcdef"),
        state=st.sampled_from(AgentState),
        groups=st.frozensets(st.sampled_from(["size", LEGAL])),
        supervises=st.booleans(),
        on_shift=st.booleans(),
        load=st.integers(0, 5),
        offers=st.integers(0, 2),
    ),
    unique_by=lambda agent: agent.name,
    max_size=6,
)
WANTS = st.lists(
    st.builds(
        Wanting,
        ticket=st.uuids().map(lambda each: TicketId(str(each))),
        priority=st.integers(0, 3),
        due_at=st.none(),
        since=st.just(NOW),
        group=st.sampled_from(["", "size", LEGAL, SUPERVISORS]),
        tried=st.lists(st.sampled_from("abcdef"), max_size=3).map(tuple),
        weight=st.sampled_from([0.2, 1]),
    ),
    unique_by=lambda want: want.ticket,
    max_size=12,
)


def test_a_group_is_unmanned_when_nobody_of_it_is_there() -> None:
    """Then its tickets are anybody's; never what people were named for."""
    named = Groups(members={LEGAL: frozenset({"anna"})})
    away = replace(BOSS, state=AgentState.OFFLINE)
    assert NO_GROUPS.is_unmanned(SUPERVISORS, [MEI, away])
    assert not NO_GROUPS.is_unmanned(SUPERVISORS, [MEI, BOSS])
    assert NO_GROUPS.is_unmanned(LEGAL, [MEI])
    assert not named.is_unmanned(LEGAL, [MEI])
    assert not named.is_unmanned(LEGAL, [MEI, ANNA])


@given(agents=AGENTS, wants=WANTS)
def test_no_plan_overfills_or_forgets(
    agents: list[Candidate], wants: list[Wanting]
) -> None:
    """I5 and I13: nobody passes capacity or ramp; each ticket is placed once or says why."""
    found = plan(wants, agents, NO_GROUPS, ramp=2)
    placed = {each.ticket: each for each in found.placed}
    assert placed.keys() | found.why.keys() == {want.ticket for want in wants}
    assert not placed.keys() & found.why.keys()
    by_name = {agent.name: agent for agent in agents}
    for name, agent in by_name.items():
        given_ = [want for want in wants if want.ticket in placed]
        mine = [want for want in given_ if placed[want.ticket].agent == name]
        assert not mine or agent.state is AgentState.READY
        assert agent.load + sum(want.weight for want in mine) <= max(5, agent.load)
        assert len(mine) <= 2 - agent.offers
        assert all(placed[w.ticket].again for w in mine if name in w.tried)


@given(agents=AGENTS, wants=WANTS)
def test_a_plan_is_each_ticket_chosen_for_in_its_turn(
    agents: list[Candidate], wants: list[Wanting]
) -> None:
    """That tickets alike share an answer changes no answer."""
    found = plan(wants, agents, NO_GROUPS, ramp=2)
    placed = {each.ticket: each for each in found.placed}
    now = {agent.name: agent for agent in agents}
    for want in sorted(wants, key=lambda each: each.urgency):
        answer = choose(want, [*now.values()], NO_GROUPS, ramp=2)
        assert answer == (placed.get(want.ticket) or found.why[want.ticket])
        if isinstance(answer, Placed):
            taken = now[answer.agent]
            now[answer.agent] = replace(
                taken, load=taken.load + want.weight, offers=taken.offers + 1
            )
