"""The host's board in a real browser: keys and touch, OBS, a phone, and a network that drops."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from playwright.async_api import Page, WebSocketRoute, expect

from streambot.adapters.clock import SystemClock
from streambot.web.keys import SOCKETS
from tests.browser.fixtures import IN_BROWSER, OpenPage, Trouble, on_the_browsers_loop
from tests.browser.scene import log_in
from tests.web.board_scene import ask, board_token, busy_board
from tests.web.site import ROOM, Site, open_site

pytestmark = IN_BROWSER

Axe = Callable[[Page], Awaitable[list[str]]]
Shot = Callable[[Page, str], Awaitable[Path]]


@on_the_browsers_loop
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A console on the machine's own clock, as its page's is."""
    async with open_site(tmp_path / "data", clock=SystemClock()) as site:
        yield site


async def _answered(site: Site) -> int:
    since = site.clock.now() - timedelta(hours=1)
    return sum(each.viewers for each in await site.store.host_figures(since))


async def test_a_host_works_the_board_by_key_and_by_touch(
    site: Site, page: Page, open_page: OpenPage, axe: Axe, screenshot: Shot
) -> None:
    """A supervisor makes the link; the host pins, skips, answers and shows a product with it, in
    light and dark, on a phone, and in OBS; strangers' words stay words; revoking ends it.
    """
    await busy_board(site)
    await log_in(page, site, "李姐")
    await page.goto(f"{site.url}/links")
    await page.locator("body[data-ready]").wait_for()
    assert await axe(page) == []
    await page.get_by_label("给谁用").fill("小美")
    await page.get_by_role("button", name="新建链接").click()
    await expect(page.locator("#made")).to_be_visible()
    await expect(page.locator("#made label[for=made-token]")).to_be_hidden()
    link = await page.locator("#made-screen").input_value()
    obs = await page.locator("#made-obs").input_value()
    await page.get_by_role("button", name="我复制好了").click()
    await expect(page.locator("[data-link]")).to_contain_text("小美")

    host = await open_page(width=1280, height=800)
    await host.goto(link)
    row = host.locator(".question.current")
    await expect(row).to_contain_text("5人")
    await expect(row.locator(".answer")).to_have_text("48小时内发出")
    await expect(host.locator(".question")).to_have_count(5)
    await expect(host.locator("body")).to_contain_text("<img src=x onerror=alert(1)>")
    assert "13812345678" not in await host.content()
    assert "A1234567890123" not in await host.content()
    await expect(host.locator(".orders")).to_contain_text("大橙子")
    await expect(host.locator(".orders")).to_contain_text("丢件")
    await expect(host.locator(".arrivals")).to_contain_text("Kiki")
    await expect(host.locator(".tickets .count")).to_have_text("2")
    await screenshot(host, "board")
    assert await axe(host) == []
    await host.keyboard.press("j")
    await host.keyboard.press("j")
    await host.keyboard.press("p")
    await expect(host.locator(".question").first).to_contain_text("已置顶")
    pinned = await host.locator(".question").first.locator(".words").text_content()
    await host.keyboard.press("x")
    await expect(host.locator(".question")).to_have_count(4)
    await expect(host.locator(".questions")).not_to_contain_text(pinned or "")
    await host.locator(".question", has_text="什么时候发货").click()
    await host.keyboard.press("a")
    await expect(host.locator(".done")).to_contain_text("5 位观众")
    assert await _answered(site) == 5
    await host.get_by_label("屏上商品").select_option(label="3号 连帽卫衣")

    phone = await open_page(width=390, height=800, dark=True)
    await phone.goto(link)
    await expect(phone.get_by_label("屏上商品")).to_have_value("hoodie")
    assert site.view.shown == "hoodie"
    await expect(phone.locator(".question")).to_have_count(3)
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert await axe(phone) == []
    await screenshot(phone, "board-phone")
    row = phone.locator(".question", has_text="区别")
    await row.get_by_role("button", name="已回答").click()
    await expect(host.locator(".question")).to_have_count(2)
    await expect(host.locator(".tickets .count")).to_have_text("1")

    screen = await open_page(width=1920, height=1080)
    await screen.goto(obs)
    await expect(screen.locator(".question")).to_have_text(["1人 包邮吗满49元包邮"])
    style = "e => getComputedStyle(e)"
    assert await screen.evaluate(f"({style})(document.body).backgroundColor") == (
        "rgba(0, 0, 0, 0)"
    )
    big = await screen.locator(".question .words").first.evaluate(
        f"e => parseFloat(({style})(e).fontSize)"
    )
    assert big >= 48
    await expect(screen.locator("body")).not_to_contain_text("大橙子")
    assert await axe(screen) == []
    await screenshot(screen, "board-obs")

    page.on("dialog", lambda dialog: dialog.accept())
    await page.get_by_role("button", name="停用").click()
    await expect(host.locator(".link")).to_have_text("链接失效")
    await expect(page.locator("[data-link]")).to_have_count(0)


async def test_a_dropped_network_loses_no_mark_and_none_counts_twice(
    site: Site, page: Page, trouble: Trouble
) -> None:
    """Without network the board says since when it is stale and keeps marks, over a reload too;
    they are sent once it is back, and one whose answer got lost is not counted again.
    """
    trouble.expect("WebSocket")
    ask(site, "小鹿", "什么时候发货", entry="ship", answer="48小时内发出")
    ask(site, "momo", "包邮吗", entry="fee", answer="满49元包邮")
    down, lose, lost = False, True, asyncio.Event()

    async def route(socket: WebSocketRoute) -> None:
        if down:
            await socket.close()
            return
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if lose and '"done"' in str(message):
                lost.set()
            else:
                socket.send(message)

        server.on_message(pass_on)

    await page.route_web_socket("**/api/board/**", route)
    token = await board_token(site)
    await page.goto(f"{site.url}/board/{ROOM}#{token}")
    await expect(page.locator(".question")).to_have_count(2)
    await page.keyboard.press("a")  # its answer gets lost
    await expect(page.locator(".question")).to_have_count(1)
    await asyncio.wait_for(lost.wait(), 30)  # counted: the board shows it done before
    down = True
    site.app[SOCKETS].end_all(1012)
    await expect(page.locator(".standing")).to_contain_text("画面停在")
    await page.keyboard.press("a")
    await expect(page.locator(".question")).to_have_count(0)
    await expect(page.locator(".standing")).to_contain_text("2 个操作待发送")
    assert await _answered(site) == 1
    await page.reload()
    down, lose = False, False
    await expect(page.locator(".link")).to_have_text("实时")
    await expect(page.locator(".done")).to_contain_text("2 位观众")
    await expect(page.locator(".standing .stale", has_text="待发送")).to_have_count(0)
    assert await _answered(site) == 2
    assert await page.evaluate("localStorage.getItem('streambot.board.demo')") == "[]"
