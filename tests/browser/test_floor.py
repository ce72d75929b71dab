"""The supervisor's page in a real browser: what is at risk, and all rooms switched and back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from playwright.async_api import Page, expect

from streambot.adapters.clock import SystemClock
from streambot.domain.audit import Act
from streambot.ports.audit import AuditFilter
from tests.browser.fixtures import IN_BROWSER, OpenPage, on_the_browsers_loop
from tests.browser.scene import angry, log_in
from tests.web.site import ROOM, Site, open_site

pytestmark = IN_BROWSER


@on_the_browsers_loop
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A console on the machine's own clock, as its page's is."""
    async with open_site(tmp_path / "data", clock=SystemClock()) as site:
        yield site


def _mode(site: Site) -> str:
    return str(site.view.mode)


async def test_a_supervisor_sees_the_risk_and_switches_all_rooms(
    site: Site,
    page: Page,
    open_page: OpenPage,
    axe: Callable[[Page], Awaitable[list[str]]],
) -> None:
    """Live rows, a room hushed, panic by key asked for twice, one key back; on a phone, too."""
    await log_in(page, site, "李姐")
    await page.get_by_role("link", name="主管台").click()
    await expect(page.locator("[data-oldest]")).to_contain_text("没有人在排队")
    ticket = await angry(site, timedelta(seconds=34))
    row = page.locator(f"[data-ticket='{ticket.id}']")
    await expect(row).to_contain_text("大橙子")
    await expect(row.locator(".late")).to_contain_text("已超")
    mei = await log_in(await open_page(), site, "小王")
    await mei.locator(".take").first.click()
    await expect(row).to_contain_text("小王 · 处理中")
    held = page.locator("[data-agent=小王]")
    await expect(held).to_contain_text("接待中")
    await expect(held).to_contain_text("1 / 5")
    await held.get_by_role("button", name="全部退回队列").click()
    await page.get_by_role("button", name="确定退回").click()
    await expect(row).to_contain_text("待接")
    (deed,) = await site.store.audited(AuditFilter(action=Act.REQUEUE))
    assert (deed.deed.actor, deed.deed.object) == ("李姐", ticket.id)
    room = page.locator(f"[data-room={ROOM}]")
    await room.locator("select").select_option("observing")
    await room.get_by_role("button", name="静音助手").click()
    await expect(room.get_by_role("button", name="恢复助手")).to_be_visible()
    assert _mode(site) == "silent"

    await page.keyboard.press("Control+Shift+H")
    await expect(page.locator("dialog")).to_contain_text("全转人工")
    await page.keyboard.press("Escape")
    assert _mode(site) == "silent"
    await page.keyboard.press("Control+Shift+H")
    await page.get_by_role("button", name="确定切换").click()
    await expect(page.locator("[data-standing=people]")).to_contain_text("李姐")
    assert _mode(site) == "people"
    assert await axe(page) == []
    await page.set_viewport_size({"width": 390, "height": 800})
    assert await axe(page) == []
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    await page.keyboard.press("Control+Shift+U")
    await expect(page.locator("[data-standing]")).to_have_count(0)
    assert _mode(site) == "silent"
    await room.get_by_role("button", name="恢复助手").click()
    await expect(room.get_by_role("button", name="静音助手")).to_be_visible()
    assert _mode(site) == "observing"  # what it did before, not more
    await page.goto(f"{site.url}/audit")
    await expect(page.locator("table")).to_contain_text("紧急切换全部直播间")
    assert await axe(page) == []
