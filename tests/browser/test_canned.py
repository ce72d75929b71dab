"""Canned replies and suggested answers in a real browser: found by initials, filled, sent by one key."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from playwright.async_api import Page, expect

from streambot.adapters.clock import SystemClock
from streambot.domain.ticket import Ticket
from tests.browser.fixtures import IN_BROWSER, OpenPage, on_the_browsers_loop
from tests.browser.scene import log_in
from tests.web.site import Site, open_site
from tests.web.test_canned import write

pytestmark = IN_BROWSER

REPLIES = """\
replies:
  - {title: 问候, text: "您好，我是{客服}"}
  - {title: 发货时间, text: 48小时内发出, shortcut: when}
  - {title: 价格, text: "{称呼}，现在{价格}，库存{库存}", shortcut: jg}
  - {title: 要手机号, text: 请把手机号私信给我, visibility: private}
"""


@on_the_browsers_loop
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A console on the machine's own clock, whose merchant wrote some replies."""
    async with open_site(tmp_path / "data", clock=SystemClock()) as site:
        write(site, REPLIES)
        await site.canned.look()
        site.view.private = True
        yield site


async def in_hand(site: Site, page: Page) -> Ticket:
    """A ticket about shipping, claimed, with the caret in its answer box."""
    event = await site.say("小鹿", "几号发货呀")
    ticket = await site.hand_off("小鹿", "几号发货呀", event=event)
    await log_in(page, site, "小王")
    await page.click(".row .take")
    await page.locator("#words").focus()
    return ticket


async def in_flight(site: Site, ticket: Ticket) -> int:
    """How many answers are on their way."""
    found = await site.store.ticket(ticket.id)
    assert found is not None
    return len(found.in_flight)


async def test_a_reply_is_found_by_initials_and_its_blanks_are_filled(
    site: Site, page: Page, axe: Callable[[Page], Awaitable[list[str]]]
) -> None:
    """`/fh` and Enter put 发货 in and send nothing; Tab goes through the blanks; private is chosen."""
    ticket = await in_hand(site, page)
    box, rows = page.locator("#words"), page.locator(".picker li")
    await page.keyboard.type("/")
    await expect(rows).to_have_count(4)
    assert await axe(page) == []
    await page.keyboard.type("fh")
    await expect(rows).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(box).to_have_value("48小时内发出")
    await box.fill("")
    await page.keyboard.type("/jg")
    await page.keyboard.press("Tab")
    await expect(box).to_have_value("小鹿，现在{价格}，库存{库存}")
    await expect(page.locator(".blanks mark")).to_have_text(["{价格}", "{库存}"])
    assert await page.evaluate("getSelection().toString()") == "{价格}"
    await page.keyboard.type("99元")
    await page.keyboard.press("Enter")
    await expect(page.locator(".ticket .head [role=alert]")).to_contain_text("{库存}")
    await page.keyboard.press("Tab")
    await page.keyboard.type("12件")
    await expect(page.locator(".blanks")).to_have_count(0)
    await expect(box).to_have_value("小鹿，现在99元，库存12件")
    await page.keyboard.press("Alt+/")
    await page.keyboard.type("yaosj")
    await page.keyboard.press("Escape")
    await expect(page.locator(".picker")).to_have_count(0)
    await box.fill("")
    await page.keyboard.type("/shouji")
    await page.keyboard.press("Enter")
    await expect(box).to_have_value("请把手机号私信给我")
    await expect(page.locator(".visibility input[value=private]")).to_be_checked()
    assert await in_flight(site, ticket) == 0


async def test_an_input_method_searches_and_enter_is_its_own(
    site: Site, page: Page
) -> None:
    """、 of a Chinese keyboard opens too; Enter while composing chooses no reply; 汉字 find."""
    await in_hand(site, page)
    box, rows = page.locator("#words"), page.locator(".picker li")
    keyboard = await page.context.new_cdp_session(page)
    await keyboard.send("Input.insertText", {"text": "、"})
    await expect(rows).to_have_count(4)
    composing = {"text": "fa h", "selectionStart": 4, "selectionEnd": 4}
    enter = {"type": "rawKeyDown", "key": "Enter", "code": "Enter"}
    await keyboard.send("Input.imeSetComposition", composing)
    await keyboard.send(
        "Input.dispatchKeyEvent", enter | {"windowsVirtualKeyCode": 229}
    )
    await expect(box).to_have_value("、fa h")
    await keyboard.send("Input.insertText", {"text": "发货"})
    await expect(rows).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(box).to_have_value("48小时内发出")


#: A slash and, before anything is painted, twice the key down; then whatever waited for the paint.
QUICK_KEYS = """async (box) => {
  box.value = "/";
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  for (let pressed = 0; pressed < 2; pressed += 1) {
    await null;
    box.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
  }
  for (let painted = 0; painted < 3; painted += 1) {
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  }
}"""


async def test_keys_faster_than_the_screen_choose(site: Site, page: Page) -> None:
    """What is drawn later doesn't take a choice back: the third reply stays chosen."""
    await in_hand(site, page)
    box, rows = page.locator("#words"), page.locator(".picker li")
    await page.keyboard.type("/")
    await expect(rows).to_have_count(4)
    await box.fill("")
    await expect(rows).to_have_count(0)
    await box.evaluate(QUICK_KEYS)
    await expect(rows.nth(2)).to_have_attribute("aria-selected", "true")


async def test_a_suggested_answer_by_one_key(site: Site, open_page: OpenPage) -> None:
    """Alt+1 puts the book's answer behind what is written; Alt+Shift+1 sends it; a phone has both."""
    page = await open_page(width=390, height=760)
    ticket = await in_hand(site, page)
    box, first = page.locator("#words"), page.locator(".suggestion").first
    await expect(first).to_contain_text("48小时内发出")
    await box.fill("亲，")
    await page.keyboard.press("Alt+1")
    await expect(box).to_have_value("亲，48小时内发出")
    assert await in_flight(site, ticket) == 0
    await page.keyboard.press("Alt+Shift+1")
    await expect(page.locator(".said-by.agent .words")).to_have_text("48小时内发出")
    await expect(box).to_have_value("亲，48小时内发出")
    await box.fill("")
    await page.get_by_role("button", name="快捷回复").click()
    row = page.locator(".picker li").first
    size = await row.bounding_box()
    assert size is not None and size["height"] >= 44 and size["width"] <= 390
    await row.click()
    await expect(box).to_have_value("您好，我是小王")


async def test_a_room_is_silenced_while_typing(site: Site, page: Page) -> None:
    """Digits with Alt are the suggestions', so Alt+Shift+M and Ctrl+K silence the room shown."""
    await log_in(page, site, "李姐")
    silent = page.locator(".modes button[aria-pressed=true]")
    await expect(silent).to_have_text("应答")
    await page.keyboard.press("Alt+Shift+M")
    await expect(silent).to_have_text("静默")
    await page.keyboard.press("Control+k")
    await page.locator("dialog[open] input").fill("jm")
    await page.keyboard.press("Enter")
    await expect(silent).to_have_text("应答")
