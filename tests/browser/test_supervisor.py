"""A supervisor beside two agents, all in real browsers: seen by nobody, whispering, taking over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from playwright.async_api import Page, expect

from streambot.adapters.clock import SystemClock
from streambot.domain.audit import Act
from streambot.domain.ticket import Ticket
from streambot.ports.audit import AuditFilter
from tests.browser.fixtures import IN_BROWSER, OpenPage, on_the_browsers_loop
from tests.browser.scene import angry, log_in
from tests.web.site import Site, open_site
from tests.web.test_broadcasts import begin

pytestmark = IN_BROWSER

WORDS = "先道歉，再补一张券"
DRAFT = "亲，非常抱歉让您久等了"
COUNTED = ("lines", "decided_answer", "decided_order", "decided_handoff")


@on_the_browsers_loop
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A console on the machine's own clock, as its pages are."""
    async with open_site(tmp_path / "data", clock=SystemClock()) as site:
        yield site


async def _floor(page: Page, site: Site) -> None:
    await log_in(page, site, "李姐")
    await page.get_by_role("link", name="主管台").click()
    await page.locator(".bar .link.live").wait_for()


async def _move(page: Page, ticket: Ticket, what: str, note: str = "") -> None:
    await page.locator(f"[data-ticket='{ticket.id}'] [data-move={what}]").click()
    if note:
        await page.locator("dialog textarea").fill(note)
    await page.locator("dialog [data-send]").click()
    await expect(page.locator("[data-done]")).to_contain_text(f"#{ticket.no}")


async def test_a_supervisor_looks_whispers_takes_over_and_acknowledges(
    site: Site,
    page: Page,
    open_page: OpenPage,
    axe: Callable[[Page], Awaitable[list[str]]],
) -> None:
    """Unseen look, a whisper only its agent reads, a send refused with the draft kept, a warning."""
    mei, zhang = await asyncio.gather(open_page(), open_page(width=390))
    await asyncio.gather(
        _floor(page, site), log_in(mei, site, "小王"), log_in(zhang, site, "小张")
    )
    ticket = await angry(site, timedelta(seconds=12))
    await mei.locator(".take").first.click()
    await expect(page.locator(f"[data-ticket='{ticket.id}']")).to_contain_text("小王")

    await page.locator(f"[data-ticket='{ticket.id}'] [data-move=look]").click()
    await expect(page.locator(".watch .words").first).to_contain_text("骗子")
    assert await axe(page) == []
    colleague = await (await site.log_in("小张")).console()
    looking = (await colleague.frame("floor"))["looking"]
    assert {each["agent"] for each in looking} == {"小王"}
    await page.get_by_role("button", name="关闭").click()

    await _move(page, ticket, "whisper", WORDS)
    await expect(mei.locator(".said-by.whisper")).to_contain_text(WORDS)
    await zhang.goto(f"{site.url}/?ticket={ticket.id}")
    await zhang.locator(".top .link.live").wait_for()
    await zhang.locator(".row", has_text="大橙子").first.click()
    await expect(zhang.locator(".thread .words").first).to_contain_text("骗子")
    assert WORDS not in await zhang.content()

    await mei.locator(".compose textarea").fill("假一赔十，马上查")
    await mei.keyboard.press("Enter")
    await mei.get_by_role("button", name="确认发送").click()
    warned = page.locator("[data-warning]")
    await expect(warned).to_contain_text("作了承诺")
    await expect(warned).to_contain_text("小王")
    await warned.get_by_role("button", name="知道了").click()
    await expect(warned).to_have_count(0)
    (seen,) = await site.store.audited(AuditFilter(action=Act.WARNING_SEEN))
    assert seen.deed.actor == "李姐"

    await mei.locator(".compose textarea").fill(DRAFT)
    await mei.evaluate("window.requestAnimationFrame = () => 0")  # nothing redraws
    await _move(page, ticket, "take_over")
    await mei.keyboard.press("Enter")
    await expect(mei.locator(".head .refused").last).to_contain_text("由 李姐 负责")
    await expect(mei.locator(".compose textarea")).to_have_value(DRAFT)
    await mei.reload()
    await mei.locator(".top .link.live").wait_for()
    await mei.locator(f"button.open[data-ticket='{ticket.id}']").click()
    left = mei.locator(".leftover")
    await expect(left.get_by_role("status")).to_contain_text("现在由 李姐 负责")
    await expect(left.get_by_label("没发出的话")).to_have_value(DRAFT)
    await expect(left.locator("textarea")).not_to_be_editable()
    await _move(page, ticket, "requeue", "你来收尾")
    await expect(left.get_by_role("status")).to_contain_text("回到了队列")
    await mei.locator(".take").first.click()
    await expect(mei.locator(".compose textarea")).to_have_value(DRAFT)


async def test_the_summary_names_things_as_the_console_does(
    site: Site, page: Page
) -> None:
    """What both count has one name; what they count each in its own way says so beside it."""
    await begin(site)
    site.view.counters |= dict.fromkeys(COUNTED, 3)
    site.view.changes += 1
    await log_in(page, site, "李姐")
    figures = page.locator(".figures dt")
    await expect(figures.filter(has_text="决定回答")).to_have_count(1)
    await expect(page.locator(".room")).to_contain_text("从程序启动算起")
    console = await figures.all_text_contents()
    await page.get_by_role("link", name="小结").click()
    await page.locator("body[data-ready]").wait_for()
    summary = await page.locator(".evening dt").all_text_contents()
    alike = ["弹幕", "点名欢迎", "合并欢迎", "漏欢迎", "转人工", "答订单"]
    assert [name for name in summary if name in console] == alike
    assert "说出的回答" in summary
    for said in ("只算直播间收下的", "“决定回答”是助手决定要答的弹幕"):
        await expect(page.locator("main")).to_contain_text(said)
