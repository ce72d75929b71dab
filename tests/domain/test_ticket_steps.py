"""Steps of a ticket: owners, waits, clocks and what is remembered."""

from __future__ import annotations

from datetime import datetime, timedelta

from streambot.domain.clocks import Ending
from streambot.domain.reply import EventId, OutId, ReplyState
from streambot.domain.ticket import ClockKind, Outcome, Reason, Ticket, TicketState
from streambot.domain.ticket_deadlines import ran_out
from streambot.domain.ticket_moves import claimed, released
from streambot.domain.ticket_step import Step
from streambot.domain.ticket_steps import (
    answered,
    heard,
    merged,
    opened,
    picked,
    reopened,
    resolved,
    settled,
)
from tests.domain.ticket_samples import NOON, POLICY, handoff, seconds

OUT = OutId("agent:t:mei/2")


def queued() -> Ticket:
    """A ticket that was just handed off."""
    return opened(handoff(), 1, POLICY, attended=True).ticket


def active() -> Ticket:
    """A ticket that mei claimed after 10 s."""
    return claimed(queued(), "mei", "mei/1", NOON + seconds(10), POLICY).ticket


def in_flight() -> Ticket:
    """A ticket whose answer is on its way."""
    at = NOON + seconds(30)
    return answered(active(), OUT, at + seconds(120), "mei/2", at, POLICY).ticket


def accept(ticket: Ticket, at: float = 40) -> Step:
    """The platform took the answer."""
    taken = settled(ticket, OUT, ReplyState.SENT, NOON + seconds(at), POLICY)
    assert taken is not None
    return taken


def kinds(ticket: Ticket) -> set[ClockKind]:
    """Kinds of clocks that run for the viewer; the whole matter's runs beside them."""
    return {due.kind for due in ticket.due} - {ClockKind.RESOLVE}


def dues(ticket: Ticket) -> list[tuple[ClockKind, datetime]]:
    """Those clocks with their deadlines."""
    return [
        (due.kind, due.due_at)
        for due in ticket.due
        if due.kind is not ClockKind.RESOLVE
    ]


def test_a_handoff_starts_the_clocks_of_the_queue() -> None:
    """Claim, unattended, first and the matter's own run from the handoff, each for its own span. (I8)"""
    spans = {due.kind: due.due_at - NOON for due in queued().due}
    assert spans == {
        ClockKind.RESOLVE: POLICY.resolve,
        ClockKind.CLAIM: POLICY.claim,
        ClockKind.UNATTENDED: POLICY.claim + seconds(60),
        ClockKind.FIRST: POLICY.first,
    }


def test_somebody_angry_is_promised_an_answer() -> None:
    """A complaint has a clock of its own, shorter when it is major."""
    for priority, span in ((1, POLICY.complaint), (0, POLICY.major_complaint)):
        angry = handoff(reason=Reason.ANGRY, priority=priority)
        step = opened(angry, 1, POLICY, attended=True)
        due = next(due for due in step.started if due.kind is ClockKind.COMPLAINT)
        assert due.due_at == NOON + span


def test_a_claim_in_time_meets_its_clock() -> None:
    """Claimed within its promise, the claim clock is met and the first clock runs on."""
    step = claimed(queued(), "mei", "mei/1", NOON + seconds(10), POLICY)
    assert {(end.kind, end.how) for end in step.ended} == {
        (ClockKind.CLAIM, Ending.MET),
        (ClockKind.UNATTENDED, Ending.MET),
    }
    assert kinds(step.ticket) == {ClockKind.FIRST}
    assert step.ticket.first_claim_at == NOON + seconds(10)


def test_a_late_claim_is_a_breach_even_when_nobody_noticed() -> None:
    """A clock past its deadline ends as breached at that deadline, not as met. (I8)"""
    step = claimed(queued(), "mei", "mei/1", NOON + seconds(25), POLICY)
    claim = next(end for end in step.ended if end.kind is ClockKind.CLAIM)
    assert (claim.how, claim.at) == (Ending.BREACHED, NOON + POLICY.claim)
    assert step.ticket.breached == (ClockKind.CLAIM,)


