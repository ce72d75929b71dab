"""Every route for every role, and what its answers say to browsers."""

from __future__ import annotations

import re

import pytest

from streambot.application.room_view import Trouble
from streambot.domain.evidence import Evidence
from streambot.domain.product import Product, ProductId
from tests.web.simple_rooms import ROOM
from tests.web.site import Person, Site


def _room(
    method: str, what: str, body: object, statuses: tuple[int, ...]
) -> list[tuple[str, str, str, object, tuple[int, ...]]]:
    return [(method, f"/api/rooms/{{room}}/{what}", "", body, statuses)]


#: Who asks, in the order of the statuses below.
WHO = ("", "小王", "李姐", "小检", "小商", "小运", "老板")
_BAD = {"text": "啥时候发", "entry": "no", "seen": ""}
_OLD = {"accept": False}
_NEW = {"name": "小王", "role": "agent"}
_NOBODY = {"name": "没有", "do": "disable"}
_SHIFT = (401, 403, 200, 403, 403, 403, 200)
#: method, route, what fills it and body, then the status for nobody, agent, supervisor,
#: inspector, merchant, operator and admin.
ROUTES: list[tuple[str, str, str, object, tuple[int, ...]]] = [
    ("GET", "/", "", None, (303, 200, 200, 303, 303, 303, 200)),
    ("GET", "/home", "", None, (303, 200, 200, 200, 200, 200, 200)),
    ("GET", "/floor", "", None, (303, 303, 200, 303, 303, 303, 200)),
    ("GET", "/api/floor/warnings", "", None, _SHIFT),
    ("POST", "/api/floor/warnings/{number}", "1", {}, _SHIFT),
    ("GET", "/api/floor/promises", "", None, _SHIFT),
    ("GET", "/api/floor/shift", "", None, _SHIFT),
    ("GET", "/api/floor/agents", "", None, _SHIFT),
    ("GET", "/api/floor/profile", "", None, _SHIFT),
    (
        *("POST", "/api/agents/{name}/requeue", "没有"),
        *({"ref": "r", "note": "不在"}, _SHIFT),
    ),
    (
        *("POST", "/api/tickets/{ticket}/look", "none", None),
        (401, 403, 404, 403, 403, 403, 404),
    ),
    ("GET", "/api/panic", "", None, (401, 403, 200, 403, 403, 200, 200)),
    ("POST", "/api/panic", "", {"to": "back"}, (401, 403, 409, 403, 403, 409, 409)),
    ("GET", "/audit", "", None, (303, 303, 200, 303, 303, 303, 200)),
    ("GET", "/api/audit", "", None, (401, 403, 200, 403, 403, 403, 200)),
    ("GET", "/accounts", "", None, (303, 303, 200, 303, 303, 303, 200)),
    ("POST", "/api/accounts", "", _NEW, (401, 403, 403, 403, 403, 403, 409)),
    ("POST", "/api/accounts/change", "", _NOBODY, (401, 403, 403, 403, 403, 403, 404)),
    ("GET", "/me", "", None, (303, 200, 200, 200, 200, 200, 200)),
    ("POST", "/api/me/password", "", {"password": "x"}, (401,) + (400,) * 6),
    ("POST", "/api/me/end", "", {"login": "none"}, (401,) + (200,) * 6),
    ("GET", "/invite", "", None, (401,) * 7),
    ("POST", "/api/invite", "", {"token": "x", "password": "x"}, (409,) * 7),
    ("GET", "/login", "", None, (200,) * 7),
    ("POST", "/api/login", "", {"name": "x", "password": "x"}, (401,) * 7),
    ("GET", "/api/feed", "", None, (401, 400, 400, 400, 403, 400, 400)),
    ("POST", "/api/feed-ticket", "", None, (401, 200, 200, 200, 403, 200, 200)),
    ("GET", "/board/{room}", "", None, (200,) * 7),
    ("GET", "/api/board/{room}/feed", "", None, (401,) * 7),
    ("GET", "/api/hook/{room}/feed", "", None, (401,) * 7),
    ("GET", "/api/hook/{room}/lines", "", None, (401,) * 7),
    *[
        ("POST", f"/api/hook/{{room}}/lines/{{line}}/{what}", "", {}, (401,) * 7)
        for what in ("take", "said", "failed")
    ],
    ("POST", "/api/hook/{room}/product", "", {"product": None}, (401,) * 7),
    ("GET", "/links", "", None, (303, 303, 200, 303, 303, 200, 200)),
    *_room("GET", "links", None, (401, 403, 200, 403, 403, 200, 200)),
    *_room("POST", "links", {"scope": "board"}, (401, 403, 200, 403, 403, 200, 200)),
    *_room("POST", "links/{link}/revoke", {}, (401, 403, 404, 403, 403, 404, 404)),
    *_room("POST", "mode", {"mode": "silent"}, (401, 403, 200, 403, 403, 200, 200)),
    *_room("POST", "notice", {"text": ""}, (401, 403, 200, 403, 403, 200, 200)),
    *_room("POST", "broadcast", {"begins": False}, (401, 403, 200, 403, 403, 200, 200)),
    *_room("GET", "broadcasts", None, (401, 403, 200, 403, 403, 200, 200)),
    *_room("GET", "summary", None, (401, 403, 404, 403, 403, 404, 404)),
    ("GET", "/rooms/{room}/summary", "", None, (303, 303, 200, 303, 303, 200, 200)),
    *_room("GET", "products", None, (401, 200, 200, 200, 200, 403, 200)),
    *_room("POST", "product", {"product": None}, (401, 200, 200, 403, 403, 403, 200)),
    *_room("POST", "prompter/{line}/said", None, (401, 409, 409, 403, 403, 403, 409)),
    *_room("POST", "prompter/{line}/skip", None, (401, 409, 409, 403, 403, 403, 409)),
    *_room("GET", "why", None, (401, 404, 404, 404, 403, 403, 404)),
    *_room("POST", "try", {"text": "几号"}, (401, 403, 200, 403, 200, 403, 200)),
    *_room("GET", "entries", None, (401, 200, 200, 200, 200, 403, 200)),
    *_room("GET", "phrasings", None, (401, 403, 200, 403, 200, 403, 200)),
    *_room("POST", "phrasings", _BAD, (401, 409, 409, 403, 409, 403, 409)),
    *_room("POST", "phrasings/preview", _BAD, (401, 409, 409, 403, 409, 403, 409)),
    *_room("POST", "phrasings/{number}", _OLD, (401, 403, 404, 403, 404, 403, 404)),
    *_room("GET", "replies", None, (401, 200, 200, 200, 403, 403, 200)),
    (
        *("GET", "/api/tickets/{ticket}/suggested", "none", None),
        (401, 404, 404, 404, 403, 403, 404),
    ),
    (
        *("GET", "/api/tickets/{ticket}/history", "none", None),
        (401, 404, 404, 404, 403, 403, 404),
    ),
    (
        *("GET", "/api/tickets/{ticket}/context", "none", None),
        (401, 404, 404, 404, 403, 403, 404),
    ),
    (
        *("POST", "/api/tickets/{ticket}/reveal", "none"),
        {"field": "phone", "order": "x", "reason": "核对地址"},
        (401, 404, 404, 403, 403, 403, 404),
    ),
    ("GET", "/api/satisfaction", "", None, (401, 403, 200, 403, 403, 403, 200)),
    ("POST", "/api/control/accounts", "", {"do": "list"}, (401,) * 7),
    ("GET", "/healthz", "", None, (200,) * 7),
    ("GET", "/readyz", "", None, (200,) * 7),
    ("GET", "/metrics", "", None, (200,) * 7),
    ("GET", "/static", "/i18n/console.json", None, (200,) * 7),
    ("POST", "/api/logout", "", None, (401, 200, 200, 200, 200, 200, 200)),
]


