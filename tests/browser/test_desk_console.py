"""Whole stories of agents in a real browser: by key alone, together, and what must not go out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

from playwright.async_api import Page, WebSocketRoute, expect

from streambot.adapters.clock import SystemClock
from streambot.domain.reply import ReplyState
from tests.browser.fixtures import IN_BROWSER, OpenPage, on_the_browsers_loop
from tests.browser.scene import angry, by_palette, log_in, settle, span_of
from tests.web.simple_rooms import ROOM
from tests.web.site import Site, open_site

pytestmark = IN_BROWSER


@on_the_browsers_loop
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A console on the machine's own clock, as its page's is."""
    async with open_site(tmp_path / "data", clock=SystemClock()) as site:
        yield site


async def test_take_answer_undo_and_resolve_by_key(site: Site, page: Page) -> None:
    """The hands stay on the keyboard; what was taken back never reaches the room."""
    first = await angry(site)
    second = await site.hand_off("晚风", "有花生吗")
    await log_in(page, site, "小王")
    await expect(page.locator(".row")).to_have_count(2)
    await page.keyboard.press("Alt+KeyT")
    await expect(page.locator("#words")).to_be_focused()
    await page.keyboard.insert_text("已经给您催了仓库")
    await page.keyboard.press("Enter")
    await expect(page.locator(".undo button")).to_be_visible()
    drawn = "(b => [getComputedStyle(b).color, getComputedStyle(b).backgroundColor])"
    ink, paper = await page.evaluate(f"{drawn}(document.querySelector('.undo button'))")
    assert ink != paper
    await page.locator("#words").blur()
    await page.keyboard.press("KeyU")
    await expect(page.locator("#words")).to_have_value("已经给您催了仓库")
    await expect(page.locator(".said-by.agent [data-state=withdrawn]")).to_have_count(1)
    await page.locator("#words").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#words")).to_have_value("")
    await expect(page.locator(".said-by.agent [data-state=queued]")).to_have_count(1)
    owned = await site.store.ticket(first.id)
    other = await site.store.ticket(second.id)
    assert owned is not None and other is not None
    assert {owned.owner, other.owner} == {"小王", None}


async def test_one_hands_over_and_the_other_decides(
    site: Site, page: Page, open_page: OpenPage
) -> None:
    """A transfer needs a note and is offered; declined it waits again, laid aside it comes back."""
    await angry(site)
    other = await open_page()
    await log_in(other, site, "小张")
    await log_in(page, site, "小王")
    await expect(page.locator(".row")).to_have_count(1)
    await page.keyboard.press("Alt+KeyT")
    await expect(page.locator(".actions")).to_contain_text("转交")
    await page.keyboard.press("Alt+KeyM")
    await page.locator("#transfer input[value=小张]").check()
    await expect(page.locator("#transfer .primary")).to_be_disabled()
    await page.locator("#transfer textarea").fill("已问仓库，等回话")
    await page.locator("#transfer textarea").press("Enter")
    offered = other.locator("[data-section=offered]")
    await expect(offered.locator(".row")).to_have_count(1)
    await offered.locator(".decline").click()
    await expect(other.locator("[data-section=waiting] .row")).to_have_count(1)
    await other.locator("[data-section=waiting] .take").click()
    await expect(other.locator("#words")).to_be_focused()
    await other.keyboard.press("Alt+KeyZ")
    await other.locator("#snooze .bar button").first.click()
    await expect(other.locator("[data-section=paused] .row")).to_have_count(1)
    await other.locator("[data-section=paused] .open").click()
    await other.get_by_role("button", name="继续处理").click()
    await expect(other.locator("[data-section=mine] .row")).to_have_count(1)
    await expect(page.locator("[data-section=others] .owner")).to_contain_text("小张")


async def test_a_break_and_the_palette(site: Site, page: Page) -> None:
    """Ctrl+K finds by initials or words: a break, the next ticket, the language, the way out."""
    first, second = await angry(site), await site.hand_off("晚风", "有花生吗")
    await log_in(page, site, "小王")
    await expect(page.locator(".hints")).to_be_visible()
    await page.locator(".hints button").click()
    await expect(page.locator(".hints")).to_have_count(0)
    await by_palette(page, "xx", "小休或回来")
    await expect(page.locator(".presence")).to_contain_text("小休")
    await page.keyboard.press("Alt+KeyB")
    await expect(page.locator(".presence")).to_contain_text("接待中")
    for words, ticket in (("xyz", first), ("下一张", second), ("syz", first)):
        await by_palette(page, words)
        await expect(page.locator("[aria-current=true]")).to_have_attribute(
            "data-ticket", ticket.id
        )
    await by_palette(page, "kjj", "快捷键")
    for keys, what in (("AltM", "转交"), ("AltZ", "暂停")):
        row = page.locator("#help dl > div").filter(has_text=keys)
        await expect(row.first).to_contain_text(what)
    await page.keyboard.press("Escape")
    await by_palette(page, "yy")
    await expect(page.locator(".top h1")).to_have_text("Desk")
    await by_palette(page, "log out")
    await page.locator("#login[data-ready]").wait_for()