def test_the_first_accepted_reply_meets_the_first_clock_once() -> None:
    """Accepted: the viewer is waited for, no clock runs, the first reply's time stays."""
    step = accept(in_flight())
    assert step.ticket.state is TicketState.WAITING_VIEWER
    assert [(end.kind, end.how) for end in step.ended] == [
        (ClockKind.FIRST, Ending.MET)
    ]
    assert kinds(step.ticket) == set()
    again = answered(step.ticket, OUT, NOON, "mei/3", NOON + seconds(50), POLICY)
    assert accept(again.ticket, 60).ticket.first_reply_at == NOON + seconds(40)


def test_a_refused_answer_leaves_the_viewer_waiting() -> None:
    """Refused, expired or uncertain: still active, shown on the ticket, the clock runs on."""
    for state in (ReplyState.REFUSED, ReplyState.UNCERTAIN, ReplyState.EXPIRED):
        step = settled(in_flight(), OUT, state, NOON + seconds(40), POLICY)
        assert step is not None
        assert step.ticket.state is TicketState.ACTIVE
        assert step.ticket.last_send is state
        assert step.ticket.in_flight == ()
        assert kinds(step.ticket) == {ClockKind.FIRST}
        assert not step.ticket.is_answered


def test_a_viewer_who_writes_starts_the_turn_clock_at_their_first_line() -> None:
    """Two lines, one wait: the clock runs from the first unanswered one."""
    waiting = accept(in_flight()).ticket
    first, second = NOON + seconds(100), NOON + seconds(110)
    ticket = heard(waiting, EventId("e2"), first, POLICY).ticket
    ticket = heard(ticket, EventId("e3"), second, POLICY).ticket
    assert ticket.state is TicketState.ACTIVE
    assert ticket.waiting_since == first
    assert dues(ticket) == [(ClockKind.TURN, first + POLICY.turn)]


def test_an_answer_does_not_answer_a_line_written_after_it() -> None:
    """A line that overtakes the answer keeps the ticket active, with a turn clock of its own."""
    late_line = NOON + seconds(35)
    ticket = heard(in_flight(), EventId("e2"), late_line, POLICY).ticket
    step = accept(ticket)
    assert step.ticket.state is TicketState.ACTIVE
    assert step.ticket.waiting_since == late_line
    assert dues(step.ticket) == [(ClockKind.TURN, late_line + POLICY.turn)]
    assert step.ticket.first_reply_at == NOON + seconds(40)


def test_while_the_first_reply_is_owed_there_is_no_second_clock() -> None:
    """Impatient lines before the first reply belong to the first clock."""
    ticket = heard(active(), EventId("e2"), NOON + seconds(20), POLICY).ticket
    assert kinds(ticket) == {ClockKind.FIRST}
    assert ticket.waiting_since == NOON


def test_a_release_keeps_the_age_of_a_wait_and_fences_answers() -> None:
    """Back in the queue the viewer's wait goes on; the answer in flight counts no more. (I4, I6)"""
    step = released(in_flight(), "mei/4", NOON + seconds(60), POLICY)
    ticket = step.ticket
    assert ticket.state is TicketState.QUEUED
    assert ticket.queued_at == ticket.waiting_since == NOON
    assert (ticket.tried, ticket.owner, ticket.last_owner) == (("mei",), None, "mei")
    assert step.fenced
    assert ticket.epoch == in_flight().epoch + 1
    late = accept(ticket, 61)
    assert late.ticket.state is TicketState.QUEUED
    assert kinds(late.ticket) >= {ClockKind.CLAIM, ClockKind.FIRST}


def test_a_release_of_an_answered_viewer_starts_a_new_wait() -> None:
    """With nothing owed, the wait begins at the release and the claim clock with it."""
    at = NOON + seconds(60)
    ticket = released(accept(in_flight()).ticket, "mei/4", at, POLICY).ticket
    assert ticket.waiting_since == at
    assert ticket.queued_at == NOON
    assert kinds(ticket) == {ClockKind.CLAIM, ClockKind.UNATTENDED}


