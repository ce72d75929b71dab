"""The wording check in a real browser: held, confirmed by a second Enter, put right by one key."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from streambot.adapters.clock import SystemClock
from streambot.domain.ticket import Ticket
from tests.browser.fixtures import IN_BROWSER, OpenPage, on_the_browsers_loop
from tests.browser.scene import angry, log_in
from tests.web.site import Site, open_site

pytestmark = IN_BROWSER


@on_the_browsers_loop
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A console on the machine's own clock, with the shipped rules."""
    async with open_site(tmp_path / "data", clock=SystemClock()) as site:
        yield site


async def in_hand(site: Site, page: Page) -> Ticket:
    """A ticket claimed and its answer box ready."""
    ticket = await angry(site)
    await log_in(page, site, "小王")
    await expect(page.locator("[data-section=waiting] .row")).to_have_count(1)
    await page.keyboard.press("Alt+t")
    await expect(page.locator("[data-section=mine] .row")).to_have_count(1)
    return ticket


async def owed(site: Site, ticket: Ticket) -> int:
    """How many answers are on their way."""
    found = await site.store.ticket(ticket.id)
    assert found is not None
    return len(found.in_flight)


async def test_a_held_answer_stays_in_the_box(site: Site, page: Page) -> None:
    """While typing it is told why; Enter sends nothing; put right by Alt+G, it goes out."""
    ticket = await in_hand(site, page)
    box, wording = page.locator("#words"), page.locator("#wording")
    await box.fill("亲，这款全网最低价")
    await expect(wording.locator(".error")).to_contain_text("全网最低价")
    await expect(wording.locator(".error")).to_contain_text("不能发")
    await box.press("Enter")
    await expect(page.locator(".ticket .head [role=alert]")).to_contain_text("广告法")
    await expect(box).to_have_value("亲，这款全网最低价")
    assert await owed(site, ticket) == 0
    await box.press("Alt+g")
    await expect(box).to_have_value("亲，这款优惠价")
    await expect(page.locator(".ticket .head [role=alert]")).to_be_empty()
    await expect(wording).to_be_empty()
    await box.press("Enter")
    await expect(box).to_have_value("")
    assert await owed(site, ticket) == 1


async def test_a_number_is_held_in_public_only(site: Site, page: Page) -> None:
    """What may not be read by everybody may be sent to the viewer alone."""
    site.view.private = True
    site.view.changes += 1
    await in_hand(site, page)
    box, wording = page.locator("#words"), page.locator("#wording")
    await box.fill("您的单号SF12345678901")
    await expect(wording.locator(".error")).to_contain_text("单号")
    await page.get_by_text("私信", exact=True).click()
    await expect(wording).to_be_empty()


async def test_a_warning_is_confirmed_by_a_second_enter(site: Site, page: Page) -> None:
    """The first Enter asks, an edit asks anew, the second sends, and the journal has the rule."""
    ticket = await in_hand(site, page)
    box, wording = page.locator("#words"), page.locator("#wording")
    await box.fill("放心，假一赔十")
    await expect(wording.locator(".warning")).to_contain_text("承诺")
    await expect(wording.locator(".asks")).to_have_count(0)
    await box.press("Enter")
    await expect(wording.locator(".asks")).to_contain_text("再按一次 Enter")
    send = page.locator(".compose button[type=submit]")
    await expect(send).to_have_text("确认发送")
    assert await owed(site, ticket) == 0
    await box.press("End")
    await page.keyboard.type("的")
    await expect(wording.locator(".asks")).to_have_count(0)
    await box.press("Enter")
    await expect(wording.locator(".asks")).to_have_count(1)
    assert await owed(site, ticket) == 0
    await box.press("Enter")
    await expect(box).to_have_value("")
    assert await owed(site, ticket) == 1
    changes = await site.store.history(ticket.id)
    (answer,) = (each for each in changes if each.event == "answer")
    assert answer.data["confirmed"] == ["promise"]


async def test_a_suggestion_never_stops_an_answer(site: Site, page: Page) -> None:
    """A click takes the better words, Enter alone sends what was typed."""
    ticket = await in_hand(site, page)
    box, wording = page.locator("#words"), page.locator("#wording")
    await box.fill("嗯，三号链接有货")
    await expect(wording.locator(".suggestion")).to_contain_text("口头禅")
    await wording.locator(".better button").click()
    await expect(box).to_have_value("三号链接有货")
    await expect(wording).to_be_empty()
    await box.fill("嗯，三号链接有货")
    await box.press("Enter")
    await expect(box).to_have_value("")
    assert await owed(site, ticket) == 1


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_readable(
    site: Site,
    open_page: OpenPage,
    axe: Callable[[Page], Awaitable[list[str]]],
    dark: bool,
    tmp_path: Path,
) -> None:
    """Every remark at once: nothing serious for readers, in light and dark."""
    page = await open_page(dark=dark)
    await in_hand(site, page)
    box = page.locator("#words")
    await box.fill("嗯，假一赔十，全网最低价，加V聊")
    await expect(page.locator("#wording p")).to_have_count(5)
    await box.press("Enter")
    await page.screenshot(path=tmp_path / "held.png")
    assert await axe(page) == []
    await box.fill("放心，假一赔十")
    await expect(page.locator("#wording .warning")).to_have_count(1)
    await box.press("Enter")
    await expect(page.locator("#wording .asks")).to_have_count(1)
    await page.screenshot(path=tmp_path / "asks.png")
    assert await axe(page) == []
