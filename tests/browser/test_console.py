"""The console in a real browser: agents log in, take tickets, answer, and lose nothing on the way."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import FloatRect, Page, WebSocketRoute, expect

from streambot.adapters.clock import SystemClock
from streambot.application.desk_commands import Command, execute
from streambot.domain.agent import Agent, AgentName, Permission, Role
from streambot.domain.guard import built_in_guard
from streambot.domain.reply import ReplyKind, ReplyState
from streambot.ports.taken import TakenLine
from streambot.web.keys import SOCKETS
from tests.browser.fixtures import IN_BROWSER, OpenPage, Trouble, on_the_browsers_loop
from tests.browser.scene import (
    ANGRY,
    angry,
    busy,
    log_in,
    same_question,
    settle,
    stored,
)
from tests.web.site import Site, open_site

pytestmark = IN_BROWSER

HOSTILE = "<img src=x onerror=alert(1)> \u202e反转\u202c &amp; {{7*7}}"


@on_the_browsers_loop
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A console on the machine's own clock, as its page's is."""
    async with open_site(tmp_path / "data", clock=SystemClock()) as site:
        yield site


async def test_login_says_what_is_wrong(
    site: Site, page: Page, trouble: Trouble
) -> None:
    """Empty, wrong and too many passwords are each told in a sentence; the right one lets in."""
    trouble.expect("status of 4(01|29)")
    await page.goto(f"{site.url}/")
    await page.locator("#login[data-ready]").wait_for()
    problem = page.locator("#problem")
    await page.click("button[type=submit]")
    await expect(problem).to_have_text("请填写用户名和密码。")
    await page.fill("#name", "小王")
    for _ in range(5):
        await page.fill("#password", "不对")
        async with page.expect_response("**/api/login"):
            await page.click("button[type=submit]")
    await expect(problem).to_have_text("用户名或密码不对，请检查后再试。")
    await page.fill("#password", "不对")
    await page.click("button[type=submit]")
    await expect(problem).to_contain_text("登录失败次数太多")
    await log_in(page, site, "小张")
    await expect(page.locator(".me")).to_contain_text("小张")


async def test_a_viewer_to_a_human_and_done(site: Site, page: Page) -> None:
    """A handoff appears with reason and evidence; claim, note, answer, its fate, resolve: all by key."""
    await log_in(page, site, "小王")
    await expect(page.locator("[data-section=waiting] .empty").first).to_contain_text(
        "没有人在等"
    )
    ticket = await angry(site)
    row = page.locator("[data-section=waiting] .row")
    await expect(row).to_contain_text("生气")
    await expect(row).to_contain_text("紧急")
    assert await row.locator("mark").all_text_contents() == ["骗子", "我要投诉"]
    await expect(row.locator(".waited")).to_contain_text("0:")
    await expect(page.locator("#spoken")).to_contain_text("大橙子 转人工：生气")
    await expect(page).to_have_title("(1) 客服工作台 · streambot")
    await page.keyboard.press("Alt+t")
    await expect(page.locator("[data-section=mine] .row")).to_have_count(1)
    await expect(page.locator(".thread mark").first).to_have_text("骗子")
    await page.keyboard.press("Alt+p")
    await page.fill("#words", "老客户，先道歉")
    await page.keyboard.press("Enter")
    await expect(page.locator(".said-by.note")).to_contain_text("老客户，先道歉")
    await page.fill("#words", "非常抱歉")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("今天就发出")
    assert (await stored(site, ticket)).in_flight == ()
    await page.keyboard.press("Enter")
    said = page.locator(".said-by.agent")
    await expect(said).to_contain_text("排队中")
    await expect(page.locator("#words")).to_have_value("")
    await page.keyboard.press("Alt+e")
    await expect(page.locator(".ticket .head [role=alert]")).to_contain_text(
        "还有一条回复正在发送"
    )
    await settle(site, ticket, "非常抱歉\n今天就发出", ReplyState.SENT)
    await expect(said).to_contain_text("已发出")
    await expect(page.locator("[data-section=viewer] .row")).to_have_count(1)
    await page.select_option("#outcome", "passed_on")
    await page.keyboard.press("Alt+e")
    await expect(page.locator("[data-section=ended] .row")).to_have_count(1)
    assert (await stored(site, ticket)).outcome == "passed_on"


