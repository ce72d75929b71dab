"""Scene: a console in the middle of a busy broadcast, and people who log in to it by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from playwright.async_api import Page, expect

from streambot.application import handoffs
from streambot.application.room_view import SeenLine, Trouble
from streambot.domain.evidence import Evidence
from streambot.domain.product import Product, ProductId
from streambot.domain.reply import LineId, LineOut, OutId, ReplyKind, ReplyState
from streambot.domain.ticket import Reason, Ticket
from streambot.ports.store import DeskTransaction
from tests.web.simple_rooms import ROOM
from tests.web.site import PASSWORD, Site

ANGRY = "都三天了还不发货，你们是骗子吗？我要投诉"
SAME = ("这款120斤穿什么码", "120斤应该穿几码呀", "我120斤，选哪个码合适")
_TALK = (
    ("橘子汽水", "主播今天的卫衣有灰色吗", "answer", None),
    ("阿May", "666", "ignore", "chatter"),
    ("小鹿", "这款120斤穿什么码", "handoff", "unmatched"),
    ("momo", "订单尾号4821到哪了", "order", None),
    ("大橙子", "都三天了还不发货，你们是骗子吗？我要投诉", "handoff", "angry"),
    ("晚风", "运费险有吗", "answer", None),
    ("路过的鱼", "哈哈哈哈", "ignore", "chatter"),
)
_SAID = (
    "@橘子汽水 有的，灰色在3号链接，S到XL都有现货～",
    "欢迎 小鹿、momo、晚风 等12位朋友来到直播间",
    "@momo 您的订单已发出，预计明天送达",
    "@晚风 有运费险的，收到不合适可以退",
)


async def log_in(page: Page, site: Site, name: str) -> Page:
    """Log *name* in through the form, up to a live console."""
    await page.goto(f"{site.url}/login")
    await page.locator("#login[data-ready]").wait_for()
    await page.fill("#name", name)
    await page.fill("#password", PASSWORD)
    await page.press("#password", "Enter")
    await page.locator(".top .link.live").wait_for()
    return page


async def by_palette(page: Page, words: str, shown: str = "") -> None:
    """Ctrl+K, *words*, Enter: what is found alone, named *shown*."""
    await page.keyboard.press("Control+KeyK")
    await expect(page.locator("#palette-words")).to_be_focused()
    await page.keyboard.insert_text(words)
    await expect(page.locator("#palette-list li")).to_have_count(1)
    await expect(page.locator("#palette-list li")).to_contain_text(shown)
    await page.keyboard.press("Enter")


def span_of(line: str, words: str, rule: str) -> Evidence:
    """Evidence that *rule* found *words* in *line*."""
    start = line.index(words)
    return Evidence(rule=rule, start=start, end=start + len(words), text=words)


async def angry(site: Site, ago: timedelta = timedelta(seconds=8)) -> Ticket:
    """An angry viewer's handoff, a while ago."""
    return await site.hand_off(
        "大橙子",
        ANGRY,
        reason=Reason.ANGRY,
        priority=1,
        evidence=[
            span_of(ANGRY, "骗子", "mood:abuse"),
            span_of(ANGRY, "我要投诉", "mood:demand"),
        ],
        at=site.clock.now() - ago,
    )


async def same_question(site: Site) -> list[Ticket]:
    """Three viewers who ask the same."""
    now = site.clock.now()
    return [
        await site.hand_off(
            viewer, text, key="size-120", at=now - timedelta(seconds=95 - 9 * at)
        )
        for at, (viewer, text) in enumerate(
            zip(("小鹿", "Kiki", "阿May"), SAME, strict=True)
        )
    ]


async def busy(site: Site) -> None:
    """Tickets in every state, a lively room, a trouble and lines to say."""
    await angry(site, timedelta(seconds=34))
    await same_question(site)
    now = site.clock.now()
    mine = await site.hand_off(
        "momo",
        "我上周买的那件能换个颜色吗",
        reason=Reason.ORDER_CHANGE,
        at=now - timedelta(minutes=2),
    )
    other = await site.hand_off(
        "晚风",
        "零食里有花生吗，我过敏",
        reason=Reason.SAFETY_WORD,
        priority=0,
        at=now - timedelta(minutes=3),
    )
    done = await site.hand_off(
        "路人甲",
        "人工客服在吗",
        reason=Reason.ASKED_HUMAN,
        at=now - timedelta(minutes=6),
    )
    await _work(site, mine, other, done)
    await _holding_said(site)
    _fill_room(site, now)


