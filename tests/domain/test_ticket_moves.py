"""Moves: offers, transfers, leases and take-overs, and what each leaves of waits and trials."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from streambot.domain.clocks import Ending
from streambot.domain.reply import OutId, ReplyState
from streambot.domain.ticket import ClockKind, Due, Reason, Ticket, TicketState
from streambot.domain.ticket_deadlines import ran_out
from streambot.domain.ticket_load import SILENT, has_place, load
from streambot.domain.ticket_moves import (
    claimed,
    declined,
    lease_lost,
    offered,
    owes_reply,
    requeued,
    taken_over,
    transferred,
)
from streambot.domain.ticket_steps import answered, opened, settled
from tests.domain.ticket_samples import NOON, POLICY, handoff, seconds

OUT = OutId("agent:t:mei/2")


def queued(event: str = "e1", key: str | None = None) -> Ticket:
    """A ticket that was just handed off."""
    call = handoff(event, who=event, key=key)
    return opened(call, 1, POLICY, attended=True).ticket


def active(event: str = "e1", key: str | None = None) -> Ticket:
    """A ticket that mei has."""
    return claimed(queued(event, key), "mei", "mei/1", NOON, POLICY).ticket


def waiting(event: str = "e1", key: str | None = None) -> Ticket:
    """A ticket whose viewer was answered."""
    at = NOON + seconds(5)
    answer = answered(active(event, key), OUT, at, "mei/2", at, POLICY).ticket
    step = settled(answer, OUT, ReplyState.SENT, at, POLICY)
    assert step is not None
    return step.ticket


def due(ticket: Ticket, kind: ClockKind) -> Due:
    """Its clock of *kind*."""
    return next(each for each in ticket.due if each.kind is kind)


def test_an_offer_is_the_queues_and_holds_a_place() -> None:
    """Nobody owns it yet, its clocks run on, and its agent's place is taken."""
    step = offered(queued(), "mei", NOON, POLICY)
    ticket = step.ticket
    assert (ticket.state, ticket.owner, ticket.offered_to) == (
        TicketState.OFFERED,
        None,
        "mei",
    )
    assert ticket.epoch == queued().epoch
    assert due(ticket, ClockKind.OFFER).due_at == ticket.offer_until
    assert due(ticket, ClockKind.CLAIM).due_at == NOON + POLICY.claim


def test_a_missed_offer_goes_back_at_its_own_age() -> None:
    """Silence for 15 s: queued as it was, the agent tried, and no promise broken. (I6, I13)"""
    ticket = offered(queued(), "mei", NOON + seconds(3), POLICY).ticket
    clock = due(ticket, ClockKind.OFFER)
    step = ran_out(ticket, clock, clock.due_at, POLICY)
    after = step.ticket
    assert (after.state, after.tried) == (TicketState.QUEUED, ("mei",))
    assert (after.queued_at, after.waiting_since) == (NOON, NOON)
    assert (after.offered_to, after.offer_until) == (None, None)
    assert after.breached == ()


def test_a_declined_offer_counts_as_tried_once() -> None:
    """Twice offered, twice declined: named once."""
    ticket = queued()
    for ref in ("mei/1", "mei/2"):
        ticket = offered(ticket, "mei", NOON, POLICY).ticket
        ticket = declined(ticket, ref, NOON, POLICY).ticket
    assert ticket.tried == ("mei",)


def test_a_lost_lease_blames_nobody_and_keeps_the_wait() -> None:
    """Back in the queue with its age, its unanswered line and its first reply's clock."""
    step = lease_lost(active(), NOON + seconds(50), POLICY)
    ticket = step.ticket
    assert (ticket.state, ticket.tried, ticket.last_owner) == (
        TicketState.QUEUED,
        (),
        "mei",
    )
    assert ticket.waiting_since == NOON
    assert due(ticket, ClockKind.FIRST).due_at == NOON + POLICY.first
    assert step.fenced