async def test_the_product_on_screen_is_chosen_in_the_room(
    site: Site, page: Page
) -> None:
    """An agent's choice is in force at once, in every console, and stays when reloaded."""
    await busy(site)
    await log_in(page, site, "小王")
    screen = page.get_by_label("屏上商品")
    await expect(screen).to_have_value("hoodie")
    await screen.select_option(label="1号 云感T恤")
    await expect(screen).to_have_value("tee")
    await page.reload()
    await expect(page.get_by_label("屏上商品")).to_have_value("tee")
    assert site.view.shown == "tee"
    await page.get_by_label("屏上商品").select_option(label="没有")
    await expect(page.get_by_label("屏上商品")).to_have_value("")
    site.view.products = ()
    site.view.show_product(None)
    site.view.changes += 1
    await expect(page.get_by_label("屏上商品")).to_have_count(0)


async def test_an_answer_that_fails_is_said_in_words(site: Site, page: Page) -> None:
    """A refused answer is named beside the ticket; releasing asks for a reason and gives it on."""
    ticket = await angry(site)
    await log_in(page, site, "小王")
    await page.click(".row .take")
    await page.fill("#words", "在的")
    await page.keyboard.press("Enter")
    await expect(page.locator(".said-by.agent")).to_contain_text("排队中")
    await settle(site, ticket, "在的", ReplyState.REFUSED)
    await expect(page.locator(".said-by.agent .state.failed")).to_have_text("平台拒收")
    await expect(page.locator(".ticket .head")).to_contain_text("上一条回复没有送达")
    await page.locator(".said-by.agent .again").click()
    await expect(page.locator("#words")).to_have_value("在的")
    await expect(page.locator("#words")).to_be_focused()
    await page.get_by_role("button", name="放回队列").click()
    await page.fill("#words", "要仓库的同事看")
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-section=waiting] .row")).to_have_count(1)
    await expect(page.locator(".event").last).to_contain_text("要仓库的同事看")
    assert (await stored(site, ticket)).owner is None


async def test_drafts_stay_with_their_ticket(site: Site, page: Page) -> None:
    """Words not yet sent are there again after looking elsewhere and after a reload."""
    first, second = await angry(site), await site.hand_off("小鹿", "在吗")
    await log_in(page, site, "小王")
    for ticket in (second, first):
        await page.click(f"[data-ticket='{ticket.id}']")
        await page.locator(".ticket").get_by_role("button", name="接手").click()
        await page.fill("#words", f"稿{ticket.no}")
    await page.keyboard.press("Escape")
    await page.keyboard.press("j")
    await expect(page.locator("#words")).to_have_value(f"稿{second.no}")
    await page.reload()
    await page.click(f"[data-ticket='{first.id}']")
    await expect(page.locator("#words")).to_have_value(f"稿{first.no}")


async def test_two_agents_one_ticket(site: Site, open_page: OpenPage) -> None:
    """Of two agents at the same button one gets the ticket; the other reads who has it."""
    first = await site.hand_off("小鹿", "在吗")
    pages = [await log_in(await open_page(), site, name) for name in ("小王", "小张")]
    for page in pages:
        await page.click(f"[data-ticket='{first.id}']")
    press = "document.querySelector('.ticket .actions .primary')?.click()"
    await asyncio.gather(*(page.evaluate(press) for page in pages))
    for page in pages:
        await expect(page.locator(".facts")).to_contain_text("负责")
    owner = (await stored(site, first)).owner
    mine = [await page.locator("[data-section=mine] .row").count() for page in pages]
    assert mine == [int(owner == "小王"), int(owner == "小张")]
    second = await site.hand_off("晚风", "有花生吗")
    late = pages[1]
    await late.click(f"[data-ticket='{second.id}']")
    await expect(late.locator(".ticket .thread")).to_contain_text("有花生吗")
    command = Command(
        agent=Agent(name=AgentName("小王"), role=Role.AGENT),
        action=Permission.CLAIM,
        ticket=second.id,
        version=second.version,
        ref="first",
        at=site.clock.now(),
    )
    _, committed = await site.store.transact(
        lambda tx: execute(tx, command, site.desk.policy, lambda _: built_in_guard())
    )
    await late.evaluate(press)  # at once: its console hasn't heard of it yet
    await expect(late.locator(".ticket .head [role=alert]")).to_contain_text(
        "已由 小王 接手"
    )
    site.committed(committed)
    await expect(late.locator(".facts")).to_contain_text("小王 负责")


