"""An evening over real sockets: timers on a virtual clock, a notice, thanks, the end and the sum."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Page, expect

from tests.acceptance.world import quick_room, viewer, world
from tests.browser.fixtures import IN_BROWSER, Trouble

pytestmark = IN_BROWSER

Axe = Callable[[Page], Awaitable[list[str]]]
Shot = Callable[[Page, str], Awaitable[Path]]


async def test_an_evening_is_led_and_summed_up_from_the_console(
    tmp_path: Path,
    page: Page,
    axe: Axe,
    screenshot: Shot,
    trouble: Trouble,
) -> None:
    """Pinned, said in the room, followed, thanked, ended by hand: the page tells what it came to."""
    talk = {"thanks": {"gifts": True, "follows": True}}
    async with world(tmp_path, quick_room(), room=talk) as bot:
        room = bot.room
        room.emit("entered", viewer("小鹿"))
        await bot.said(lambda line: "小鹿" in line.text)
        room.emit("spoke", viewer("小鹿"), text="有运费险吗")
        await bot.said(lambda line: "运费险" in line.text)
        room.emit("spoke", viewer("阿May"), text="你们能不能在盒子上画只小熊呀")
        room.emit("followed", viewer("momo"))
        await bot.said(lambda line: "感谢@momo 的关注" in line.text)

        await page.goto(await bot.app.one_time_login())
        await page.locator(".top .link.live").wait_for()
        await page.get_by_role("link", name="小结").click()
        await page.locator("body[data-ready]").wait_for()
        trouble.expect("409")
        await page.locator("#notice input").fill("全网最低价")
        await page.get_by_role("button", name="置顶").click()
        await expect(page.locator("#problem")).to_contain_text("公告没有置顶")
        await page.locator("#notice input").fill("今晚九点抽三位送保温杯")
        await page.get_by_role("button", name="置顶").click()
        await bot.said(lambda line: line.text == "今晚九点抽三位送保温杯")
        await page.locator("body[data-ready]").wait_for()
        await page.get_by_role("button", name="标记下播").click()
        await page.locator("#sure").get_by_role("button", name="标记下播").click()
        await expect(page.locator("#broadcast")).to_have_text("标记开播")
        figures = page.locator(".evening")
        await expect(figures).to_contain_text("弹幕2")
        await expect(page.locator("main")).to_contain_text("小熊")
        assert await axe(page) == []
        await screenshot(page, "summary")
        await page.set_viewport_size({"width": 390, "height": 844})
        await screenshot(page, "summary-phone")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390
        await page.emulate_media(color_scheme="dark")
        assert await axe(page) == []
        await screenshot(page, "summary-phone-dark")
