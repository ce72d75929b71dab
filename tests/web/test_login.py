"""Logging in and out, and what requests without a login, a token or the right origin get."""

from __future__ import annotations

from datetime import timedelta

import aiohttp

from streambot.domain.agent import AgentName
from tests.web.site import PASSWORD, ROOM, Person, Site


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
        assert (await answer.json()).keys() == {"csrf"}
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
    await site.store.accounts.disable(AgentName("小王"))
    async with person.get("/") as answer:
        assert answer.status == 303
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
