"""Teaching a running bot: a line nobody could answer, one click, and the next viewer is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import count
from pathlib import Path

from streambot.application.learning import Preview
from streambot.domain.agent import Agent, AgentName, Role
from streambot.domain.faq.entry import FaqId
from streambot.domain.room import RoomName
from streambot.ports.suggestions import Suggestion, SuggestionState
from streambot.simulator import frames
from streambot.simulator.facts import Said
from tests.acceptance.world import PATIENCE, viewer, world

_BOOK = """\
# 我的书
- id: ship
  questions: [几号发货, 什么时候发货]  # 发货
  answer: 四十八小时内发出
  cooldown_seconds: 0
"""
_BOSS = Agent(name=AgentName("李姐"), role=Role.SUPERVISOR)
_ROOM, _SHIP, _ASKED = RoomName("demo"), FaqId("ship"), "宝贝哪天动身呀"


def _to(someone: frames.Viewer) -> Callable[[Said], bool]:
    return lambda line: f"@{someone.name}" in line.text


async def test_a_click_teaches_the_running_bot(tmp_path: Path) -> None:
    """Asked in vain, shown in the preview, added, read again by itself, answered: one broadcast."""
    book = tmp_path / "faq.yaml"
    book.write_text(_BOOK, encoding="utf-8")
    room = {"faq": ["faq.yaml"], "products": None}
    async with world(tmp_path, room=room) as bot:
        bot.room.emit("spoke", viewer("小鹿"), text=_ASKED)
        bot.room.emit("spoke", viewer("momo"), text="几号发货")
        await bot.said(lambda line: "@momo" in line.text)
        learning = bot.app.learning
        seen = await learning.preview(_ROOM, _ASKED, _SHIP)
        assert isinstance(seen, Preview)
        assert [each.text for each in seen.rehearsal.answered] == [_ASKED]
        done = await learning.teach(_BOSS, _ROOM, _ASKED, _SHIP, seen=seen.seen)
        assert isinstance(done, Suggestion)
        assert done.state is SuggestionState.ADDED
        async with asyncio.timeout(PATIENCE):
            for number in count():
                bot.room.emit("spoke", viewer(f"后来{number}"), text=_ASKED)
                other = viewer(f"路人{number}")
                bot.room.emit("spoke", other, text="几号发货")
                await bot.said(_to(other))
                if any("@后来" in line.text for line in bot.room.said):
                    break
        said = await bot.said(lambda line: "@后来" in line.text)
        assert "四十八小时内发出" in said.text
    text = await asyncio.to_thread(book.read_text, encoding="utf-8")
    assert text == _BOOK.replace("什么时候发货]", f"什么时候发货, {_ASKED}]")
