"""The accounts in a real browser: an agent invited, at work, switched off and told why."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from playwright.async_api import Page, expect

from streambot.adapters.clock import SystemClock
from streambot.domain.audit import Act
from streambot.ports.audit import AuditFilter
from tests.browser.fixtures import IN_BROWSER, OpenPage, Trouble, on_the_browsers_loop
from tests.browser.scene import log_in
from tests.web.site import PASSWORD, Site, open_site

pytestmark = IN_BROWSER

Axe = Callable[[Page], Awaitable[list[str]]]
Shot = Callable[[Page, str], Awaitable[Path]]
_READY = "body[data-ready]"


@on_the_browsers_loop
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A console on the machine's own clock, as its page's is."""
    async with open_site(tmp_path / "data", clock=SystemClock()) as site:
        yield site


async def _fits(page: Page) -> bool:
    """Whether nothing is wider than a phone."""
    await page.set_viewport_size({"width": 390, "height": 800})
    wide: int = await page.evaluate("document.documentElement.scrollWidth")
    return wide <= 390


async def test_an_agent_is_invited_works_and_is_switched_off(
    site: Site,
    page: Page,
    open_page: OpenPage,
    axe: Axe,
    screenshot: Shot,
    trouble: Trouble,
) -> None:
    """Added by an admin, in by the link shown once, out at once with a sentence why."""
    trouble.expect("status of 40[01]")  # the weak password and the used link
    await log_in(page, site, "老板")
    await page.get_by_role("link", name="账号", exact=True).click()
    await page.locator(_READY).wait_for()
    assert await axe(page) == []
    await page.fill("[name=name]", "小新")
    await page.get_by_role("button", name="添加账号").click()
    await expect(page.locator("#link")).to_be_visible()
    link = await page.locator("#link-text").input_value()
    assert await axe(page) == []
    await page.get_by_role("button", name="我已发给本人").click()
    card = page.locator("[data-name=小新]")
    await expect(card).to_contain_text("还没设密码")

    theirs = await open_page(width=390, dark=True)
    await theirs.goto(link)
    await theirs.locator(_READY).wait_for()
    assert await axe(theirs) == []
    await theirs.fill("#password", "12345678")
    await theirs.fill("#again", "12345678")
    await theirs.press("#again", "Enter")
    await expect(theirs.locator("#problem")).to_contain_text("太常见")
    await theirs.fill("#password", "橙子汽水配大薯条")
    await theirs.fill("#again", "橙子汽水配大薯条")
    await theirs.press("#again", "Enter")
    await theirs.locator(".top .link.live").wait_for()

    await card.get_by_role("button", name="停用").click()
    await screenshot(page, "accounts-sure")
    await page.get_by_role("button", name="确定").click()
    await expect(card).to_contain_text("已停用")
    await expect(theirs.locator("#problem")).to_contain_text("已被管理员停用")
    assert await axe(theirs) == []
    await screenshot(theirs, "login-phone-dark")
    await theirs.goto(link)
    await expect(theirs.locator("#problem")).to_contain_text("已用过或已过期")

    deeds = await site.store.audited(AuditFilter(object="小新"))
    acts = [(each.deed.actor, each.deed.action) for each in reversed(deeds)]
    assert acts == [
        ("老板", Act.ACCOUNT_ADDED),
        ("老板", Act.ACCOUNT_INVITED),
        ("小新", Act.ACCOUNT_PASSWORD),
        ("小新", Act.LOGIN),
        ("老板", Act.ACCOUNT_DISABLED),
    ]
    await screenshot(page, "accounts")
    assert await _fits(page)
    assert await axe(page) == []
    await screenshot(page, "accounts-phone")


async def test_ones_own_account_on_a_phone(
    site: Site, open_page: OpenPage, axe: Axe, screenshot: Shot, trouble: Trouble
) -> None:
    """A wrong old password is told and changes nothing; the right one ends the other logins."""
    trouble.expect("status of 409")
    elsewhere = await site.log_in("小运")
    page = await open_page(width=390, dark=True)
    await page.goto(f"{site.url}/login")
    await page.locator("#login[data-ready]").wait_for()
    await page.fill("#name", "小运")
    await page.fill("#password", PASSWORD)
    await page.press("#password", "Enter")
    await page.locator(_READY).wait_for()
    assert await axe(page) == []
    await screenshot(page, "home-phone-dark")
    await page.get_by_role("link", name="我的账号").click()
    await page.locator(_READY).wait_for()
    await expect(page.locator("[data-login]")).to_have_count(2)
    here = page.locator("[data-login]", has_text="本机").locator(".device")
    await expect(here).to_have_text("Chrome · Linux （本机）")
    assert await axe(page) == []
    assert await _fits(page)
    for old, told in (("不对的密码", "现在的密码不对"), (PASSWORD, "密码已更换")):
        await page.fill("[name=old]", old)
        await page.fill("[name=password]", "橙子汽水配大薯条")
        await page.fill("[name=again]", "橙子汽水配大薯条")
        await page.press("[name=again]", "Enter")
        await expect(page.locator("#change")).to_contain_text(told)
    async with elsewhere.get("/home") as answer:
        assert answer.status == 303
    await expect(page.locator("[data-login]")).to_have_count(1)
    await screenshot(page, "me-phone-dark")
    await page.reload()
    await expect(page.locator("[data-login]")).to_have_count(1)