async def _holding_said(site: Site) -> None:
    """The room took what every viewer was told while they wait."""
    _, tickets = await site.store.snapshot()
    for ticket in tickets:
        line = LineOut(
            line_id=LineId(f"holding-{ticket.no}"),
            kind=ReplyKind.HOLDING,
            text="",
            covers=(OutId(f"holding:{ticket.id}:0"),),
            made_at=site.clock.now(),
        )
        assert await site.store.line_sending(line, ROOM)
        at = site.clock.now()
        await site.store.line_settled(line, ROOM, ReplyState.SENT, at)


async def _work(site: Site, mine: Ticket, other: Ticket, done: Ticket) -> None:
    xiaowang = await site.log_in("小王")
    console = await xiaowang.console()
    await console.frame("snapshot")
    for ticket, actions in (
        (
            mine,
            ({"action": "claim"}, {"action": "note", "note": "已问仓库，还有雾蓝色"}),
        ),
        (done, ({"action": "claim"}, {"action": "resolve", "outcome": "solved"})),
    ):
        version = 1
        for fields in actions:
            frame = await console.do(ticket=ticket.id, version=version, **fields)
            version = frame["ticket"]["version"]
    xiaozhang = await site.log_in("小张")
    theirs = await xiaozhang.console()
    await theirs.frame("snapshot")
    await theirs.do("claim", ticket=other.id, version=1)


def _fill_room(site: Site, now: datetime) -> None:
    view = site.view
    view.link, view.private, view.book_entries = "connected", True, 42
    view.products = (
        Product(id=ProductId("tee"), name="云感T恤", link=1),
        Product(id=ProductId("hoodie"), name="连帽卫衣", link=3),
    )
    view.show_product(ProductId("hoodie"))
    view.counters.update(
        viewers=1283,
        arrivals=412,
        lines=958,
        decided_answer=131,
        decided_order=17,
        decided_handoff=9,
        unanswered=6,
        welcomed_named=288,
        welcomed_counted=119,
        welcomed_missed=0,
        lateness_p50=1.6,
        lateness_p99=4.3,
    )
    for at, (name, text, decision, reason) in enumerate(_TALK * 3):
        seen = now - timedelta(seconds=60 - 2.5 * at)
        view.add(
            SeenLine(
                id=f"talk{at}",
                at=seen,
                kind="viewer",
                name=name,
                text=text,
                viewer=f"k-{name}",
                decision=decision,
                reason=reason,
            )
        )
        if at % 3 == 0:
            view.add(
                SeenLine(
                    id=f"said{at}",
                    at=seen + timedelta(seconds=1),
                    kind="out",
                    name="",
                    text=_SAID[at // 3 % len(_SAID)],
                    decision="sent",
                )
            )
    view.trouble(
        Trouble(
            code="book",
            zh="问答本有 1 处错误，仍用上一个好的版本。faq/尺码.yaml:12：缺少 answers。",
            en="1 error in the FAQ book, the last good version stays in force. "
            "faq/尺码.yaml:12: answers is missing.",
        )
    )
    site.prompter_line("@橘子汽水 灰色在3号链接，S到XL都有现货～")
    site.prompter_line("欢迎 小鹿、momo 等12位朋友，今晚满99减20哦")


async def stored(site: Site, ticket: Ticket) -> Ticket:
    """The ticket as it stands."""
    found = await site.store.ticket(ticket.id)
    assert found is not None
    return found


async def settle(site: Site, ticket: Ticket, text: str, state: ReplyState) -> None:
    """Let the room say what became of an answer."""
    now = await stored(site, ticket)
    line = LineOut(
        line_id=LineId(f"line-{now.in_flight[0]}"),
        kind=ReplyKind.AGENT,
        text=text,
        covers=now.in_flight,
        made_at=site.clock.now(),
        ticket=now.id,
        epoch=now.epoch,
    )
    at = site.clock.now()
    policy = site.desk.policy

    def tell(tx: DeskTransaction) -> None:
        if state is ReplyState.SENT:
            handoffs.line_accepted(tx, line, at, policy=policy)
        else:
            handoffs.line_failed(tx, line, state, at, policy=policy)

    assert await site.store.line_sending(line, ROOM)
    committed = await site.store.line_settled(line, ROOM, state, at, tell)
    site.committed(committed)
