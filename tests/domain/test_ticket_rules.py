"""The life-cycle table, walked pair by pair, and the picture drawn from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from streambot.domain.reply import EventId, OutId, ReplyState
from streambot.domain.ticket import LIVE, Outcome, PauseEvent, Ticket, TicketState
from streambot.domain.ticket_deadlines import ran_out
from streambot.domain.ticket_load import weight
from streambot.domain.ticket_moves import (
    claimed,
    declined,
    lease_lost,
    missed,
    offered,
    raised,
    released,
    requeued,
    taken_over,
    transferred,
)
from streambot.domain.ticket_pauses import snoozed, woken
from streambot.domain.ticket_picture import life_cycle_picture
from streambot.domain.ticket_rules import (
    ASSISTANT,
    FINAL,
    LIFECYCLE,
    OWNED,
    QUEUE,
    TicketEvent,
    allows,
    answer_id,
    answered_ticket,
    card_of,
    holder,
    ticket_id,
)
from streambot.domain.ticket_step import Step, step
from streambot.domain.ticket_steps import (
    answered,
    closed,
    heard,
    left,
    merged,
    noted,
    opened,
    reopened,
    resolved,
    settled,
    whispered,
    withdrawn,
)
from tests.domain.ticket_samples import NOON, POLICY, ROOM, handoff

PAIRS = [(state, event) for state in (None, *TicketState) for event in TicketEvent]
DOCS = Path(__file__).parents[2] / "docs" / "desk.md"


def in_state(state: TicketState) -> Ticket:
    """A ticket in *state*, with an owner exactly where the state has one."""
    queued = opened(handoff(), 1, POLICY, attended=True).ticket
    owner = "mei" if state in OWNED else None
    resolved_at = NOON if state is TicketState.RESOLVED else None
    is_offered, is_paused = state is TicketState.OFFERED, state is TicketState.PAUSED
    return replace(
        queued,
        state=state,
        owner=owner,
        resolved_at=resolved_at,
        weight=weight(state),
        in_flight=(OutId("o1"),) if state in OWNED else (),
        offered_to="anna" if is_offered else None,
        offer_until=NOON + POLICY.offer if is_offered else None,
        paused_at=NOON if is_paused else None,
        paused_for=PauseEvent.ORDER_SHIPPED if is_paused else None,
    )


@pytest.mark.parametrize(("state", "event"), PAIRS)
def test_every_pair_is_in_the_table_or_refused(
    state: TicketState | None, event: TicketEvent
) -> None:
    """A pair the table doesn't hold can't be made, one it holds leads where it says."""
    before = None if state is None else in_state(state)
    draft = before or in_state(TicketState.QUEUED)
    if allows(state, event):
        taken = step(before, draft, event, NOON, POLICY)
        assert taken.ticket.state is LIFECYCLE[state, event]
    else:
        with pytest.raises(ValueError, match=event.value):
            step(before, draft, event, NOON, POLICY)


MOVES: dict[TicketEvent, Callable[[Ticket], Step | None]] = {
    TicketEvent.MERGED: lambda t: merged(t, handoff("e2"), POLICY),
    TicketEvent.CLAIM: lambda t: claimed(t, "mei", "mei/1", NOON, POLICY),
    TicketEvent.ANSWER: lambda t: answered(t, OutId("o"), NOON, "mei/2", NOON, POLICY),
    TicketEvent.LATE: lambda t: settled(t, OutId("x"), ReplyState.SENT, NOON, POLICY),
    TicketEvent.NOTE: lambda t: noted(t, "mei/3", NOON, POLICY),
    TicketEvent.WHISPER: lambda t: whispered(t, "boss/3", NOON, POLICY),
    TicketEvent.VIEWER_LINE: lambda t: heard(t, EventId("e3"), NOON, POLICY),
    TicketEvent.RELEASE: lambda t: released(t, "mei/4", NOON, POLICY),
    TicketEvent.OFFER: lambda t: offered(t, "anna", NOON, POLICY),
    TicketEvent.DECLINED: lambda t: declined(t, "anna/1", NOON, POLICY),
    TicketEvent.MISSED: lambda t: missed(t, NOON, POLICY),
    TicketEvent.LEASE_LOST: lambda t: lease_lost(t, NOON, POLICY),
    TicketEvent.TRANSFER: lambda t: transferred(t, "legal", "mei/6", NOON, POLICY),
    TicketEvent.REQUEUE: lambda t: requeued(t, "boss/1", NOON, POLICY),
    TicketEvent.TAKE_OVER: lambda t: taken_over(t, "boss", "boss/2", NOON, POLICY),
    TicketEvent.RAISE: lambda t: raised(t, 0, "supervisor", NOON, POLICY),
    TicketEvent.SNOOZE: lambda t: snoozed(
        t, NOON + POLICY.turn, None, "mei/7", NOON, POLICY
    ),
    TicketEvent.WAKE: lambda t: woken(t, NOON, POLICY),
    TicketEvent.FAILED: lambda t: settled(
        t, OutId("o1"), ReplyState.REFUSED, NOON, POLICY
    ),
    TicketEvent.ROOM_CLOSED: lambda t: left(t, NOON, POLICY, reachable=True),
    TicketEvent.UNREACHABLE: lambda t: left(t, NOON, POLICY, reachable=False),
    TicketEvent.RESOLVE: lambda t: resolved(t, Outcome.SOLVED, "m/5", NOON, POLICY),
    TicketEvent.REOPEN: lambda t: reopened(
        t, EventId("e4"), NOON, POLICY, attended=True
    ),
    TicketEvent.CLOSE: lambda t: closed(t, NOON, POLICY),
    TicketEvent.WITHDRAW: lambda t: withdrawn(t, NOON, POLICY),
}


@pytest.mark.parametrize("event", MOVES)
@pytest.mark.parametrize("state", TicketState)
def test_every_move_keeps_one_owner(state: TicketState, event: TicketEvent) -> None:
    """Whatever happens, an owner stands exactly in the states that one agent owns. (I1)"""
    before = in_state(state)
    if not allows(state, event):
        return
    taken = MOVES[event](before)
    assert taken is not None
    after = taken.ticket
    assert (after.owner is not None) == (after.state in OWNED)
    assert (after.offered_to is not None) == (after.state is TicketState.OFFERED)
    assert (after.paused_at is not None) == (after.state is TicketState.PAUSED)
    assert after.weight == weight(after.state)
    assert after.version == before.version + 1
    assert (after.epoch > before.epoch) == (holder(after) != holder(before))
    assert after.queued_at == before.queued_at


def test_every_kind_of_move_is_walked() -> None:
    """What no step function makes is named: openings, ratings, and clocks with their own tests."""
    elsewhere = {
        TicketEvent.HANDOFF,
        TicketEvent.PICKED,
        TicketEvent.ACCEPTED,
        TicketEvent.BEHIND,
        TicketEvent.UNATTENDED,
        TicketEvent.BREACHED,
        TicketEvent.RATING_ASKED,
        TicketEvent.RATED,
    }
    assert set(MOVES) | elsewhere == set(TicketEvent)


def test_final_states_lead_nowhere() -> None:
    """Nothing follows closed or withdrawn. (I11)"""
    assert not [pair for pair in LIFECYCLE if pair[0] in FINAL]


def test_every_state_is_reached_and_every_event_used() -> None:
    """The table has no dead state and no dead event."""
    assert set(LIFECYCLE.values()) == set(TicketState)
    assert {event for _, event in LIFECYCLE} == set(TicketEvent)


def test_live_states_are_the_queues_and_the_agents() -> None:
    """A ticket is live exactly while the queue or an agent owns it."""
    assert OWNED | {TicketState.QUEUED, TicketState.OFFERED} == LIVE
    assert holder(None) == ASSISTANT
    assert holder(in_state(TicketState.QUEUED)) == QUEUE
    assert holder(in_state(TicketState.OFFERED)) == QUEUE
    assert holder(in_state(TicketState.ACTIVE)) == "mei"
    assert holder(in_state(TicketState.PAUSED)) == "mei"
    assert holder(in_state(TicketState.RESOLVED)) == ASSISTANT


def test_a_clock_that_ends_the_window_closes_the_ticket() -> None:
    """The window's end is a step of the table like any other."""
    done = resolved(
        in_state(TicketState.ACTIVE), Outcome.SOLVED, "mei/1", NOON, POLICY
    ).ticket
    window = next(due for due in done.due if due.kind == "close")
    assert (
        ran_out(done, window, window.due_at, POLICY).ticket.state is TicketState.CLOSED
    )


def test_ids_are_the_same_after_every_restart() -> None:
    """A ticket's id comes from its room and trigger, an answer's from ticket and command."""
    ticket = ticket_id(ROOM, EventId("e1"))
    assert ticket == ticket_id(ROOM, EventId("e1"))
    assert ticket != ticket_id(ROOM, EventId("e2"))
    assert answered_ticket(answer_id(ticket, "mei/a:b")) == ticket
    assert answered_ticket(OutId("greet:x")) is None


def test_only_public_same_questions_share_a_card() -> None:
    """A key makes a card of its room; a private matter always has its own."""
    one, two = handoff("e1", key="k"), handoff("e2", who="v2", key="k")
    assert card_of(one) == card_of(two)
    assert card_of(handoff("e3", key="k", private=True)) != card_of(one)
    assert card_of(handoff("e4")) != card_of(handoff("e5"))


def test_the_picture_in_the_docs_is_the_table() -> None:
    """docs/desk.md shows exactly what the table says, and names every event."""
    text = DOCS.read_text(encoding="utf-8")
    picture = text.partition("```mermaid\n")[2].partition("\n```")[0]
    assert picture == life_cycle_picture()
    for event in TicketEvent:
        assert f"| {event.value} |" in text