def _path(route: str, filling: str) -> str:
    if route == "/static":
        return route + filling
    return re.sub(r"\{(?!room)\w+\}", filling or "none", route).replace("{room}", ROOM)


@pytest.mark.parametrize("place", range(7), ids=["nobody", *WHO[1:]])
async def test_roles(site: Site, place: int) -> None:
    """Each route answers each role as the table says; what isn't allowed is denied."""
    who = WHO[place]
    person = await site.log_in(who) if who else Person(site, "", site.http)
    origin = {"Origin": site.url}
    for method, route, filling, body, statuses in ROUTES:
        path = _path(route, filling)
        asked = (
            person.get(path, headers=origin)
            if method == "GET"
            else person.post(path, body)
        )
        async with asked as answer:
            assert answer.status == statuses[place], (path, await answer.text())
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            if not path.startswith("/static/"):
                assert answer.headers["Cache-Control"] == "no-store"
            if path.startswith("/api/") and answer.status >= 400:
                assert (await answer.json()).keys() == {"code", "zh", "en"}


def test_every_route_is_tried(site: Site) -> None:
    """No route exists, by path and method, that the table of roles doesn't try."""
    there = {
        (route.method, resource.canonical)
        for resource in site.app.router.resources()
        for route in resource
        if route.method != "HEAD"
    }
    assert there == {(method, route) for method, route, *_ in ROUTES}


