"""Offers and leases over a desk whose clock moves only when told: at once, once, and never too soon."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from streambot.domain.calendar import CHINA, Calendar, Interval
from streambot.domain.desk_policy import Routing
from streambot.domain.refusal import Refusal, RefusalCode
from streambot.domain.ticket import TicketState
from tests.application.desk_world import ANNA, MEI, DeskWorld
from tests.application.test_desk_clocks import running
from tests.domain.ticket_samples import POLICY, handoff

PUSH = replace(POLICY, routing=Routing.PUSH)


async def test_whoever_becomes_ready_is_offered_what_waits_at_once() -> None:
    """No sweep, no wait: the arrival itself brings the most urgent two, and no more."""
    async with running(DeskWorld(policy=PUSH)) as world:
        for n in range(3):
            await world.hand_off(handoff(f"e{n}", who=f"v{n}", at=world.clock.now()))
        world.desk.agent_arrived(MEI)
        await world.clock.settle()
        states = [one.state for one in (await world.store.snapshot())[1]]
        assert states.count(TicketState.OFFERED) == PUSH.ready_ramp
        assert states.count(TicketState.QUEUED) == 1


async def test_an_offer_is_one_persons_to_take_meanwhile() -> None:
    """In push mode another is told who decides; missed, it goes on to them."""
    async with running(DeskWorld(policy=PUSH)) as world:
        world.desk.agent_arrived(MEI)
        await world.clock.settle()
        ticket = await world.hand_off()
        await world.clock.settle()
        offered = await world.now(ticket.id)
        assert offered.offered_to == MEI.name
        refused = await world.try_to(ANNA, "claim", offered)
        assert isinstance(refused, Refusal)
        assert refused.code is RefusalCode.TAKEN
        world.desk.agent_arrived(ANNA)
        await _beat(world, 15, MEI.name, ANNA.name)
        assert (await world.now(ticket.id)).offered_to == ANNA.name


async def test_three_missed_offers_are_a_break() -> None:
    """Who isn't looking is asked no more, and everybody sees why tickets wait."""
    policy = replace(PUSH, misses=1)
    async with running(DeskWorld(policy=policy)) as world:
        world.desk.agent_arrived(MEI)
        await world.hand_off()
        await _beat(world, 15, MEI.name)
        assert world.desk.states[MEI.name] == "break"
        (waiting,) = world.desk.floor().waiting
        assert "on break" in waiting.why


async def test_a_lost_agents_ticket_comes_back_after_the_grace_at_its_own_age() -> None:
    """Not before 20 s of silence and 30 s of grace; older than what came meanwhile."""
    async with running(DeskWorld()) as world:
        device = world.desk.agent_arrived(MEI)
        ticket = await world.do(MEI, "claim", await world.hand_off())
        world.desk.agent_left(MEI.name, device)
        await world.pass_time(49)
        assert (await world.now(ticket.id)).owner == MEI.name
        await world.pass_time(2)
        back = await world.now(ticket.id)
        assert back.state is TicketState.QUEUED
        assert back.queued_at == ticket.queued_at
        assert back.waiting_since == ticket.waiting_since


async def test_a_second_device_keeps_everything() -> None:
    """Closing the laptop while the phone is on loses nothing."""
    async with running(DeskWorld()) as world:
        laptop = world.desk.agent_arrived(MEI)
        phone = world.desk.agent_arrived(MEI)
        ticket = await world.do(MEI, "claim", await world.hand_off())
        world.desk.agent_left(MEI.name, laptop)
        for _ in range(30):
            await world.pass_time(5)
            world.desk.agent_beat(MEI.name, phone)
        assert (await world.now(ticket.id)).owner == MEI.name


async def test_where_it_was_the_viewers_turn_their_next_line_brings_it_back() -> None:
    """Nothing is moved while nothing is owed; the line of the viewer finds the queue, not nobody."""
    async with running(DeskWorld()) as world:
        device = world.desk.agent_arrived(MEI)
        ticket = await world.do(MEI, "claim", await world.hand_off())
        await world.do(MEI, "answer", ticket, text="已补发")
        await world.send(world.owed()[-1])
        world.desk.agent_left(MEI.name, device)
        await world.pass_time(300)
        waiting = await world.now(ticket.id)
        assert waiting.owner == MEI.name
        await world.write(waiting, "那什么时候到", "e9")
        await world.clock.settle()
        assert (await world.now(ticket.id)).state is TicketState.QUEUED


async def _beat(world: DeskWorld, span: float, *names: str) -> None:
    """Time passes while these people's consoles are heard."""
    for _ in range(round(span)):
        await world.pass_time(1)
        for name in names:
            world.desk.agent_beat(
                name, "console 1" if name == names[0] else "console 2"
            )
    await world.clock.settle()


async def test_a_shift_that_begins_is_offered_what_waits_at_once() -> None:
    """Off shift is told as why; the opening itself wakes the router, nobody has to do anything."""
    opens = DeskWorld().clock.now().astimezone(CHINA) + timedelta(seconds=60)
    start = opens.hour * 60 + opens.minute
    shift = Calendar(week=((Interval(start=start, end=start + 60),),) * 7)
    async with running(
        DeskWorld(policy=replace(PUSH, shifts={MEI.name: shift}))
    ) as world:
        world.desk.agent_arrived(MEI)
        ticket = await world.hand_off()
        await _beat(world, 59, MEI.name)
        assert (await world.now(ticket.id)).state is TicketState.QUEUED
        assert world.desk.floor().waiting[0].why == "1 off shift"
        await _beat(world, 2, MEI.name)
        assert (await world.now(ticket.id)).offered_to == MEI.name
