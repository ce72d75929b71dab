"""Logging in and out, and what requests without a login, a token or the right origin get."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import aiohttp
import pytest
from argon2 import PasswordHasher

from streambot.domain.agent import AgentName
from streambot.ports.accounts import AccountChange
from streambot.web.keys import AUTH, KEEPER
from streambot.web.problems import Refused
from tests.web.simple_rooms import ROOM
from tests.web.site import PASSWORD, Person, Site


def nobody(site: Site) -> Person:
    """Somebody without a login."""
    return Person(site, "", site.http)


async def test_login_right(site: Site) -> None:
    """The right password gives a cookie no script can read, sent to no other site."""
    person = nobody(site)
    async with person.post(
        "/api/login", {"name": "小王", "password": PASSWORD}
    ) as answer:
        assert answer.status == 200
        assert (await answer.json()).keys() == {"csrf", "start"}
        cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


async def test_login_wrong(site: Site) -> None:
    """A wrong password and an unknown name get the same sentence."""
    person = nobody(site)
    told = []
    for name in ("小王", "不存在"):
        async with person.post("/api/login", {"name": name, "password": "x"}) as answer:
            assert answer.status == 401
            told.append(await answer.json())
    assert told[0] == told[1]
    assert told[0].keys() == {"code", "zh", "en"}


async def test_login_throttled(site: Site) -> None:
    """After five wrong passwords even the right one waits; after a minute it works again."""
    person = nobody(site)
    for _ in range(5):
        async with person.post("/api/login", {"name": "小王", "password": "x"}):
            pass
    right = {"name": "小王", "password": PASSWORD}
    async with person.post("/api/login", right) as answer:
        assert answer.status == 429
        assert int(answer.headers["Retry-After"]) > 0
    async with person.post("/api/login", right | {"name": "小张"}) as answer:
        assert answer.status == 200
    site.clock.jump(timedelta(seconds=61))
    async with person.post("/api/login", right) as answer:
        assert answer.status == 200


async def test_login_disabled(site: Site) -> None:
    """A disabled account can't log in, and its sessions end at once."""
    person = await site.log_in("小王")
    console = await person.console()
    await console.frame("snapshot")
    await site.app[KEEPER].disable("root", AgentName("小王"))
    assert await console.close_code() == 4001
    async with person.get("/") as answer:
        assert answer.status == 303
    async with person.get("/login") as answer:
        assert "停用" in await answer.text()
    async with person.post(
        "/api/login", {"name": "小王", "password": PASSWORD}
    ) as answer:
        assert answer.status == 401


async def test_login_once(site: Site) -> None:
    """The printed link logs in as supervisor, once."""
    path = await site.once()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        person = Person(site, "主管", http)
        async with person.get(path) as answer:
            assert answer.status == 303
        async with person.get("/") as answer:
            assert answer.status == 200
            assert "主管" in await answer.text()
    async with nobody(site).get(path) as answer:
        assert answer.status == 401
        assert "Set-Cookie" not in answer.headers


async def test_login_once_late(site: Site) -> None:
    """A link that is late is worth nothing."""
    path = await site.once()
    site.clock.jump(timedelta(hours=2))
    async with nobody(site).get(path) as answer:
        assert answer.status == 401


async def test_logout(site: Site) -> None:
    """Logging out ends the session and closes its consoles."""
    person = await site.log_in("小王")
    console = await person.console()
    await console.frame("snapshot")
    async with person.post("/api/logout") as answer:
        assert answer.status == 200
    assert await console.close_code() == 4001
    async with person.get("/") as answer:
        assert answer.status == 303


async def test_csrf(site: Site) -> None:
    """A change without this login's token is refused."""
    person = await site.log_in("李姐")
    for token in ("", "x", "é"):
        async with person.post(
            f"/api/rooms/{ROOM}/mode", {"mode": "silent"}, csrf=token
        ) as answer:
            assert answer.status == 403
            assert (await answer.json())["code"] == "wrong_csrf"
    assert site.view.mode == "answering"


async def test_origin(site: Site) -> None:
    """Another site's pages can neither change anything nor open the feed."""
    person = await site.log_in("李姐")
    async with person.post("/api/logout", origin="https://evil.example") as answer:
        assert answer.status == 403
    for origin in ("https://evil.example", "null"):
        async with person.get("/api/feed", headers={"Origin": origin}) as answer:
            assert answer.status == 403
    async with person.get("/api/feed") as answer:
        assert answer.status == 403


async def test_bodies(site: Site) -> None:
    """Broken, wrong, deep and huge bodies each get one sentence, never a crash."""
    person = await site.log_in("李姐")
    path = site.url + f"/api/rooms/{ROOM}/mode"
    headers = {"X-CSRF-Token": person.csrf}
    for body, status in (
        (b"", 400),
        (b"\xff", 400),
        (b'{"mode":"loud"}', 400),
        (b'{"mode":1}', 400),
        (b"[" * 50_000, 400),
        (b'"' + b"x" * 100_000 + b'"', 413),
    ):
        async with person.http.post(path, data=body, headers=headers) as answer:
            assert answer.status == status
            assert (await answer.json()).keys() == {"code", "zh", "en"}


async def test_a_stranger_locks_nobody_out(site: Site) -> None:
    """However often a name is tried from elsewhere, who logged in from here before gets in."""
    auth = site.app[AUTH]
    await auth.log_in("小王", PASSWORD, "10.0.0.1")
    for at in range(60):
        with pytest.raises(Refused):
            await auth.log_in("小王", "x", f"10.1.0.{at}")
    with pytest.raises(Refused) as refused:
        await auth.log_in("小王", PASSWORD, "10.2.0.1")
    assert refused.value.problem.code == "too_often"
    assert (await auth.log_in("小王", PASSWORD, "10.0.0.1")).token


async def test_waits_grow_and_end(site: Site) -> None:
    """Who goes on guessing waits longer each time, and never longer than a quarter of an hour."""
    auth, waits = site.app[AUTH], []
    for _ in range(8):
        for _ in range(5):
            with pytest.raises(Refused):
                await auth.log_in("小王", "x", "10.0.0.9")
        with pytest.raises(Refused) as refused:
            await auth.log_in("小王", PASSWORD, "10.0.0.9")
        waits.append(refused.value.problem.retry_after or 0)
        site.clock.jump(timedelta(seconds=waits[-1]))
    assert waits == sorted(waits) and waits[1] > waits[0] and waits[-1] <= 15 * 60 + 1
    assert (await auth.log_in("小王", PASSWORD, "10.0.0.9")).token


async def test_a_weaker_hash_is_renewed(site: Site) -> None:
    """A right login hashes the password anew when the parameters are no longer today's."""
    name = AgentName("小王")
    hasher = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    old = await asyncio.to_thread(hasher.hash, PASSWORD)
    change = AccountChange(name=name, at=site.clock.now(), password_hash=old)
    await site.store.accounts.change(change)
    await site.log_in("小王")
    account = await site.store.accounts.get(name)
    assert account is not None and account.password_hash != old
    await site.log_in("小王")
