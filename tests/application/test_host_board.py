"""The host's board over a real room: what is asked is merged, and what is marked counts, once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from streambot.application.desk_record import record
from streambot.application.host_board import HostBoard
from streambot.application.prompter_hook import No, PrompterHook
from streambot.application.rooms import Rooms
from streambot.domain import ticket_steps as steps
from streambot.domain.board_question import Question, Standing
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.events import LineWithdrawn, ViewerSpoke
from streambot.domain.reply import EventId, ReplyKind, TicketId
from streambot.domain.room import Capability
from streambot.domain.ticket import TicketState
from streambot.ports.host_board import Mark, MarkAct
from streambot.ports.room_tokens import RoomToken, Scope
from streambot.ports.store import DeskTransaction
from tests.application.engine_world import EngineWorld
from tests.application.test_engine import READ_ONLY, claimed
from tests.application.test_running_room import POISON, Fragile
from tests.domain.chat_room import ROOM, START, scene, understanding, viewer

PEOPLE = ("阿花", "小鹿", "momo")
SHIP = "什么时候发货"
TOOL = RoomToken(
    id="abcd1234",
    room=ROOM,
    scope=Scope.HOOK,
    label="发送助手",
    made_by="李姐",
    made_at=START,
)


def host_of(room: EngineWorld) -> HostBoard:
    """The host's board over *room*."""
    rooms = Rooms(room.store, room.clock, room.published.append)
    rooms.add(room.engine)
    return HostBoard(rooms, room.store, room.clock, DeskPolicy(), rooms.committed)


def hook_of(room: EngineWorld) -> PrompterHook:
    """The hook for sending tools over *room*."""
    rooms = Rooms(room.store, room.clock, room.published.append)
    rooms.add(room.engine)
    return PrompterHook(rooms, room.store, room.store, room.clock)


def asked(room: EngineWorld) -> list[Question]:
    """What the board shows now."""
    return room.engine.view.board.now(room.clock.now())


def pressed(
    room: EngineWorld, question: Question, ref: str = "r1", **more: Any
) -> Mark:
    """The host's key for *question*."""
    values: dict[str, Any] = {
        "act": MarkAct.ANSWERED,
        "by": "主播",
        "at": room.clock.now(),
    } | more
    return Mark(room=ROOM, ref=ref, question=question.id, **values)


def _taken_back(room: EngineWorld, line: ViewerSpoke) -> LineWithdrawn:
    """The platform took *line* back."""
    now = room.clock.now()
    return LineWithdrawn(
        id=EventId("w"), at=now, received_at=now, scene=scene(), event=line.id
    )


async def state(room: EngineWorld, ticket: TicketId) -> TicketState:
    """A ticket's state as stored."""
    found = await room.store.ticket(ticket)
    assert found is not None
    return found.state


async def test_one_mark_answers_whoever_asked_and_what_the_prompter_holds(
    tmp_path: Path,
) -> None:
    """Three viewers' question in a room that can't be written to is one row; marking it says
    their replies, keeps for each how long it took, and acts once however often it is sent.
    """
    async with EngineWorld(tmp_path, greets=True).running() as room:
        link, host = await room.link(can=READ_ONLY), host_of(room)
        for name in (*PEOPLE, PEOPLE[0]):
            await room.says(link, SHIP, viewer(name))
            await room.pass_time(2)
        (question,) = asked(room)
        assert (question.count, question.answer) == (3, "48小时内发出")
        assert question.standing is Standing.OPEN
        assert room.engine.view.prompter
        mark = pressed(room, question)
        assert await host.mark(mark)
        assert await host.mark(mark)
        assert await host.mark(pressed(room, question, "another screen"))
        await room.rest()
        assert asked(room) == []
        left = {each.kind for each in room.engine.view.prompter.values()}
        assert left <= {ReplyKind.GREETING}
        assert [each.questions for each in await room.store.host_figures(mark.at)] == [
            1
        ]
        (figure,) = await room.store.host_figures(mark.at)
        assert (figure.viewers, figure.median) == (3, 6.0)
        assert room.states()["host_answered"] == 3
        assert room.engine.view.board.answered.viewers == 3
    async with EngineWorld(tmp_path).running() as room:  # after a restart
        assert await host_of(room).mark(mark)
        assert not await host_of(room).mark(pressed(room, question, "r2"))


async def test_two_screens_that_mark_at_once_count_one_answer(tmp_path: Path) -> None:
    """Whichever comes first answered it; the other finds it answered."""
    async with EngineWorld(tmp_path).running() as room:
        link, host = await room.link(can=READ_ONLY), host_of(room)
        await room.says(link, SHIP, viewer("阿花"))
        (question,) = asked(room)
        marks = [host.mark(pressed(room, question, ref)) for ref in ("r1", "r2")]
        assert await asyncio.gather(*marks) == [True, True]
        assert room.engine.view.counters["host_questions"] == 1


