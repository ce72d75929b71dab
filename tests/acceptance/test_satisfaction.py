"""From a resolved ticket over the question in the room to the score on the agent's name."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from streambot.bootstrap import open_app
from streambot.config import load_config
from streambot.domain.agent import Agent, AgentName, Role
from streambot.domain.satisfaction import Rating
from streambot.domain.ticket import Reason, Ticket, TicketState
from streambot.simulator.server import serve_rooms
from tests.acceptance.world import (
    PATIENCE,
    TOKEN,
    TOKEN_ENV,
    World,
    quick_room,
    room_settings,
    running,
    viewer,
    world,
    write_config,
)

WANG = Agent(name=AgentName("小王"), role=Role.AGENT)
QUEUED = TicketState.QUEUED
BOSS = Agent(name=AgentName("boss"), role=Role.SUPERVISOR)


async def _ticket_of(bot: World, name: str, state: TicketState) -> Ticket:
    async with asyncio.timeout(PATIENCE):
        while True:
            for ticket in (await bot.app.store.snapshot())[1]:
                if (ticket.viewer.name, ticket.state) == (name, state):
                    return ticket
            await asyncio.sleep(0)


async def _act(
    bot: World, who: Agent, ticket: Ticket, action: str, text: str | None = None
) -> None:
    done = await bot.app.desk.do(
        who,
        action,
        ticket.id,
        ticket.version,
        ref=f"{action}{ticket.version}",
        text=text,
    )
    assert isinstance(done, Ticket), done


async def _help(bot: World, name: str) -> None:
    """小王 answers a viewer; the supervisor ends it, so that 小王 is on no ticket any more."""
    bot.room.emit("spoke", viewer(name), text="转人工")
    await _act(bot, WANG, await _ticket_of(bot, name, TicketState.QUEUED), "claim")
    active = await _ticket_of(bot, name, TicketState.ACTIVE)
    await _act(bot, WANG, active, "answer", text=f"已为{name}登记补发")
    waiting = await _ticket_of(bot, name, TicketState.WAITING_VIEWER)
    await _act(bot, BOSS, waiting, "resolve")
    await bot.said(lambda line: f"@{name}" in line.text and "1-5" in line.text)


async def _rated(bot: World, score: int) -> Rating:
    async with asyncio.timeout(PATIENCE):
        while True:
            for rating in await bot.app.store.ratings(datetime(2020, 1, 1, tzinfo=UTC)):
                if rating.score == score:
                    return rating
            await asyncio.sleep(0)


async def test_a_helped_viewer_is_asked_and_their_score_goes_where_it_belongs(
    tmp_path: Path,
) -> None:
    """五星 is 小王's though a supervisor resolved it; 2 is a supervisor's matter, and said so."""
    async with world(tmp_path, quick_room(capabilities=("room_chat", "enter"))) as bot:
        await _help(bot, "大橙子")
        bot.room.emit("spoke", viewer("路人"), text="1")  # was never asked
        bot.room.emit("spoke", viewer("大橙子"), text="五星")
        rating = await _rated(bot, 5)
        assert rating.agent == WANG.name
        await bot.said(lambda line: "@大橙子" in line.text and "谢谢" in line.text)
        await _help(bot, "小柠檬")
        bot.room.emit("spoke", viewer("小柠檬"), text="2分，还没收到货")
        await bot.said(lambda line: "@小柠檬" in line.text and "主管" in line.text)
        low = await _ticket_of(bot, "小柠檬", TicketState.QUEUED)
        assert low.reason is Reason.LOW_CSAT
        assert (await _rated(bot, 2)).text == "2分，还没收到货"
        ratings = await bot.app.store.ratings(datetime(2020, 1, 1, tzinfo=UTC))
        assert len(ratings) == 2, "somebody was counted who was not asked"


async def test_a_question_lost_in_a_crash_is_asked_after_the_start(
    tmp_path: Path,
) -> None:
    """Resolved was on disk and the question was not: the next start asks it, exactly once."""
    room = quick_room(capabilities=("room_chat", "enter"))
    async with serve_rooms([room]) as server:
        rooms = await asyncio.to_thread(room_settings, room.name, server.url)
        config = await asyncio.to_thread(write_config, tmp_path, rooms)
        async with running(config) as app:
            bot = World(app=app, server=server, rooms={room.name: room})
            await server.linked(room.name)
            room.emit("spoke", viewer("大橙子"), text="转人工")
            await _act(bot, WANG, await _ticket_of(bot, "大橙子", QUEUED), "claim")
            active = await _ticket_of(bot, "大橙子", TicketState.ACTIVE)
            await _act(bot, WANG, active, "answer", text="已登记补发")
            waiting = await _ticket_of(bot, "大橙子", TicketState.WAITING_VIEWER)
        settings = await asyncio.to_thread(
            load_config, config, environ={TOKEN_ENV: TOKEN}
        )
        async with open_app(settings) as app:  # its rooms never run: the power goes
            bot = World(app=app, server=server, rooms={room.name: room})
            await _act(bot, WANG, waiting, "resolve")
        for _ in range(2):  # the second start finds nothing left to ask
            async with running(config) as app:
                bot = World(app=app, server=server, rooms={room.name: room})
                await bot.said(lambda line: "1-5" in line.text)
                room.emit("spoke", viewer("路人"), text="转人工")
                await _ticket_of(bot, "路人", QUEUED)
        assert sum("1-5" in line.text for line in room.said) == 1


async def test_who_gives_up_a_matter_nobody_took_is_told_once(tmp_path: Path) -> None:
    """At an empty desk the book answers on; 不用了 ends the matter on disk and says so once."""
    room = quick_room(capabilities=("room_chat", "enter"))
    async with world(tmp_path, room) as bot:
        bot.room.emit("spoke", viewer("大橙子"), text="转人工")
        await bot.said(lambda line: "@大橙子" in line.text and "不在线" in line.text)
        ticket = await _ticket_of(bot, "大橙子", QUEUED)
        bot.room.emit("spoke", viewer("大橙子"), text="不用了，谢谢")
        bot.room.emit("spoke", viewer("大橙子"), text="不用了")
        await bot.said(lambda line: "@大橙子" in line.text and "取消" in line.text)
        stored = await bot.app.store.ticket(ticket.id)
        assert stored is not None
        assert stored.state is TicketState.WITHDRAWN
        assert sum("取消" in line.text for line in room.said) == 1