async def test_same_question_one_card(site: Site, page: Page) -> None:
    """Three who ask the same are one card; taking it takes all, one answer reaches all."""
    tickets = await same_question(site)
    await log_in(page, site, "小王")
    row = page.locator("[data-section=waiting] .row")
    await expect(row).to_have_count(1)
    await expect(row).to_contain_text("3 位观众问同一件事")
    await row.locator(".take").click()
    await expect(page.locator(".same button")).to_have_count(3)
    await page.fill("#words", "选 L 码")
    await page.keyboard.press("Enter")
    await expect(page.locator("#words")).to_have_value("")
    assert all([(await stored(site, each)).in_flight for each in tickets])


def _hello(sent: str) -> list[dict[str, Any]]:
    """The frame that opens a feed; nothing of the others."""
    frame = json.loads(sent)
    return [frame] if frame["type"] == "hello" else []


async def test_resumes_after_a_cut(site: Site, page: Page) -> None:
    """A cut link is told, restored by itself, and resumed where it stood."""
    hellos: list[dict[str, Any]] = []

    def watch(socket: Any) -> None:
        socket.on("framesent", lambda sent: hellos.extend(_hello(sent)))

    page.on("websocket", watch)
    await angry(site)
    await log_in(page, site, "小王")
    await expect(page.locator(".row")).to_have_count(1)
    told = asyncio.ensure_future(page.locator(".banner.bad").wait_for())
    await asyncio.sleep(0)
    site.app[SOCKETS].end_all(1012)
    await site.hand_off("晚风", "有花生吗")
    await told
    await expect(page.locator(".row")).to_have_count(2)
    await expect(page.locator(".banner.bad")).to_have_count(0)
    assert hellos[0]["last_seq"] is None
    assert hellos[-1]["last_seq"] == 1


