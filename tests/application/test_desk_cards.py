"""Same-question cards at the desk: one answer and one end for all, and nobody lost in the crowd."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from streambot.domain.refusal import RefusalCode
from streambot.domain.reply import ReplyState
from streambot.domain.ticket import Ticket, TicketState
from tests.application.desk_world import ANNA, MEI, DeskWorld, code
from tests.domain.ticket_samples import POLICY, handoff

KEY = "text:几点下播"


async def ask(world: DeskWorld, who: str, *, private: bool = False) -> Ticket:
    """A viewer asks the card's question now."""
    call = handoff(f"e-{who}", who=who, key=KEY, at=world.clock.now(), private=private)
    return await world.hand_off(call)


async def answered_card(world: DeskWorld) -> list[Ticket]:
    """Three askers, claimed by MEI and answered once for all; the line has arrived."""
    tickets = [await ask(world, who) for who in ("甲", "乙", "丙")]
    mine = await world.do(MEI, "claim", tickets[0])
    await world.do(MEI, "answer", mine, text="晚上十点")
    assert await world.send(*world.owed())
    return [await world.now(each.id) for each in tickets]


async def test_resolving_a_card_resolves_all_its_tickets_but_who_wrote_on() -> None:
    """One click ends the matter for all who were told; a further question stays open."""
    world = DeskWorld()
    first, second, third = await answered_card(world)
    await world.write(second, "那明天呢", "e-more")
    await world.do(MEI, "resolve", first, outcome="not_needed")
    ended = [await world.now(each.id) for each in (first, third)]
    assert [each.state for each in ended] == [TicketState.RESOLVED] * 2
    assert {each.outcome for each in ended} == {"not_needed"}
    assert (await world.now(second.id)).state is TicketState.ACTIVE


async def test_a_late_asker_gets_the_answer_at_once() -> None:
    """Within two minutes, also after the card is resolved: no queue, no holding line, no clock."""
    world = DeskWorld()
    first, *_ = await answered_card(world)
    await world.do(MEI, "resolve", first)
    await world.pass_time(100)
    late = await ask(world, "晚来")
    reply = next(each for each in world.owed() if each.ticket == late.id)
    assert (late.owner, reply.text, reply.viewer) == ("mei", "晚上十点", late.viewer)
    assert not [each for each in world.owed("holding:") if each.viewer == late.viewer]
    assert await world.send(reply)
    after = await world.now(late.id)
    assert after.state is TicketState.WAITING_VIEWER
    assert {each.kind.value for each in after.due}.isdisjoint(
        {"claim", "first", "turn"}
    )


async def test_too_late_in_private_or_after_another_question_one_waits() -> None:
    """What is two minutes old, or was said to who had asked on, is nobody else's answer."""
    world = DeskWorld()
    first, second, third = await answered_card(world)
    assert (await ask(world, "私下", private=True)).state is TicketState.QUEUED
    for each in (first, second, third):
        await world.write(each, "那明天呢", f"e-on-{each.no}")
    assert (await ask(world, "另一个")).state is TicketState.QUEUED
    world = DeskWorld()
    await answered_card(world)
    await world.pass_time(timedelta(minutes=2).total_seconds())
    assert (await ask(world, "太晚")).state is TicketState.QUEUED


async def test_an_answer_that_never_arrived_is_nobodys() -> None:
    """A refused line is not given on, and the newcomer waits for a person like everybody."""
    world = DeskWorld()
    mine = await world.do(MEI, "claim", await ask(world, "甲"))
    await world.do(MEI, "answer", mine, text="晚上十点")
    assert await world.send(*world.owed(), state=ReplyState.REFUSED)
    assert (await ask(world, "乙")).state is TicketState.QUEUED


async def test_who_came_late_is_one_colleagues_like_any_other() -> None:
    """A late asker who writes on is active again, at the agent who answered, and only there."""
    world = DeskWorld()
    await answered_card(world)
    late = await ask(world, "晚来")
    await world.write(late, "谢谢，那周末呢", "e-late")
    late = await world.now(late.id)
    assert (late.state, late.owner) == (TicketState.ACTIVE, "mei")
    assert code(await world.try_to(ANNA, "claim", late)) is RefusalCode.TAKEN


async def test_an_answer_to_many_is_taken_back_from_all() -> None:
    """One undo on a card of three: none is sent, and all three wait on as they did.

    Named flaw: undo takes back one of many answers.
    """
    world = DeskWorld(policy=replace(POLICY, undo=timedelta(seconds=3)))
    tickets = [await ask(world, who) for who in ("甲", "乙", "丙")]
    mine = await world.do(MEI, "claim", tickets[0])
    mine = await world.do(MEI, "answer", mine, text="晚上八点")
    assert len(world.owed()) == 3
    await world.do(MEI, "undo", mine)
    assert {world.state_of(each) for each in world.owed()} == {ReplyState.WITHDRAWN}
    for each in tickets:
        now = await world.now(each.id)
        assert (now.state, now.is_answered, now.in_flight) == (
            TicketState.ACTIVE,
            False,
            (),
        )
