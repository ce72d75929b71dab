"""Moves by command: declined, passed on, laid aside, taken back, taken over, given back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from streambot.application import handoffs
from streambot.application.desk_record import CLOCK, record
from streambot.domain.actions import AppendToTicket
from streambot.domain.faq.entry import Visibility
from streambot.domain.refusal import Refusal, RefusalCode
from streambot.domain.reply import EventId, ReplyState
from streambot.domain.ticket import ClockKind, Reason, Ticket, TicketState
from streambot.domain.ticket_moves import offered
from streambot.testing import FakeDeskStore
from tests.application.desk_world import ANNA, BOSS, MEI, DeskWorld, code
from tests.domain.ticket_samples import POLICY, ROOM, handoff, seconds


def at_the_desk(*names: str) -> DeskWorld:
    """A desk with these agents' consoles open."""
    world = DeskWorld()
    for name in names or ("mei", "anna", "boss"):
        world.desk.agent_arrived(name)
    return world


async def offer(world: DeskWorld, ticket: Ticket, to: str) -> Ticket:
    """The router keeps a place at *to*."""
    now = world.clock.now()
    after, committed = await world.store.transact(
        lambda tx: record(tx, offered(ticket, to, now, POLICY), CLOCK)
    )
    world.desk.heard(committed)
    return after


async def claimed(world: DeskWorld, event: str = "e1") -> Ticket:
    """A matter that mei has."""
    call = handoff(event, who=event, at=world.clock.now())
    return await world.do(MEI, "claim", await world.hand_off(call))


async def test_only_whom_it_is_offered_to_declines() -> None:
    """The place goes back, its agent counts as tried, the others can't decline for them. (I13)"""
    world = at_the_desk()
    ticket = await offer(world, await world.hand_off(), "mei")
    assert code(await world.try_to(ANNA, "decline", ticket)) is RefusalCode.FORBIDDEN
    ticket = await world.do(MEI, "decline", ticket)
    assert (ticket.state, ticket.tried) == (TicketState.QUEUED, ("mei",))


async def test_an_offer_nobody_takes_ends_by_itself() -> None:
    """After 15 s it is the queue's again, though no process but the desk's clock did anything."""
    world = at_the_desk()
    ticket = await offer(world, await world.hand_off(), "mei")
    world.clock.jump(POLICY.offer)
    await world.desk.ring()
    ticket = await world.now(ticket.id)
    assert (ticket.state, ticket.tried) == (TicketState.QUEUED, ("mei",))
    assert code(await world.try_to(MEI, "decline", ticket)) is RefusalCode.FORBIDDEN


async def test_a_matter_is_passed_on_with_a_note() -> None:
    """To a colleague who is there: offered to her, the note in the journal, the clocks as they ran."""
    world = at_the_desk()
    ticket = await claimed(world)
    assert code(await world.try_to(MEI, "transfer", ticket, to="anna")) is (
        RefusalCode.HELD
    )
    first = [due for due in ticket.due if due.kind is ClockKind.FIRST]
    ticket = await world.do(MEI, "transfer", ticket, to="anna", note="已查单号")
    assert (ticket.state, ticket.offered_to, ticket.owner) == (
        TicketState.OFFERED,
        "anna",
        None,
    )
    assert [due for due in ticket.due if due.kind is ClockKind.FIRST] == first
    events = [each.event for each in await world.desk.history(ticket.id)][-2:]
    assert events == ["transfer", "offer"]
    taken = await world.do(ANNA, "claim", ticket)
    assert taken.owner == "anna"


@pytest.mark.parametrize("to", ["nobody", "mei", "", "group:nowhere"])
async def test_nothing_is_passed_on_to_whom_it_can_not_reach(to: str) -> None:
    """An agent who isn't there, oneself, nobody, an unknown group: refused, and nothing moved."""
    world = at_the_desk()
    ticket = await claimed(world)
    refused = await world.try_to(MEI, "transfer", ticket, to=to, note="转")
    assert isinstance(refused, Refusal)
    assert await world.now(ticket.id) == ticket


