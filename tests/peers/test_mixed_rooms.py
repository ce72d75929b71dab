"""Fifty rooms on three platforms in one process, four of them failing each in its own way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from streambot.adapters.clock import SystemClock
from streambot.bootstrap import App
from streambot.domain.events import Link
from streambot.domain.room import RoomName
from streambot.simulator.server import serve_rooms
from streambot.testing.conformance import Happening
from tests.acceptance.world import (
    quick_room,
    room_settings,
    running,
    viewer,
    write_config,
)
from tests.adapters.rooms.bilibili_server import serving_bilibili
from tests.adapters.rooms.irc_peer import serving_irc_peer
from tests.peers.test_bilibili import bilibili_room
from tests.peers.test_inspircd_priority import irc_room

pytestmark = [pytest.mark.proof, pytest.mark.timeout(240)]

_OURS, _IRC, _BILIBILI = 24, 16, 6
_PATIENCE = 60.0
_QUESTIONS = ("什么时候发货呀？", "有运费险吗", "可以开发票吗")
_WELCOME = '{"type":"welcome","v":1,"broadcast":"b"}'


#: One room of config.yaml, made aside: it looks for files.
Settings = Callable[[], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A healthy room: how a viewer asks there, and whether an answer to them is out."""

    name: str
    settings: Settings
    ask: Callable[[str, str], Coroutine[Any, Any, None]]
    answered: Callable[[App, str], bool]


async def _ours(stack: AsyncExitStack) -> list[Shop]:
    rooms = [quick_room(f"ours{n}") for n in range(_OURS)]
    server = await stack.enter_async_context(serve_rooms(rooms))

    def shop(room: Any) -> Shop:
        async def ask(name: str, question: str) -> None:
            room.emit("spoke", viewer(name), text=question)

        return Shop(
            name=room.name,
            settings=partial(room_settings, room.name, server.url),
            ask=ask,
            answered=lambda _, name: any(
                f"@{name} " in said.text for said in room.said
            ),
        )

    return [shop(room) for room in rooms]


async def _irc(stack: AsyncExitStack) -> list[Shop]:
    async def shop(number: int) -> Shop:
        peer = await stack.enter_async_context(serving_irc_peer(SystemClock()))

        async def ask(name: str, question: str) -> None:
            now = datetime.now(UTC)
            mark = f"{number}-{name}"
            await peer.tell(Happening(mark=mark, viewer=name, at=now, text=question))

        return Shop(
            name=f"irc{number}",
            settings=partial(irc_room, peer.url, name=f"irc{number}"),
            ask=ask,
            answered=lambda _, name: any(f"@{name} " in text for text in peer.shown),
        )

    return [await shop(number) for number in range(_IRC)]


async def _bilibili(stack: AsyncExitStack, folder: Path) -> list[Shop]:
    async def shop(number: int) -> Shop:
        platform = await stack.enter_async_context(serving_bilibili())
        name = f"bilibili{number}"
        settings = partial(bilibili_room, folder, name, platform.url)

        async def ask(who: str, question: str) -> None:
            await platform.say(platform.line(who, question))

        def answered(app: App, who: str) -> bool:
            prompts = app.rooms.views[RoomName(name)].prompter.values()
            return any(f"@{who} " in line.text for line in prompts)

        return Shop(name=name, settings=settings, ask=ask, answered=answered)

    return [await shop(number) for number in range(_BILIBILI)]


@asynccontextmanager
async def _misbehaving(
    behaves: Callable[[ServerConnection], Coroutine[Any, Any, None]],
) -> AsyncIterator[str]:
    """A server of the room protocol that lets everybody in and then does as *behaves*."""

    async def handle(socket: ServerConnection) -> None:
        with suppress(ConnectionClosed):
            await behaves(socket)

    async with serve(handle, "127.0.0.1", 0, ping_interval=None) as server:
        yield f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/"


async def _never_answers(socket: ServerConnection) -> None:
    await socket.wait_closed()


async def _floods(socket: ServerConnection) -> None:
    await socket.send(_WELCOME)
    while True:
        await socket.send("{nonsense")


async def _hangs_up(socket: ServerConnection) -> None:
    await socket.send(_WELCOME)
    socket.transport.abort()


async def _failing(stack: AsyncExitStack) -> list[Settings]:
    enter = stack.enter_async_context
    return [
        partial(room_settings, "refused", "ws://127.0.0.1:1/"),
        partial(room_settings, "slow", await enter(_misbehaving(_never_answers))),
        partial(room_settings, "flood", await enter(_misbehaving(_floods))),
        partial(room_settings, "flapping", await enter(_misbehaving(_hangs_up))),
    ]


async def _until(holds: Callable[[], bool], what: str) -> None:
    try:
        async with asyncio.timeout(_PATIENCE):
            while not holds():
                await asyncio.sleep(0)
    except TimeoutError:
        raise AssertionError(f"never: {what}") from None


async def test_failing_rooms_slow_no_other(tmp_path: Path) -> None:
    """While one refuses, one never answers, one floods and one hangs up at once, 46 rooms answer every
    question, in each round all of them, and none is ever reconnected or in trouble.
    """
    async with AsyncExitStack() as stack:
        shops = [
            *await _ours(stack),
            *await _irc(stack),
            *await _bilibili(stack, tmp_path),
        ]
        failing = await _failing(stack)
        assert len(shops) + len(failing) == 50
        settings = [*(shop.settings for shop in shops), *failing]
        config = await asyncio.to_thread(
            lambda: write_config(tmp_path, *(each() for each in settings))
        )
        async with running(config) as app:
            views = app.rooms.views

            def linked(name: str) -> bool:
                return views[RoomName(name)].link is Link.CONNECTED

            await _until(lambda: all(linked(shop.name) for shop in shops), "all linked")
            flood = views[RoomName("flood")].counters
            await _until(lambda: flood.get("odd_not_json", 0) > 0, "the flood is here")
            for turn, question in enumerate(_QUESTIONS):
                before = flood["odd_not_json"]
                name = f"guest{turn}"
                await asyncio.gather(*(shop.ask(name, question) for shop in shops))
                waiting = {shop.name: shop for shop in shops}

                def all_answered(name: str = name, left: Any = waiting) -> bool:
                    for shop in list(left.values()):
                        if shop.answered(app, name):
                            del left[shop.name]
                    return not left

                await _until(all_answered, f"all answer {name}: {waiting.keys()}")
                assert flood["odd_not_json"] > before, "the flood had stopped"
            assert all(linked(shop.name) for shop in shops)
            assert not any(views[RoomName(shop.name)].troubles for shop in shops)
            assert not linked("refused")
            assert not linked("slow")
