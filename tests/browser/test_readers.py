"""For people who hear the page, or need contrast: what surrounds a ticket, and every sheet over it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from streambot.testing import FakeOrders
from tests.browser.fixtures import IN_BROWSER, OpenPage
from tests.browser.scene import log_in
from tests.web.test_context import ORDER, shop

pytestmark = IN_BROWSER

SHEETS = {"Control+KeyK": "palette", "Alt+KeyM": "transfer", "Alt+KeyZ": "snooze"}
WIDE = "document.querySelector('dialog[open]').getBoundingClientRect().width"


@pytest.mark.parametrize(("dark", "width"), [(False, 390), (True, 1440)])
async def test_nothing_serious_in_the_sheets(
    tmp_path: Path,
    open_page: OpenPage,
    dark: bool,
    width: int,
    axe: Callable[[Page], Awaitable[list[str]]],
) -> None:
    """axe-core is content with the order, the form that reveals it, and every sheet."""
    async with shop(tmp_path, FakeOrders(ORDER)) as site:
        await site.hand_off("小鹿", "我的快递到哪了")
        page = await log_in(await open_page(dark=dark, width=width), site, "小王")
        await page.locator(".row .take").click()
        await page.locator("#words").wait_for()
        await page.locator("#words").blur()
        context = page.locator("details.context")
        if await context.get_attribute("open") is None:
            await context.locator("summary").click()
        await context.locator("[data-field=phone] button").click()
        await expect(context.locator(".reveal input")).to_be_focused()
        assert await axe(page) == []
        for keys, sheet in SHEETS.items():
            await page.keyboard.press(keys)
            await page.locator(f"#{sheet}[open] [data-first]").wait_for()
            assert await axe(page) == []
            assert await page.evaluate(WIDE) <= width
            await page.keyboard.press("Escape")
            await expect(page.locator("dialog[open]")).to_have_count(0)
        await page.close()  # before its server
