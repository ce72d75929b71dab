"""Talk about products over a real socket: the screen, links, follow-ups, two questions, bodies."""

from __future__ import annotations

from pathlib import Path

from streambot.domain.room import RoomName
from tests.acceptance.world import quick_room, viewer, world

DEMO = RoomName("demo")


async def test_this_is_what_the_desk_put_on_screen_also_after_a_restart(
    tmp_path: Path,
) -> None:
    """The price said is that of the product chosen; the choice outlives the process."""
    room = quick_room()
    async with world(tmp_path, room) as bot:
        assert await bot.app.rooms.show_product(DEMO, "2", "小王")
        assert not await bot.app.rooms.show_product(DEMO, "no-such", "小王")
        room.emit("spoke", viewer("小雨"), text="这个多少钱")
        line = await bot.said(lambda line: "@小雨" in line.text)
        assert "129元" in line.text
        assert bot.app.rooms.views[DEMO].shown == "jeans"
    async with world(tmp_path, room) as bot:
        assert bot.app.rooms.views[DEMO].shown == "jeans"
        room.emit("spoke", viewer("阿杰"), text="身上这件有现货吗")
        line = await bot.said(lambda line: "@阿杰" in line.text)
        assert "牛仔裤" in line.text


async def test_a_viewer_talks_about_products(tmp_path: Path) -> None:
    """A link's price, the next link's by a follow-up, two answers in one line, and a size."""
    room = quick_room()
    async with world(tmp_path, room) as bot:
        room.emit("spoke", viewer("小雨"), text="1号链接多少钱")
        await bot.said(lambda line: "@小雨" in line.text and "59元" in line.text)
        room.emit("spoke", viewer("小雨"), text="那2号呢")
        await bot.said(lambda line: "@小雨" in line.text and "129元" in line.text)
        room.emit("spoke", viewer("阿杰"), text="包邮吗？有运费险吗")
        line = await bot.said(lambda line: "@阿杰" in line.text)
        assert "49元" in line.text
        assert "运费险" in line.text
        room.emit("spoke", viewer("大壮"), text="1号身高1米6体重52公斤穿什么码")
        line = await bot.said(lambda line: "@大壮" in line.text)
        assert "M码" in line.text
        assert "仅供参考" in line.text