async def test_a_full_colleague_is_given_no_more_but_by_a_supervisor() -> None:
    """The supervisor's override stands in the journal with their name. (I5)"""
    world = at_the_desk()
    for i in range(POLICY.capacity):
        call = handoff(f"a{i}", who=f"a{i}", at=world.clock.now())
        await world.do(ANNA, "claim", await world.hand_off(call))
    ticket = await claimed(world)
    refused = await world.try_to(MEI, "transfer", ticket, to="anna", note="转")
    assert code(refused) is RefusalCode.NO_CAPACITY
    ticket = await world.do(BOSS, "transfer", ticket, to="anna", note="转")
    assert ticket.offered_to == "anna"
    changes = await world.desk.history(ticket.id)
    (over,) = (each for each in changes if each.data.get("override"))
    assert (over.event, over.actor) == ("transfer", "boss")


async def test_a_claim_beyond_ones_capacity_is_refused() -> None:
    """The next claim waits until something is answered, resolved or given back."""
    world = at_the_desk()
    for i in range(POLICY.capacity):
        ticket = await claimed(world, f"m{i}")
    more = await world.hand_off(handoff("x", who="x", at=world.clock.now()))
    assert code(await world.try_to(MEI, "claim", more)) is RefusalCode.NO_CAPACITY
    ticket = await world.do(MEI, "answer", ticket, text="在的")
    await world.send(world.owed()[-1])
    assert code(await world.try_to(MEI, "claim", more)) is RefusalCode.NO_CAPACITY
    await world.do(MEI, "resolve", await world.now(ticket.id))
    assert await world.do(MEI, "claim", more)


async def test_undoing_an_answer_leaves_the_viewer_waiting() -> None:
    """Within the time to undo nothing is sent; taken back, the clock runs as if nothing was. (I12)"""
    world = at_the_desk()
    ticket = await claimed(world)
    dues = ticket.due
    ticket = await world.do(MEI, "answer", ticket, text="发错了")
    (reply,) = world.owed()
    assert reply.not_before == world.clock.now() + POLICY.undo
    ticket = await world.do(MEI, "undo", ticket)
    assert world.state_of(reply) is ReplyState.WITHDRAWN
    assert not await world.send(reply)
    assert (ticket.due, ticket.in_flight) == (dues, ())
    assert not ticket.is_answered
    assert isinstance(await world.try_to(MEI, "undo", ticket), Refusal)


async def test_what_is_on_its_way_is_not_undone() -> None:
    """Sent or being sent: too late, and the sentence says so."""
    world = at_the_desk()
    ticket = await claimed(world)
    ticket = await world.do(MEI, "answer", ticket, text="好")
    await world.send(world.owed()[0])
    ticket = await world.now(ticket.id)
    assert isinstance(await world.try_to(MEI, "undo", ticket), Refusal)


async def test_a_supervisor_takes_over_while_an_answer_is_under_way() -> None:
    """The old owner's unsent words are never sent; their next command finds it gone. (I4)

    Named flaw: the old owner's answer is sent after a take-over.
    """
    world = at_the_desk()
    mine = await claimed(world)
    typed = await world.do(MEI, "answer", mine, text="我来处理")
    (reply,) = world.owed()
    taken = await world.do(BOSS, "take_over", typed)
    assert (taken.owner, taken.epoch) == ("boss", typed.epoch + 1)
    assert not await world.send(reply)
    assert code(await world.try_to(MEI, "answer", typed, text="x")) is (
        RefusalCode.FORBIDDEN
    )
    assert code(await world.try_to(MEI, "take_over", taken)) is RefusalCode.FORBIDDEN


async def test_everything_of_one_agent_goes_back_at_once() -> None:
    """Owned, paused or merely offered: all in one commit, and the agent counts as tried."""
    world = at_the_desk()
    owned, paused = await claimed(world, "m1"), await claimed(world, "m2")
    until = world.clock.now() + timedelta(hours=1)
    await world.desk.do(MEI, "snooze", paused.id, paused.version, ref="s", until=until)
    call = handoff("m3", who="m3", at=world.clock.now())
    await offer(world, await world.hand_off(call), "mei")
    moved = await world.desk.requeue_all(BOSS, "mei", ref="r", note="梅不舒服")
    assert not isinstance(moved, Refusal)
    assert {each.state for each in moved} == {TicketState.QUEUED}
    assert {each.tried for each in moved} == {("mei",)}
    assert len(moved) == 3
    assert (await world.now(owned.id)).queued_at == owned.queued_at
    assert isinstance(
        await world.desk.requeue_all(MEI, "anna", ref="r", note="x"), Refusal
    )


