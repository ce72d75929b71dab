"""What an operator meets: a port in use, a wrong token, a room that isn't there, a broken book."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from streambot.application.room_view import RoomView
from streambot.bootstrap import App
from streambot.domain.room import RoomName
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.server import serve_rooms
from tests.acceptance.world import (
    PATIENCE,
    TOKEN,
    TOKEN_ENV,
    quick_room,
    room_settings,
    running,
    viewer,
    world,
    write_config,
)

BOOK = """\
faqs:
  - id: {entry}
    questions: [有没有赠品, 送什么礼物]
    answer: {answer}
"""


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0)


def _has_hat(room: SimulatedRoom) -> bool:
    return any("加送一顶帽子" in line.text for line in room.said)


def _view(app: App, room: str = "demo") -> RoomView:
    return app.rooms.views[RoomName(room)]


async def _run(config: Path, **environ: str) -> tuple[int | None, str]:
    """``streambot run`` as a process; its exit code and what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "streambot", "run", "--config", str(config)),
        env={**os.environ, **environ},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode, out.decode()


async def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    """Exit code 4, the port, and the key to change."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        config = await asyncio.to_thread(
            lambda: write_config(
                tmp_path,
                room_settings("demo", "ws://127.0.0.1:1/"),
                web={"host": "127.0.0.1", "port": port},
            )
        )
        code, said = await _run(config, **{TOKEN_ENV: TOKEN})
    assert code == 4
    assert f"端口 {port} 已被占用" in said
    assert "web.port" in said
    assert "Traceback" not in said


async def test_a_missing_token_is_a_sentence_with_the_line(tmp_path: Path) -> None:
    """Exit code 3, the file, the line and the variable to set; nothing starts."""
    config = await asyncio.to_thread(
        lambda: write_config(tmp_path, room_settings("demo", "ws://127.0.0.1:1/"))
    )
    code, said = await _run(config, **{TOKEN_ENV: ""})
    assert code == 3
    assert TOKEN_ENV in said
    assert "config.yaml:" in said


async def test_a_second_bot_on_the_same_data_is_refused(tmp_path: Path) -> None:
    """Two bots on one data directory would say everything twice: the second is refused."""
    async with serve_rooms([quick_room()]) as server:
        config = await asyncio.to_thread(
            lambda: write_config(tmp_path, room_settings("demo", server.url))
        )
        async with running(config):
            code, said = await _run(config, **{TOKEN_ENV: TOKEN})
    assert code == 1
    assert "Traceback" not in said
    assert str(tmp_path) in said


async def test_a_wrong_token_stops_one_room_and_no_other(tmp_path: Path) -> None:
    """The console says which room's token to renew; the other rooms go on."""
    locked, open_ = SimulatedRoom("锁着的", token="other"), quick_room("开着的")
    async with serve_rooms([locked, open_]) as server:
        config = await asyncio.to_thread(
            lambda: write_config(
                tmp_path,
                room_settings("锁着的", server.url),
                room_settings("开着的", server.url),
            )
        )
        async with running(config) as app:
            await _until(lambda: "link" in _view(app, "锁着的").troubles)
            assert "令牌" in _view(app, "锁着的").troubles["link"].zh
            await server.linked("开着的")
            open_.emit("spoke", viewer("小雨"), text="什么时候发货")
            async with asyncio.timeout(PATIENCE):
                await open_.until(lambda room: len(room.said) >= 1)


async def test_a_room_that_is_not_there_yet_is_joined_when_it_is(
    tmp_path: Path,
) -> None:
    """The bot starts before the broadcast: it says so, keeps trying, and then works."""
    with socket.create_server(("127.0.0.1", 0)) as kept:
        port = kept.getsockname()[1]
    config = await asyncio.to_thread(
        lambda: write_config(tmp_path, room_settings("demo", f"ws://127.0.0.1:{port}/"))
    )
    async with running(config) as app:
        await _until(lambda: "link" in _view(app).troubles)
        assert "连不上" in _view(app).troubles["link"].zh
        room = quick_room()
        async with serve_rooms([room], port=port) as server, asyncio.timeout(60):
            await server.linked("demo")
            room.emit("spoke", viewer("小雨"), text="什么时候发货")
            await room.until(lambda room: len(room.said) >= 1)
            assert not _view(app).troubles


async def test_a_file_that_loses_its_entries_while_running_is_told_at_the_console(
    tmp_path: Path,
) -> None:
    """Emptied in mid-broadcast it answers as before, deleted no longer; people hear of both."""
    book = tmp_path / "faq" / "gifts.yaml"
    text = BOOK.format(entry="socks", answer="下单就送一双袜子")
    other = "- {id: cod, questions: [能货到付款吗], answer: 可以}\n"
    await asyncio.to_thread(book.parent.mkdir)
    await asyncio.to_thread(book.write_text, text, encoding="utf-8")
    more = book.with_name("other.yaml")
    await asyncio.to_thread(more.write_text, other, encoding="utf-8")
    settings = {"faq": [str(book.parent)], "products": None}
    async with world(tmp_path, quick_room(), room=settings) as bot:
        view = _view(bot.app)
        await asyncio.to_thread(book.write_text, "", encoding="utf-8")
        await _until(lambda: "book" in view.troubles)
        assert "gifts.yaml：空了，少了" in view.troubles["book"].zh
        bot.room.emit("spoke", viewer("小雨"), text="有没有赠品")
        await bot.said(lambda line: "下单就送一双袜子" in line.text)
        await asyncio.to_thread(book.unlink)
        await _until(lambda: "book_files" in view.troubles)
        assert "gifts.yaml：不见了，少了" in view.troubles["book_files"].zh
        assert "book" not in view.troubles
        await asyncio.to_thread(book.write_text, text, encoding="utf-8")
        await _until(lambda: not view.troubles)


async def test_a_book_that_breaks_while_running_keeps_its_last_good_version(
    tmp_path: Path,
) -> None:
    """A slip of a merchant in mid-broadcast: named at the console, answered as before."""
    book = tmp_path / "faq.yaml"
    await asyncio.to_thread(
        book.write_text,
        BOOK.format(entry="socks", answer="下单就送一双袜子"),
        encoding="utf-8",
    )
    room = quick_room()
    settings = {"faq": [str(book)], "products": None}
    async with world(tmp_path, room, room=settings) as bot:
        view = _view(bot.app)
        broken = BOOK.format(entry="socks", answer="x").replace("answer:", "anwser:")
        await asyncio.to_thread(book.write_text, broken, encoding="utf-8")
        await _until(lambda: "book" in view.troubles)
        assert "faq.yaml:4" in view.troubles["book"].zh
        room.emit("spoke", viewer("小雨"), text="有没有赠品")
        await bot.said(lambda line: "下单就送一双袜子" in line.text)
        mended = BOOK.format(entry="hat", answer="今天加送一顶帽子")
        await asyncio.to_thread(book.write_text, mended, encoding="utf-8")
        await _until(lambda: "book" not in view.troubles)
        asked = [viewer(f"第{number}位") for number in range(100)]
        async with asyncio.timeout(PATIENCE):
            # The trouble goes first, the new book comes once its index is built.
            while not _has_hat(room):
                room.emit("spoke", asked.pop(), text="送什么礼物")
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.3):
                        await room.until(_has_hat)
