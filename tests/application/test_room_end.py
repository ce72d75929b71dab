"""A room's end: every viewer who was promised something hears why, or is counted as out of reach."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from streambot.application import handoffs
from streambot.domain.events import RoomClosed
from streambot.domain.pledge_figures import PledgeFigures, pledge_figures, unheard
from streambot.domain.reply import EventId, SendResult
from streambot.domain.room import Capability, RoomMode
from streambot.domain.ticket import ClockKind
from tests.application.desk_world import MEI, DeskWorld
from tests.application.engine_world import EngineWorld
from tests.application.room_fakes import CHAT, FakeConnection
from tests.application.test_desk_clocks import running
from tests.domain.chat_room import ROOM, scene, viewer
from tests.domain.ticket_samples import handoff

PRIVATE = CHAT | {Capability.PRIVATE}


async def _ends(room: EngineWorld, link: FakeConnection) -> None:
    now = room.clock.now()
    end = RoomClosed(id=EventId("end"), at=now, received_at=now, scene=scene())
    link.tell(end)
    await room.pass_time(5)


async def _figures(room: EngineWorld) -> PledgeFigures:
    since = room.clock.now() - timedelta(hours=1)
    (found,) = pledge_figures(await room.store.pledges(since))
    return found


async def test_who_waits_at_the_end_hears_in_private_how_it_goes_on(
    tmp_path: Path,
) -> None:
    """Each with their own number, once, also when the platform says the end twice."""
    async with EngineWorld(tmp_path).running() as room:
        link = await room.link(can=PRIVATE)
        for name in "甲乙":
            await room.says(link, "转人工", viewer(name))
        before = len(link.sent)
        await _ends(room, link)
        await _ends(room, link)
        said = link.sent[before:]
        assert [line.text for line in said] == [
            f"直播结束了，您的问题（编号{no}）我们还在跟进，有结果就私信回复您"
            for no in (1, 2)
        ]
        found = await _figures(room)
        assert (found.promised, found.told, found.unreachable) == (2, 2, 0)


async def test_a_room_without_private_chat_says_it_once_to_all(tmp_path: Path) -> None:
    """One public line is for everybody who waits, however many: names would make it dozens."""
    async with EngineWorld(tmp_path).running() as room:
        link = await room.link()
        for number in range(30):
            await room.says(link, "转人工", viewer(f"等了很久的观众{number}"))
        await room.pass_time(200)
        before = len(link.sent)
        await _ends(room, link)
        assert link.texts[before:] == [
            "直播结束了，还没回复到的问题都已登记，下次开播第一时间回复"
        ]
        assert (await _figures(room)).told == 30


@pytest.mark.parametrize("how", ["refused", "silent", "gone"])
async def test_whom_nothing_reaches_is_shown_to_the_supervisor(
    tmp_path: Path, how: str
) -> None:
    """Refused by the platform, an assistant that is silenced, no link any more: out of reach."""
    async with EngineWorld(tmp_path).running() as room:
        link = await room.link()
        await room.says(link, "转人工", viewer("甲"))
        if how == "refused":
            link.will(SendResult.REFUSED, "room_closed")
        if how == "silent":
            await room.switch(RoomMode.SILENT)
        before = len(link.sent)
        if how == "gone":
            now = room.clock.now()
            end = RoomClosed(id=EventId("end"), at=now, received_at=now, scene=scene())
            link.tell(end)
            link.die()
            await room.pass_time(900)
        else:
            await _ends(room, link)
        assert len(link.sent) == before + (how == "refused")
        found = await _figures(room)
        assert (found.promised, found.told, found.unreachable) == (1, 0, 1)
        (lost,) = unheard(await room.store.pledges(room.clock.now() - timedelta(1)))
        assert (lost.no, lost.room, lost.viewer) == (1, ROOM, "甲")


async def test_an_answer_keeps_the_promise_and_nothing_is_said_at_the_end() -> None:
    """In time; "one moment" moves the time once, and behind its time it is late for good."""
    async with running(DeskWorld()) as world:
        ticket = await world.do(MEI, "claim", await world.hand_off())
        (first,) = ticket.pledges
        assert first.due_at == first.made_at + world.policy.first
        await world.pass_time(60)
        await world.do(MEI, "answer", ticket, text="稍等，我帮您查一下")
        await world.send(world.owed()[-1])
        ticket = await world.now(ticket.id)
        (due,) = (due for due in ticket.due if due.kind is ClockKind.FOLLOW_UP)
        assert [each.due_at for each in ticket.pledges] == [due.due_at]
        await world.pass_time(world.policy.follow_up.total_seconds() + 1)
        await world.do(MEI, "answer", await world.now(ticket.id), text="今天下午发出")
        await world.send(world.owed()[-1])
        ticket = await world.now(ticket.id)
        (kept,) = ticket.pledges
        assert kept.is_late and not kept.is_open
        await _room_closes(world)
        assert not world.owed("ended:")


async def test_nobody_without_a_promise_hears_of_the_end() -> None:
    """Answered and writing again, or of a room that only watches: nothing was promised."""
    async with running(DeskWorld()) as world:
        ticket = await world.do(MEI, "claim", await world.hand_off())
        await world.do(MEI, "answer", ticket, text="今天下午发出")
        await world.send(world.owed()[-1])
        await world.write(ticket, "那能改地址吗", "e9")
        await world.hand_off(handoff("e2", who="v2"))
        unspoken = await world.hand_off(handoff("e3", who="v3"), speak=False)
        await _room_closes(world)
        (told,) = world.owed("ended:")
        assert told.viewer is not None and told.viewer.key == "v2"
        watched = await world.store.ticket(unspoken.id)
        assert watched is not None and watched.pledges == ()


async def _room_closes(world: DeskWorld) -> None:
    at = world.clock.now()
    await world.store.transact(
        lambda tx: handoffs.room_closed(tx, handoff().room, at, policy=world.policy)
    )
