"""The desk on the screens people have: it stays in its window, and an answer can be written and sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from streambot.adapters.clock import SystemClock
from tests.browser.fixtures import IN_BROWSER, OpenPage, on_the_browsers_loop
from tests.browser.scene import log_in
from tests.web.site import Site, open_site

pytestmark = IN_BROWSER

#: What a page that can be scrolled has beyond its window, in pixels.
BEYOND = """[document.documentElement.scrollHeight - innerHeight,
    document.documentElement.scrollWidth - innerWidth, scrollX + scrollY]"""


@on_the_browsers_loop
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A console on the machine's own clock, as its page's is."""
    async with open_site(tmp_path / "data", clock=SystemClock()) as site:
        yield site


async def _many(site: Site, count: int = 24) -> None:
    """More viewers wait than any screen shows."""
    now = site.clock.now()
    for at in range(count):
        asked = now - timedelta(seconds=600 - at)
        await site.hand_off(f"观众{at}", f"第{at}件什么时候补货", at=asked)


@pytest.mark.parametrize(("width", "height"), [(1366, 800), (390, 844)])
async def test_only_the_lists_scroll(
    site: Site, open_page: OpenPage, width: int, height: int
) -> None:
    """With a long queue the wheel, Space and End move the queue at most, never the page."""
    await _many(site)
    page = await log_in(await open_page(width=width, height=height), site, "小王")
    await expect(page.locator(".row")).to_have_count(24)
    assert await page.evaluate(BEYOND) == [0, 0, 0]
    for place in (".top h1", ".queue .scroll"):
        await page.locator(place).hover()
        await page.mouse.wheel(0, 20_000)
    await page.keyboard.press("Space")
    await page.keyboard.press("End")
    last = page.locator("[data-section=waiting] .take").last
    await last.focus()
    await expect(last).to_be_in_viewport(ratio=1)
    await expect(page.locator(".top h1")).to_be_in_viewport(ratio=1)
    assert await page.evaluate(BEYOND) == [0, 0, 0]
