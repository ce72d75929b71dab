"""A shop's own wording rules at work: on its books, its agents and its viewers' names, reloaded live."""

from __future__ import annotations

import asyncio
from pathlib import Path

from streambot.application.desk import Desk
from streambot.domain.agent import Agent, AgentName, Role
from streambot.domain.refusal import Refusal, RefusalCode
from streambot.domain.room import RoomName
from streambot.domain.ticket import Ticket
from tests.acceptance.world import PATIENCE, quick_room, viewer, world

_RULES = "rules:\n  - {id: own, words: [%s], severity: %s, zh: 店里不说。, en: No.}\n"
_AGENT = Agent(name=AgentName("小王"), role=Role.AGENT)


async def test_a_shop_s_rules_hold_agents_and_names_and_are_reloaded(
    tmp_path: Path,
) -> None:
    """The agent is told and says it another way; a saved file is in force without a restart."""
    rules = tmp_path / "guard.yaml"
    await asyncio.to_thread(rules.write_text, _RULES % ("跳楼价", "error"), "utf-8")
    room = quick_room()
    async with world(tmp_path, room, room={"guard": [str(rules)]}) as bot:
        room.emit("entered", viewer("跳楼价清仓"))
        welcome = await bot.said(lambda line: "欢迎" in line.text)
        assert "跳楼价" not in welcome.text
        room.emit("spoke", viewer("大橙子"), text="骗子！退钱！")
        await bot.said(lambda line: "登记" in line.text)
        (ticket,) = (await bot.app.store.snapshot())[1]
        claimed = await _do(bot.app.desk, ticket, "claim")
        assert isinstance(claimed, Ticket)
        refused = await _do(bot.app.desk, claimed, "answer", "给您跳楼价")
        assert isinstance(refused, Refusal)
        assert (refused.code, refused.remarks[0].rule) == (RefusalCode.HELD, "own")

        await asyncio.to_thread(rules.write_text, _RULES % ("别的", "error"), "utf-8")
        name = RoomName(room.name)
        async with asyncio.timeout(PATIENCE):
            while bot.app.rooms.guard(name).remarks("跳楼价", public=True):
                await bot.app.books.look()
                await asyncio.sleep(0)
        answered = await _do(bot.app.desk, claimed, "answer", "给您跳楼价吧")
        assert isinstance(answered, Ticket)
        await bot.said(lambda line: "跳楼价吧" in line.text)


async def _do(
    desk: Desk, ticket: Ticket, action: str, text: str = ""
) -> Ticket | Refusal:
    """One command of the agent's."""
    return await desk.do(
        _AGENT, action, ticket.id, ticket.version, ref=f"{action}:{text}", text=text
    )
