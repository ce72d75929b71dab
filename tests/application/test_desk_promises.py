"""Who is asked to wait: the promise is kept in time, or its viewer hears once that it takes longer."""

from __future__ import annotations

import pytest

from streambot.domain.ticket import ClockKind, Reason, Ticket
from tests.application.desk_world import MEI, DeskWorld
from tests.application.test_desk_clocks import ends, running
from tests.domain.ticket_samples import handoff


async def _answered(world: DeskWorld, text: str) -> Ticket:
    """A ticket whose agent wrote *text*, as it stands once that arrived."""
    ticket = await world.do(MEI, "claim", await world.hand_off())
    await world.do(MEI, "answer", ticket, text=text)
    await world.send(world.owed()[-1])
    return await world.now(ticket.id)


async def test_one_moment_starts_a_promise_and_an_answer_keeps_it() -> None:
    """The clock runs from the arrival; another "one moment" doesn't keep it, an answer does."""
    async with running(DeskWorld()) as world:
        ticket = await _answered(world, "稍等，我帮您查一下")
        assert ClockKind.FOLLOW_UP in {due.kind for due in ticket.due}
        await world.pass_time(60)
        await world.do(MEI, "answer", ticket, text="还在查，请稍等")
        await world.send(world.owed()[-1])
        ticket = await world.now(ticket.id)
        (due,) = (due for due in ticket.due if due.kind is ClockKind.FOLLOW_UP)
        assert due.due_at == due.started_at + world.policy.follow_up
        await world.do(MEI, "answer", ticket, text="查到了，今天下午发出")
        await world.send(world.owed()[-1])
        assert ends(world, ticket.id)["follow_up"] == ("met",)
        await world.pass_time(3_600)
        assert not world.owed("late:")


async def test_an_answer_promises_nothing() -> None:
    """Only words that ask to wait start the clock."""
    async with running(DeskWorld()) as world:
        ticket = await _answered(world, "今天下午发出")
        assert "follow_up" not in ends(world, ticket.id)


async def test_a_broken_promise_is_raised_and_told_once() -> None:
    """More urgent at its deadline; the viewer hears it once, however much is broken after."""
    async with running(DeskWorld()) as world:
        ticket = await _answered(world, "稍等，我帮您查一下")
        await world.pass_time(world.policy.follow_up.total_seconds())
        late = await world.now(ticket.id)
        assert ends(world, ticket.id)["follow_up"] == ("breached",)
        assert late.priority == ticket.priority - 1
        assert late.owner == MEI.name
        (told,) = world.owed("late:")
        assert f"编号{ticket.no}" in told.text
        await world.do(MEI, "answer", late, text="马上帮您核实")
        await world.send(world.owed()[-1])
        await world.pass_time(3_600)
        assert len(world.owed("late:")) == 1


@pytest.mark.parametrize("reason", [Reason.COMPLAINT, Reason.ANGRY])
async def test_a_promised_time_that_passes_is_told(reason: Reason) -> None:
    """A complaint nobody answered in the promised time is raised, and its viewer hears why."""
    async with running(DeskWorld()) as world:
        call = handoff(reason=reason, priority=1, at=world.clock.now())
        ticket = await world.do(MEI, "claim", await world.hand_off(call))
        await world.pass_time(world.policy.promise(1).total_seconds())
        assert ends(world, ticket.id)["complaint"] == ("breached",)
        assert (await world.now(ticket.id)).priority == 0
        assert len(world.owed("late:")) == 1


async def test_who_was_told_that_nobody_is_there_is_not_told_again() -> None:
    """One honest line is enough while the desk is empty."""
    async with running(DeskWorld()) as world:
        await world.hand_off()
        await world.pass_time(3_600)
        assert len(world.owed("unattended:")) == 1
        assert not world.owed("late:")


async def test_a_complaint_that_grows_is_answered_sooner_and_told_once() -> None:
    """Ordinary to major: the clock is shortened on disk, and the new time is said once."""
    async with running(DeskWorld()) as world:
        at = world.clock.now()
        first = handoff("e1", reason=Reason.COMPLAINT, priority=1, at=at)
        ticket = await world.hand_off(first)
        await world.pass_time(5)
        at = world.clock.now()
        for event in ("e2", "e3"):
            call = handoff(event, reason=Reason.ANGRY, priority=0, at=at)
            ticket = await world.hand_off(call)
        assert (ticket.priority, ticket.reason) == (0, Reason.ANGRY)
        (due,) = (due for due in ticket.due if due.kind is ClockKind.COMPLAINT)
        assert due.due_at == at + world.policy.major_complaint
        (told,) = world.owed("sooner:")
        assert "30分钟" in told.text
        await world.pass_time(world.policy.major_complaint.total_seconds())
        assert ends(world, ticket.id)["complaint"] == ("breached",)


async def test_an_empty_desk_promises_no_sooner_time() -> None:
    """Who was told that nobody is there isn't promised somebody in 30 minutes."""
    world = DeskWorld()
    at = world.clock.now()
    first = handoff("e1", reason=Reason.COMPLAINT, priority=1, at=at)
    await world.hand_off(first, attended=False)
    call = handoff("e2", reason=Reason.ANGRY, priority=0, at=at)
    await world.hand_off(call, attended=False)
    assert not world.owed("sooner:")
