"""google-api-python-client passes our emulator of YouTube: before that it proves nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.adapters.rooms.youtube_server import (
    BOT,
    CHAT,
    CLIENT_ID,
    REFRESH,
    SECRET,
    YouTubeServer,
    serving_youtube,
)
from tests.peers import python_peer
from tests.peers.peer import PATIENCE, Peer

_RECIPE = Path(__file__).parent / "youtube"


async def let_them_try() -> None:
    """It finds the chat, lists, goes on, writes, streams, renews its token, and names each refusal.

    Raises:
        AssertionError: the emulator isn't what it takes YouTube to be.
    """
    async with serving_youtube() as platform, asyncio.timeout(PATIENCE * 4):
        access = (platform.url, CLIENT_ID, SECRET, REFRESH)
        async with python_peer.started(
            _RECIPE / "live_client.py",
            *access,
            requirements=_RECIPE / "requirements.txt",
        ) as peer:
            peer.tell(find="")
            assert await peer.hear("found") == CHAT
            assert (peer.reports[-1]["same"], peer.reports[-1]["mine"]) == (True, BOT)
            await _lists_and_writes(platform, peer)
            await _streams(platform, peer)
            await _is_refused(platform, peer)


async def _lists_and_writes(platform: YouTubeServer, peer: Peer) -> None:
    await platform.say(
        platform.line("小雨", "什么时候发货呀？"), platform.line("b", "2")
    )
    peer.tell(list="")
    assert await peer.hear("page") == ["什么时候发货呀？", "2"]
    assert peer.reports[-1]["wait"] == platform.wait
    peer.tell(next="")
    assert await peer.hear("page") == []
    peer.tell(insert="48小时内发出😀")
    written = await peer.hear("inserted")
    assert platform.shown == ["48小时内发出😀"]
    platform.expire_tokens()  # the library renews it by itself
    peer.tell(next="")
    assert await peer.hear("page") == ["48小时内发出😀"]
    assert platform.messages[-1]["id"] == written
    assert platform.asked["token"] == 2


async def _streams(platform: YouTubeServer, peer: Peer) -> None:
    peer.tell(stream="")
    await platform.until(lambda seen: len(seen.streams) == 1)
    for number in range(3):
        await platform.say(platform.line("c", f"第{number}句"))
    platform.finish_streams()
    assert await peer.hear("streamed") == [[], ["第0句"], ["第1句"], ["第2句"]]


async def _is_refused(platform: YouTubeServer, peer: Peer) -> None:
    peer.tell(insert="x" * 201)
    assert await peer.hear("refused") == "messageTextInvalid"
    platform.units = platform.used
    peer.tell(insert="还有吗")
    assert await peer.hear("refused") == "quotaExceeded"
    assert peer.reports[-1]["status"] == 403
    platform.units = 10_000
    await platform.end_chat()
    peer.tell(stream="")
    assert await peer.hear("refused") == "liveChatEnded"
