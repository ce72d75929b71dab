"""Offers and leases over a desk whose clock moves only when told: at once, once, and never too soon."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from msgspec import structs

from streambot.domain.calendar import CHINA, Calendar, Interval
from streambot.domain.desk_policy import Routing
from streambot.domain.refusal import Refusal, RefusalCode
from streambot.domain.reply import TicketId
from streambot.domain.ticket import Ticket, TicketState
from tests.application.desk_world import ANNA, BOSS, MEI, DeskWorld
from tests.application.test_desk_clocks import running
from tests.domain.ticket_samples import POLICY, handoff

PUSH = replace(POLICY, routing=Routing.PUSH)


async def test_whoever_becomes_ready_is_offered_what_waits_at_once() -> None:
    """No sweep, no wait: the arrival itself brings the most urgent two, and no more.

    Named flaw: who comes online waits for the next sweep.
    """
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
        (agent,) = world.desk.floor().agents
        assert agent.unasked  # told on their page, else they wait for tickets in vain
        assert await world.desk.be(MEI, "ready") == "ready"
        (agent,) = world.desk.floor().agents
        assert not agent.unasked


async def test_after_a_restart_who_tried_is_not_asked_before_who_may_be_back() -> None:
    """Whoever was there a moment ago counts, though they have not connected again. (I13, I14)"""
    world = DeskWorld(policy=PUSH)
    world.desk.agent_arrived(ANNA)
    ticket = await world.hand_off()
    await world.desk.ring()
    world.desk.agent_arrived(MEI)
    await world.desk.ring()
    await world.do(ANNA, "decline", await world.now(ticket.id))
    world.desk = world.open_desk()
    await world.desk.revive()
    world.desk.agent_arrived(ANNA)
    await world.desk.ring()
    assert (await world.now(ticket.id)).state is TicketState.QUEUED
    world.desk.agent_arrived(MEI)
    await world.desk.ring()
    assert (await world.now(ticket.id)).offered_to == MEI.name


async def test_a_lost_agents_ticket_comes_back_after_the_grace_at_its_own_age() -> None:
    """Not before 20 s of silence and 30 s of grace; older than what came meanwhile.

    Named flaw: a ticket stuck on an absent agent.
    """
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
    """Closing the laptop while the phone is on loses nothing.

    Named flaw: a phone takes its owner offline.
    """
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


async def test_a_ticket_everybody_gave_back_is_the_supervisors_alarm() -> None:
    """Asked again once with a warning; given back once more, the floor says so until it is taken.

    Named flaw: who gave it back is offered it again and nobody hears of it.
    """
    async with running(DeskWorld(policy=PUSH)) as world:
        for agent in (MEI, ANNA):
            world.desk.agent_arrived(agent)
        ticket = await world.hand_off()
        for _ in range(2):
            await _decline(world, ticket.id)
        assert [(one.actor, one.data["rule"]) for one in world.store.deeds] == [
            ("desk", "starved")
        ]
        assert (await world.now(ticket.id)).state is TicketState.OFFERED
        await _decline(world, ticket.id)
        await world.pass_time(1)
        (waiting,) = world.desk.floor().waiting
        assert (waiting.starved, waiting.counts) == (True, {"tried": 2})
        assert len(world.store.deeds) == 1


async def test_a_new_episode_is_asked_of_everybody_again() -> None:
    """Beats an alarm that rings once in a ticket's life: reopened, it is fresh for all."""
    async with running(DeskWorld(policy=PUSH)) as world:
        world.desk.agent_arrived(MEI)
        ticket = await world.hand_off()
        for _ in range(2):
            await _decline(world, ticket.id)
        ticket = await world.do(BOSS, "take_over", await world.now(ticket.id))
        ticket = await world.do(BOSS, "resolve", ticket)
        await world.write(ticket, "还是没收到货", "e2")
        await world.clock.settle()
        for _ in range(2):
            await _decline(world, ticket.id)
        assert len(world.store.deeds) == 3  # the take-over, and an alarm each


async def test_an_offer_that_was_overtaken_is_planned_anew() -> None:
    """Between plan and commit somebody gave it back: it isn't offered to them after all. (I13)"""
    world = DeskWorld(policy=PUSH)
    world.desk.agent_arrived(MEI)
    ticket = await world.hand_off()
    other = world.open_desk()  # its commits are not heard here
    done = await other.do(MEI, "claim", ticket.id, ticket.version, ref="c")
    assert isinstance(done, Ticket)
    await other.do(MEI, "release", ticket.id, done.version, ref="d", note="不会")
    await world.desk.ring()
    stored = await world.now(ticket.id)
    assert (stored.state, stored.tried) == (TicketState.QUEUED, (MEI.name,))


async def test_a_lost_lease_takes_nothing_from_whoever_has_it_now() -> None:
    """Taken over by somebody who is there while the grace ran out: it stays theirs. (I1)"""
    world = DeskWorld()
    device = world.desk.agent_arrived(MEI)
    ticket = await world.do(MEI, "claim", await world.hand_off())
    world.desk.agent_left(MEI.name, device)
    other = world.open_desk()  # its commits are not heard here
    await other.do(BOSS, "take_over", ticket.id, ticket.version, ref="t")
    await world.pass_time(60)
    await world.desk.ring()
    assert (await world.now(ticket.id)).owner == BOSS.name


async def _decline(world: DeskWorld, ticket: TicketId) -> None:
    """Whoever is offered it now leaves it to others."""
    await world.clock.settle()
    now = await world.now(ticket)
    agent = next(one for one in (MEI, ANNA) if one.name == now.offered_to)
    await world.do(agent, "decline", now)
    await world.clock.settle()


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


async def test_a_colleague_who_is_off_shift_is_no_company() -> None:
    """Where anybody may claim, the only one on shift sees the queue and is offered nothing."""
    shifts = {str(ANNA.name): Calendar(week=((),) * 7)}
    policy = replace(POLICY, routing=Routing.BOTH, shifts=shifts)
    async with running(DeskWorld(policy=policy)) as world:
        world.desk.agent_arrived(MEI)
        world.desk.agent_arrived(ANNA)
        ticket = await world.hand_off()
        await world.clock.settle()
        assert (await world.now(ticket.id)).state is TicketState.QUEUED


async def test_a_viewer_is_offered_to_somebody_who_speaks_their_language() -> None:
    """By their own words; where nobody who speaks it is there, better anybody than nobody."""
    spoken = {str(MEI.name): frozenset({"zh"}), str(ANNA.name): frozenset({"zh", "en"})}
    async with running(DeskWorld(policy=replace(PUSH, languages=spoken))) as world:
        for agent in (MEI, ANNA):
            world.desk.agent_arrived(agent)
        at = world.clock.now()
        english = await world.hand_off(
            structs.replace(handoff("e1", who="v1", at=at), text="where is my order")
        )
        await world.clock.settle()
        assert (await world.now(english.id)).offered_to == ANNA.name
        world.desk.agent_left(ANNA.name)
        await _beat(world, 40, MEI.name)
        assert (await world.now(english.id)).offered_to == MEI.name