async def asleep(world: DeskWorld, **until: object) -> Ticket:
    """A matter that mei laid aside."""
    ticket = await claimed(world)
    until = until or {"until": world.clock.now() + timedelta(minutes=5)}
    done = await world.desk.do(
        MEI,
        "snooze",
        ticket.id,
        ticket.version,
        ref="sleep",
        **until,  # type: ignore[arg-type]
    )
    assert isinstance(done, Ticket), done
    assert done.state is TicketState.PAUSED
    return done


async def test_a_snooze_longer_than_an_outage_still_wakes() -> None:
    """Ten days down: the stored instant is found at the next start, however old.

    Desks that sweep look back three days and lose what is older.

    Named flaw: a snooze lost in a long outage.
    """
    world = at_the_desk()
    ticket = await asleep(world)
    world.clock.jump(timedelta(days=10))
    world.desk = world.open_desk()
    world.desk.agent_arrived("mei")
    await world.desk.revive()
    await world.desk.ring()
    awake = await world.now(ticket.id)
    assert (awake.state, awake.owner) == (TicketState.ACTIVE, "mei")


async def test_a_matter_that_wakes_for_an_absent_agent_is_the_queues() -> None:
    """Nobody waits for somebody who went home."""
    world = at_the_desk("anna")
    ticket = await asleep(world)
    world.clock.jump(timedelta(minutes=6))
    await world.desk.ring()
    awake = await world.now(ticket.id)
    assert (awake.state, awake.owner, awake.last_owner) == (
        TicketState.QUEUED,
        None,
        "mei",
    )


async def test_the_viewer_wakes_what_was_laid_aside() -> None:
    """Their line opens it at once, with its own turn clock."""
    world = at_the_desk()
    ticket = await asleep(world)
    awake = await world.write(ticket, "到了吗", "e9")
    assert awake is not None
    assert (awake.state, awake.owner) == (TicketState.ACTIVE, "mei")
    assert awake.heard[-1] == "e9"


async def test_a_shipped_order_wakes_what_waits_for_it() -> None:
    """And nothing else: a matter that waits for a time sleeps on.

    Named flaw: a snooze ends by time alone, not by a shipped order or the end of the broadcast.
    """
    world = at_the_desk()
    ticket = await asleep(world, until_event="order_shipped")
    call = handoff("m2", who="m2", at=world.clock.now())
    other = await world.do(MEI, "claim", await world.hand_off(call))
    other = await world.do(MEI, "snooze", other, until_event="room_closed")
    now = world.clock.now()
    for viewer in (ticket.viewer.key, other.viewer.key):
        await world.store.transact(
            lambda tx, of=viewer: handoffs.order_shipped(  # type: ignore[misc]
                tx, ROOM, of, now, policy=POLICY
            )
        )
    assert (await world.now(ticket.id)).state is TicketState.ACTIVE
    assert (await world.now(other.id)).state is TicketState.PAUSED
    await world.store.transact(
        lambda tx: handoffs.room_closed(
            tx, ROOM, now, policy=POLICY, sink=Visibility.PROMPTER
        )
    )
    other = await world.now(other.id)
    assert (other.state, other.sink) == (TicketState.ACTIVE, Visibility.PROMPTER)


async def test_words_that_never_arrived_wake_their_matter() -> None:
    """Answered, laid aside, and the answer refused: nobody sleeps over that."""
    world = at_the_desk()
    ticket = await claimed(world)
    ticket = await world.do(MEI, "answer", ticket, text="发货了告诉您")
    await world.do(MEI, "snooze", ticket, until_event="order_shipped")
    await world.send(world.owed()[0], state=ReplyState.REFUSED)
    assert (await world.now(ticket.id)).state is TicketState.ACTIVE


