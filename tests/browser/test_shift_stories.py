"""Two agents and a supervisor at once, in real browsers: a tab that is closed, and viewers' scores."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from streambot.adapters.clock import SystemClock
from streambot.domain.presence import PresencePolicy
from streambot.domain.reply import ReplyState
from streambot.domain.ticket import Ticket
from streambot.ports.store import Committed, RoomBatch
from streambot.web import WebSettings
from tests.application.desk_scores import ask_for_score, give_score
from tests.browser.fixtures import IN_BROWSER, OpenPage, on_the_browsers_loop
from tests.browser.scene import angry, log_in, settle, stored
from tests.web.site import ROOM, Person, Site, open_site

pytestmark = IN_BROWSER

DRAFT = "亲，非常抱歉让您久等了"


@dataclass(slots=True)
class Ahead:
    """Seconds by which the desk's clock is ahead of the machine's: a minute passes in no time."""

    seconds: float = 0
    clock: SystemClock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = SystemClock(monotonic=lambda: time.monotonic() + self.seconds)

    def jump(self, span: timedelta) -> None:
        """Let time pass."""
        self.seconds += span.total_seconds()


@pytest.fixture
def ahead() -> Ahead:
    """The desk's clock, moved by the test."""
    return Ahead()


@on_the_browsers_loop
async def site(tmp_path: Path, ahead: Ahead) -> AsyncIterator[Site]:
    """A console whose time may jump; nobody's socket is ended for having been silent meanwhile."""
    patient = WebSettings(silent_console=timedelta(hours=1))
    data = tmp_path / "data"
    async with open_site(data, clock=ahead.clock, settings=patient) as site:
        yield site


async def _floor(page: Page, site: Site) -> None:
    await log_in(page, site, "李姐")
    await page.get_by_role("link", name="主管台").click()
    await page.locator(".bar .link.live").wait_for()


async def test_a_tab_closed_mid_ticket_gives_it_to_the_other_and_keeps_the_draft(
    site: Site, ahead: Ahead, page: Page, open_page: OpenPage
) -> None:
    """Hers for the grace, then the queue's at its age; what she sent or wrote is neither said nor lost."""
    mei, zhang = await asyncio.gather(open_page(), open_page())
    await asyncio.gather(
        _floor(page, site), log_in(mei, site, "小王"), log_in(zhang, site, "小张")
    )
    ticket = await angry(site)
    row = page.locator(f"[data-ticket='{ticket.id}']")
    await mei.locator("[data-section=waiting] .take").click()
    await expect(row).to_contain_text("小王 · 处理中")
    await mei.locator("#words").fill("仓库今天就发")
    await mei.keyboard.press("Enter")
    await expect(mei.locator("#words")).to_have_value("")
    await mei.locator("#words").fill(DRAFT)
    owned = await stored(site, ticket)

    device = mei.context
    await mei.close()
    await expect(page.locator("[data-agent=小王]")).to_contain_text("没有响应")
    await site.desk.ring()
    assert (await stored(site, ticket)).owner == "小王"
    policy = PresencePolicy()
    ahead.jump(policy.gone_after + policy.grace)
    await site.desk.ring()
    await expect(row).to_contain_text("待接")
    back = await stored(site, ticket)
    assert (back.owner, back.waiting_since) == (None, owned.waiting_since)

    await zhang.locator("[data-section=waiting] .take").click()
    await expect(row).to_contain_text("小张 · 处理中")
    (first,) = owned.in_flight
    sent = [
        (reply.out_id, state)
        for reply, state in await site.store.replies_to(ticket.room, ticket.viewer.key)
    ]
    assert (first, ReplyState.WITHDRAWN) in sent
    late = await (await site.log_in("小王")).console()
    refused = await late.do(
        "answer", ticket=ticket.id, version=owned.version, text="迟到的话"
    )
    assert refused["type"] == "refused" and "小张" in refused["zh"]

    again = await device.new_page()
    await again.goto(site.url)
    await again.locator(".top .link.live").wait_for()
    await again.locator(f"button.open[data-ticket='{ticket.id}']").click()
    left = again.locator(".leftover")
    await expect(left.get_by_role("status")).to_contain_text("现在由 小张 负责")
    await expect(left.get_by_label("没发出的话")).to_have_value(DRAFT)


async def _score(site: Site, ticket: Ticket, score: int) -> None:
    """The room asks the viewer, and they give *score*."""
    now, policy = site.clock.now(), site.desk.policy
    for work in (
        lambda tx: ask_for_score(tx, ticket, now, policy),
        lambda tx: give_score(tx, ticket, score, f"s{ticket.no}", now, policy),
    ):
        done: asyncio.Future[Committed | BaseException] = asyncio.Future()
        site.store.append(RoomBatch(room=ROOM, desk=[work]), done.set_result)
        committed = await done
        assert isinstance(committed, Committed)
        site.committed(committed)


async def _helped(site: Site, person: Person, viewer: str) -> Ticket:
    """A viewer whom an agent answered, and whose matter is resolved."""
    console = await person.console()
    ticket = await site.hand_off(viewer, "怎么还不发货")
    for command in ({"action": "claim"}, {"action": "answer", "text": "今天就发"}):
        now = await stored(site, ticket)
        await console.do(ticket=ticket.id, version=now.version, **command)
    await settle(site, ticket, "今天就发", ReplyState.SENT)
    version = (await stored(site, ticket)).version
    await console.do("resolve", ticket=ticket.id, version=version, outcome="solved")
    return await stored(site, ticket)


async def test_a_viewers_one_is_the_supervisors_and_a_five_is_counted(
    site: Site,
    page: Page,
    open_page: OpenPage,
    axe: Callable[[Page], Awaitable[list[str]]],
) -> None:
    """The low score opens the matter before the supervisor's eyes; both stand by the agent's name."""
    mei = await site.log_in("小王")
    glad = await _helped(site, mei, "小鹿")
    sad = await _helped(site, mei, "大橙子")
    zhang, other = await asyncio.gather(open_page(), open_page())
    await asyncio.gather(
        _floor(page, site), log_in(zhang, site, "小张"), log_in(other, site, "小王")
    )
    await _score(site, glad, 5)
    await _score(site, sad, 1)
    row = page.locator(f"[data-ticket='{sad.id}']")
    await expect(row).to_contain_text("待接")
    await expect(row).to_contain_text("大橙子")
    await expect(page.locator(f"[data-ticket='{glad.id}']")).to_have_count(0)
    again = await stored(site, sad)
    assert (again.group, again.reason) == ("supervisor", "low_csat")
    await row.locator("[data-move=take_over]").click()
    await page.locator("dialog [data-send]").click()
    await expect(row).to_contain_text("李姐 · 处理中")
    await page.reload()
    figures = page.locator("[data-figures=小王]")
    await expect(figures).to_contain_text("3 分 · 2 人 · 低分 1")
    promises = page.locator("[data-pledges=demo]")
    await expect(promises.locator("[data-fate=in_time]")).to_have_text("2")
    await page.set_viewport_size({"width": 390, "height": 800})
    assert await axe(page) == []
