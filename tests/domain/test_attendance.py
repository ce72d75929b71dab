"""What a process says of a person, and what they are at by all that is said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from streambot.domain.agent import Agent, AgentName
from streambot.domain.attendance import Attendance, attendance, pace, together
from streambot.domain.presence import AgentPresence, AgentState, PresencePolicy
from streambot.domain.role import Role

T0 = datetime(2026, 1, 1, 12, tzinfo=UTC)
POLICY = PresencePolicy()
MEI = Agent(name=AgentName("mei"), role=Role.AGENT)
ELSEWHERE = Attendance(
    process="second", agent=MEI, heard_at=T0, there=True, on_break=False, said=0
)
HERE = AgentPresence().heard("laptop", T0)


def after(seconds: float) -> datetime:
    """An instant so long after the beginning."""
    return T0 + timedelta(seconds=seconds)


def said_of(known: AgentPresence, at: datetime) -> Attendance | None:
    """What the first process says of mei."""
    return attendance("first", MEI, known, at, POLICY)


def test_a_process_vouches_only_for_consoles_that_are_heard() -> None:
    """Silent or closed ones are told with the instant they were heard last."""
    heard = said_of(HERE, after(9))
    assert heard is not None
    assert (heard.there, heard.heard_at) == (True, after(9))
    for quiet in (said_of(HERE, after(10)), said_of(HERE.closed("laptop", T0), T0)):
        assert quiet is not None
        assert (quiet.there, quiet.heard_at) == (False, T0)


def test_nobody_vouches_for_what_they_were_told() -> None:
    """Two processes that read of each other don't keep alive who is at neither."""
    told = together(AgentPresence(), [ELSEWHERE], T0, POLICY)
    assert told.state(T0, POLICY) is AgentState.READY
    assert said_of(told, T0) is None
    both = together(HERE, [replace(ELSEWHERE, heard_at=after(8))], after(8), POLICY)
    mine = said_of(both, after(12))
    assert mine is not None
    assert (mine.there, mine.heard_at) == (False, T0)


def test_a_console_vouched_for_and_read_in_time_stays_heard() -> None:
    """Written late by one pace and read late by another, it is not missed."""
    written = ELSEWHERE
    known = together(AgentPresence(), [written], T0 + pace(POLICY), POLICY)
    just_before_the_next = T0 + 2 * pace(POLICY)
    assert known.state(just_before_the_next, POLICY) is AgentState.READY
    assert known.state(after(10), POLICY) is AgentState.SUSPECT
    assert known.gone_since(after(20), POLICY) == after(20)


def test_what_was_said_last_holds_and_of_two_at_once_the_break() -> None:
    """Wherever it was said, whichever is read first."""
    rests = replace(ELSEWHERE, on_break=True, said=1)
    assert together(HERE, [rests], T0, POLICY).on_break
    back = HERE.paused(True).paused(False)
    assert not together(back, [rests], T0, POLICY).on_break
    assert together(HERE.paused(False), [rests], T0, POLICY).on_break
    assert together(
        HERE.paused(True), [replace(ELSEWHERE, said=1)], T0, POLICY
    ).on_break


def test_who_was_lost_before_a_restart_is_there_again_once_heard_elsewhere() -> None:
    """Old rows of processes that are gone don't shorten a grace that a restart prolonged. (I14)"""
    lost = AgentPresence(gone_at=after(60))
    old = together(lost, [ELSEWHERE], after(70), POLICY)
    assert old.gone_since(after(70), POLICY) == after(60)
    new = together(lost, [replace(ELSEWHERE, heard_at=after(69))], after(70), POLICY)
    assert new.state(after(70), POLICY) is AgentState.READY
