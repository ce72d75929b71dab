"""Canned replies over HTTP: filled for the ticket in hand, and as the merchant's files are now."""

from __future__ import annotations

from typing import Any

from tests.web.site import ROOM, Person, Site

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
