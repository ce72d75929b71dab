"""Moves over a desk as its agents make them: passed on, laid aside, taken back, taken over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from msgspec import structs

from streambot.domain.agent import Permission, can
from streambot.domain.refusal import Refusal, RefusalCode
from streambot.domain.reply import ReplyState
from streambot.domain.ticket import ClockKind, Ticket, TicketState
from tests.application.desk_world import ANNA, BOSS, MEI, DeskWorld, code
from tests.domain.ticket_samples import POLICY, handoff

ONE_EACH = replace(POLICY, capacity=1)


def deadline(ticket: Ticket, kind: ClockKind) -> datetime:
    """When a running clock of *ticket* ends."""
    return next(due.due_at for due in ticket.due if due.kind is kind)


async def owned(world: DeskWorld, event: str = "e1", who: str = "v1") -> Ticket:
    """A ticket of Mei's."""
    call = handoff(event, who=who, at=world.clock.now())
    return await world.do(MEI, "claim", await world.hand_off(call))


async def test_a_transfer_offers_it_to_a_colleague_who_may_decline() -> None:
    """It's the queue's with a place at Anna; declined it waits for others, at its own age."""
    world = DeskWorld()
    world.desk.agent_arrived("anna")
    ticket = await owned(world)
    offered = await world.do(MEI, "transfer", ticket, to="anna", note="问到尺码了")
    assert (offered.state, offered.offered_to) == (TicketState.OFFERED, "anna")
    assert offered.owner is None
    assert deadline(offered, ClockKind.FIRST) == deadline(ticket, ClockKind.FIRST)
    declined = await world.do(ANNA, "decline", offered)
    assert (declined.state, declined.offered_to) == (TicketState.QUEUED, None)
    assert "anna" in declined.tried
    assert declined.waiting_since == ticket.waiting_since


@pytest.mark.parametrize("to", ["anna", "mei", "", "group:nobody"])
async def test_a_transfer_to_nobody_leaves_the_ticket_where_it_is(to: str) -> None:
    """Absent, oneself, unnamed or an unknown group: refused, and still Mei's."""
    world = DeskWorld()
    ticket = await owned(world)
    code(await world.try_to(MEI, "transfer", ticket, to=to, note="请接"))
    assert await world.now(ticket.id) == ticket


async def test_a_transfer_needs_a_word_for_who_takes_it() -> None:
    """Without a note the next colleague would ask the viewer everything again."""
    world = DeskWorld()
    world.desk.agent_arrived("anna")
    ticket = await owned(world)
    refused = await world.try_to(MEI, "transfer", ticket, to="anna")
    assert code(refused) is RefusalCode.HELD


async def test_only_a_supervisor_fills_an_agent_above_their_capacity() -> None:
    """Mei is refused, the supervisor is not."""
    world = DeskWorld(policy=ONE_EACH)
    world.desk.agent_arrived("anna")
    ticket = await owned(world)
    other = await world.hand_off(handoff("e2", who="v2", at=world.clock.now()))
    await world.do(ANNA, "claim", other)
    refused = await world.try_to(MEI, "transfer", ticket, to="anna", note="请接")
    assert code(refused) is RefusalCode.NO_CAPACITY
    taken = await world.do(BOSS, "take_over", ticket)
    moved = await world.do(BOSS, "transfer", taken, to="anna", note="请接")
    assert moved.offered_to == "anna"


async def test_two_desks_on_one_store_count_one_capacity() -> None:
    """What was claimed at one process fills the agent at the other, for claim and pick."""
    world = DeskWorld(policy=ONE_EACH)
    await owned(world)
    world.desk = world.open_desk()
    other = await world.hand_off(handoff("e2", who="v2", at=world.clock.now()))
    refused = await world.try_to(MEI, "claim", other)
    assert code(refused) is RefusalCode.NO_CAPACITY
    call = handoff("e3", who="v3")
    picked = await world.desk.pick(
        MEI, call.room, call.viewer, call.event_id, call.text
    )
    assert code(picked) is RefusalCode.NO_CAPACITY


async def test_pausing_moves_the_deadline_and_breaches_nothing() -> None:
    """Paused for ten minutes and woken: the whole matter's promise is ten minutes later. (I7)

    Named flaw: a pause that breaks a promise.
    """
    world = DeskWorld()
    ticket = await owned(world)
    until = world.clock.now() + timedelta(hours=1)
    paused = await world.do(MEI, "snooze", ticket, until=until)
    assert paused.state is TicketState.PAUSED
    await world.pass_time(600)
    woken = await world.do(MEI, "wake", paused)
    assert (woken.state, woken.owner) == (TicketState.ACTIVE, "mei")
    before, after = (deadline(each, ClockKind.RESOLVE) for each in (ticket, woken))
    assert after == before + timedelta(minutes=10)
    assert ClockKind.RESOLVE not in woken.breached