async def test_a_lost_frame_is_noticed(site: Site, page: Page) -> None:
    """Entries that never arrived are asked for as soon as the next ones show the hole."""
    lost: list[str] = []

    def route(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def hand_on(message: str | bytes) -> None:
            if not lost and '"entries"' in str(message):
                lost.append(str(message))
            else:
                socket.send(message)

        server.on_message(hand_on)

    await page.route_web_socket("**/api/feed", route)
    await log_in(page, site, "小王")
    await page.locator("[data-section=waiting]").wait_for()
    for viewer in ("小鹿", "晚风"):
        await site.hand_off(viewer, "在吗")
    await expect(page.locator(".row")).to_have_count(2)
    assert lost


async def test_enter_while_composing_sends_nothing(site: Site, page: Page) -> None:
    """With an input method composing 你好, Enter chooses words; only the next Enter sends."""
    ticket = await angry(site)
    await log_in(page, site, "小王")
    await page.click(".row .take")
    box = page.locator("#words")
    await expect(box).to_have_attribute("placeholder", "写给观众的话")
    await box.focus()
    keyboard = await page.context.new_cdp_session(page)
    composing = {"text": "ni hao", "selectionStart": 6, "selectionEnd": 6}
    enter = {
        "type": "rawKeyDown",
        "key": "Enter",
        "code": "Enter",
        "windowsVirtualKeyCode": 229,
    }
    await box.evaluate(
        "box => { window.heard = []; box.addEventListener('keydown', "
        "key => heard.push([key.key, key.isComposing, key.keyCode])); }"
    )
    await keyboard.send("Input.imeSetComposition", composing)
    await keyboard.send("Input.dispatchKeyEvent", enter)
    await keyboard.send("Input.insertText", {"text": "你好"})
    await keyboard.send("Input.dispatchKeyEvent", enter)  # as Safari does
    assert await page.evaluate("heard") == [["Enter", True, 229], ["Enter", False, 229]]
    await expect(box).to_have_value("你好")
    assert (await stored(site, ticket)).in_flight == ()
    await page.keyboard.press("Enter")
    await expect(page.locator(".said-by.agent .words")).to_have_text("你好")


async def test_hostile_words_are_words(site: Site, page: Page) -> None:
    """Markup and direction tricks in names and lines are shown as text, never obeyed."""
    await site.hand_off(HOSTILE, HOSTILE)
    site.viewer_line(HOSTILE, HOSTILE)
    site.prompter_line(HOSTILE)
    await log_in(page, site, "小王")
    await page.click(".row .open")
    for place in (
        ".row .who",
        ".row .line",
        ".thread .words",
        ".ticket h2",
        ".chat p",
        ".prompt .words",
    ):
        found = page.locator(place).first
        await expect(found).to_contain_text(
            "<img src=x onerror=alert(1)> U+202E反转U+202C &amp; {{7*7}}"
        )
    assert await page.locator("img").count() == 1  # our own


async def _box(page: Page, selector: str) -> FloatRect:
    box = await page.locator(selector).first.bounding_box()
    assert box is not None
    return box


async def test_phone(
    site: Site, open_page: OpenPage, axe: Callable[[Page], Awaitable[list[str]]]
) -> None:
    """On 390 px there is one column, a bar of two rows, nothing to scroll sideways, targets of 44 px."""
    await busy(site)
    page = await log_in(await open_page(width=390, height=844), site, "小王")
    await page.locator(".row").first.wait_for()
    bar = await page.locator(".top").bounding_box()
    assert bar is not None and bar["height"] <= 110
    wide = "document.documentElement.scrollWidth"
    small = """[...document.querySelectorAll('button, select, textarea, input')]
        .filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5 && one.type !== 'radio')
        .map(one => one.outerHTML.slice(0, 120))"""
    for pane in ("队列", "工单", "直播间"):
        await page.locator(".panes").get_by_role("button", name=pane).click()
        if pane == "工单":
            await page.locator(".panes").get_by_role("button", name="队列").click()
            await page.click("[data-section=mine] .open")
            await page.locator("#words").wait_for()
            for name in ("‹ 队列", "解决", "发送"):
                key = page.locator(".ticket").get_by_role("button", name=name).first
                await expect(key).to_be_in_viewport(ratio=1)
            assert (await _box(page, ".thread"))["height"] >= 150
        assert await page.evaluate(wide) <= 390
        assert await page.evaluate(small) == []
        assert await axe(page) == []
    assert (await _box(page, ".chat.viewer p"))["width"] >= 120
    await page.get_by_role("button", name="English").click()
    await page.get_by_role("button", name="Log out").wait_for()
    bar = await page.locator(".top").bounding_box()
    assert bar is not None and bar["height"] <= 110
    broken = """[...document.querySelectorAll('.tools > *')].filter(one => {
        const words = document.createRange();
        words.selectNodeContents(one);
        const rows = [...words.getClientRects()].filter(box => box.width > 2);
        return one.offsetParent && rows.some(box => box.top > rows[0].bottom);
    }).map(one => one.textContent)"""
    assert await page.evaluate(broken) == []
    assert await page.evaluate(wide) <= 390


@pytest.mark.parametrize("dark", [False, True])
async def test_nothing_serious_for_readers(
    site: Site,
    open_page: OpenPage,
    dark: bool,
    axe: Callable[[Page], Awaitable[list[str]]],
) -> None:
    """axe-core finds nothing serious on the login and the busy console, light and dark."""
    await busy(site)
    page = await open_page(dark=dark, width=1440, height=900)
    await page.goto(f"{site.url}/login")
    await page.locator("#login[data-ready]").wait_for()
    assert await axe(page) == []
    await log_in(page, site, "李姐")
    await page.click("[data-section=others] .open")
    await page.locator(".thread li").first.wait_for()
    assert await axe(page) == []
    await page.keyboard.press("?")
    await page.locator("#help[open]").wait_for()
    assert await axe(page) == []


async def test_prompter(site: Site, page: Page) -> None:
    """A line that can't be written is copied by one key, then marked as said, or skipped; the one
    due soonest comes first, and what a sending tool has says so and waits for no key.
    """
    site.view.can_write, site.view.link = False, "connected"
    tool, line = site.clock.now(), site.prompter_line("发送工具拿走的")
    site.view.taken_by_tool(TakenLine(line=line.line_id, by="发送助手#1", at=tool))
    second = site.prompter_line("有运费险的")
    first = site.prompter_line("欢迎新朋友", ReplyKind.GREETING)
    site.view.read_only, site.view.official = True, False
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await log_in(page, site, "小王")
    await expect(page.locator(".prompt")).to_have_count(3)
    await expect(page.locator(".prompt").first).to_contain_text("还剩 0:")
    await expect(page.locator(".prompt", has_text="拿走的")).to_contain_text("已取走")
    told = page.locator(".room .read-only")
    await expect(told).to_contain_text("此平台不支持机器人发言，已提示主播")
    await expect(page.locator(".room .head .tag")).to_have_text("非官方")
    await page.keyboard.press("c")
    await expect(page.locator(".prompt").first).to_contain_text("已复制")
    assert await page.evaluate("navigator.clipboard.readText()") == "欢迎新朋友"
    await page.keyboard.press("s")
    await expect(page.locator(".prompt")).to_have_count(2)
    await page.keyboard.press("x")
    await expect(page.locator(".prompt")).to_have_count(1)
    site.view.off_prompter(line.line_id)
    await expect(page.locator(".prompter .empty")).to_contain_text("没有要说的话")
    assert site.rooms.settled == [
        (first.line_id, "小王", True),
        (second.line_id, "小王", False),
    ]


async def test_room_and_its_mode(site: Site, page: Page, open_page: OpenPage) -> None:
    """The supervisor silences a room by one key; an agent sees it and can take a line from it."""
    await busy(site)
    await log_in(page, site, "李姐")
    await expect(page.locator(".alarms")).to_contain_text("问答本有 1 处错误")
    await expect(page.locator(".figures")).to_contain_text("1283")
    await expect(page.locator(".chat .decided.handoff").last).to_contain_text(
        "转人工 · 生气"
    )
    await page.keyboard.press("1")
    silent = page.get_by_role("button", name="静默")
    await expect(silent).to_have_attribute("aria-pressed", "true")
    assert site.view.mode == "silent"
    agent = await log_in(await open_page(), site, "小王")
    await expect(agent.get_by_role("button", name="静默")).to_be_disabled()
    await agent.keyboard.press("1")
    line = site.viewer_line("新来的", "能不能便宜点")
    await agent.locator(".chat", has_text="能不能便宜点").hover()
    await agent.locator(".chat", has_text="能不能便宜点").locator(".take").click()
    await expect(agent.locator(".ticket h2")).to_have_text("新来的")
    await expect(agent.locator(".ticket .tag").first).to_have_text("主动接手")
    assert site.view.mode == "silent"
    assert line.id in {each.id for each in site.view.lines}


async def test_english_by_a_switch(site: Site, page: Page) -> None:
    """One press turns every word English, and it stays so after a reload."""
    await angry(site)
    await log_in(page, site, "小王")
    await page.get_by_role("button", name="English").click()
    await expect(page.locator(".row")).to_contain_text("Angry")
    await page.reload()
    await expect(page.locator(".row")).to_contain_text("Urgent")
    assert await page.evaluate("document.documentElement.lang") == "en"
    shown = await page.locator(".tools, .sums, .panes, .keys-line").all_text_contents()
    left = [
        text
        for text in shown
        if any(
            "一" <= sign <= "鿿"
            for sign in text.replace("中文", "").replace("小王", "")
        )
    ]
    assert left == []


async def test_picture(
    site: Site, open_page: OpenPage, screenshot: Callable[[Page, str], Awaitable[Path]]
) -> None:
    """The console in the middle of a broadcast, as the README shows it."""
    await busy(site)
    page = await log_in(await open_page(width=1440, height=900), site, "小王")
    await page.click("[data-section=waiting] .grave .take")
    await page.fill("#words", "非常抱歉让您久等了，我马上帮您催仓库")
    await page.locator(".thread mark").first.wait_for()
    await page.locator(".chat").first.wait_for()
    assert ANGRY[:4] in await page.inner_text(".thread")
    assert (await screenshot(page, "console")).stat().st_size > 10_000
