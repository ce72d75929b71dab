"""The local hook over real sockets: a line is handed out once, whoever asks and whatever crashes."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from streambot.adapters.clock import SystemClock
from streambot.application.feed import STATE_EVERY
from streambot.domain.audit import Act
from streambot.domain.faq.entry import Visibility
from streambot.domain.product import Product, ProductId
from streambot.domain.reply import ReplyKind
from streambot.ports.audit import AuditFilter
from streambot.ports.room_tokens import Scope
from tests.asyncapi_document import AsyncApiDocument
from tests.web.board_scene import board_token
from tests.web.simple_rooms import ROOM
from tests.web.site import Site, open_site

DOCUMENT = AsyncApiDocument("hook-v1.yaml", lambda frame: str(frame["type"]))
_CLIENT = Path(__file__).parents[2] / "docs" / "hook_client.py"


class Tool:
    """A sending tool over HTTP."""

    def __init__(self, site: Site, token: str) -> None:
        self.site = site
        self.headers = {"Authorization": f"Bearer {token}"}

    async def ask(
        self, what: str, body: dict[str, Any] | None = None, **headers: str
    ) -> tuple[int, dict[str, Any]]:
        """GET, or POST a body: status and answer."""
        async with self.site.http.request(
            "GET" if body is None else "POST",
            f"{self.site.url}/api/hook/{ROOM}/{what}",
            json=body,
            headers=self.headers | headers,
        ) as answer:
            return answer.status, await answer.json()


async def tool_of(site: Site, label: str = "发送助手") -> Tool:
    """A tool with a fresh token."""
    return Tool(site, await board_token(site, Scope.HOOK, label))


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ({"Authorization": "Bearer \udcff\udcfe"}, 401),
        ({"Authorization": "Bearer x", "Origin": "http://["}, 403),
    ],
)
async def test_nonsense_for_a_token_or_an_origin_is_refused_like_any_other(
    site: Site, header: dict[str, str], status: int
) -> None:
    """Bytes that are no text, and an address that is none, are no fault of the program."""
    reader, writer = await asyncio.open_connection(
        *urlsplit(site.url).netloc.split(":")
    )
    head = "".join(f"{name}: {value}\r\n" for name, value in header.items())
    asked = f"GET /api/hook/{ROOM}/lines HTTP/1.1\r\nHost: x\r\n{head}\r\n"
    writer.write(asked.encode(errors="surrogateescape"))
    assert (await reader.readline()).split()[1] == str(status).encode()
    writer.close()


def test_the_document_is_sound() -> None:
    """It is AsyncAPI, and its values are those of the code."""
    DOCUMENT.check_structure()
    line = DOCUMENT.schemas["line"]["properties"]
    assert set(line["kind"]["enum"]) == set(ReplyKind)
    assert set(line["visibility"]["enum"]) == set(Visibility)


async def test_a_line_is_taken_once_and_answered_for(site: Site) -> None:
    """Two tools race for a line and one gets it; only that one may report, twice if it likes; what
    failed is left to people; said lines are audited under the tool's name.
    """
    first, second = await tool_of(site), await tool_of(site)
    line, other = site.prompter_line("48小时内发出"), site.prompter_line("满49元包邮")
    _, told = await first.ask("lines")
    assert [each["text"] for each in told["lines"]] == ["48小时内发出", "满49元包邮"]
    path = f"lines/{line.line_id}"
    race = await asyncio.gather(
        *(tool.ask(f"{path}/take", {}) for tool in (first, second) * 5)
    )
    assert sorted(status for status, _ in race) == [200, *[409] * 9]
    (winner,) = [at for at, (status, _) in enumerate(race) if status == 200]
    mine, theirs = (first, second) if winner % 2 == 0 else (second, first)
    assert (await theirs.ask(f"{path}/said", {}))[1]["code"] == "not_taken"
    assert (await mine.ask(f"{path}/said", {}))[0] == 200
    assert (await mine.ask(f"{path}/said", {}))[0] == 200
    assert [said for _, _, said in site.rooms.settled] == [True]
    (deed,) = await site.store.audited(AuditFilter(action=Act.PROMPTER_SAID))
    assert deed.deed.actor.startswith("发送助手#")
    path = f"lines/{other.line_id}"
    assert (await mine.ask(f"{path}/failed", {"why": "x"}))[1]["code"] == "not_taken"
    assert (await mine.ask(f"{path}/take", {}))[0] == 200
    assert (await mine.ask(f"{path}/failed", {"why": "页面没打开"}))[0] == 200
    assert (await mine.ask("lines"))[1]["lines"] == []
    assert (await theirs.ask(f"{path}/take", {}))[1]["code"] == "line_taken"
    assert site.view.taken[other.line_id].failed == "页面没打开"
    assert (await mine.ask("lines/none/take", {}))[1]["code"] == "line_gone"


async def test_a_late_line_is_not_handed_out(site: Site) -> None:
    """What is past its time is for nobody's tool."""
    tool, line = await tool_of(site), site.prompter_line("48小时内发出")
    site.clock.jump(timedelta(minutes=4))
    assert (await tool.ask("lines"))[1]["lines"] == []
    assert (await tool.ask(f"lines/{line.line_id}/take", {}))[1]["code"] == "line_gone"


