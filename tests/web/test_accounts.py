"""The accounts and invitations over HTTP: links that work once, and who is out when."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from streambot.domain.agent import Role
from streambot.web.settings import WebSettings
from tests.web.site import Person, Site

_GOOD = "橙子汽水配大薯条"


async def _told(asked: Any) -> tuple[int, dict[str, Any]]:
    """Status and JSON of an answer."""
    async with asked as answer:
        return answer.status, await answer.json()


async def _token(boss: Person, do: str, **more: str) -> str:
    """The token of the link that an admin's request gave."""
    path = "/api/accounts" if do == "add" else "/api/accounts/change"
    body = more if do == "add" else more | {"do": do}
    status, told = await _told(boss.post(path, body))
    assert status == 200, told
    query: str = urlsplit(str(told["link"])).query
    return parse_qs(query)["token"][0]


def _accept(person: Person, token: str, password: str = _GOOD) -> Any:
    return person.post("/api/invite", {"token": token, "password": password})


async def test_an_invitation_is_accepted_once(site: Site) -> None:
    """Two who hold one link at once: one of them gets in, the other hears why not."""
    boss, nobody = await site.log_in("老板"), Person(site, "", site.http)
    token = await _token(boss, "add", name="小新", role="agent")
    status, told = await _told(_accept(nobody, token, "12345678"))
    assert (status, told["code"]) == (
        400,
        "weak_password",
    )  # and the link is still good
    async with nobody.get(f"/invite?token={token}") as page:
        assert page.status == 200 and "小新" in await page.text()
    both = await asyncio.gather(*(_told(_accept(nobody, token)) for _ in range(2)))
    assert sorted(status for status, _ in both) == [200, 409]
    status, _ = await _told(
        nobody.post("/api/login", {"name": "小新", "password": _GOOD})
    )
    assert status == 200


async def test_links_end(site: Site) -> None:
    """A link is void when it is late, when a newer one is made, and when its account is off."""
    boss, nobody = await site.log_in("老板"), Person(site, "", site.http)
    first = await _token(boss, "link", name="小王")
    second = await _token(boss, "link", name="小王")
    assert (await _told(_accept(nobody, first)))[0] == 409
    change = "/api/accounts/change"
    await _told(boss.post(change, {"name": "小王", "do": "disable"}))
    assert (await _told(_accept(nobody, second)))[0] == 409
    status, told = await _told(boss.post(change, {"name": "小王", "do": "link"}))
    assert (status, told["code"]) == (409, "account_off")
    third = await _token(boss, "link", name="小张")
    site.clock.jump(WebSettings().invitation_lasts + timedelta(seconds=1))
    assert (await _told(_accept(nobody, third)))[0] == 409


@pytest.mark.parametrize("do", ["disable", "role", "end"])
async def test_a_change_puts_out_at_once(site: Site, do: str) -> None:
    """Whoever is switched off, given another role or logged out loses the console that moment."""
    boss, agent = await site.log_in("老板"), await site.log_in("小王")
    console = await agent.console()
    await console.frame("snapshot")
    body = {"name": "小王", "do": do, "role": "inspector"}
    assert (await _told(boss.post("/api/accounts/change", body)))[0] == 200
    assert await console.close_code() == 4001
    async with agent.get("/login") as page:
        assert 'role="alert"></p>' not in await page.text()  # it says why


async def test_an_admin_alone_stays(site: Site) -> None:
    """Nobody switches themselves off; ending one's own logins spares the one that asks."""
    boss = await site.log_in("老板")
    change = "/api/accounts/change"
    status, told = await _told(boss.post(change, {"name": "老板", "do": "disable"}))
    assert (status, told["code"]) == (409, "own_account")
    assert (await _told(boss.post(change, {"name": "老板", "do": "end"})))[0] == 200
    async with boss.get("/accounts") as page:
        assert page.status == 200


async def test_a_supervisor_reads_the_accounts_alone(site: Site) -> None:
    """Their page lists everybody and has no button that changes anything."""
    async with (await site.log_in("李姐")).get("/accounts") as page:
        text = await page.text()
    assert "小王" in text and "data-do" not in text and "<form" not in text


async def test_one_other_login_is_ended(site: Site) -> None:
    """A person ends a login elsewhere by its id: its console closes, their own goes on."""
    here = await site.log_in("小王")
    there = await site.log_in("小王")
    console = await there.console()
    await console.frame("snapshot")
    async with there.get("/me") as page:
        text = await page.text()
    ids = {part[:16] for part in text.split('data-login="')[1:]}
    ended = {part[:16] for part in text.split('data-end="')[1:]} & ids
    assert len(ids) == 2 and len(ended) == 1  # the other one, from there
    stranger = await site.log_in("小张")
    theirs = (ids - ended).pop()
    await _told(stranger.post("/api/me/end", {"login": theirs}))
    assert not console.socket.closed
    assert (await _told(here.post("/api/me/end", {"login": theirs})))[0] == 200
    assert await console.close_code() == 4001
    async with here.get("/me") as page:
        assert page.status == 200


async def test_the_first_admin_chooses_a_password(site: Site) -> None:
    """Who came by the terminal's link has no old password to tell; the next change needs it."""
    link = await site.once(Role.ADMIN)
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        admin = Person(site, "管理员", http)
        async with admin.get(link) as answer:
            assert answer.status == 303
        async with admin.get("/me") as page:
            text = await page.text()
        assert 'name="old"' not in text
        admin.csrf = text.split('data-csrf="')[1].split('"')[0]
        path = "/api/me/password"
        assert (await _told(admin.post(path, {"password": _GOOD})))[0] == 200
        status, told = await _told(admin.post(path, {"password": _GOOD + "呀"}))
        assert (status, told["code"]) == (409, "wrong_old_password")
