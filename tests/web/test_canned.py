"""Canned replies over HTTP: filled for the ticket in hand, and as the merchant's files are now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from streambot.testing import FakeOrders
from tests.web.site import ROOM, Person, Site
from tests.web.test_context import ORDER, OTHERS, shop

FILE = """\
replies:
  - {title: 登记, text: "{称呼}，编号{编号}，{客服}跟进", shortcut: dj}
  - {title: 发货时间, text: 48小时内发出}
  - {title: 价格, text: "现在{价格}"}
  - {title: 主管用, text: 我是主管, roles: [supervisor]}
"""


def write(site: Site, text: str) -> None:
    """Write the room's replies as an editor does."""
    folder = site.book.parent.parent / "replies"
    folder.mkdir(exist_ok=True)
    (folder / "own.yaml").write_text(text, encoding="utf-8")


async def replies(person: Person, ticket: str = "") -> dict[str, dict[str, Any]]:
    """What the person may pick from, by title."""
    async with person.get(f"/api/rooms/{ROOM}/replies?ticket={ticket}") as answer:
        assert answer.status == 200
        found = (await answer.json())["replies"]
    return {each["title"]: each for each in found}


async def test_replies_are_filled_for_the_ticket_and_scoped(site: Site) -> None:
    """Names and numbers stand in their blanks; what is missing is told; roles see their own."""
    write(site, FILE)
    await site.canned.look()
    ticket = await site.hand_off("小红", "怎么还不发货")
    agent, boss = await site.log_in("小王"), await site.log_in("李姐")
    mine = await replies(agent, ticket.id)
    said = mine["登记"]["texts"][0]
    assert said == {"text": f"小红，编号{ticket.no}，小王跟进", "missing": []}
    assert mine["价格"]["texts"][0] == {"text": "现在{价格}", "missing": ["价格"]}
    assert mine["发货时间"]["sounds"] == ["fa", "huo", "shi", "jian"]
    assert "主管用" not in mine and "主管用" in await replies(boss, ticket.id)


async def test_an_edited_file_is_in_force_and_a_broken_one_is_not(site: Site) -> None:
    """A change shows at once; with a mistake in it the last good version stays, and is told."""
    agent = await site.log_in("小王")
    write(site, FILE)
    await site.canned.look()
    assert "发货时间" in await replies(agent)
    write(site, FILE.replace("发货时间", "几号发货"))
    await site.canned.look()
    assert "几号发货" in await replies(agent)
    write(site, FILE.replace("title: 价格", "titel: 价格"))
    await site.canned.look()
    assert "几号发货" in await replies(agent)
    (problem,) = [each for each in site.canned.problems(ROOM) if each.is_error]
    assert problem.code == "E203" and problem.line == 4


async def test_the_book_suggests_answers_to_the_newest_lines(site: Site) -> None:
    """What the viewer asks now comes first, as it would be said; small talk suggests nothing."""
    agent = await site.log_in("小王")
    ticket = await site.hand_off("小红", "邮费多少呀")
    quiet = await site.hand_off("小明", "哈哈哈")
    await site.say("小红", "邮费多少呀")
    await site.say("小红", "几号发货呢")
    await site.say("小明", "哈哈哈")

    async def suggested(name: str) -> list[dict[str, Any]]:
        async with agent.get(f"/api/tickets/{name}/suggested") as answer:
            assert answer.status == 200
            found: list[dict[str, Any]] = (await answer.json())["suggested"]
            return found

    first, second = (await suggested(ticket.id))[:2]
    assert (first["entry"], first["text"]) == ("ship", "48小时内发出")
    assert first["sureness"] == "sure"
    assert second["entry"] == "fee"
    assert await suggested(quiet.id) == []


async def test_who_is_angry_or_wants_a_person_is_suggested_no_set_answer(
    site: Site,
) -> None:
    """Neither what the book tells whoever asks calmly, nor that a person will come."""
    site.book.write_text(
        site.book.read_text(encoding="utf-8")
        + "  - id: person\n    questions: [找真人客服, 转人工吧, 我要人工]\n"
        "    answer: 这就帮您转人工，请稍等\n    handoff: at_once\n",
        encoding="utf-8",
    )
    await site.reload()
    agent = await site.log_in("小王")
    angry = await site.hand_off("小红", "骗子！几号发货啊一直不发货")
    await site.say("小红", "骗子！几号发货啊一直不发货")
    asks = await site.hand_off("小明", "给我找真人客服")
    await site.say("小明", "给我找真人客服")
    for ticket in (angry, asks):
        async with agent.get(f"/api/tickets/{ticket.id}/suggested") as answer:
            assert (await answer.json())["suggested"] == []


async def test_an_answer_with_a_blank_left_never_leaves(site: Site) -> None:
    """The desk refuses it by name, nothing is owed, and the filled one goes; a note may keep it."""
    ticket = await site.hand_off("小红", "多少钱")
    console = await (await site.log_in("小王")).console()
    await console.frame("snapshot")
    done = await console.do("claim", ticket=ticket.id, version=ticket.version)
    version = done["ticket"]["version"]
    about = {"ticket": ticket.id, "version": version}
    for blank in ("{价格}", "{price}", "{ shop.qq }"):
        refused = await console.do("answer", **about, text=f"现在{blank}")
        assert (refused["type"], refused["code"]) == ("refused", "held")
        assert blank in refused["zh"] and blank in refused["en"]
    stored = await site.store.ticket(ticket.id)
    assert stored is not None and stored.in_flight == ()
    assert (await console.do("note", **about, note="问{价格}"))["type"] == "done"
    sent = await console.do("answer", **about, text="现在99元，{笑}")
    assert sent["type"] == "done" and len(sent["ticket"]["in_flight"]) == 1


async def test_how_an_order_stands_is_filled_in_and_masked(tmp_path: Path) -> None:
    """The viewer's own order by its last digits; who has none finds the blank still blank."""
    async with shop(tmp_path, FakeOrders(ORDER, OTHERS)) as site:
        write(site, FILE + '  - {title: 到哪了, text: "您的订单：{订单状态}"}\n')
        await site.canned.look()
        agent = await site.log_in("小王")
        mine = await site.hand_off("小鹿", "我的快递呢")
        other = await site.hand_off("没买过", "我的快递呢")
        (said,) = (await replies(agent, mine.id))["到哪了"]["texts"]
        assert "5821" in said["text"] and said["missing"] == []
        for secret in (ORDER.order_id, "林小鹿", "13812345678", "文一路"):
            assert secret not in said["text"]
        (said,) = (await replies(agent, other.id))["到哪了"]["texts"]
        assert said["missing"] == ["订单状态"]