def test_a_transfer_lets_the_clocks_run_on() -> None:
    """To a group: its queue, the same first reply's clock, and the giver counts as tried."""
    at = NOON + seconds(60)
    ticket = transferred(active(), "legal", "mei/3", at, POLICY).ticket
    assert (ticket.state, ticket.group, ticket.tried) == (
        TicketState.QUEUED,
        "legal",
        ("mei",),
    )
    assert due(ticket, ClockKind.FIRST).due_at == NOON + POLICY.first
    assert due(ticket, ClockKind.CLAIM).due_at == at + POLICY.claim


def test_a_take_over_fences_the_owner() -> None:
    """A new epoch, and what the owner had in flight counts no more. (I4)"""
    at = NOON + seconds(9)
    flying = answered(active(), OUT, at, "mei/2", at, POLICY).ticket
    step = taken_over(flying, "boss", "boss/1", at, POLICY)
    assert step.fenced
    assert (step.ticket.owner, step.ticket.epoch) == ("boss", flying.epoch + 1)
    assert step.ticket.in_flight == ()
    assert owes_reply(step.ticket)
    waited = taken_over(queued(), "boss", "boss/1", at, POLICY)
    ends = {end.kind: end.how for end in waited.ended}
    assert ends[ClockKind.CLAIM] is Ending.MET


def test_a_requeued_offer_counts_as_tried() -> None:
    """A supervisor takes an offer back: its agent is asked last."""
    ticket = offered(queued(), "mei", NOON, POLICY).ticket
    after = requeued(ticket, "boss/1", NOON, POLICY).ticket
    assert (after.state, after.tried) == (TicketState.QUEUED, ("mei",))


def test_law_and_dissatisfaction_have_groups_of_their_own() -> None:
    """Legal matters are the legal group's, low scores the supervisors', all else anybody's."""
    groups = {
        reason: opened(handoff(reason=reason), 1, POLICY, attended=True).ticket.group
        for reason in Reason
    }
    assert groups.pop(Reason.LEGAL) == "legal"
    assert groups.pop(Reason.LOW_CSAT) == "supervisor"
    assert set(groups.values()) == {""}


def test_one_question_of_many_viewers_weighs_as_one() -> None:
    """Thirty askers of one question are one matter; thirty questions are thirty."""
    same = [active(f"e{i}", key="k") for i in range(30)]
    assert load(same) == 1
    assert load(active(f"e{i}") for i in range(30)) == 30


def test_what_waits_for_its_viewer_weighs_little() -> None:
    """Four answered matters leave room for a fifth and more; a fifth open one does not."""
    assert load([waiting()]) == SILENT
    mine = [waiting(f"w{i}") for i in range(4)]
    assert has_place([*mine, *(active(f"a{i}") for i in range(3))], queued(), 5)
    assert not has_place([*mine, *(active(f"a{i}") for i in range(4))], queued(), 5)


def test_another_of_ones_own_question_needs_no_place() -> None:
    """A full agent may take one more who asks what they are answering."""
    mine = [active("a0", key="k"), *(active(f"a{i}") for i in range(1, 5))]
    assert not has_place(mine, queued("x"), 5)
    assert has_place(mine, queued("x", key="k"), 5)


STATES = st.lists(st.sampled_from(["active", "waiting", "card"]), max_size=12)


@settings(max_examples=60)
@given(states=STATES, capacity=st.integers(1, 6))
def test_what_has_a_place_never_overfills(states: list[str], capacity: int) -> None:
    """Whatever is held: given what has a place, the load is within capacity, or did not rise. (I5)"""
    make = {
        "active": lambda i: active(f"a{i}"),
        "waiting": lambda i: waiting(f"w{i}"),
        "card": lambda i: waiting(f"c{i}", key="k"),
    }
    held = [make[state](i) for i, state in enumerate(states)]
    for more in (active("x"), active("x", key="k")):
        if has_place(held, more, capacity):
            after = load([*held, more])
            assert after <= max(capacity, load(held))
