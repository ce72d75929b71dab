"""Pauses: what waits for a time or an event keeps every promise it could keep before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streambot.domain.clocks import Ending
from streambot.domain.reply import EventId
from streambot.domain.ticket import (
    ClockKind,
    Outcome,
    PauseEvent,
    Reason,
    Ticket,
    TicketState,
)
from streambot.domain.ticket_deadlines import ran_out
from streambot.domain.ticket_moves import claimed, lease_lost, requeued, taken_over
from streambot.domain.ticket_pauses import snoozed, woken
from streambot.domain.ticket_step import Step
from streambot.domain.ticket_steps import heard, opened, resolved
from tests.domain.ticket_samples import NOON, POLICY, handoff, seconds

#: Every way out of a pause that leaves the matter open.
WAYS: dict[str, Callable[[Ticket, datetime], Step]] = {
    "wake": lambda t, at: woken(t, at, POLICY),
    "lease_lost": lambda t, at: lease_lost(t, at, POLICY),
    "requeue": lambda t, at: requeued(t, "boss/1", at, POLICY),
    "take_over": lambda t, at: taken_over(t, "boss", "boss/2", at, POLICY),
}
SPANS = st.integers(0, 10 * 24 * 3600).map(seconds)


def owned(reason: Reason = Reason.COMPLAINT) -> Ticket:
    """A matter that mei has; a complaint has every clock there is."""
    call = handoff(reason=reason, priority=1)
    queued = opened(call, 1, POLICY, attended=True).ticket
    return claimed(queued, "mei", "mei/1", NOON, POLICY).ticket


def asleep(at: datetime, until: datetime | None = None) -> Ticket:
    """It, laid aside at *at*."""
    event = None if until else PauseEvent.ORDER_SHIPPED
    return snoozed(owned(), until, event, "mei/2", at, POLICY).ticket


def left(ticket: Ticket, kind: ClockKind, at: datetime) -> timedelta:
    """How long a clock that runs has left."""
    return next(due.due_at for due in ticket.due if due.kind is kind) - at


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=15)
@given(before=st.integers(0, 1_799).map(seconds), pause=SPANS)
def test_pausing_takes_no_time_from_the_matter(
    way: str, before: timedelta, pause: timedelta
) -> None:
    """However long the pause and whatever ends it, as much is left as before, and none broke. (I7)

    The best desks read stop nothing or escalate at once on unpausing.
    """
    down, up = NOON + before, NOON + before + pause
    running = owned()
    step = WAYS[way](asleep(down), up)
    for kind in (ClockKind.ESCALATE, ClockKind.RESOLVE):
        assert left(step.ticket, kind, up) == left(running, kind, down)
    assert not [end for end in step.ended if end.how is Ending.BREACHED]
    assert {due.kind for due in step.moved} == {ClockKind.ESCALATE, ClockKind.RESOLVE}


def test_a_clock_that_stands_still_says_so() -> None:
    """While paused its due time is not to be rung: it carries the instant it stopped."""
    ticket = asleep(NOON + seconds(60))
    still = {due.kind for due in ticket.due if due.paused_at is not None}
    assert still == {ClockKind.ESCALATE, ClockKind.RESOLVE}


def test_an_answer_owed_is_owed_in_a_pause_too() -> None:
    """Laying aside an unanswered viewer stops none of their clocks."""
    ticket = asleep(NOON + seconds(60))
    runs = {due.kind for due in ticket.due if due.paused_at is None}
    assert runs == {ClockKind.FIRST, ClockKind.COMPLAINT}


def test_what_ran_out_before_the_pause_is_not_forgiven() -> None:
    """A deadline that passed unnoticed is left running, to be noticed as it was."""
    late = NOON + POLICY.escalate + seconds(1)
    ticket = asleep(late)
    due = next(due for due in ticket.due if due.kind is ClockKind.ESCALATE)
    assert due.paused_at is None
    step = ran_out(ticket, due, late, POLICY)
    assert step.ended[0].at == NOON + POLICY.escalate
    assert step.ticket.state is TicketState.PAUSED


def test_a_pause_ends_in_a_resolution_in_time() -> None:
    """Resolved while paused, long after its wall-clock deadline: the promise is kept."""
    at = NOON + POLICY.resolve * 3
    step = resolved(asleep(NOON), Outcome.SOLVED, "mei/3", at, POLICY)
    ends = {end.kind: end.how for end in step.ended}
    assert ends[ClockKind.RESOLVE] is ends[ClockKind.ESCALATE] is Ending.MET


def test_a_clock_set_back_moves_no_deadline() -> None:
    """Woken before it fell asleep, by the wall clock: deadlines stay where they were."""
    ticket = asleep(NOON + seconds(60))
    back = woken(ticket, NOON, POLICY).ticket
    assert left(back, ClockKind.RESOLVE, NOON) == POLICY.resolve


def test_a_line_behind_a_pause_starts_its_own_wait() -> None:
    """The viewer who wakes a matter waits from that line on, not from before the pause."""
    at = NOON + seconds(5_000)
    awake = woken(asleep(NOON), at, POLICY).ticket
    ticket = heard(awake, EventId("e2"), at, POLICY).ticket
    assert (ticket.state, ticket.owner) == (TicketState.ACTIVE, "mei")
    assert (ticket.paused_at, ticket.paused_for) == (None, None)


def test_an_unresolved_complex_matter_is_raised_to_the_supervisors() -> None:
    """Half an hour: more urgent, the supervisors' group, and the promise counts as broken."""
    ticket = owned()
    due = next(due for due in ticket.due if due.kind is ClockKind.ESCALATE)
    assert due.due_at == NOON + POLICY.escalate
    raised = ran_out(ticket, due, due.due_at, POLICY).ticket
    assert (raised.group, raised.priority) == ("supervisor", 0)
    assert raised.breached == (ClockKind.ESCALATE,)
    assert raised.owner == "mei"
    plain = owned(Reason.UNMATCHED)
    assert ClockKind.ESCALATE not in {due.kind for due in plain.due}
