"""The desk's hours: everybody's shift who has none of their own, and what waited at their opening."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from streambot.domain.calendar import CHINA, Calendar, Interval
from streambot.domain.events import RoomClosed, RoomOpened
from streambot.domain.reply import EventId
from streambot.domain.ticket import TicketState
from tests.application.desk_world import ANNA, MEI, DeskWorld
from tests.application.engine_world import EngineWorld
from tests.application.test_desk_clocks import running
from tests.application.test_desk_router import PUSH
from tests.domain.chat_room import scene

LIVE = Calendar(week=((),) * 7, live=True)


def _opening_in(seconds: int) -> Calendar:
    """Open for an hour from so soon on, every day."""
    opens = DeskWorld().clock.now().astimezone(CHINA) + timedelta(seconds=seconds)
    start = opens.hour * 60 + opens.minute
    return Calendar(week=((Interval(start=start, end=start + 60),),) * 7)


async def _beat(world: DeskWorld, seconds: int, *devices: tuple[str, str]) -> None:
    for _ in range(seconds):
        await world.pass_time(1)
        for name, device in devices:
            world.desk.agent_beat(name, device)
    await world.clock.settle()


async def test_what_nobody_was_there_for_is_offered_as_the_hours_begin() -> None:
    """Marked until then; the mark is gone with whoever takes it, not with the offer."""
    policy = replace(PUSH, hours=_opening_in(60))
    async with running(DeskWorld(policy=policy)) as world:
        device = world.desk.agent_arrived(MEI)
        ticket = await world.hand_off(attended=world.desk.attended)
        assert len(world.owed("unattended:")) == 1
        await _beat(world, 59, (MEI.name, device))
        waiting = await world.now(ticket.id)
        assert (waiting.state, waiting.unattended) == (TicketState.QUEUED, True)
        assert world.desk.floor().waiting[0].why == "1 off shift"
        await _beat(world, 2, (MEI.name, device))
        offered = await world.now(ticket.id)
        assert (offered.offered_to, offered.unattended) == (MEI.name, True)
        taken = await world.do(MEI, "claim", offered)
        assert not taken.unattended
        assert len(world.owed("unattended:")) == 1


async def test_own_hours_and_a_groups_come_before_the_desks() -> None:
    """Who has a shift works by it, also where the desk is closed."""
    shut = Calendar(week=((),) * 7)
    policy = replace(PUSH, hours=shut, shifts={str(MEI.name): Calendar()})
    async with running(DeskWorld(policy=policy)) as world:
        for agent in (MEI, ANNA):
            world.desk.agent_arrived(agent)
        ticket = await world.hand_off()
        await world.clock.settle()
        assert (await world.now(ticket.id)).offered_to == MEI.name
    assert policy.shifts_of("bo", ("care",)) == (shut,)
    cared = replace(policy, shifts={"care": Calendar()})
    assert cared.shifts_of("bo", ("care",)) == (Calendar(),)
    assert PUSH.shifts_of("bo", ()) == ()  # nobody set hours: always


async def test_a_shift_by_the_broadcast_begins_with_it() -> None:
    """Going live is the nudge; no clock has to run out first."""
    policy = replace(PUSH, shifts={str(MEI.name): LIVE})
    async with running(DeskWorld(policy=policy)) as world:
        world.desk.agent_arrived(MEI)
        ticket = await world.hand_off()
        await world.clock.settle()
        assert (await world.now(ticket.id)).state is TicketState.QUEUED
        world.on_air = True
        world.desk.live_changed()
        await world.clock.settle()
        assert (await world.now(ticket.id)).offered_to == MEI.name


async def test_a_room_tells_when_its_broadcast_begins_and_ends(tmp_path: Path) -> None:
    """Once each: connected, over, begun again, link lost."""
    told: list[bool] = []
    about: dict[str, Any]
    async with EngineWorld(tmp_path).running() as room:
        view = room.engine.view
        view.live_changed = lambda: told.append(view.live)
        link = await room.link()
        assert told == [True]
        now = room.clock.now()
        for n in ("over", "again"):
            about = {"at": now, "received_at": now, "scene": scene()}
            link.tell(RoomClosed(id=EventId(n), **about))
            await room.rest()
        link.tell(RoomOpened(id=EventId("begun"), **about))
        await room.rest()
        assert told == [True, False, True]
        link.die()
        await room.pass_time(1)
        assert told == [True, False, True, False]