async def test_a_mark_made_without_network_leaves_later_askers(tmp_path: Path) -> None:
    """Who asked after the key was pressed asks on, under a new name."""
    async with EngineWorld(tmp_path).running() as room:
        link, host = await room.link(can=READ_ONLY), host_of(room)
        await room.says(link, SHIP, viewer("阿花"))
        await room.pass_time(5)
        (question,) = asked(room)
        mark = pressed(room, question)
        await room.pass_time(20)
        late = await room.says(link, SHIP, viewer("晚来的"))
        assert await host.mark(mark)
        (left,) = asked(room)
        assert (left.id, left.count) == (f"q:{late.id}", 1)


async def test_what_the_assistant_said_stands_as_said(tmp_path: Path) -> None:
    """In a room that can be written to the host sees that it was answered already."""
    async with EngineWorld(tmp_path).running() as room:
        link = await room.link()
        await room.says(link, SHIP, viewer("阿花"))
        (question,) = asked(room)
        assert question.standing is Standing.SAID


async def test_a_waiting_ticket_is_over_and_an_agents_counts_as_answered(
    tmp_path: Path,
) -> None:
    """The host's word ends a mere question that nobody took, is the reply of an agent's ticket,
    and leaves who asks for more than that in the queue with a note.
    """
    async with EngineWorld(tmp_path).running() as room:
        link, host = await room.link(can=READ_ONLY), host_of(room)
        for name in PEOPLE:
            await room.says(link, "你们这个和另一家的有区别吗", viewer(name))
        tickets = room.engine.view.board.tickets.values()
        of = {ticket.viewer.name: ticket for ticket in tickets}
        queued, mine, more = (of[name] for name in PEOPLE)
        _, done = await room.store.transact(claimed(mine))
        room.engine.view.board.ticket_changed(done.tickets[0])
        await room.says(link, "你们这个和另一家的有区别吗", viewer(PEOPLE[0]))
        await room.says(link, "我要退款", viewer(PEOPLE[2]))
        (question,) = [each for each in asked(room) if each.human]
        assert (question.count, question.standing) == (3, Standing.HUMAN)
        assert await host.mark(pressed(room, question))
        await room.rest()
        assert [await state(room, each.id) for each in (queued, mine, more)] == [
            TicketState.RESOLVED,
            TicketState.WAITING_VIEWER,
            TicketState.QUEUED,
        ]
        (*_, note) = await room.store.history(more.id)
        assert (note.event, note.actor) == ("note", "主播")


async def test_pins_skips_and_moderated_words(tmp_path: Path) -> None:
    """A pinned question stays on top past its time, a skipped one goes, moderated words hide."""
    async with EngineWorld(tmp_path).running() as room:
        link, host = await room.link(can=READ_ONLY), host_of(room)
        line = await room.says(link, SHIP, viewer("阿花"))
        await room.says(link, "有运费险吗", viewer("小鹿"))
        ship, insurance = asked(room)
        await host.mark(pressed(room, insurance, "a", act=MarkAct.PIN))
        assert asked(room)[0] is insurance
        await host.mark(pressed(room, ship, "b", act=MarkAct.SKIP))
        assert asked(room) == [insurance]
        await room.pass_time(601)
        assert asked(room) == [insurance]
        await host.mark(pressed(room, insurance, "c", act=MarkAct.UNPIN))
        assert asked(room) == []
        assert await room.store.host_figures(line.at - timedelta(days=1)) == ()
        moderated = await room.says(link, SHIP, viewer("小绿"))
        link.tell(_taken_back(room, moderated))
        await room.rest()
        assert [each.hidden for each in asked(room)] == [True]


async def test_moderated_words_stay_hidden_after_a_restart(tmp_path: Path) -> None:
    """What the platform took back before is not shown again by a board that reads the journal."""
    async with EngineWorld(tmp_path).running() as room:
        link = await room.link(can=READ_ONLY)
        line = await room.says(link, SHIP, viewer("阿花"))
        await room.says(link, "有运费险吗", viewer("小鹿"))
        link.tell(_taken_back(room, line))
        await room.rest()
    async with EngineWorld(tmp_path).running() as room:
        hidden = {each.key: each.hidden for each in asked(room)}
        assert hidden == {"faq:ship": True, "faq:insurance": False}


