"""A whole room: what it was told is decided, committed, said, and known again after a restart."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from streambot.adapters.store.transaction import StoreTransaction
from streambot.domain.actions import LookUpOrder
from streambot.domain.events import (
    LineWithdrawn,
    Link,
    LinkChanged,
    ModeChanged,
    OrderFound,
    TicketChanged,
)
from streambot.domain.order import Order, OrderStatus
from streambot.domain.reply import EventId, SendOutcome, SendResult
from streambot.domain.room import Capability, RoomMode
from streambot.domain.ticket import Ticket, TicketState
from streambot.ports.store import DeskTransaction, TicketChange
from tests.application.engine_world import EngineWorld
from tests.domain.chat_room import ROOM, viewer

READ_ONLY = frozenset({Capability.ENTER})


def claimed(ticket: Ticket) -> Callable[[DeskTransaction], Ticket]:
    """Desk work by which an agent has *ticket*."""

    def work(tx: DeskTransaction) -> Ticket:
        stored = tx.ticket(ticket.id)
        assert stored is not None
        taken = replace(
            stored,
            state=TicketState.ACTIVE,
            owner="mei",
            version=stored.version + 1,
            epoch=stored.epoch + 1,
        )
        tx.save(taken, TicketChange(event="claim", at=taken.queued_at, actor="mei"))
        return taken

    return work


async def test_a_question_is_answered_and_a_repetition_ignored(tmp_path: Path) -> None:
    """What a platform sends twice acts once, on this link and on the next."""
    async with EngineWorld(tmp_path).running() as room:
        link = await room.link()
        line = await room.says(link, "什么时候发货")
        assert [each.endswith("48小时内发出") for each in link.texts] == [True]
        link.tell(line)
        await room.rest()
        link.die()
        await room.pass_time(1)
        again = await room.link()
        again.tell(line)
        await room.rest()
        assert again.sent == []
        assert room.states()["duplicates"] == 2
        assert room.connector.opened_after == [None, "e1"]


async def test_a_restart_knows_what_was_said_and_resumes(tmp_path: Path) -> None:
    """Nothing is said twice, nobody welcomed twice, and the cursor is the last event."""
    world = EngineWorld(tmp_path, greets=True)
    async with world.running() as room:
        link = await room.link()
        asked = await room.says(link, "什么时候发货", viewer("甲"))
        await room.pass_time(3)
        said = len(link.sent)
        assert said >= 1
    async with world.running() as room:
        link = await room.link()
        assert room.connector.opened_after[-1] == asked.id
        link.tell(asked)
        await room.says(link, "来了", viewer("甲"))
        await room.pass_time(10)
        assert link.sent == []


async def test_a_line_on_its_way_at_a_power_cut_is_repeated_once(
    tmp_path: Path,
) -> None:
    """With the same id, so that the room shows it once; what was queued is said too."""
    world = EngineWorld(tmp_path)
    async with world.running() as room:
        link = await room.link()
        link.answers.append(asyncio.Future())
        await room.says(link, "什么时候发货")
        await room.says(link, "有运费险吗")
        (stuck,) = link.sent
    async with world.running() as room:
        link = await room.link()
        await room.pass_time(1)
        assert link.sent[0] == stuck
        assert [each.split(" ")[-1] for each in link.texts] == [
            "48小时内发出",
            "每单都送运费险",
        ]


async def test_an_order_asked_for_before_a_power_cut_is_looked_up_after_it(
    tmp_path: Path,
) -> None:
    """The line was journaled and not decided, so it is heard again with all it needs."""
    asked: list[LookUpOrder] = []
    order = Order(order_id="202601011234", status=OrderStatus.SHIPPED)

    async def look_up(action: LookUpOrder) -> OrderFound:
        asked.append(action)
        if len(asked) == 1:
            await asyncio.Event().wait()
        return OrderFound(at=world.clock.now(), ref=action.ref, orders=(order,))

    world = EngineWorld(tmp_path, look_up=look_up)
    async with world.running() as room:
        await room.says(await room.link(), "我的快递到哪了")
    async with world.running() as room:
        link = await room.link()
        await room.rest()
        assert [each.ref for each in asked] == ["e1", "e1"]
        assert len(link.sent) == 1
        assert "****1234" in link.texts[0]


async def test_a_room_that_cannot_be_written_to_is_served_by_a_person(
    tmp_path: Path,
) -> None:
    """The line waits on the prompter, over a restart, until it is said or skipped."""
    world = EngineWorld(tmp_path)
    async with world.running() as room:
        link = await room.link(can=READ_ONLY)
        await room.says(link, "什么时候发货")
        await room.says(link, "有运费险吗")
        assert link.sent == []
        assert not room.engine.view.can_write
        assert room.engine.view.read_only
        assert len(room.engine.view.prompter) == 2
    async with world.running() as room:
        await room.link(can=READ_ONLY)
        said, skipped = room.engine.view.prompter
        assert await room.engine.said(said, "小王", said=True)
        assert await room.engine.said(skipped, "小王", said=False)
        assert not await room.engine.said(said, "小王", said=True)
        await room.rest()
        assert room.engine.view.prompter == {}
        assert room.states()["lines_sent"] == room.states()["lines_withdrawn"] == 1
    async with world.running() as room:
        assert room.engine.view.prompter == {}


async def test_a_claim_takes_back_what_the_assistant_had_to_say(tmp_path: Path) -> None:
    """Answers queued for that viewer are withdrawn; others and the promise stay."""
    async with EngineWorld(tmp_path).running() as room:
        link = await room.link()
        word: asyncio.Future[SendOutcome] = asyncio.Future()
        link.answers.append(word)
        await room.says(link, "什么时候发货", viewer("别人"))  # keeps the writer busy
        await room.says(link, "有运费险吗", viewer("甲"))
        await room.says(link, "有运费险吗", viewer("乙"))
        await room.says(link, "转人工", viewer("甲"))
        _, tickets = await room.store.snapshot()
        (theirs,) = (each for each in tickets if each.viewer == viewer("甲"))
        taken, _ = await room.store.transact(claimed(theirs))
        room.engine.tell(TicketChanged(at=room.clock.now(), ticket=taken))
        await room.rest()
        word.set_result(SendOutcome(result=SendResult.SENT, at=room.clock.now()))
        await room.pass_time(5)
        said = " / ".join(link.texts)
        assert "@乙 每单都送运费险" in said
        assert "@甲 请稍等" in said and "@甲 每单" not in said
        assert (await room.store.revive(ROOM, room.clock.now())).queued == ()


async def test_switched_to_silent_it_says_nothing_more(tmp_path: Path) -> None:
    """What waited is withdrawn, also what was just being committed; switched back it answers."""
    world = EngineWorld(tmp_path)
    async with world.running() as room:
        link = await room.link()
        word: asyncio.Future[SendOutcome] = asyncio.Future()
        link.answers.append(word)
        await room.says(link, "什么时候发货")
        await room.says(link, "有运费险吗")
        link.tell(room.line("可以批发吗"))
        await room.switch(RoomMode.SILENT)
        word.set_result(SendOutcome(result=SendResult.SENT, at=room.clock.now()))
        await room.pass_time(25)
        assert len(link.sent) == 1
        assert (await room.store.revive(ROOM, room.clock.now())).queued == ()
    async with world.running() as room:
        link = await room.link()
        await room.says(link, "有运费险吗")
        assert link.sent == []
        await room.switch(RoomMode.ANSWERING)
        await room.says(link, "有运费险吗")
        assert len(link.sent) == 1


@pytest.mark.parametrize("how", ["mode", "moderated", "claim"])
async def test_what_is_no_longer_wanted_when_it_is_committed_is_not_said(
    tmp_path: Path, how: str
) -> None:
    """The disk may be slow: a switch, a moderation or a claim meanwhile still counts."""
    async with EngineWorld(tmp_path).running() as room:
        link = await room.link()
        await room.says(link, "转人工", viewer("甲"))
        _, (theirs,) = await room.store.snapshot()
        alone = replace(theirs, unattended=True, version=theirs.version + 1)
        room.engine.tell(TicketChanged(at=room.clock.now(), ticket=alone))
        await room.rest()
        before, disk = len(link.sent), threading.Event()
        held = asyncio.ensure_future(room.store.transact(lambda tx: disk.wait(9)))
        line = room.line("什么时候发货", viewer("甲"))
        link.tell(line)
        await room.clock.settle()
        now = room.clock.now()
        match how:
            case "mode":
                room.engine.tell(ModeChanged(at=now, mode=RoomMode.SILENT))
            case "moderated":
                link.tell(
                    LineWithdrawn(
                        id=EventId("w1"),
                        at=now,
                        received_at=now,
                        scene=line.scene,
                        event=line.id,
                    )
                )
            case _:
                taken = replace(alone, state=TicketState.ACTIVE, version=9)
                room.engine.tell(TicketChanged(at=now, ticket=taken))
        await room.clock.settle()
        disk.set()
        await held
        await room.pass_time(5)
        assert len(link.sent) == before
        assert (await room.store.revive(ROOM, room.clock.now())).queued == ()


async def test_killed_between_a_switch_and_its_withdrawals_it_stays_silent(
    tmp_path: Path,
) -> None:
    """The mode that was stored rules what was queued before it."""
    world = EngineWorld(tmp_path)
    async with world.running() as room:
        link = await room.link()
        link.answers.append(asyncio.Future())
        await room.says(link, "有运费险吗")
        await room.says(link, "什么时候发货")
        await room.store.set_mode(ROOM, RoomMode.SILENT, "小王", room.clock.now())
    async with world.running() as room:
        link = await room.link()
        await room.pass_time(5)
        assert "48小时" not in "".join(link.texts)


async def test_observing_shows_what_it_would_say(tmp_path: Path) -> None:
    """And writes nothing."""
    async with EngineWorld(tmp_path, mode=RoomMode.OBSERVING).running() as room:
        link = await room.link()
        await room.says(link, "什么时候发货")
        assert link.sent == []
        assert [each.text for each in room.engine.view.lines if each.kind == "would"]


def pages(most: int) -> Callable[[DeskTransaction], None]:
    """Let the store's file grow to *most* pages."""

    def work(tx: DeskTransaction) -> None:
        assert isinstance(tx, StoreTransaction)
        tx.connection.execute(f"PRAGMA max_page_count = {most}")

    return work


