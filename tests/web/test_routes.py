"""Every route for every role, and what its answers say to browsers."""

from __future__ import annotations

import pytest

from streambot.application.room_view import Trouble
from streambot.domain.evidence import Evidence
from streambot.domain.product import Product, ProductId
from tests.web.site import ROOM, Person, Site

#: method, path, body, then the status for nobody, an agent and a supervisor.
ROUTES = [
    ("GET", "/", None, 303, 200, 200),
    ("GET", "/login", None, 200, 200, 200),
    ("POST", "/api/login", {"name": "x", "password": "x"}, 401, 401, 401),
    ("GET", "/api/feed", None, 401, 400, 400),
    ("POST", f"/api/rooms/{ROOM}/mode", {"mode": "silent"}, 401, 403, 200),
    ("POST", "/api/rooms/nowhere/mode", {"mode": "silent"}, 401, 403, 404),
    ("GET", f"/api/rooms/{ROOM}/products", None, 401, 200, 200),
    ("POST", f"/api/rooms/{ROOM}/product", {"product": None}, 401, 200, 200),
    ("POST", f"/api/rooms/{ROOM}/product", {"product": "x"}, 401, 404, 404),
    ("POST", "/api/rooms/nowhere/product", {"product": None}, 401, 404, 404),
    ("POST", f"/api/rooms/{ROOM}/prompter/none/said", None, 401, 409, 409),
    ("POST", f"/api/rooms/{ROOM}/prompter/none/skip", None, 401, 409, 409),
    ("POST", "/api/rooms/nowhere/prompter/none/said", None, 401, 404, 404),
    ("GET", f"/api/rooms/{ROOM}/why?event=none", None, 401, 404, 404),
    ("GET", "/api/rooms/nowhere/why?event=none", None, 401, 404, 404),
    ("POST", f"/api/rooms/{ROOM}/try", {"text": "几号发货"}, 401, 403, 200),
    ("GET", f"/api/rooms/{ROOM}/entries?words=", None, 401, 200, 200),
    ("GET", f"/api/rooms/{ROOM}/phrasings", None, 401, 403, 200),
    (
        *("POST", f"/api/rooms/{ROOM}/phrasings/preview"),
        *({"text": "啥时候发", "entry": "ship"}, 401, 200, 200),
    ),
    (
        *("POST", f"/api/rooms/{ROOM}/phrasings"),
        *({"text": "啥时候发", "entry": "no", "seen": ""}, 401, 409, 409),
    ),
    (
        *("POST", f"/api/rooms/{ROOM}/phrasings/none"),
        *({"accept": False}, 401, 403, 404),
    ),
    (
        *("POST", f"/api/rooms/{ROOM}/phrasings/99"),
        *({"accept": False}, 401, 403, 409),
    ),
    ("GET", f"/api/rooms/{ROOM}/replies", None, 401, 200, 200),
    ("GET", f"/api/rooms/{ROOM}/replies?ticket=no", None, 401, 404, 404),
    ("GET", "/api/tickets/none/suggested", None, 401, 404, 404),
    ("GET", "/api/tickets/none/history", None, 401, 404, 404),
    ("GET", "/healthz", None, 200, 200, 200),
    ("GET", "/readyz", None, 200, 200, 200),
    ("GET", "/metrics", None, 200, 200, 200),
    ("GET", "/static/i18n/console.json", None, 200, 200, 200),
    ("GET", "/nothing", None, 404, 404, 404),
    ("POST", "/api/logout", None, 401, 200, 200),
]


@pytest.mark.parametrize("place", range(3), ids=["nobody", "agent", "supervisor"])
async def test_roles(site: Site, place: int) -> None:
    """Each route answers each role as the table says; what isn't allowed is denied."""
    person = (
        await site.log_in(("小王", "李姐")[place - 1])
        if place
        else Person(site, "", site.http)
    )
    origin = {"Origin": site.url}
    for method, path, body, *statuses in ROUTES:
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


def test_every_route_is_tried(site_routes: set[str]) -> None:
    """No route exists that the table of roles doesn't try."""
    tried = {path.replace(f"/{ROOM}/", "/{room}/") for _, path, *_ in ROUTES}
    for route in site_routes:
        pattern = route.replace("{line}", "none").replace("{ticket}", "none")
        pattern = pattern.replace("{number}", "none")
        assert any(path.startswith(pattern) for path in tried), route


@pytest.fixture
def site_routes(site: Site) -> set[str]:
    """Every path the application answers."""
    return {resource.canonical for resource in site.app.router.resources()}


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