def test_a_resolved_matter_has_only_its_window() -> None:
    """Its own promise is met, every other cancelled; the reopen window runs."""
    at = NOON + seconds(70)
    step = resolved(active(), Outcome.NOT_NEEDED, "mei/5", at, POLICY)
    assert {(end.kind, end.how) for end in step.ended} == {
        (ClockKind.FIRST, Ending.CANCELLED),
        (ClockKind.RESOLVE, Ending.MET),
    }
    assert [(due.kind, due.due_at) for due in step.ticket.due] == [
        (ClockKind.CLOSE, at + timedelta(minutes=10))
    ]
    assert step.ticket.outcome == "not_needed"


def test_a_reopening_is_a_new_episode() -> None:
    """New clocks, a new wait, nobody counts as tried; the age of the ticket stays. (I6)"""
    done = resolved(active(), Outcome.SOLVED, "mei/5", NOON + seconds(70), POLICY)
    at = NOON + seconds(100)
    step = reopened(done.ticket, EventId("e9"), at, POLICY, attended=True)
    ticket = step.ticket
    assert ticket.state is TicketState.QUEUED
    assert (ticket.queued_at, ticket.waiting_since) == (NOON, at)
    assert (ticket.reopen_count, ticket.tried, ticket.outcome) == (1, (), None)
    assert ticket.last_owner == "mei"
    assert [(end.kind, end.how) for end in step.ended] == [
        (ClockKind.CLOSE, Ending.CANCELLED)
    ]
    assert {due.started_at for due in ticket.due} == {at}


def test_the_more_urgent_reason_wins_a_merge() -> None:
    """Anger raises an unmatched question, and its promise starts; the reverse changes neither."""
    angry = handoff("e2", reason=Reason.ANGRY, priority=1, text="垃圾店铺")
    raised = merged(queued(), angry, POLICY).ticket
    assert (raised.reason, raised.priority) == (Reason.ANGRY, 1)
    assert len(raised.evidence) == 2
    assert ClockKind.COMPLAINT in kinds(raised)
    calm = merged(raised, handoff("e3"), POLICY).ticket
    assert (calm.reason, calm.priority) == (Reason.ANGRY, 1)
    assert len(calm.evidence) == 2


def test_a_picked_line_is_its_agents_at_once() -> None:
    """No queue, no claim clock; the first reply is promised all the same."""
    ticket = picked(handoff(), 7, "mei", POLICY).ticket
    assert ticket.state is TicketState.ACTIVE
    assert (ticket.owner, ticket.epoch, ticket.reason) == ("mei", 1, Reason.PICKED)
    assert kinds(ticket) == {ClockKind.FIRST}


def test_a_clock_that_runs_out_is_recorded_once() -> None:
    """The breach stands at its deadline, and the clock is gone. (I8)"""
    ticket = queued()
    due = next(due for due in ticket.due if due.kind is ClockKind.CLAIM)
    step = ran_out(ticket, due, due.due_at + seconds(5), POLICY)
    assert [(end.kind, end.how, end.at) for end in step.ended] == [
        (ClockKind.CLAIM, Ending.BREACHED, due.due_at)
    ]
    assert step.ticket.breached == (ClockKind.CLAIM,)
    assert due not in step.ticket.due


def test_nobody_coming_marks_the_ticket_unattended() -> None:
    """It stays in the queue; a claim takes the mark away."""
    ticket = queued()
    due = next(due for due in ticket.due if due.kind is ClockKind.UNATTENDED)
    step = ran_out(ticket, due, due.due_at, POLICY)
    assert (step.ticket.state, step.ticket.unattended) == (TicketState.QUEUED, True)
    late = claimed(step.ticket, "mei", "mei/1", due.due_at, POLICY).ticket
    assert not late.unattended


def test_a_ticket_remembers_only_the_newest_lines_and_commands() -> None:
    """Memory of what acted once is bounded."""
    ticket = queued()
    for i in range(50):
        ticket = heard(ticket, EventId(f"l{i}"), NOON, POLICY).ticket
    assert len(ticket.heard) == 16
    assert ticket.heard[-1] == "l49"
