"""The host's board over real sockets: who gets in, what is shown, and that every mark acts once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from streambot.application.feed import STATE_EVERY
from streambot.domain.audit import Act
from streambot.domain.board_parts import WRONG
from streambot.domain.board_question import Standing
from streambot.domain.room import RoomName
from streambot.ports.audit import AuditFilter
from streambot.ports.host_board import MarkAct
from streambot.ports.room_tokens import Scope
from tests.asyncapi_document import AsyncApiDocument
from tests.web.board_scene import ask, board_token, busy_board
from tests.web.simple_rooms import ROOM
from tests.web.site import Site

DOCUMENT = AsyncApiDocument("board-v1.yaml", lambda frame: str(frame["type"]))


class Board:
    """A board in a test; every frame either way is as documented."""

    def __init__(
        self, site: Site, socket: aiohttp.ClientWebSocketResponse, token: str
    ) -> None:
        self.site, self.socket, self.token = site, socket, token
        self.parts: dict[str, Any] = {}

    async def tell(self, frame: dict[str, Any]) -> None:
        """Send a frame."""
        DOCUMENT.check(frame)
        await self.socket.send_json(frame)

    async def hear(self) -> dict[str, Any]:
        """The next frame, folded."""
        frame: dict[str, Any] = await self.socket.receive_json()
        DOCUMENT.check(frame)
        if frame["type"] == "board":
            self.parts |= frame
        return frame

    async def answer(self, **fields: Any) -> dict[str, Any]:
        """Press a key and hear what became of it."""
        await self.tell(fields)
        while (frame := await self.hear()).get("ref") != fields["ref"]:
            pass
        return frame

    async def now(self) -> dict[str, Any]:
        """The parts as they stand a turn later."""
        await self.site.clock.advance(STATE_EVERY)
        await self.hear()
        return self.parts


@asynccontextmanager
async def board(site: Site, token: str | None = None) -> AsyncIterator[Board]:
    """A board that has heard the room."""
    token = token or await board_token(site)
    async with site.http.ws_connect(
        f"{site.url}/api/board/{ROOM}/feed",
        protocols=("streambot.board.v1", f"streambot.token.{token}"),
    ) as socket:
        found = Board(site, socket, token)
        await found.tell({"type": "hello", "v": 1})
        await found.hear()
        yield found


def test_the_document_is_sound() -> None:
    """It is AsyncAPI, and its values are those of the code."""
    DOCUMENT.check_structure()
    mark = DOCUMENT.messages["mark"]["payload"]["properties"]
    assert set(mark["act"]["enum"]) == set(MarkAct)
    questions = DOCUMENT.schemas["questions"]["properties"]["items"]["items"]
    assert set(questions["properties"]["standing"]["enum"]) == set(Standing)
    wrong = DOCUMENT.schemas["orders"]["properties"]["wrong"]["items"]["properties"]
    assert set(wrong["status"]["enum"]) == set(WRONG)


async def test_a_board_shows_the_room_and_its_marks_act_once(site: Site) -> None:
    """All parts at first, then what changed; a mark that is sent again changes nothing; what it
    did is audited; viewers' keys and personal data are in no frame.
    """
    await busy_board(site)
    async with board(site) as host:
        assert set(host.parts) >= {
            "about",
            "questions",
            "arrivals",
            "orders",
            "tickets",
        }
        first = host.parts["questions"]["items"][0]
        assert (first["count"], first["names"]) == (5, ["橘子汽水", "小鹿", "momo"])
        assert host.parts["tickets"]["waiting"] == 2
        text = str(host.parts)
        assert "k-" not in text and "138" not in text and "A12345" not in text
        mark = {"type": "mark", "act": "answered", "question": first["id"], "ref": "r"}
        assert (await host.answer(**mark))["type"] == "done"
        assert (await host.answer(**mark))["type"] == "done"
        parts = await host.now()
        assert (parts["questions"]["answered"], parts["questions"]["viewers"]) == (1, 5)
        assert first["id"] not in [each["id"] for each in parts["questions"]["items"]]
        gone = await host.answer(**{**mark, "ref": "s", "question": "q:none"})
        assert gone["code"] == "question_gone"
        shown = await host.answer(type="show", ref="p", product=1)
        assert (shown["type"], site.view.shown) == ("refused", None)
        shown = await host.answer(type="show", ref="p2", product="tee")
        assert (shown["type"], site.view.shown) == ("done", "tee")
        assert (await host.now())["about"]["shown"] == "tee"
    boss = await site.log_in("李姐")
    path = "/api/floor/shift?since=2026-01-01T00:00:00Z"
    async with boss.get(path) as answer:
        (figure,) = (await answer.json())["hosts"]
    assert figure == {"room": ROOM, "questions": 1, "viewers": 5, "median": 0.0}
    (deed,) = await site.store.audited(AuditFilter(action=Act.BOARD_ANSWERED))
    assert (deed.deed.actor, dict(deed.deed.data)) == ("主播", {"askers": 5})


async def test_a_flood_is_one_frame_a_tenth_of_a_second(site: Site) -> None:
    """However much happens between two frames, a board is sent how it stands, once."""
    async with board(site) as host:
        for number in range(500):
            ask(site, f"观众{number}", "什么时候发货", entry="ship", answer="48小时内")
        parts = await host.now()
        assert parts["questions"]["items"][0]["count"] == 500
        for _ in range(25):
            await site.clock.advance(STATE_EVERY)
        assert (await host.hear())["type"] == "beat"  # nothing came between


async def test_a_quiet_board_hears_beats_and_a_late_mark_its_own_time(
    site: Site,
) -> None:
    """A mark pressed 30 s ago took 30 s less than it was told."""
    ask(site, "小鹿", "什么时候发货", entry="ship", answer="48小时内发出")
    async with board(site) as host:
        for _ in range(40):
            await site.clock.advance(STATE_EVERY)
        assert (await host.hear())["type"] == "beat"
        site.clock.jump(timedelta(seconds=36))
        question = host.parts["questions"]["items"][0]["id"]
        mark = {"type": "mark", "act": "answered", "question": question, "ref": "r"}
        assert (await host.answer(**mark, ago=30.0))["type"] == "done"
    (figure,) = await site.store.host_figures(site.clock.now() - timedelta(hours=1))
    assert figure.median == pytest.approx(10.0)


async def test_who_gets_in(site: Site) -> None:
    """Only this room's own board token that holds; revoking it closes what it opened."""
    path = f"{site.url}/api/board/{ROOM}/feed"
    good, hook = await board_token(site), await board_token(site, Scope.HOOK)
    for token, status in ((good, 204), (hook, 401), ("x" * 300, 401), ("", 401)):
        headers = {"Authorization": f"Bearer {token}"}
        async with site.http.get(path, headers=headers) as answer:
            assert answer.status == status
    headers = {"Authorization": f"Bearer {good}", "Origin": "http://evil.example"}
    async with site.http.get(path, headers=headers) as answer:
        assert answer.status == 403
    site.rooms.views[RoomName("other")] = site.view
    headers = {"Authorization": f"Bearer {good}"}
    other = path.replace(f"/{ROOM}/", "/other/")
    async with site.http.get(other, headers=headers) as answer:
        assert answer.status == 401
    boss = await site.log_in("李姐")
    async with board(site, good) as host:
        links = f"/api/rooms/{ROOM}/links"
        async with boss.get(links) as answer:
            known = (await answer.json())["links"]
        assert good not in str(known) and len(known) == 2
        (mine,) = [each["id"] for each in known if each["scope"] == "board"]
        async with boss.post(f"{links}/{mine}/revoke", {}) as answer:
            assert answer.status == 200
        while not host.socket.closed:
            await host.socket.receive()
        assert host.socket.close_code == 4001
    async with site.http.get(path, headers=headers) as answer:
        assert answer.status == 401


@pytest.mark.parametrize(
    "nonsense",
    [
        '{"type":"mark","ref":"r","act":"answered","question":"q"}',
        '{"type":"hello","v":2}',
        "[" * 5000,
        '{"type":"hello"',
    ],
)
async def test_nonsense_ends_a_board(site: Site, nonsense: str) -> None:
    """What is no frame of ours, or comes before hello, closes the socket and nothing else."""
    token = await board_token(site)
    async with site.http.ws_connect(
        f"{site.url}/api/board/{ROOM}/feed",
        headers={"Authorization": f"Bearer {token}"},
    ) as socket:
        await socket.send_str(nonsense)
        await socket.receive()
        assert socket.close_code == 4002
