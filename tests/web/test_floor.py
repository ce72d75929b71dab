"""What the supervisor's page is told: broken rules, promises, the shift; and tickets given back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from streambot.application.desk_audit import alarm_of_starved
from streambot.domain.acclaim import Acclaim
from streambot.domain.audit import Act
from streambot.domain.reply import ReplyState
from streambot.domain.satisfaction import Rating
from streambot.domain.service_profile import Counts, ServiceProfile, ServiceRate
from streambot.domain.ticket import Ticket
from streambot.ports.audit import AuditFilter
from streambot.ports.store import DeskTransaction
from streambot.web import WebSettings
from tests.browser.scene import settle
from tests.web.site import Console, Person, Site, open_site


async def _read(person: Person, path: str) -> Any:
    async with person.get(path) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.json()


async def _claimed(site: Site, agent: Person, viewer: str = "大橙子") -> Console:
    console = await agent.console()
    ticket = await site.hand_off(viewer, "怎么还不发货")
    await console.do("claim", ticket=ticket.id, version=1)
    return console


async def test_a_broken_rule_is_a_warning_until_a_supervisor_has_seen_it(
    site: Site,
) -> None:
    """A confirmed promise and a late answer, each once, without a viewer's or an agent's words."""
    mei, boss = await site.log_in("小王"), await site.log_in("李姐")
    console = await _claimed(site, mei)
    ticket = await site.hand_off("小鹿", "这是假货吧")
    claimed = await console.do("claim", ticket=ticket.id, version=1)
    about = {"ticket": ticket.id, "version": claimed["ticket"]["version"]}
    text = "假一赔十，马上查"
    assert (await console.do("answer", **about, text=text))["type"] == "refused"
    assert (await _read(boss, "/api/floor/warnings"))["warnings"] == []
    await console.do("answer", **about, text=text, confirmed=["promise"])
    await site.clock.advance(timedelta(minutes=4))
    await site.desk.ring()
    found = (await _read(boss, "/api/floor/warnings"))["warnings"]
    assert [each["rule"] for each in found] == ["slow:first", "slow:first", "promise"]
    assert {each["agent"] for each in found} == {"小王"}
    assert found[-1]["ticket"] == ticket.id
    assert "赔" not in str(found)
    for _ in range(2):  # the second time says nothing new
        path = f"/api/floor/warnings/{found[-1]['id']}"
        async with boss.post(path, {}) as answer:
            left = (await answer.json())["warnings"]
        assert [each["rule"] for each in left] == ["slow:first", "slow:first"]
    (seen,) = await site.store.audited(AuditFilter(action=Act.WARNING_SEEN))
    assert (seen.deed.actor, seen.deed.object) == ("李姐", str(found[-1]["id"]))


async def test_a_ticket_everybody_gave_back_stands_out_on_the_floor(site: Site) -> None:
    """Given back by one it waits for the others; by all, the floor frame says so. (I13)"""
    mei, boss = await site.log_in("小王"), await site.log_in("李姐")
    consoles = [await mei.console(), await boss.console()]
    ticket = await site.hand_off("大橙子", "怎么还不发货")
    version = 1
    for console in consoles:
        assert not any(one.starved for one in site.desk.floor().waiting)
        for command in ("claim", "release"):
            about = {"ticket": ticket.id, "version": version, "note": "接不了"}
            done = await console.do(command, **about)
            version = done["ticket"]["version"]
        await site.clock.advance(timedelta(seconds=1))
    while not (waiting := (await consoles[1].floor())["waiting"]):
        pass
    assert waiting == [
        {"ticket": ticket.id, "why": "2 tried", "counts": {"tried": 2}, "starved": True}
    ]


async def test_a_starved_ticket_is_a_warning_of_the_desk(site: Site) -> None:
    """Asked again of who gave it back: a row of nobody's, there until it is seen."""
    boss = await site.log_in("李姐")
    ticket = await site.hand_off("大橙子", "怎么还不发货")
    now = site.clock.now()
    await site.store.transact(lambda tx: alarm_of_starved(tx, ticket, now))
    (row,) = (await _read(boss, "/api/floor/warnings"))["warnings"]
    about = {key: row[key] for key in ("agent", "rule", "ticket", "no", "room")}
    assert about == {
        "agent": "desk",
        "rule": "starved",
        "ticket": ticket.id,
        "no": 1,
        "room": "demo",
    }
    async with boss.post(f"/api/floor/warnings/{row['id']}", {}) as answer:
        assert (await answer.json())["warnings"] == []


async def test_promises_are_counted_from_an_instant(site: Site) -> None:
    """Kept and broken by kind; what ended before isn't counted, and nonsense is refused."""
    mei, boss = await site.log_in("小王"), await site.log_in("李姐")
    await _claimed(site, mei)
    await site.clock.advance(timedelta(minutes=4))
    await site.desk.ring()
    told = await _read(boss, "/api/floor/promises")
    kinds = {each["kind"]: each for each in told["promises"]}
    assert kinds["claim"] == {"kind": "claim", "met": 1, "breached": 0}
    assert kinds["first"] == {"kind": "first", "met": 0, "breached": 1}
    fates = ["in_time", "late", "told", "unreachable", "unanswered", "withdrawn"]
    (room,) = told["rooms"]
    assert room == {"room": "demo", "promised": 1, "open": 1} | dict.fromkeys(fates, 0)
    assert told["unreachable"] == []
    now = site.clock.now().isoformat().replace("+00:00", "Z")
    later = await _read(boss, f"/api/floor/promises?since={now}")
    assert later["promises"] == []
    for nonsense in ("gestern", "2026-01-01", "2026-01-01T00:00:00"):
        async with boss.get(f"/api/floor/promises?since={nonsense}") as answer:
            assert answer.status == 400