async def test_nobody_learns_which_rooms_there_are(site: Site) -> None:
    """What isn't there is refused by role first, and only then not found."""
    agent, boss = await site.log_in("小王"), await site.log_in("李姐")
    path, body = "/api/rooms/nowhere/mode", {"mode": "silent"}
    async with agent.post(path, body) as answer:
        assert answer.status == 403
    async with boss.post(path, body) as answer:
        assert answer.status == 404


async def test_a_merchant_sees_no_chat_and_an_operator_no_ticket(site: Site) -> None:
    """Their page holds neither a viewer's words nor names; the operator's has the rooms."""
    site.viewer_line("阿花", "什么时候发货")
    await site.hand_off("阿花", "骗子！退钱")
    for who, has_room in (("小商", False), ("小运", True), ("小检", False)):
        person = await site.log_in(who)
        async with person.get("/home") as answer:
            text = await answer.text()
        assert "阿花" not in text and "发货" not in text and "退钱" not in text
        assert (f'data-room="{ROOM}"' in text) is has_room


async def test_mode(site: Site) -> None:
    """A supervisor's switch is in force at once, and every console hears it."""
    person = await site.log_in("李姐")
    console = await person.console()
    await console.frame("snapshot")
    async with person.post(f"/api/rooms/{ROOM}/mode", {"mode": "observing"}) as answer:
        assert await answer.json() == {"room": ROOM, "mode": "observing"}
    frame = await console.frame("entries")
    assert frame["items"][0]["kind"] == "mode"
    assert frame["items"][0]["data"] == {"mode": "observing", "by": "李姐"}


async def test_product(site: Site) -> None:
    """Whoever works the desk puts a product on screen; every console hears who did."""
    site.view.products = (
        Product(id=ProductId("tee"), name="云感T恤", link=1, price="69元"),
    )
    person = await site.log_in("小王")
    console = await person.console()
    await console.frame("snapshot")
    async with person.get(f"/api/rooms/{ROOM}/products") as answer:
        told = await answer.json()
    assert told == {"products": [{"id": "tee", "link": 1, "name": "云感T恤"}]}
    path = f"/api/rooms/{ROOM}/product"
    async with person.post(path, {"product": "tee"}) as answer:
        assert answer.status == 200
    frame = await console.frame("entries")
    assert frame["items"][0]["kind"] == "product"
    assert frame["items"][0]["data"] == {"product": "tee", "by": "小王"}
    assert site.view.shown == "tee"
    async with person.post(path, {"product": "sock"}) as answer:
        assert (await answer.json())["code"] == "no_such_product"
    assert site.view.shown == "tee"


async def test_prompter(site: Site) -> None:
    """A prompter line is settled once, by whoever comes first."""
    person = await site.log_in("小王")
    said, skipped = site.prompter_line("运费险都有的"), site.prompter_line("49 元一件")
    for line, how in ((said, "said"), (skipped, "skip")):
        path = f"/api/rooms/{ROOM}/prompter/{line.line_id}/{how}"
        async with person.post(path) as answer:
            assert answer.status == 200
        async with person.post(path) as answer:
            assert answer.status == 409
    assert site.rooms.settled == [
        (said.line_id, "小王", True),
        (skipped.line_id, "小王", False),
    ]


async def test_history(site: Site) -> None:
    """A ticket's history holds its journal and what the assistant said to the viewer."""
    evidence = (Evidence(rule="angry", start=0, end=2, text="骗子"),)
    ticket = await site.hand_off("阿花", "骗子！退钱", evidence=evidence)
    person = await site.log_in("小王")
    async with person.get(f"/api/tickets/{ticket.id}/history") as answer:
        assert answer.status == 200
        told = await answer.json()
    assert [each["event"] for each in told["journal"]] == ["handoff"]
    assert told["journal"][0]["text"] == "骗子！退钱"
    assert [each["kind"] for each in told["replies"]] == ["holding"]
    assert "k-阿花" not in str(told)


async def test_ready(site: Site) -> None:
    """/readyz says 503 and why while a room can't work; /healthz stays fine."""
    site.view.trouble(Trouble(code="link", zh="连不上直播间", en="The room is down"))
    async with site.http.get(site.url + "/readyz") as answer:
        assert answer.status == 503
        told = await answer.json()
    assert told["reasons"] == [
        {"code": "link", "zh": "连不上直播间", "en": "The room is down"}
    ]
    async with site.http.get(site.url + "/healthz") as answer:
        assert answer.status == 200


async def test_metrics(site: Site) -> None:
    """/metrics shows figures by room, and neither viewers nor their words."""
    site.viewer_line("阿花", "什么时候发货")
    site.view.count("lines", 7)
    async with site.http.get(site.url + "/metrics") as answer:
        text = await answer.text()
    assert 'streambot_room_figure{figure="lines",room="demo"} 7.0' in text
    assert "阿花" not in text and "发货" not in text
