"""What calls an agent who looks elsewhere: a sound for each class of event, the title, a notification."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from streambot.adapters.clock import SystemClock
from streambot.domain.reply import ReplyState
from tests.browser.fixtures import IN_BROWSER, on_the_browsers_loop
from tests.browser.scene import angry, by_palette, log_in, settle
from tests.web.site import Site, open_site

pytestmark = IN_BROWSER

#: As if the tab lay behind others; what it tells the desktop is written down, and told.
BEHIND = """
window.told = [];
window.Notification = class extends Notification {
  constructor(title, options) { super(title, options); window.told.push(`${title} ${options.body}`); }
};
Object.defineProperty(document, "hidden", { get: () => window.behind === true });
"""


@pytest.fixture
def browser(whole_browser: Browser) -> Browser:
    """One that can notify."""
    return whole_browser


@on_the_browsers_loop
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A console on the machine's own clock, as its page's is."""
    async with open_site(tmp_path / "data", clock=SystemClock()) as site:
        yield site


async def rang(page: Page, kind: str, times: str = "1") -> None:
    """The page played the sound of a class so often."""
    await expect(page.locator("html")).to_have_attribute(f"data-rang-{kind}", times)


async def test_every_class_of_event_is_heard_and_told(site: Site, page: Page) -> None:
    """An offer, a viewer's word, an answer in doubt and a take-over sound and notify; the title counts."""
    await page.context.grant_permissions(["notifications"])
    await page.add_init_script(BEHIND)
    await log_in(page, site, "小张")
    await page.locator("h1").first.click()  # browsers are silent before
    await page.evaluate("window.behind = true")
    wang = await (await site.log_in("小王")).console()
    await wang.frame("snapshot")
    ticket = await angry(site)
    await rang(page, "waiting")
    await expect(page).to_have_title("(1) 客服工作台 · streambot")
    mine = (await wang.do("claim", ticket=ticket.id, version=1))["ticket"]
    await expect(page).to_have_title("客服工作台 · streambot")
    await wang.do(
        "transfer",
        ticket=ticket.id,
        version=mine["version"],
        to="小张",
        note="已问仓库",
    )
    await rang(page, "offer")
    await expect(page).to_have_title("(1) 客服工作台 · streambot")

    await page.evaluate("window.behind = false")
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await page.locator("[data-section=offered] .take").click()
    await page.locator("#words").fill("马上给您查")
    await page.keyboard.press("Enter")
    await expect(page.locator("#words")).to_have_value("")
    await page.evaluate("window.behind = true")
    await settle(site, ticket, "马上给您查", ReplyState.UNCERTAIN)
    await rang(page, "failed")
    await site.hand_off(ticket.viewer.name, "还在吗")
    await rang(page, "reply")
    boss = await (await site.log_in("李姐")).console()
    await boss.frame("snapshot")
    now = await site.store.ticket(ticket.id)
    assert now is not None
    await boss.do("take_over", ticket=ticket.id, version=now.version)
    await rang(page, "warning")
    told = await page.evaluate("window.told")
    for words in ("有人要转人工", "派给您", "没有发出", "又说话了", "看一眼"):
        assert any(words in each for each in told), told
    assert "骗子" not in "".join(told)  # a lock screen shows no viewer's words


async def test_notifications_are_switched_by_the_palette(
    site: Site, page: Page
) -> None:
    """Who may be notified is, until they say otherwise, and again once they do."""
    await page.context.grant_permissions(["notifications"])
    await log_in(page, site, "小王")
    await by_palette(page, "zmtz", "桌面通知：关闭")
    await by_palette(page, "zmtz", "桌面通知：打开")