@pytest.mark.parametrize(
    "until",
    [
        {},
        {"until": timedelta(seconds=-1)},
        {"until": timedelta(days=8)},
        {"until_event": "moon"},
    ],
)
async def test_a_pause_has_an_end(until: dict[str, object]) -> None:
    """None, past, too far, unknown: refused in one sentence."""
    world = at_the_desk()
    ticket = await claimed(world)
    end = until.get("until")
    if isinstance(end, timedelta):
        until = {"until": world.clock.now() + end}
    done = await world.desk.do(
        MEI,
        "snooze",
        ticket.id,
        ticket.version,
        ref="s",
        **until,  # type: ignore[arg-type]
    )
    assert isinstance(done, Refusal)


async def reopened(world: DeskWorld, *there: str) -> Ticket:
    """A resolved matter of mei's whose viewer writes again."""
    ticket = await claimed(world)
    ticket = await world.do(MEI, "resolve", ticket)
    line = AppendToTicket(
        ticket=ticket.id,
        viewer=ticket.viewer,
        event_id=EventId("e9"),
        text="还是不行",
        at=world.clock.now() + seconds(30),
    )
    after, _ = await world.store.transact(
        lambda tx: handoffs.viewer_line(
            tx, line, policy=POLICY, attended=True, there=frozenset(there)
        )
    )
    assert after is not None
    return after


async def test_a_viewer_who_comes_back_is_offered_to_whom_they_know() -> None:
    """Their last agent first, for as long as an offer lasts: the others need no second telling."""
    ticket = await reopened(at_the_desk(), "mei", "anna")
    assert (ticket.state, ticket.offered_to) == (TicketState.OFFERED, "mei")
    assert (ticket.episode, ticket.reopen_count) == (2, 1)


async def test_a_viewer_who_comes_back_does_not_wait_for_who_is_gone() -> None:
    """Sticky only if available: otherwise it is anybody's at once.

    Named flaw: a reopened ticket goes back to the same absent agent.
    """
    ticket = await reopened(at_the_desk(), "anna")
    assert (ticket.state, ticket.offered_to) == (TicketState.QUEUED, None)
    assert ticket.last_owner == "mei"


async def test_a_reopening_has_its_own_time_to_be_resolved() -> None:
    """A new resolve clock from the reopening; the first resolution stays in the journal.

    A desk that keeps one resolve time a ticket reports the first one for ever.

    Named flaw: a reopened ticket keeps its first resolve time.
    """
    world = at_the_desk()
    ticket = await reopened(world, "anna")
    rows = [
        row for row in world.store.clocks(ticket.id) if row.kind == ClockKind.RESOLVE
    ]
    first, second = rows
    assert first.met_at == world.clock.now()
    assert second.started_at == world.clock.now() + seconds(30)
    assert second.met_at is None
    assert ticket.resolved_at is None


async def test_the_clocks_of_a_human_begin_with_the_handoff() -> None:
    """However long the assistant talked with the viewer before, nobody is late at the start.

    Named flaw: the assistant's time counts against the human.
    """
    world = at_the_desk()
    await world.pass_time(3_600)
    call = replace(handoff(reason=Reason.COMPLAINT, priority=1), at=world.clock.now())
    ticket = await world.hand_off(call)
    assert {due.started_at for due in ticket.due} == {world.clock.now()}


async def test_two_desks_on_one_store_never_overfill_an_agent() -> None:
    """Each desk claims for the same agent at once: the store counts, not the processes. (I5)

    Named flaw: a capacity that is read, then exceeded by two at once.
    """
    store = FakeDeskStore()
    one = DeskWorld(store=store)
    other = DeskWorld(store=store, clock=one.clock)
    taken = 0
    for i in range(POLICY.capacity * 2):
        call = handoff(f"e{i}", who=f"v{i}", at=one.clock.now())
        ticket = await one.hand_off(call)
        world = (one, other)[i % 2]
        done = await world.try_to(MEI, "claim", ticket, ref=f"c{i}")
        taken += isinstance(done, Ticket)
    assert taken == POLICY.capacity