async def test_personal_data_goes_out_in_private_alone(site: Site, page: Page) -> None:
    """A phone number is refused in public with a sentence why, its words stay, and private sends it."""
    site.rooms.views[ROOM].private = True
    await angry(site)
    await log_in(page, site, "小王")
    await expect(page.locator(".row")).to_have_count(1)
    await page.keyboard.press("Alt+KeyT")
    await expect(page.locator("#words")).to_be_focused()
    await page.keyboard.insert_text("地址是上海市浦东新区世纪大道100号3单元502")
    await page.keyboard.press("Enter")
    await expect(page.locator("#words")).to_have_value(
        "地址是上海市浦东新区世纪大道100号3单元502"
    )
    await expect(
        page.locator(".compose .wording .error, .head .refused").first
    ).to_be_visible()
    await page.keyboard.press("Alt+KeyL")
    await page.keyboard.press("Enter")
    await expect(page.locator("#words")).to_have_value("")


async def _held_claim(page: Page) -> asyncio.Future[Callable[[], None]]:
    """What sends *page*'s claim on, once it is pressed; all else its console says passes."""
    held: asyncio.Future[Callable[[], None]] = (
        asyncio.get_running_loop().create_future()
    )

    def between(console: WebSocketRoute) -> None:
        server = console.connect_to_server()

        def pass_on(frame: str | bytes) -> None:
            if '"claim"' in str(frame):
                held.set_result(partial(server.send, frame))
            else:
                server.send(frame)

        console.on_message(pass_on)

    await page.route_web_socket("**/*", between)
    return held


async def test_two_race_for_one_and_the_viewer_comes_back(
    site: Site, page: Page, open_page: OpenPage
) -> None:
    """One gets it, the other reads who; resolved, the viewer's next line opens it again."""
    ticket = await angry(site)
    other = await open_page()
    # Each presses before either is told: a row that another took has no button to press.
    claims = [await _held_claim(page), await _held_claim(other)]
    await log_in(other, site, "小张")
    await log_in(page, site, "小王")
    take = "[data-section=waiting] .take"
    await expect(page.locator(take)).to_have_count(1)
    await expect(other.locator(take)).to_have_count(1)
    await asyncio.gather(page.locator(take).click(), other.locator(take).click())
    for send in await asyncio.gather(*claims):
        send()
    await expect(
        page.locator("[data-section=mine] .row").or_(
            page.locator("[data-section=others] .row")
        )
    ).to_have_count(1)
    owned = await site.store.ticket(ticket.id)
    assert owned is not None
    winner, loser = (page, other) if owned.owner == "小王" else (other, page)
    await expect(loser.locator(".head .refused")).to_contain_text(str(owned.owner))
    await expect(winner.locator("#words")).to_be_focused()
    await winner.keyboard.press("Alt+KeyE")
    await expect(winner.locator("[data-section=ended] .row")).to_have_count(1)
    await site.hand_off(ticket.viewer.name, "还是没人管我")
    await expect(winner.locator("[data-section=waiting] .row")).to_have_count(1)
    await expect(winner.locator("[data-section=waiting] .foot")).to_contain_text(
        "再次打开"
    )


async def test_ones_own_stay_on_top_and_are_counted(site: Site, page: Page) -> None:
    """Answered or laid aside, a ticket stays above the queue, under whose turn it is, and in the count."""
    answered, aside = await angry(site), await site.hand_off("晚风", "有花生吗")
    for at in range(6):
        await site.hand_off(f"观众{at}", f"第{at}件什么时候补货")
    await log_in(page, site, "小王")
    sums, heads = page.locator(".sums"), page.locator(".queue section h2")
    await expect(heads).to_have_text([re.compile("待接 *8")])
    for ticket, turn in ((answered, "1"), (aside, "2")):
        await page.click(f".row:has([data-ticket='{ticket.id}']) .take")
        await expect(sums).to_contain_text(
            re.compile(rf"我的 {turn}\s*等我回复 {turn}")
        )
    await page.keyboard.press("Alt+KeyZ")
    await page.locator("#snooze .bar button").first.click()
    await page.click(f"[data-ticket='{answered.id}']")
    await page.locator("#words").fill("已经给您催了仓库")
    await page.locator("#words").press("Enter")
    await expect(page.locator(".said-by.agent [data-state=queued]")).to_have_count(1)
    await settle(site, answered, "已经给您催了仓库", ReplyState.SENT)
    own = ["我的 · 等观众 *1", "我的 · 暂停中 *1", "待接 *6"]
    await expect(heads).to_have_text([re.compile(each) for each in own])
    await expect(sums).to_contain_text(re.compile(r"我的 2\s*等我回复 0"))
    await expect(page.locator("[data-section=viewer] .row")).to_contain_text("大橙子")


async def test_the_book_is_evidence_in_words(site: Site, page: Page) -> None:
    """What the book found in a line is told as such, not by the code of its entry."""
    line = "how much is it"
    await site.hand_off("Amy", line, evidence=[span_of(line, line, "faq:en-price")])
    await log_in(page, site, "小王")
    await page.click(".row .open")
    evidence = page.locator(".ticket .evidence")
    await expect(evidence).to_contain_text("问答本里有相近的问题")
    await expect(page.locator("body")).not_to_contain_text("en-price")
