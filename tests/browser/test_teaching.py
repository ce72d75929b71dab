"""A line's card in a real browser: why it was dealt with so, and teaching the book by mouse and key."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from streambot.adapters.clock import SystemClock
from tests.browser.fixtures import IN_BROWSER, OpenPage, Trouble, on_the_browsers_loop
from tests.browser.scene import busy, log_in
from tests.web.site import BOOK, Site, open_site

pytestmark = IN_BROWSER

HOSTILE = "<img src=x onerror=alert(1)> 几号发货 \u202e反转"
ASKED = "啥时候给装车"


@on_the_browsers_loop
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A console on the machine's own clock, as its page's is."""
    async with open_site(tmp_path / "data", clock=SystemClock()) as site:
        yield site


async def _text(site: Site) -> str:
    return await asyncio.to_thread(site.book.read_text, encoding="utf-8")


async def _open(page: Page, words: str) -> None:
    """Open the card of the room's line with *words*."""
    line = page.locator(".chat", has_text=words).last
    await line.hover()
    await line.get_by_role("button", name="为什么").click()
    await page.locator("#card .why").wait_for()


async def test_what_a_room_looks_at_beside_the_book_is_told(
    site: Site, page: Page
) -> None:
    """A line with a body and an order's number is not the book's alone; another one is."""
    site.viewer_line("小鹿", "165 120斤穿什么码 订单202611210088", "answer")
    site.viewer_line("小马", "几号发货", "answer")
    await log_in(page, site, "小王")
    facts, beside = (
        page.locator("#card .facts"),
        "直播间还要看：尺码表、订单；这里只看问答本",
    )
    await _open(page, "165 120斤")
    await expect(facts).to_contain_text(beside)
    await page.keyboard.press("Escape")
    await _open(page, "几号发货")
    await expect(facts).not_to_contain_text("直播间还要看")


async def test_why_in_words(site: Site, page: Page) -> None:
    """A decided line says what would be done, with the entry, its score and what spoke for it."""
    site.viewer_line("小鹿", "这个几号发货呀", "answer")
    await log_in(page, site, "小王")
    await _open(page, "几号发货")
    card = page.locator("#card")
    await expect(card.locator("h2")).to_have_text("这个几号发货呀")
    await expect(card.locator(".now")).to_contain_text("直接回答")
    await expect(card.locator(".why .answer")).to_have_text("48小时内发出")
    first = card.locator(".candidates li").first
    await expect(first).to_contain_text("ship")
    await expect(first.locator(".grounds li").first).to_be_visible()
    await expect(card.locator(".facts")).to_contain_text("按问答本是店里的事")
    await expect(card.locator(".facts")).to_contain_text("听着：像在问店里")


async def test_why_tells_that_the_angry_go_to_people(site: Site, page: Page) -> None:
    """Whatever the book has to say, a line's mood comes first; of calm lines none is told."""
    moods = {
        "骗子，几号发货": ["情绪：生气 · 先转人工"],
        "有点慢，几号发货": ["情绪：不满"],
        "请问几号发货": [],
    }
    for words in moods:
        site.viewer_line("小鹿", words, "answer")
    await log_in(page, site, "小王")
    facts = page.locator("#card .facts li")
    for words, mood in moods.items():
        await _open(page, words)
        await expect(facts.filter(has_text="按问答本是店里的事")).to_have_count(1)
        await expect(facts.filter(has_text="情绪")).to_have_text(mood)
        await page.keyboard.press("Escape")
        await expect(facts).to_have_count(0)


async def test_a_supervisor_teaches_by_key(site: Site, page: Page) -> None:
    """Without a mouse: choose the entry, see what changes, add; the file has the line."""
    await site.say("小鹿", ASKED)
    site.viewer_line("小鹿", ASKED)
    await log_in(page, site, "李姐")
    await (
        page.locator(".chat", has_text=ASKED)
        .get_by_role("button", name="为什么")
        .focus()
    )
    await page.keyboard.press("Enter")
    await page.locator("#card .why").wait_for()
    await page.get_by_label("找条目").focus()
    await page.keyboard.type("发货")
    await expect(page.locator(".choices label").first).to_contain_text("ship")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(".effect")).to_contain_text("新答上 1 句")
    await expect(page.locator(".effect")).to_contain_text("book.yaml 第 3 行")
    assert await _text(site) == BOOK
    await page.get_by_role("button", name="加入问法").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".done")).to_contain_text("已写入问答本的“ship”")
    assert ASKED in await _text(site)
    await page.keyboard.press("Escape")
    await expect(page.locator("#card")).to_be_hidden()


