"""A whisper reaches the ticket's owner and supervisors, and nobody else by any way."""

from __future__ import annotations

from typing import Any

from tests.web.site import Console, Site

WORDS = "先道歉，再补一张券"


def _heard(console: Console) -> list[str]:
    """Texts of the whispers that reached this socket."""
    items = [
        item
        for frame in console.frames
        if frame["type"] == "entries"
        for item in frame["items"]
    ]
    changes = [item["data"].get("change") or {} for item in items]
    return [each["text"] for each in changes if each.get("event") == "whisper"]


async def _journal(site: Site, who: str, ticket: str) -> list[dict[str, Any]]:
    person = await site.log_in(who)
    async with person.get(f"/api/tickets/{ticket}/history") as answer:
        assert answer.status == 200
        found: list[dict[str, Any]] = (await answer.json())["journal"]
    return found


async def test_only_the_owner_and_supervisors_hear_a_whisper(site: Site) -> None:
    """Live, on resume and in the history; the others' feed has no hole and the room no word."""
    people = {who: await site.log_in(who) for who in ("小王", "小张", "李姐", "小检")}
    consoles = {who: await person.console() for who, person in people.items()}
    for console in consoles.values():
        await console.frame("snapshot")
    ticket = await site.hand_off("大橙子", "怎么还不发货")
    await consoles["小王"].do("claim", ticket=ticket.id, version=1)
    before = site.feed.head
    owed = len(await site.store.replies_to(ticket.room, ticket.viewer.key))
    done = await consoles["李姐"].do("whisper", ticket=ticket.id, version=1, note=WORDS)
    assert done["type"] == "done"
    await consoles["小王"].do("note", ticket=ticket.id, version=3, note="在看")
    for who, hears in (("小王", 1), ("李姐", 1), ("小张", 0), ("小检", 0)):
        await consoles[who].until(site.feed.head)
        assert _heard(consoles[who]) == [WORDS] * hears, who
        again = await people[who].console(before)
        await again.until(site.feed.head)
        assert _heard(again) == [WORDS] * hears, who
        journal = await _journal(site, who, ticket.id)
        told = [each["text"] for each in journal if each["event"] == "whisper"]
        assert told == [WORDS] * hears, who
    assert len(await site.store.replies_to(ticket.room, ticket.viewer.key)) == owed


async def test_a_whisper_is_a_supervisors_and_goes_on_with_the_ticket(
    site: Site,
) -> None:
    """An agent may not; it needs words; whoever has the ticket next reads it, the last one not."""
    mei, zhang = await site.log_in("小王"), await site.log_in("小张")
    boss = await (await site.log_in("李姐")).console()
    ticket = await site.hand_off("大橙子", "怎么还不发货")
    first = await mei.console()
    await first.do("claim", ticket=ticket.id, version=1)
    refused = await first.do("whisper", ticket=ticket.id, version=2, note="我自己")
    assert refused["code"] == "forbidden"
    empty = await boss.do("whisper", ticket=ticket.id, version=2, note=" ")
    assert empty["code"] == "held"
    await boss.do("whisper", ticket=ticket.id, version=2, note=WORDS)
    await first.do("release", ticket=ticket.id, version=3, note="下班")
    second = await zhang.console()
    await second.do("claim", ticket=ticket.id, version=4)
    for who, hears in (("小王", False), ("小张", True)):
        journal = await _journal(site, who, ticket.id)
        assert any(each["event"] == "whisper" for each in journal) is hears, who