async def test_each_agents_work_is_counted(site: Site) -> None:
    """Tickets, first replies from the handoff, scores and praise, by who did the work."""
    mei, boss = await site.log_in("小王"), await site.log_in("李姐")
    console = await mei.console()
    for viewer, seconds, score in (("甲", 10, 5), ("乙", 20, 2), ("丙", 90, None)):
        ticket = await site.hand_off(viewer, "怎么还不发货")
        done = await console.do("claim", ticket=ticket.id, version=1)
        version = done["ticket"]["version"]
        await console.do("answer", ticket=ticket.id, version=version, text="今天发")
        await site.clock.advance(timedelta(seconds=seconds))
        await settle(site, ticket, "今天发", ReplyState.SENT)
        if score is not None:
            await site.store.transact(_praise_and_score(site, ticket, score))
    (found,) = (await _read(boss, "/api/floor/agents"))["agents"]
    assert found == {
        "agent": "小王",
        "tickets": 3,
        "first_p50": 20.0,
        "first_p90": 90.0,
        "asked": 2,
        "rated": 2,
        "low": 1,
        "mean": 3.5,
        "praise": 2,
    }


def _praise_and_score(
    site: Site, ticket: Ticket, score: int
) -> Callable[[DeskTransaction], None]:
    now = site.clock.now()
    asked = Rating(
        ticket=ticket.id,
        episode=0,
        room=ticket.room,
        viewer=ticket.viewer.key,
        agent="小王",
        asked_at=now,
        score=score,
        rated_at=now,
    )
    praise = Acclaim(
        room=ticket.room,
        event_id=ticket.trigger,
        viewer=ticket.viewer.key,
        ticket=ticket.id,
        agent="小王",
        at=now,
        text="客服态度真好",
    )

    def work(tx: DeskTransaction) -> None:
        tx.put_rating(asked)
        for _ in range(2):  # the same line twice is one
            tx.put_acclaim(praise)

    return work


async def test_the_shift_stands_beside_the_platforms_rules(tmp_path: Path) -> None:
    """By the clocks as stored; without a profile nothing is claimed."""
    rate = ServiceRate(name="3分钟", of=Counts.EVERY, within=timedelta(minutes=3))
    rules = ServiceProfile(
        name="own", title="本店", source="后台", noted=date(2020, 1, 1), rates=(rate,)
    )
    settings = WebSettings(profile=rules)
    async with open_site(tmp_path / "data", settings=settings) as site:
        mei, boss = await site.log_in("小王"), await site.log_in("李姐")
        console = await mei.console()
        ticket = await site.hand_off("甲", "怎么还不发货")
        claimed = await console.do("claim", ticket=ticket.id, version=1)
        version = claimed["ticket"]["version"]
        await console.do("answer", ticket=ticket.id, version=version, text="今天发")
        await settle(site, ticket, "今天发", ReplyState.SENT)
        await site.hand_off("乙", "怎么还不发货")
        await site.clock.advance(timedelta(seconds=200))
        await site.desk.ring()
        told = await _read(boss, "/api/floor/profile")
        assert told["profile"]["source"] == "后台" and told["old"]
        (found,) = told["rates"]
        assert (found["counted"], found["kept"], found["rate"]) == (2, 1, 0.5)


async def test_a_whole_agent_is_given_back_in_one_commit(site: Site) -> None:
    """Both tickets are the queue's with their reason; an agent may not, and each is audited."""
    mei, boss = await site.log_in("小王"), await site.log_in("李姐")
    await _claimed(site, mei)
    await _claimed(site, mei, "小鹿")
    asked = {"ref": "once", "note": "断网了"}
    async with mei.post("/api/agents/小王/requeue", asked) as answer:
        assert answer.status == 403
    async with boss.post("/api/agents/小王/requeue", {**asked, "note": ""}) as answer:
        assert answer.status == 409
    async with boss.post("/api/agents/小王/requeue", asked) as answer:
        assert await answer.json() == {"requeued": 2}
    _, tickets = await site.store.snapshot()
    assert {each.owner for each in tickets} == {None}
    rows = await site.store.audited(AuditFilter(action=Act.REQUEUE))
    assert [row.deed.reason for row in rows] == ["断网了"] * 2


async def test_leaving_and_teaching_are_audited(site: Site) -> None:
    """A logout, a look, and a phrasing that a supervisor put straight into the book."""
    boss = await site.log_in("李姐")
    ticket = await site.hand_off("大橙子", "怎么还不发货")
    async with boss.post(f"/api/tickets/{ticket.id}/look", {}) as answer:
        assert answer.status == 200
    body = {"text": "啥时候给发", "entry": "ship"}
    async with boss.post("/api/rooms/demo/phrasings/preview", body) as answer:
        seen = (await answer.json())["seen"]
    async with boss.post("/api/rooms/demo/phrasings", {**body, "seen": seen}) as answer:
        assert answer.status == 200, await answer.text()
    async with boss.post("/api/logout") as answer:
        assert answer.status == 200
    rows = await site.store.audited(AuditFilter(actor="李姐"))
    acts = [row.deed.action for row in rows if row.deed.action is not Act.LOGIN]
    assert acts == [Act.LOGOUT, Act.PHRASING_TAUGHT, Act.LOOKED]