async def test_who_may_use_the_hook(site: Site) -> None:
    """Programs of this machine with the room's hook token; no board's, no proxy, no other site."""
    tool = await tool_of(site)
    assert (await tool.ask("lines"))[0] == 200
    forwarded = {"X-Forwarded-For": "8.8.8.8"}
    assert (await tool.ask("lines", None, **forwarded))[1]["code"] == "not_here"
    assert (await tool.ask("lines", Origin="http://evil.example"))[0] == 403
    board = Tool(site, await board_token(site))
    assert (await board.ask("lines"))[1]["code"] == "no_token"
    assert (await board.ask("product", {"product": None}))[0] == 401


async def test_a_hotkey_shows_a_product(site: Site) -> None:
    """One POST puts a product on screen, an unknown one is told, and everybody hears who did."""
    site.view.products = (Product(id=ProductId("tee"), name="云感T恤", link=1),)
    tool = await tool_of(site, "热键")
    assert (await tool.ask("product", {"product": "tee"}))[0] == 200
    assert site.view.shown == "tee"
    assert (await tool.ask("product", {"product": 9}))[1]["code"] == "no_such_product"
    (deed,) = await site.store.audited(AuditFilter(action=Act.PRODUCT_SHOWN))
    assert (deed.deed.actor, deed.deed.object) == ("热键", "tee")


async def test_the_same_on_one_link(site: Site) -> None:
    """Over a WebSocket lines come as they are made, and every frame is as documented."""
    site.view.products = (Product(id=ProductId("tee"), name="云感T恤", link=1),)
    token = await board_token(site, Scope.HOOK)
    told, heard = set[str](), set[str]()
    line, other = site.prompter_line("48小时内发出"), site.prompter_line("满49元包邮")

    async def hear(kind: str) -> dict[str, Any]:
        while True:
            frame: dict[str, Any] = await socket.receive_json()
            heard.add(DOCUMENT.check(frame))
            if frame["type"] == kind:
                return frame

    async def tell(**frame: Any) -> None:
        told.add(DOCUMENT.check(frame))
        await socket.send_json(frame)

    async with site.http.ws_connect(
        f"{site.url}/api/hook/{ROOM}/feed",
        protocols=("streambot.hook.v1", f"streambot.token.{token}"),
    ) as socket:
        await tell(type="hello", v=1)
        assert len((await hear("lines"))["lines"]) == 2
        await tell(type="take", ref="1", line_id=line.line_id)
        assert (await hear("taken"))["line"]["text"] == "48小时内发出"
        await tell(type="take", ref="2", line_id=line.line_id)
        assert (await hear("refused"))["code"] == "line_taken"
        await tell(type="said", ref="3", line_id=line.line_id)
        await hear("done")
        await tell(type="take", ref="4", line_id=other.line_id)
        await hear("taken")
        await tell(type="failed", ref="5", line_id=other.line_id, why="没打开")
        await hear("done")
        await tell(type="show", ref="6", product="tee")
        await hear("done")
        await site.clock.advance(STATE_EVERY)
        frame = await hear("lines")
        assert (frame["lines"], frame["shown"]) == ([], "tee")
    assert told == DOCUMENT.going("receive")
    assert heard == DOCUMENT.going("send")


@asynccontextmanager
async def _client(site: Site, token: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(_CLIENT), site.url, ROOM),
        env={**os.environ, "HOOK_TOKEN": token, "PYTHONIOENCODING": "utf-8"},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def test_the_example_client_says_what_waits(tmp_path: Path) -> None:
    """docs/hook_client.py takes what waits and what comes, says each once and reports it."""
    async with open_site(tmp_path, clock=SystemClock()) as site:
        token = await board_token(site, Scope.HOOK)
        site.prompter_line("48小时内发出")
        async with _client(site, token) as tool, asyncio.timeout(20):
            assert tool.stdout is not None
            assert (await tool.stdout.readline()).decode() == "SAY 48小时内发出\n"
            site.prompter_line("满49元包邮")
            assert (await tool.stdout.readline()).decode() == "SAY 满49元包邮\n"
            while site.view.prompter:
                await asyncio.sleep(0)
        assert [said for _, _, said in site.rooms.settled] == [True, True]


@pytest.mark.parametrize("nonsense", ['{"type":"take"}', '{"type":"hello","v":9}'])
async def test_nonsense_ends_a_link(site: Site, nonsense: str) -> None:
    """What is no frame of ours closes the socket and nothing else."""
    tool = await tool_of(site)
    async with site.http.ws_connect(
        f"{site.url}/api/hook/{ROOM}/feed", headers=tool.headers
    ) as socket:
        await socket.send_str(nonsense)
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        assert socket.close_code == 4002