async def test_an_agent_suggests_and_a_supervisor_accepts(
    site: Site, page: Page, open_page: OpenPage
) -> None:
    """The agent's line waits on the supervisor's page, who sees its effect and accepts."""
    site.viewer_line("小鹿", ASKED)
    agent = await log_in(page, site, "小王")
    boss = await log_in(await open_page(), site, "李姐")
    await _open(agent, ASKED)
    await agent.get_by_label("找条目").fill("发货")
    await agent.locator(".choices input[value=ship]").check()
    await agent.get_by_role("button", name="看看会改变什么").click()
    await agent.get_by_role("button", name="提交建议").click()
    await expect(agent.locator(".done")).to_contain_text("已交给主管")
    assert await _text(site) == BOOK
    await expect(agent.locator(".room .waiting")).to_have_count(0)
    row = boss.locator(".waiting li")
    await expect(row).to_contain_text(ASKED)
    await row.get_by_role("button", name="看看").click()
    await expect(boss.locator(".effect")).to_contain_text("加到“ship”")
    await boss.get_by_role("button", name="采纳", exact=True).click()
    await expect(boss.locator(".done")).to_contain_text("已写入")
    await expect(boss.locator(".room .waiting")).to_have_count(0)
    assert ASKED in await _text(site)


async def test_a_collision_is_told(site: Site, page: Page, trouble: Trouble) -> None:
    """A phrasing of another entry is refused in a sentence and can't be added."""
    trouble.expect("status of 409")
    site.viewer_line("小鹿", "包邮吗", "answer")
    await log_in(page, site, "李姐")
    await _open(page, "包邮吗")
    await page.get_by_label("找条目").fill("发货")
    await page.locator(".choices input[value=ship]").check()
    await page.get_by_role("button", name="看看会改变什么").click()
    await expect(page.locator(".teach .refused")).to_contain_text("“fee”里已经有")
    await expect(page.get_by_role("button", name="加入问法")).to_have_count(0)


async def test_a_supervisor_tries_a_line(site: Site, page: Page) -> None:
    """What nobody said can be tried; hostile words stay words."""
    site.viewer_line("坏人", "在吗")
    await log_in(page, site, "李姐")
    await page.fill("#try", HOSTILE)
    await page.keyboard.press("Enter")
    await page.locator("#card .why").wait_for()
    await expect(page.locator("#card h2")).to_contain_text("<img src=x")
    await expect(page.locator("#card h2 .control")).to_have_text("U+202E")
    await expect(page.locator("#card .candidates")).to_contain_text("ship")
    assert await page.locator("#card img").count() == 0


async def test_a_tickets_line_is_asked_about(site: Site, page: Page) -> None:
    """The line that led to a ticket has its card beside the conversation, with the words as said."""
    event = await site.say("小鹿", "这个几号发货呀急急急")
    await site.hand_off("小鹿", "这个几号发货呀急急急", event=event)
    await log_in(page, site, "小王")
    await page.locator("[data-section=waiting] .row .open").click()
    await page.locator(".said-by.viewer").get_by_role("button", name="为什么").click()
    await page.locator("#card .why").wait_for()
    await expect(page.locator("#card h2")).to_have_text("这个几号发货呀急急急")


async def test_agents_have_no_try_box(site: Site, page: Page) -> None:
    """Trying and settling belong to those who may edit the book."""
    site.viewer_line("小鹿", "在吗")
    await log_in(page, site, "小王")
    await page.locator(".chat").first.wait_for()
    await expect(page.locator("#try")).to_have_count(0)


async def test_choices_scroll_and_never_lie_over_each_other(
    site: Site, open_page: OpenPage
) -> None:
    """However little room there is for them."""
    await site.say("小鹿", ASKED)
    site.viewer_line("小鹿", ASKED, "handoff")
    page = await open_page(width=390, height=320)
    await log_in(page, site, "李姐")
    await page.locator(".panes button", has_text="直播间").click()
    await _open(page, ASKED)
    await page.get_by_label("找条目").fill("货")
    await expect(page.locator(".choices label").nth(1)).to_be_attached()
    spilling = "each => each.scrollHeight > each.clientHeight + 1"
    choices = "[...document.querySelectorAll('.choices label')]"
    assert await page.evaluate(f"{choices}.filter({spilling}).length") == 0


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
async def test_the_card_is_accessible(
    site: Site,
    open_page: OpenPage,
    axe: Callable[[Page], Awaitable[list[str]]],
    screenshot: Callable[[Page, str], Awaitable[Path]],
    look: str,
) -> None:
    """Nothing serious for axe with the effect shown; on a phone nothing is wider than the page."""
    await busy(site)
    await site.say("小鹿", ASKED)
    site.viewer_line("小鹿", ASKED, "handoff")
    phone = look == "phone"
    page = await open_page(
        width=390 if phone else 1280, height=844 if phone else 900, dark=look == "dark"
    )
    await log_in(page, site, "李姐")
    if phone:
        await page.locator(".panes button", has_text="直播间").click()
    await _open(page, ASKED)
    await page.get_by_label("找条目").fill("发货")
    await page.locator(".choices input[value=ship]").check()
    await page.get_by_role("button", name="看看会改变什么").click()
    await page.locator(".effect").wait_for()
    assert await axe(page) == []
    wide = await page.evaluate(
        "document.querySelector('#card').scrollWidth > document.querySelector('#card').clientWidth"
    )
    assert not wide
    await screenshot(page, f"teach-{look}")