async def test_who_asked_after_a_skip_asks_on_after_a_restart(tmp_path: Path) -> None:
    """Only what was asked until the key was pressed is skipped, however often that happened."""
    async with EngineWorld(tmp_path).running() as room:
        link, host = await room.link(can=READ_ONLY), host_of(room)
        for name in PEOPLE:
            await room.says(link, "这件穿着像不像企鹅呀", viewer(name))
            (question,) = asked(room)
            if name != PEOPLE[-1]:
                mark = pressed(room, question, name, act=MarkAct.SKIP)
                assert await host.mark(mark)
                assert asked(room) == []
            await room.pass_time(2)
        before = [_seen(each) for each in asked(room)]
        assert before
    async with EngineWorld(tmp_path).running() as room:
        assert [_seen(each) for each in asked(room)] == before


async def test_a_ticket_closed_while_the_room_was_down_leaves_the_board(
    tmp_path: Path,
) -> None:
    """A room that starts again shows the tickets of the store, and no others."""
    broken = replace(understanding(), mood=Fragile((), ()))
    async with EngineWorld(tmp_path, book=broken).running() as room:
        link = await room.link(can=READ_ONLY)
        await room.says(link, "转人工", viewer("阿花"))
        (ticket,) = room.engine.view.board.tickets.values()
        await room.says(link, POISON, viewer("小鹿"))
        assert room.engine.view.link == "failed"

        def withdrawn(tx: DeskTransaction) -> None:
            step = steps.withdrawn(ticket, room.clock.now(), DeskPolicy())
            record(tx, step, "viewer")

        await room.store.transact(withdrawn)
        await room.pass_time(1)
        await room.link(can=READ_ONLY)
        assert room.engine.view.board.tickets == {}


async def test_personal_data_and_bad_words_are_not_shown(tmp_path: Path) -> None:
    """A question with somebody's number is counted and its words are kept from the board."""
    async with EngineWorld(tmp_path).running() as room:
        link = await room.link(can=frozenset({Capability.ENTER}))
        await room.says(link, "我电话13812345678什么时候发货", viewer("阿花"))
        await room.pass_time(3)
        assert all(each.hidden for each in asked(room))
        await room.says(link, "有运费险吗", viewer("小鹿"))
        assert any(not each.hidden for each in asked(room))


async def test_a_board_goes_on_after_a_restart(tmp_path: Path) -> None:
    """What nobody answered is asked still, with its askers, its answer, its pin and its tickets;
    what the host answered or skipped stays gone.
    """
    async with EngineWorld(tmp_path, greets=True).running() as room:
        link, host = await room.link(can=READ_ONLY), host_of(room)
        for name in (*PEOPLE, PEOPLE[0]):
            await room.says(link, SHIP, viewer(name))
            await room.says(link, "你们这个和另一家的有区别吗", viewer(name))
        await room.says(link, "有运费险吗", viewer("晚风"))
        before = {each.key: each for each in asked(room)}
        ship, insurance = before["faq:ship"], before["faq:insurance"]
        assert await host.mark(pressed(room, insurance, "a", act=MarkAct.SKIP))
        assert await host.mark(pressed(room, ship, "b", act=MarkAct.PIN))
        tickets = set(room.engine.view.board.tickets)
        left = asked(room)
    async with EngineWorld(tmp_path).running() as room:
        assert tickets <= set(room.engine.view.board.tickets)
        again = asked(room)
        assert [_seen(each) for each in again] == [_seen(each) for each in left]
        assert again[0].pinned
        assert await host_of(room).mark(pressed(room, again[0], "c"))
    async with EngineWorld(tmp_path).running() as room:
        assert "faq:ship" not in {each.key for each in asked(room)}


def _seen(question: Question) -> tuple[object, ...]:
    asks = question.asks
    return question.id, question.count, question.answer, question.standing, set(asks)


async def test_a_line_a_tool_took_is_handed_to_nobody_else_after_a_restart(
    tmp_path: Path,
) -> None:
    """A tool that dies with a line leaves it to people; unsettled in time it counts as uncertain."""
    async with EngineWorld(tmp_path).running() as room:
        link = await room.link(can=READ_ONLY)
        await room.says(link, SHIP, viewer("阿花"))
        (line,) = hook_of(room).lines(ROOM)
        assert await hook_of(room).take(TOOL, line.line_id) == line
    async with EngineWorld(tmp_path).running() as room:
        await room.link(can=READ_ONLY)
        hook, view = hook_of(room), room.engine.view
        assert (hook.lines(ROOM), list(view.prompter)) == ([], [line.line_id])
        assert await hook.take(TOOL, line.line_id) is No.TAKEN
        await room.pass_time(200)
        assert (view.prompter, view.taken) == ({}, {})
        assert room.states()["lines_uncertain"] == 1
