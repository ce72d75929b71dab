"""laplace-blivedm and bilibili-live-ws pass our emulator of Bilibili: before that it proves nothing."""

from __future__ import annotations

import asyncio
import operator
import shutil
from functools import partial
from pathlib import Path

from tests.adapters.rooms.bilibili_server import (
    APP_ID,
    CODE,
    KEY_ID,
    SECRET,
    BilibiliServer,
    packet,
    serving_bilibili,
)
from tests.peers import node_peer, python_peer
from tests.peers.peer import PATIENCE, Peer
from tools.vendor import NPM, node

_RECIPE = Path(__file__).parent / "bilibili"
_PAYLOADS = _RECIPE.parents[1] / "payloads" / "bilibili_open" / "messages.jsonl"


def live_ws(folder: Path) -> Path:
    """The client on bilibili-live-ws with the libraries of its lock file beside it."""
    there = folder / "bilibili"
    shutil.copytree(_RECIPE, there)
    node(NPM, "ci", cwd=there)
    return there / "client.js"


async def let_them_try(script: Path) -> None:
    """Both are let in, keep their session, hear every message in each packing; one starts anew and ends.

    Raises:
        AssertionError: the emulator isn't what they take Bilibili to be.
    """
    async with serving_bilibili() as platform, asyncio.timeout(PATIENCE * 3):
        access = (KEY_ID, SECRET, str(APP_ID), CODE)
        async with python_peer.started(
            _RECIPE / "live_client.py",
            *(platform.url, *access),
            requirements=_RECIPE / "requirements.txt",
        ) as first:
            await _hears_everything(platform, first)
            await _starts_anew(platform, first)
            game = platform.games["game-2"]
            address = platform.url.replace("http", "ws") + "sub"
            async with node_peer.started(script, address, game.auth) as second:
                await second.hear("live")
                await second.hear("heartbeat")
                await _tells_all(platform, second)
            async with node_peer.started(script, address, '{"key":"no"}') as refused:
                await refused.hear("closed")
        assert platform.ended == ["game-2"]
        await _are_refused()


async def _hears_everything(platform: BilibiliServer, peer: Peer) -> None:
    """The library's own reading of each message, and heartbeats of both kinds."""
    await peer.hear("heartbeat")
    await platform.until(lambda seen: seen.beats["game-1"] >= 2)
    for packing in ("zlib", "brotli"):
        platform.packing = packing
        await platform.say(*_messages())
        heard = {
            "line": "什么时候发货呀？",
            "gift": "小花花",
            "guard": 3,
            "paid": "主播看看我的订单",
            "withdrawn": [4567],
            "liked": 7,
            "raw": "INTERACTION_END",
        }
        for name, value in heard.items():
            await peer.hear(name, partial(operator.eq, value))
    for line in _messages():
        await platform.say(line)
    await peer.hear("raw", lambda cmd: cmd == "INTERACTION_END")
    cmds = peer.every("raw")
    assert [cmds.count(cmd) for cmd in ("LIVE_ROOM_ENTER", "LIVE_START")] == [6, 3]


async def _starts_anew(platform: BilibiliServer, peer: Peer) -> None:
    """Refused heartbeats of an ended session (7003) make it start again, and it hears on."""
    await platform.interaction_end()
    await platform.until(lambda seen: len(seen.games) == 2 and bool(seen.live))
    assert platform.asked["heartbeat 7003"]
    await platform.say(platform.line("小雨", "还在吗😀"))
    await peer.hear("line", lambda text: text == "还在吗😀")


async def _tells_all(platform: BilibiliServer, peer: Peer) -> None:
    platform.packing = "zlib"
    await platform.say(*_messages())
    await peer.hear("heard", lambda cmd: cmd == "INTERACTION_END")
    told = [each for each in peer.reports if "heard" in each]
    assert len(told) == len(_messages())
    came = [each["data"] for each in told if each["heard"] == "LIVE_ROOM_ENTER"]
    assert [each.get("open_id") for each in came] == ["open-5", None]
    await platform.say(platform.line("小雨", "单独一条"))
    await peer.hear("heard", lambda cmd: cmd == "DM")
    assert peer.reports[-1]["data"]["msg"] == "单独一条"


async def _are_refused() -> None:
    """A wrong secret, a worn-out code: nobody is let in, and the library says the code."""
    async with serving_bilibili() as platform:
        for secret, code, refusal in (
            ("x", CODE, 4002),
            (SECRET, "WORNOUT12345", 7007),
        ):
            async with python_peer.started(
                _RECIPE / "live_client.py",
                *(platform.url, KEY_ID, secret, str(APP_ID), code),
                requirements=_RECIPE / "requirements.txt",
            ):
                await platform.until(partial(_refused, refusal))
        assert not platform.games


def _refused(code: int, platform: BilibiliServer) -> bool:
    return platform.asked[f"start {code}"] > 0


def _messages() -> list[bytes]:
    return [packet(5, line) for line in _PAYLOADS.read_bytes().splitlines()]
