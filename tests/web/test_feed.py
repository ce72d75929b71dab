"""The feed over real sockets: tickets used once, rights as they change, who looks, and nothing lost."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streambot.application.feed import BEAT
from streambot.application.looking import TYPING_LASTS
from streambot.domain.agent import AgentName, Role
from streambot.domain.room import RoomMode
from streambot.web.feed import LOGGED_OUT, TOO_SLOW
from streambot.web.feed_door import OFFERED_AS, PROTOCOL
from streambot.web.feed_tickets import LASTS
from streambot.web.keys import SOCKETS
from streambot.web.settings import WebSettings
from tests.web.simple_rooms import ROOM
from tests.web.site import Console, Person, Site, open_site


async def _ticket(person: Person) -> str:
    async with person.post("/api/feed-ticket") as answer:
        assert answer.status == 200
        ticket: str = (await answer.json())["ticket"]
    return ticket


async def _handshake(person: Person, ticket: str | None) -> int | str:
    """The status a handshake gets; the subprotocol when it is let in."""
    protocols = (PROTOCOL,) if ticket is None else (PROTOCOL, OFFERED_AS + ticket)
    url = person.site.url
    try:
        async with person.http.ws_connect(
            f"{url}/api/feed", origin=url, protocols=protocols
        ) as socket:
            return str(socket.protocol)
    except aiohttp.WSServerHandshakeError as refused:
        return refused.status


async def test_a_feed_ticket_opens_one_socket(site: Site) -> None:
    """Named flaw: a token in the parameters that never expires. Ours works once, soon, for its login."""
    wang, zhang = await site.log_in("小王"), await site.log_in("小张")
    ticket = await _ticket(wang)
    assert await _handshake(wang, ticket) == PROTOCOL
    assert await _handshake(wang, ticket) == 403  # used
    assert await _handshake(zhang, await _ticket(wang)) == 403  # another's
    late = await _ticket(wang)
    site.clock.jump(LASTS)
    assert await _handshake(wang, late) == 403
    early = await _ticket(wang)
    site.clock.jump(-timedelta(hours=1))
    assert await _handshake(wang, early) == 403  # the clock was set back
    assert await _handshake(wang, "x" * 43) == 403
    assert await _handshake(wang, None) == PROTOCOL  # a program with a cookie


async def test_a_shop_can_ask_every_socket_for_a_ticket(tmp_path: Path) -> None:
    """With the setting a cookie alone opens nothing."""
    required = WebSettings(feed_ticket_required=True)
    async with open_site(tmp_path / "data", settings=required) as site:
        wang = await site.log_in("小王")
        assert await _handshake(wang, None) == 403
        assert await _handshake(wang, await _ticket(wang)) == PROTOCOL


async def test_what_a_role_may_not_see_never_reaches_it(site: Site) -> None:
    """An operator hears of modes without one word of tickets or chat, and without a hole."""
    before = await site.hand_off("阿杰", "电话是多少")
    operator = await (await site.log_in("小运")).console()
    assert (await operator.frame("snapshot"))["tickets"] == []
    site.viewer_line("大橙子", "悄悄话")
    await site.hand_off("小雨", "悄悄话")
    await site.rooms.set_mode(ROOM, RoomMode.SILENT, "李姐")
    await operator.until(site.feed.head)
    for _ in range(3):
        await site.clock.advance(BEAT)
    await operator.frame("beat")
    items = [each for frame in operator.frames for each in frame.get("items", ())]
    assert [each["kind"] for each in items] == ["mode"]
    assert operator.states[-1]["lines"] == []
    assert not any(frame["type"] == "floor" for frame in operator.frames)
    assert all(word not in str(operator.frames) for word in ("悄悄话", before.text))
    merchant = await site.log_in("小商")
    assert await _handshake(merchant, None) == 403


async def test_a_role_that_changes_holds_from_the_next_item(site: Site) -> None:
    """Named flaw: rights looked at only when a client subscribes."""
    console = await (await site.log_in("小张")).console()
    await console.frame("snapshot")
    (client,) = site.feed._clients
    client.agent = replace(client.agent, role=Role.OPERATOR)
    await site.hand_off("小雨", "悄悄话")
    await console.until(site.feed.head)
    assert console.tickets == {}


async def test_a_kick_closes_every_console_of_somebody_at_once(site: Site) -> None:
    """Whose account is switched off hears nothing that is committed behind it."""
    consoles = [await (await site.log_in("小王")).console() for _ in range(2)]
    other = await (await site.log_in("小张")).console()
    for console in (*consoles, other):
        await console.frame("snapshot")
    site.app[SOCKETS].kick(AgentName("小王"), LOGGED_OUT)
    await site.hand_off("小雨", "悄悄话")
    for console in consoles:
        assert await console.close_code() == LOGGED_OUT
        assert console.tickets == {}
    await other.until(site.feed.head)
    assert other.tickets


async def test_who_looks_and_who_types(site: Site) -> None:
    """Looking ends with the socket, typing 10 s after the last word; nothing of it is an entry."""
    ticket = await site.hand_off("阿杰", "在吗")
    wang = await (await site.log_in("小王")).console()
    zhang = await (await site.log_in("小张")).console()
    head = (await zhang.frame("snapshot"))["seq"]
    await wang.tell({"type": "at", "v": 1, "ticket": ticket.id, "typing": True})
    await wang.be("ready")
    seen = {"ticket": ticket.id, "agent": "小王", "typing": True}
    await _until_looking(zhang, [seen])
    site.clock.jump(TYPING_LASTS)
    await _until_looking(zhang, [seen | {"typing": False}])
    await wang.socket.close()
    await _until_looking(zhang, [])
    assert site.feed.head == head


async def _until_looking(console: Console, looking: list[dict[str, object]]) -> None:
    """Floors that were on their way when something changed still tell of before."""
    while (await console.floor())["looking"] != looking:
        await asyncio.sleep(0)


async def test_a_slow_console_is_closed_and_loses_nothing(tmp_path: Path) -> None:
    """Named flaw: frames dropped in silence when the buffer is full. Ours closes with 4008.

    Named flaw: a frame dropped in silence when a console is slow.
    """
    async with open_site(tmp_path / "data", queue_limit=5) as site:
        person = await site.log_in("小王")
        console = await person.console()
        await console.frame("snapshot")
        tickets = [await site.hand_off(f"v{n}", "在吗") for n in range(3)]
        await console.until(site.feed.head)
        stands, known = console.seq, dict(console.tickets)
        # Committed together, told together: more than may wait for one console.
        tickets += await asyncio.gather(
            *(site.hand_off(f"w{n}", "在吗") for n in range(20))
        )
        assert await console.close_code() == TOO_SLOW
        back = await person.console(last_seq=stands, tickets=known)
        await back.until(site.feed.head)
        assert back.tickets.keys() == {each.id for each in tickets}


async def test_a_lost_frame_shows_within_a_beat(site: Site) -> None:
    """Named flaw: presence that is as long as a ping. Each 5 s a beat says where the feed stands.

    Named flaw: a lost frame nobody notices.
    """
    console = await (await site.log_in("小王")).console()
    await console.frame("snapshot")
    await site.hand_off("阿杰", "在吗")
    await site.clock.advance(timedelta(seconds=5))
    assert (await console.frame("beat"))["head_seq"] == site.feed.head == console.seq
    assert WebSettings().silent_console >= 4 * BEAT


async def _act(site: Site, console: Console, step: tuple[str, int]) -> None:
    """One thing that happens; whatever makes no sense is refused, which is fine."""
    kind, which = step
    if kind == "call":
        await site.hand_off(f"v{which}", f"问题{which}")
    elif kind == "close":
        site.clock.jump(timedelta(minutes=11))
        await site.desk.ring()
    elif console.tickets:
        ticket = sorted(console.tickets.values(), key=lambda each: each["no"])
        one: dict[str, Any] = ticket[which % len(ticket)]
        more = {"release": {"note": "换人"}, "note": {"note": "记"}}.get(kind, {})
        await console.do(kind, ticket=one["id"], version=one["version"], **more)


_STEPS = st.tuples(
    st.sampled_from(["call", "call", "claim", "release", "note", "resolve", "close"]),
    st.integers(0, 4),
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(_STEPS, min_size=4, max_size=14), st.integers(0, 14), st.booleans())
async def test_entries_on_an_old_snapshot_equal_a_new_one(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, int]],
    cut_at: int,
    cold: bool,
) -> None:
    """I9: whatever happens, entries bring an old snapshot to the new one, also over a cut link
    and whether the missed ones are held ready or read from the store.
    """
    async with open_site(tmp_path_factory.mktemp("feed")) as site:
        person, worker = await site.log_in("小王"), await site.log_in("小张")
        watching, working = await person.console(), await worker.console()
        await watching.frame("snapshot")
        await working.frame("snapshot")
        for number, step in enumerate(steps):
            await _act(site, working, step)
            await working.until(site.feed.head)
            if number == cut_at:
                await watching.socket.close()
        if watching.socket.closed:
            if cold:
                site.feed._recent.clear()
            watching = await person.console(
                watching.seq or None, tickets=watching.tickets
            )
        await watching.until(site.feed.head)
        fresh = await person.console()
        snapshot = await fresh.frame("snapshot")
        assert snapshot["seq"] == site.feed.head
        stored = [each.id for each in (await site.store.snapshot())[1]]
        assert sorted(fresh.tickets) == sorted(stored)
        assert watching.tickets == working.tickets == fresh.tickets


async def test_nothing_is_lost_under_writers_and_cut_links(site: Site) -> None:
    """Named flaw: reconnecting without catching up. Links break while others write; all is heard."""
    person = await site.log_in("小王")
    console = await person.console()
    await console.frame("snapshot")
    for batch in range(6):
        work = [site.hand_off(f"{batch}-{n}", "在吗") for n in range(10)]
        writing = asyncio.gather(*work)
        await console.frame("entries")
        await console.socket.close()
        console = await person.console(console.seq, tickets=console.tickets)
        await writing
        await console.until(site.feed.head)
    assert len(console.tickets) == 60


async def test_who_only_watches_is_not_at_the_desk(site: Site) -> None:
    """Named flaw: a supervisor's overview that counts as a person who takes tickets."""
    boss = await site.log_in("李姐")
    watching = await boss.console(watch=True)
    await watching.frame("snapshot")
    assert not site.desk.present
    assert not site.desk.attended
    ticket = await site.hand_off("阿杰", "在吗")
    await watching.until(site.feed.head)  # it hears as any other
    assert ticket.id in watching.tickets
    at_the_desk = await boss.console()
    await at_the_desk.frame("snapshot")
    assert site.desk.present == ("李姐",)
    assert site.desk.attended
    await watching.socket.close()
    assert site.desk.present == ("李姐",)