async def test_with_a_full_disk_nothing_is_said_and_then_it_goes_on(
    tmp_path: Path,
) -> None:
    """The console says why; what the room tells again after is answered, once."""
    async with EngineWorld(tmp_path, max_pages=90).running() as room:
        link = await room.link()
        await room.says(link, "什么时候发货")
        said = len(link.sent)
        assert said == 1
        while "store_full" not in room.engine.view.troubles:
            link.tell(*(room.line("哈" * 900) for _ in range(20)))
            await room.rest()
        lost = room.line("有运费险吗")
        link.tell(lost)
        await room.pass_time(10)
        assert len(link.sent) == said
        assert "磁盘" in room.engine.view.troubles["store_full"].zh
        kept = (await room.store.revive(ROOM, room.clock.now())).cursor

        await room.store.transact(pages(1_000_000))
        while room.engine.view.troubles:
            await room.pass_time(2)
        again = await room.link()
        assert room.connector.opened_after[-1] == kept
        again.tell(room.line("有运费险吗"))
        await room.rest()
        assert len(again.sent) == 1


async def test_after_a_gap_the_room_is_still_connected(tmp_path: Path) -> None:
    """Missing lines are counted and kept; the link they are missing from is up."""
    async with EngineWorld(tmp_path).running() as room:
        link = await room.link()
        link.tell(LinkChanged(at=room.clock.now(), link=Link.GAP))
        await room.rest()
        assert room.engine.view.link == Link.CONNECTED
        assert room.engine.view.counters["gaps"] == 1