async def test_a_snooze_that_ends_in_an_outage_is_not_lost() -> None:
    """The next process wakes it; its owner is gone, so it is the queue's."""
    world = DeskWorld()
    ticket = await owned(world)
    until = world.clock.now() + timedelta(minutes=5)
    await world.do(MEI, "snooze", ticket, until=until)
    await world.pass_time(3600)
    world.desk = world.open_desk()
    await world.desk.revive()
    await world.desk.ring()
    after = await world.now(ticket.id)
    assert (after.state, after.paused_until) == (TicketState.QUEUED, None)
    assert after.owner is None


async def test_a_viewer_who_writes_wakes_the_matter() -> None:
    """Nobody waits for a time that the viewer has not waited for."""
    world = DeskWorld()
    ticket = await owned(world)
    await world.do(MEI, "snooze", ticket, until_event="order_shipped")
    after = await world.write(ticket, "还有一个问题", "e9")
    assert after is not None
    assert (after.state, after.owner) == (TicketState.ACTIVE, "mei")


async def test_an_answer_of_who_was_taken_over_never_reaches_the_room() -> None:
    """It was owed and not yet said when the supervisor took the ticket."""
    world = DeskWorld()
    ticket = await owned(world)
    await world.do(MEI, "answer", ticket, text="稍等")
    (answer,) = world.owed()
    taken = await world.do(BOSS, "take_over", ticket)
    assert (taken.owner, taken.epoch > ticket.epoch) == ("boss", True)
    await world.pass_time(5)
    assert not await world.send(answer)
    assert world.state_of(answer) is ReplyState.WITHDRAWN


async def test_undo_works_until_it_is_said() -> None:
    """In time the answer is withdrawn and the viewer waits on; said, it stays said."""
    world = DeskWorld()
    ticket = await owned(world)
    sent = await world.do(MEI, "answer", ticket, text="三十七码")
    undone = await world.do(MEI, "undo", sent)
    (first,) = world.owed()
    assert world.state_of(first) is ReplyState.WITHDRAWN
    assert (undone.in_flight, undone.state) == ((), TicketState.ACTIVE)
    assert deadline(undone, ClockKind.FIRST) == deadline(ticket, ClockKind.FIRST)
    await world.do(MEI, "answer", undone, text="三十八码")
    await world.pass_time(5)
    assert await world.send(world.owed()[1])
    late = await world.try_to(MEI, "undo", await world.now(ticket.id))
    code(late)
    assert world.state_of(world.owed()[1]) is ReplyState.SENT


@pytest.mark.parametrize("action", ["take_over", "requeue"])
async def test_moving_anothers_ticket_is_a_supervisors(action: str) -> None:
    """An agent is refused and the ticket stays; the supervisor does it."""
    world = DeskWorld()
    ticket = await owned(world)
    refused = await world.try_to(ANNA, action, ticket, note="他下班了")
    assert code(refused) is RefusalCode.FORBIDDEN
    moved = await world.do(BOSS, action, ticket, note="他下班了")
    assert moved.owner == ("boss" if action == "take_over" else None)


async def test_words_of_who_does_not_own_it_are_never_owed() -> None:
    """A colleague, and a supervisor too, are refused; nothing waits to be sent.

    Named flaw: a send by a non-owner.
    """
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    for other in (ANNA, BOSS):
        refused = await world.try_to(other, "answer", ticket, text="我来说")
        assert code(refused) is RefusalCode.FORBIDDEN
    assert world.owed() == []
    assert (await world.now(ticket.id)).version == ticket.version


async def test_what_waits_for_supervisors_is_told_to_who_would_take_it() -> None:
    """Not "claim it first"; who is offered it for want of a supervisor may take it."""
    world = DeskWorld()
    world.desk.agent_arrived(BOSS)
    ticket = await owned(world)
    passed = await world.do(MEI, "transfer", ticket, to="group:supervisor", note="请接")
    refused = await world.try_to(ANNA, "claim", passed)
    assert isinstance(refused, Refusal) and refused.code is RefusalCode.FORBIDDEN
    assert "归主管处理" in refused.zh and "supervisors" in refused.en
    assert can(ANNA, Permission.CLAIM, structs.replace(passed, offered_to=ANNA.name))


async def test_who_is_alone_takes_what_waits_for_supervisors() -> None:
    """A shop of one has none: what was escalated would be nobody's for ever."""
    world = DeskWorld()
    world.desk.agent_arrived(MEI)
    ticket = await owned(world)
    passed = await world.do(MEI, "transfer", ticket, to="group:supervisor", note="请接")
    boss = world.desk.agent_arrived(BOSS)
    assert code(await world.try_to(MEI, "claim", passed)) is RefusalCode.FORBIDDEN
    assert "supervisor" not in world.desk.floor().unmanned
    world.desk.agent_left(BOSS.name, boss)
    world.clock.jump(POLICY.presence.gone_after + timedelta(seconds=2))
    assert "supervisor" in world.desk.floor().unmanned
    assert (await world.do(MEI, "claim", passed)).owner == MEI.name
