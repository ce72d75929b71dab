"""An angry viewer to a human and back, and the demo's first minute: the whole bot in a browser."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.acceptance.world import quick_room, viewer, world
from tests.browser.fixtures import IN_BROWSER, Trouble

pytestmark = IN_BROWSER

#: The demo is told in real time, three times as fast.
_MINUTE = 60_000
_LOGIN = re.compile(r"http://127\.0\.0\.1:\d+/login\?once=[\w-]+")


async def test_an_angry_viewer_gets_a_human_and_the_assistant_keeps_silent(
    tmp_path: Path, page: Page
) -> None:
    """From the viewer's line over queue, claim and answer to the room, and back to the assistant."""
    async with world(tmp_path, quick_room()) as bot:
        room = bot.room
        await page.goto(await bot.app.one_time_login())
        await page.locator(".top .link.live").wait_for()
        buyer = viewer("大橙子")
        room.emit("spoke", buyer, text="都三天了还不发货，骗子！退钱！")
        row = page.locator("[data-section=waiting] .row")
        await expect(row).to_contain_text("生气")
        await bot.said(lambda line: "@大橙子" in line.text and "登记" in line.text)
        await row.locator("button.take").click()
        await expect(page.locator("[data-section=mine] .row")).to_have_count(1)
        said = len(room.said)
        room.emit("spoke", buyer, text="什么时候发货")  # the book knows this one
        await expect(page.locator(".thread")).to_contain_text("什么时候发货")
        await page.fill("#words", "非常抱歉，今天一定给您发出")
        await page.keyboard.press("Enter")
        answer = await bot.said(lambda line: "今天一定给您发出" in line.text)
        assert "@大橙子" in answer.text
        assert len(room.said) == said + 1, "the assistant spoke over a human"
        await expect(page.locator(".said-by.agent")).to_contain_text("已发出")
        await page.keyboard.press("Alt+e")
        await expect(page.locator("[data-section=ended] .row")).to_have_count(1)
        room.emit("spoke", buyer, text="有运费险吗")
        await bot.said(lambda line: "@大橙子" in line.text and "运费险" in line.text)


async def test_the_console_resumes_by_itself_over_a_restart(
    tmp_path: Path, page: Page, trouble: Trouble
) -> None:
    """A one-time login holds over a restart of the bot, and the page finds it again."""
    trouble.expect("WebSocket|Failed to load|ERR_")
    port: dict[str, Any] = {"web": {"host": "127.0.0.1", "port": 0}}
    room = quick_room()
    async with world(tmp_path, room) as bot:
        url = bot.app.url
        await page.goto(await bot.app.one_time_login())
        await page.locator(".top .link.live").wait_for()
        room.emit("spoke", viewer("大橙子"), text="骗子！退钱！")
        await expect(page.locator("[data-section=waiting] .row")).to_have_count(1)
    port["web"]["port"] = int(url.rpartition(":")[2])
    async with world(tmp_path, room, **port) as bot:
        await page.locator(".top .link.live").wait_for()
        room.emit("spoke", viewer("小柠檬"), text="我要投诉你们")
        await expect(page.locator("[data-section=waiting] .row")).to_have_count(2)


@asynccontextmanager
async def _demo() -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """``streambot demo`` as a person starts it, and the address it prints."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "streambot", "demo", "--port", "0", "--seed", "7"),
        *("--speed", "3"),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            found = _LOGIN.search((await process.stdout.readline()).decode())
        assert found is not None
        yield process, found.group()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.mark.timeout(120)
async def test_the_demo_shows_the_whole_job_within_its_first_minute(
    page: Page, trouble: Trouble
) -> None:
    """Greetings, answers, an order's status and an angry viewer; claimed, answered, seen in the room."""
    trouble.expect("WebSocket|Failed to load")  # the page outlives the bot
    async with _demo() as (process, login):
        await page.goto(login)
        lines = page.locator(".room .lines")
        angry = page.locator("[data-section=waiting] .row", has_text="生气").first
        await expect(angry).to_be_visible(timeout=_MINUTE)
        await expect(lines).to_contain_text("欢迎", timeout=_MINUTE)
        await expect(page.locator("body")).to_contain_text("答订单", timeout=_MINUTE)
        await angry.locator("button.take").click()
        await page.fill("#words", "非常抱歉，我马上查您的包裹")
        await page.keyboard.press("Enter")
        await expect(page.locator(".said-by.agent")).to_contain_text(
            "已发出", timeout=_MINUTE
        )
        await expect(lines).to_contain_text("我马上查您的包裹", timeout=_MINUTE)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            assert await process.wait() == 0
