"""Room and bot on npm's ws, a WebSocket library we neither use nor wrote, talk to ours."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from streambot.simulator.server import serve_rooms
from tests.acceptance.world import (
    TOKEN,
    quick_room,
    room_settings,
    running,
    viewer,
    write_config,
)
from tests.asyncapi_document import room_protocol
from tests.peers.node_peer import started
from tests.peers.peer import Peer
from tools.vendor import NPM, node

pytestmark = pytest.mark.proof

_RECIPE = Path(__file__).parent / "room_ws"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The peers with the ws of the lock file beside them."""
    folder = tmp_path_factory.mktemp("npm") / "room_ws"
    shutil.copytree(_RECIPE, folder)
    node(NPM, "ci", cwd=folder)
    return folder


def _says(room: Peer, name: str, text: str) -> None:
    who = {"id": f"id-{name}", "name": name, "roles": [], "masked": False}
    room.tell(emit={"kind": "spoke", "viewer": who, "text": text})


async def test_the_whole_bot_follows_a_room_on_npm_ws(
    installed: Path, tmp_path: Path
) -> None:
    """Questions are answered over a cut link and a line whose fate is unknown; nothing is said
    twice, and each frame of both sides is as documented.
    """
    async with started(installed / "server.js", "demo", TOKEN) as room:
        url = f"ws://127.0.0.1:{await room.hear('port')}/"
        config = await asyncio.to_thread(
            lambda: write_config(tmp_path, room_settings("demo", url))
        )
        async with running(config):
            hello = await room.hear("heard", lambda frame: frame["type"] == "hello")
            assert hello["after"] is None
            await room.hear("heard", lambda frame: frame["type"] == "pong")
            _says(room, "小雨", "什么时候发货呀？")
            await room.hear("said", lambda text: "@小雨" in text and "48小时" in text)

            room.tell(cut=True)
            _says(room, "阿杰", "有运费险吗")  # while nobody listens
            again = await room.hear("heard", lambda frame: frame["type"] == "hello")
            assert again["after"] == "e-1"
            await room.hear("said", lambda text: "@阿杰" in text)

            room.tell(cut_next=True)
            _says(room, "小柠檬", "包邮吗")
            unsure = await room.hear("heard", lambda frame: frame["type"] == "send")
            await room.hear("heard", lambda frame: frame["type"] == "hello")
            repeated = await room.hear("heard", lambda frame: frame["type"] == "send")
            assert repeated["out_id"] == unsure["out_id"]
            _says(room, "终了", "有运费险吗")
            await room.hear("said", lambda text: "@终了" in text)
    said = Counter(
        name
        for text in room.every("said")
        for name in ("小雨", "阿杰", "小柠檬", "终了")
        if f"@{name}" in text
    )
    assert said == {"小雨": 1, "阿杰": 1, "小柠檬": 1, "终了": 1}
    document = room_protocol()
    assert document.check_all(room.every("heard")) >= {"hello", "send", "pong"}
    assert document.check_all(room.every("told")) == {
        "welcome",
        "ping",
        "spoke",
        "sent",
    }


async def test_a_bot_on_npm_ws_follows_our_room(installed: Path) -> None:
    """It is told what it missed while its link was cut, and a line it writes twice is shown once."""
    room = quick_room()
    every = timedelta(milliseconds=50)
    async with (
        serve_rooms([room], ping_every=every) as server,
        started(installed / "client.js", server.url, "demo", TOKEN) as bot,
    ):
        await bot.hear("heard", lambda frame: frame["type"] == "pong")
        await bot.hear("heard", lambda frame: frame["type"] == "ping")
        room.emit("spoke", viewer("小雨"), text="在吗")
        await room.until(lambda room: room.duplicates == 1)
        server.drop_link("demo")
        missed = room.emit("spoke", viewer("阿杰"), text="有人吗")
        await bot.hear("closed", lambda code: code == 1006)
        sent = {"type": "sent", "out_id": f"o-{missed.id}"}
        await bot.hear("heard", lambda frame: frame.items() >= sent.items())
        await room.until(lambda room: room.duplicates == 2)
    assert [line.text for line in room.said] == ["@小雨 在的", "@阿杰 在的"]
    document = room_protocol()
    told = document.check_all(bot.every("told"))
    assert told == {"hello", "send", "ping", "pong"}
    heard = document.check_all(bot.every("heard"))
    assert heard == {"welcome", "spoke", "sent", "ping", "pong"}
    assert not server.odd


@pytest.mark.parametrize(
    ("room", "token", "code", "closed"),
    [("demo", "wrong", "bad_token", 4001), ("nowhere", TOKEN, "no_such_room", 4004)],
)
async def test_npm_ws_hears_why_our_room_says_no(
    installed: Path, room: str, token: str, code: str, closed: int
) -> None:
    """A bot that may not come in is told why before the socket closes with the code for it."""
    async with (
        serve_rooms([quick_room()]) as server,
        started(installed / "client.js", server.url, room, token) as bot,
    ):
        error = await bot.hear("heard", lambda frame: frame["type"] == "error")
        assert error["code"] == code
        assert await bot.hear("closed") == closed
