"""A room that Douyin's open platform pushes to, from config.yaml to the prompter and back."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from streambot.bootstrap import App
from streambot.domain.agent import Agent, AgentName
from streambot.domain.role import Role
from streambot.domain.room import RoomName
from tests.acceptance.world import (
    PATIENCE,
    room_settings,
    running,
    write_config,
)
from tests.adapters.rooms.douyin_platform import (
    APP,
    PUSH_SECRET,
    ROOM_ID,
    SECRET,
    DouyinPlatform,
    item,
    push,
    serving_douyin,
)

_ROOM = RoomName("demo")
_PUSHES = 1000


@asynccontextmanager
async def _bot(
    folder: Path, platform: DouyinPlatform
) -> AsyncIterator[tuple[App, str]]:
    """The bot of a config.yaml whose room is pushed to, and the address it listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/douyin"
    more: dict[str, Any] = {
        "connector": "douyin_open",
        "douyin_app_id": APP,
        "room_id": ROOM_ID,
        "api": platform.url,
        "token_file": "secret",
        "token_env": None,
        "push_secret_file": "push-secret",
    }

    def write() -> Path:
        (folder / "secret").write_text(SECRET, encoding="utf-8")
        (folder / "push-secret").write_text(PUSH_SECRET, encoding="utf-8")
        return write_config(folder, room_settings(_ROOM, url, **more))

    async with running(await asyncio.to_thread(write)) as app:
        yield app, url


async def _until(app: App, holds: Any) -> None:
    """Follow the console until *holds* holds of the room."""
    who = Agent(name=AgentName("li"), role=Role.SUPERVISOR)
    client = await app.feed.subscribe(who, None)
    async with asyncio.timeout(PATIENCE):
        while not holds(app.rooms.views[_ROOM]):
            await client.next()
    app.feed.leave(client)


async def test_a_pushed_question_is_answered_on_the_prompter(tmp_path: Path) -> None:
    """Told twice, answered once; the platform is told to begin, and to end as the bot stops."""
    async with serving_douyin() as platform:
        async with (
            aiohttp.ClientSession() as http,
            _bot(tmp_path, platform) as (app, url),
        ):
            await _until(app, lambda view: view.link == "connected")
            question = item(1, content="什么时候发货呀？", timestamp=None)
            assert await push(http, url, question, question) == 200
            assert await push(http, url, question, nonce="n-2") == 200
            await _until(app, lambda view: view.counters.get("duplicates") == 2)
            await _until(app, lambda view: view.prompter)
            lines = [each.text for each in app.rooms.views[_ROOM].prompter.values()]
            assert len(lines) == 1
            assert "@小雨" in lines[0]
            assert "48小时" in lines[0]
            assert len(platform.running) == 4
        assert platform.running == set()


@pytest.mark.proof
async def test_a_thousand_pushes_are_all_answered_and_heard(tmp_path: Path) -> None:
    """Ten at a time, faster than the platform's hundred a second: each is taken, each line heard."""
    async with (
        serving_douyin() as platform,
        aiohttp.ClientSession() as http,
        _bot(tmp_path, platform) as (app, url),
    ):
        await _until(app, lambda view: view.link == "connected")
        loop = asyncio.get_running_loop()
        since = loop.time()
        statuses: list[int] = []
        for first in range(0, _PUSHES, 10):
            statuses += await asyncio.gather(
                *(
                    push(
                        http,
                        url,
                        item(n, f"观众{n % 300}", content="好看", timestamp=None),
                        nonce=f"n-{n}",
                    )
                    for n in range(first, first + 10)
                )
            )
        rate = _PUSHES / (loop.time() - since)
        assert statuses == [200] * _PUSHES
        await _until(app, lambda view: view.counters.get("lines") == _PUSHES)
        assert not [x for x in app.rooms.views[_ROOM].counters if "push" in x]
    print(f"douyin_open: {_PUSHES} of {_PUSHES} pushes answered 200 at {rate:.0f}/s")
