"""The desk on the screens people have: it stays in its window, and an answer can be written and sent."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from streambot.adapters.clock import SystemClock
from tests.browser.fixtures import IN_BROWSER, OpenPage, on_the_browsers_loop
from tests.browser.scene import log_in, same_question
from tests.web.site import Site, open_site
from tests.web.test_canned import write

pytestmark = IN_BROWSER

REPLIES = "replies:\n" + "".join(
    f"  - {{title: 第{at}条, text: 这是第{at}条快捷回复，请您稍等一下}}\n"
    for at in "一二三四五六七八"
)
#: What a page that can be scrolled has beyond its window, in pixels.
BEYOND = """[document.documentElement.scrollHeight - innerHeight,
    document.documentElement.scrollWidth - innerWidth, scrollX + scrollY]"""
#: What only a keyboard has, and where things lie on a wide screen alone.
_NOT_FOR_A_THUMB = re.compile(
    r"Alt|Enter|Esc|Ctrl|Shift|[JK] 上下|J、K|↑|回车|左边|（U）"
)


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


async def _height_in_sight(page: Page, selector: str) -> float:
    """Pixels of the first such element that are shown: neither beyond the pane nor below the box."""
    shown: float = await page.evaluate(
        """selector => {
            const box = document.querySelector(selector).getBoundingClientRect();
            const pane = document.querySelector('.ticket.pane').getBoundingClientRect();
            const end = document.querySelector('.compose').getBoundingClientRect().top;
            return Math.min(box.bottom, end) - Math.max(box.top, pane.top);
        }""",
        selector,
    )
    return shown


@pytest.mark.parametrize(
    ("width", "height"), [(1366, 768), (1366, 800), (1440, 900), (1280, 720)]
)
async def test_a_held_answer_leaves_room_to_read_and_send(
    site: Site, open_page: OpenPage, width: int, height: int
) -> None:
    """Box, key and conversation stay in sight: held with all its reasons, and beside the canned replies."""
    write(site, REPLIES)
    await site.canned.look()
    await same_question(site)
    for at in range(12):
        await site.hand_off("小鹿", f"第{at}次问了，这款120斤穿什么码", key="size-120")
    page = await log_in(await open_page(width=width, height=height), site, "小王")
    await page.locator(".row .take").first.click()
    box, send = page.locator("#words"), page.locator(".compose button[type=submit]")
    await box.fill("亲您好，全网最低价，加我微信abc123，假一赔十")
    await expect(page.locator("#wording .error").first).to_be_visible()
    await box.press("Enter")
    await expect(page.locator(".head [role=alert]")).not_to_be_empty()
    for part in (box, send):
        await expect(part).to_be_in_viewport(ratio=1)
    assert await _height_in_sight(page, ".thread") >= 160
    await box.fill("")
    await expect(page.locator("#wording")).to_be_empty()
    await box.press("/")
    rows = page.locator(".picker li")
    await expect(rows).to_have_count(8)
    for _ in range(7):
        await box.press("ArrowDown")
    chosen = page.locator(".picker [aria-selected=true]")
    await expect(chosen).to_contain_text("第八条")
    for part in (box, send, chosen):
        await expect(part).to_be_in_viewport(ratio=0.98)
    assert await _height_in_sight(page, ".thread") >= 160
    await box.press("Escape")
    await page.locator(".context summary").click()
    for part in (box, send):
        await expect(part).to_be_in_viewport(ratio=1)
    assert await _height_in_sight(page, ".thread") >= 160


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390), (1180, 820)])
async def test_words_for_a_thumb(
    site: Site, open_page: OpenPage, width: int, height: int
) -> None:
    """A phone and a tablet tell of no keys and of nothing on the left, from the first day to a warning."""
    write(site, REPLIES)
    await site.canned.look()
    page = await open_page(width=width, height=height, touch=True)
    page = await log_in(page, site, "小王")
    desk = page.locator(".console")

    async def reads(*words: str) -> None:
        for each in words:
            await expect(desk).to_contain_text(each, use_inner_text=True)
        assert not _NOT_FOR_A_THUMB.findall(await desk.inner_text())

    await reads(
        "第一次来？", "点“接手”就归您", "想歇一会儿点“小休一下”，手上的工单还归您"
    )
    await page.locator(".hints").get_by_role("button").tap()
    if width < 720:
        await page.locator(".panes").get_by_role("button", name="工单").tap()
    await reads("在队列里点一张工单来看")
    if width < 720:
        await page.locator(".panes").get_by_role("button", name="队列").tap()
    await site.hand_off("小鹿", "几号发货呀")
    await page.locator(".row .take").tap()
    await reads("写好后点“发送”")
    await page.get_by_role("button", name="快捷回复").tap()
    await reads("点一条放进回复框")
    await page.fill("#words", "放心，假一赔十")
    await page.get_by_role("button", name="发送").tap()
    await reads("再点一次“确认发送”就发出")
