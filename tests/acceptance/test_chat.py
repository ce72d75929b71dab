"""A viewer writes, the bot answers: over a real socket, from config.yaml to the room and back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from streambot.domain.room import RoomMode, RoomName
from tests.acceptance.world import PATIENCE, quick_room, viewer, world


async def test_a_question_is_answered_with_a_welcome_in_it(tmp_path: Path) -> None:
    """Whoever asks first thing gets one line: the answer, with the welcome in it."""
    async with world(tmp_path) as bot:
        bot.room.emit("spoke", viewer("小雨"), text="什么时候发货呀？")
        line = await bot.said(lambda line: "48小时" in line.text)
    assert "@小雨" in line.text
    assert "您好" in line.text
    assert len(bot.room.said) == 1


async def test_rooms_have_their_own_settings_and_do_not_hear_each_other(
    tmp_path: Path,
) -> None:
    """Two rooms in one bot: each line is answered where it was asked."""
    rooms = (quick_room("早场"), quick_room("晚场"))
    async with world(tmp_path, *rooms) as bot:
        rooms[0].emit("spoke", viewer("早早"), text="什么时候发货")
        rooms[1].emit("spoke", viewer("晚晚"), text="有运费险吗")
        await bot.said(lambda line: "@早早" in line.text, "早场")
        await bot.said(lambda line: "@晚晚" in line.text, "晚场")
    assert not any("晚晚" in line.text for line in rooms[0].said)
    assert not any("早早" in line.text for line in rooms[1].said)


async def test_a_cut_link_resumes_without_saying_anything_twice(tmp_path: Path) -> None:
    """Events told again on resume and duplicates are heard once; what was missed is heard."""
    room = quick_room(overlap=5)
    async with world(tmp_path, room) as bot:
        asked = room.emit("spoke", viewer("小雨"), text="什么时候发货")
        await bot.said(lambda line: "@小雨" in line.text)
        room.repeat(asked)
        bot.server.drop_link("demo")
        room.emit("spoke", viewer("阿杰"), text="有运费险吗")
        await bot.said(lambda line: "@阿杰" in line.text)
        room.emit("spoke", viewer("终了"), text="包邮吗")
        await bot.said(lambda line: "@终了" in line.text)
    assert bot.server.links_opened["demo"] == 2
    for name in ("小雨", "阿杰"):
        assert sum(f"@{name}" in line.text for line in room.said) == 1


async def test_a_line_whose_fate_was_unknown_is_shown_once(tmp_path: Path) -> None:
    """The link dies between the write and the room's word: asked again, shown once."""
    room = quick_room()
    async with world(tmp_path, room):
        room.hold_sent()
        room.emit("spoke", viewer("小雨"), text="什么时候发货")
        async with asyncio.timeout(PATIENCE):
            await room.until(lambda room: room.duplicates == 1)
    assert sum("@小雨" in line.text for line in room.said) == 1


async def test_history_is_kept_but_neither_greeted_nor_answered(tmp_path: Path) -> None:
    """What was said before the bot came is in its journal; nobody is answered late."""
    room = quick_room(history_on_join=10)
    room.emit("spoke", viewer("早到的"), text="什么时候发货")
    async with world(tmp_path, room) as bot:
        room.emit("spoke", viewer("刚到的"), text="有运费险吗")
        await bot.said(lambda line: "@刚到的" in line.text)
    assert not any("早到的" in line.text for line in room.said)


async def test_old_lines_of_a_resumed_link_are_not_answered(tmp_path: Path) -> None:
    """On resume nothing older than 30 s is answered."""
    room = quick_room()
    async with world(tmp_path, room) as bot:
        long_ago = datetime.now(UTC) - timedelta(minutes=2)
        room.emit("spoke", viewer("从前"), text="什么时候发货", at=long_ago)
        room.emit("spoke", viewer("刚才"), text="有运费险吗")
        await bot.said(lambda line: "@刚才" in line.text)
    assert not any("发" in line.text and "从前" in line.text for line in room.said)


async def test_a_refusal_for_speed_is_waited_out(tmp_path: Path) -> None:
    """A room that refuses for speed gets the same words a little later, once."""
    room = quick_room()
    async with world(tmp_path, room) as bot:
        room.refuse_next(1, "rate", 0.05)
        room.emit("spoke", viewer("小雨"), text="什么时候发货")
        await bot.said(lambda line: "@小雨" in line.text)
    assert len(room.said) == 1
    assert room.refusals["rate"] == 1


async def test_modes_hold_at_once_and_over_a_restart(tmp_path: Path) -> None:
    """Observing says nothing and shows what it would say; silent too; both are kept."""
    room = quick_room()
    async with world(tmp_path, room) as bot:
        name = RoomName("demo")
        await bot.app.rooms.set_mode(name, RoomMode.OBSERVING, "主管")
        room.emit("spoke", viewer("小雨"), text="什么时候发货")
        view = bot.app.rooms.views[name]
        async with asyncio.timeout(PATIENCE):
            while not any(
                line.kind == "would" and "48" in line.text for line in view.lines
            ):
                await asyncio.sleep(0)
    async with world(tmp_path, room) as bot:
        assert bot.app.rooms.views[name].mode is RoomMode.OBSERVING
        await bot.app.rooms.set_mode(name, RoomMode.ANSWERING, "主管")
        room.emit("spoke", viewer("阿杰"), text="有运费险吗")
        await bot.said(lambda line: "@阿杰" in line.text)
    assert not any("小雨" in line.text for line in room.said)
