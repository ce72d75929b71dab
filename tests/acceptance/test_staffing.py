"""Staffing out of config.yaml: a running bot keeps to who is in which group."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from streambot.bootstrap import App
from streambot.domain.agent import Agent, AgentName, Role, groups_of
from streambot.domain.refusal import Refusal
from streambot.domain.ticket import ClockKind, Ticket, TicketState
from streambot.simulator.server import serve_rooms
from streambot.web.passwords import Passwords
from tests.acceptance.world import (
    PATIENCE,
    quick_room,
    room_settings,
    running,
    viewer,
    world,
    write_config,
)
from tests.web.site import PASSWORD, WEAK

_PUSH = {"undo_seconds": 0, "routing": "push"}


async def _until(bot: App, state: TicketState, to: str | None = None) -> Ticket:
    async with asyncio.timeout(PATIENCE):
        while True:
            for ticket in (await bot.store.snapshot())[1]:
                if ticket.state is state and to in (None, ticket.offered_to):
                    return ticket
            await asyncio.sleep(0)


async def _why(bot: App) -> str:
    """Why the one waiting ticket waits, once the desk has heard of it."""
    async with asyncio.timeout(PATIENCE):
        while len(bot.desk.floor().waiting) != 1:
            await asyncio.sleep(0)
    (waits,) = bot.desk.floor().waiting
    return waits.why


def _arrives(bot: App, name: str) -> Agent:
    """*name* as a login makes them, at the desk."""
    groups = groups_of(AgentName(name), bot.config.desk.groups)
    agent = Agent(name=AgentName(name), role=Role.AGENT, groups=groups)
    bot.desk.agent_arrived(agent)
    return agent


async def _do(bot: App, who: Agent, ticket: Ticket, action: str, **how: Any) -> Any:
    return await bot.desk.do(
        who, action, ticket.id, ticket.version, ref=f"{action}{ticket.version}", **how
    )


async def test_a_group_of_config_yaml_is_handed_to_and_only_its_members_are_asked(
    tmp_path: Path,
) -> None:
    """Beats a group that is only a label: who isn't in it neither gets nor may take its tickets."""
    desk = {**_PUSH, "groups": {"care": ["anna"]}}
    async with world(tmp_path, desk=desk) as bot:
        mei = _arrives(bot.app, "mei")
        bot.room.emit("spoke", viewer("小美"), text="转人工")
        ticket = await _do(
            bot.app, mei, await _until(bot.app, TicketState.OFFERED), "claim"
        )
        zoe = _arrives(bot.app, "zoe")  # here longer than anna, so would be asked first
        anna = _arrives(bot.app, "anna")
        other = await _do(
            bot.app, mei, ticket, "transfer", to="group:size", note="尺码"
        )
        assert isinstance(other, Refusal)
        assert "care" in other.zh
        await _do(bot.app, mei, ticket, "transfer", to="group:care", note="要安抚")
        offered = await _until(bot.app, TicketState.OFFERED, "anna")
        assert isinstance(await _do(bot.app, zoe, offered, "claim"), Refusal)
        assert isinstance(await _do(bot.app, anna, offered, "claim"), Ticket)
        assert "care" in await _console_of(bot.app, "anna")


async def test_a_room_has_a_routing_of_its_own(tmp_path: Path) -> None:
    """One room's tickets are offered while the other's wait to be claimed, at one desk."""
    async with serve_rooms((quick_room("pushed"), quick_room("pulled"))) as server:
        config = await asyncio.to_thread(
            lambda: write_config(
                tmp_path,
                room_settings("pushed", server.url, handoff={"routing": "push"}),
                room_settings("pulled", server.url),
            )
        )
        async with running(config) as bot:
            mei = _arrives(bot, "mei")
            for name in ("pulled", "pushed"):
                await server.linked(name)
                server.rooms[name].emit("spoke", viewer(name), text="转人工")
            assert (await _until(bot, TicketState.OFFERED)).room == "pushed"
            waiting = await _until(bot, TicketState.QUEUED)
            assert waiting.room == "pulled"
            assert isinstance(await _do(bot, mei, waiting, "claim"), Ticket)


async def test_one_offer_at_a_time_and_a_reopen_window_of_ones_own(
    tmp_path: Path,
) -> None:
    """``ready_ramp`` and ``reopen_minutes`` hold on a running bot."""
    desk = {**_PUSH, "ready_ramp": 1, "reopen_minutes": 30}
    async with world(tmp_path, desk=desk) as bot:
        mei = _arrives(bot.app, "mei")
        for name in ("小美", "小丽"):
            bot.room.emit("spoke", viewer(name), text="转人工")
        offered = await _until(bot.app, TicketState.OFFERED)
        await _until(bot.app, TicketState.QUEUED)
        assert await _why(bot.app) == "1 deciding"
        await _do(bot.app, mei, offered, "claim")
        solved = await _do(
            bot.app, mei, await _until(bot.app, TicketState.ACTIVE), "resolve"
        )
        (close,) = [due for due in solved.due if due.kind is ClockKind.CLOSE]
        assert close.due_at - solved.resolved_at == timedelta(minutes=30)


async def test_who_is_off_shift_by_config_yaml_is_offered_nothing(
    tmp_path: Path,
) -> None:
    """``shifts`` of a group and of an agent hold on a running bot; the wait says so."""
    desk = {**_PUSH, "groups": {"care": ["mei"]}, "shifts": {"care": [], "zoe": "全天"}}
    async with world(tmp_path, desk=desk) as bot:
        _arrives(bot.app, "mei")
        bot.room.emit("spoke", viewer("小美"), text="转人工")
        await _until(bot.app, TicketState.QUEUED)
        assert await _why(bot.app) == "1 off shift"
        _arrives(bot.app, "zoe")
        await _until(bot.app, TicketState.OFFERED, "zoe")


async def _console_of(bot: App, name: str) -> str:
    """The console's page as *name* gets it after a real login."""
    hashed = await Passwords(WEAK).hashed(PASSWORD)
    await bot.store.accounts.add(AgentName(name), Role.AGENT, hashed, datetime.now(UTC))
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(bot.url, cookie_jar=jar) as http:
        form = {"name": name, "password": PASSWORD}
        async with http.post("/api/login", json=form) as answer:
            assert answer.status == 200
        async with http.get("/") as answer:
            return (await answer.text()).split("data-groups=")[1].split(" data-now")[0]
