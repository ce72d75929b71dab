"""A room with private messages: an agent answers in private, also after a restart."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from streambot.domain.agent import Agent, AgentName, Role
from streambot.domain.ticket import Ticket
from tests.acceptance.world import PATIENCE, World, quick_room, viewer, world


async def _act(bot: World, ticket: Ticket, action: str, **more: Any) -> Ticket:
    agent = Agent(name=AgentName("小王"), role=Role.AGENT)
    done = await bot.app.desk.do(
        agent,
        action,
        ticket.id,
        ticket.version,
        ref=f"{action}{ticket.version}",
        **more,
    )
    assert isinstance(done, Ticket), done
    return done


async def _only_ticket(bot: World) -> Ticket:
    async with asyncio.timeout(PATIENCE):
        while not (tickets := (await bot.app.store.snapshot())[1]):
            await asyncio.sleep(0)
    return tickets[0]


async def test_a_private_answer_finds_its_viewer_after_a_restart(
    tmp_path: Path,
) -> None:
    """The platform's own id is kept, encrypted, for whoever waits for a human."""
    room = quick_room(capabilities=("room_chat", "private", "enter"))
    async with world(tmp_path, room) as bot:
        room.emit("spoke", viewer("大橙子"), text="骗子！退钱！")
        await bot.said(lambda line: "登记" in line.text)
        await _only_ticket(bot)
    raw = (tmp_path / "data" / "streambot.db").read_bytes()
    assert "id-大橙子".encode() not in raw, "a raw platform id on disk"
    async with world(tmp_path, room) as bot:
        ticket = await _act(bot, await _only_ticket(bot), "claim")
        await _act(bot, ticket, "answer", text="您的包裹今天补发", visibility="private")
        line = await bot.said(lambda line: "今天补发" in line.text)
    assert (line.visibility, line.to) == ("private", ("id-大橙子",))
