"""A room no bot may write to, served by its host: shown, said and marked over real sockets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aiohttp

from streambot.adapters.clock import SystemClock
from streambot.application.room_access import RoomAccess
from streambot.domain.agent import Agent, AgentName, Role
from streambot.domain.room import RoomName
from streambot.ports.room_tokens import Scope
from tests.acceptance.world import World, quick_room, viewer, world

DEMO = RoomName("demo")


async def _token(bot: World, scope: Scope) -> str:
    access = RoomAccess(bot.app.store.tokens, SystemClock(), {}, lambda _: None)
    boss = Agent(name=AgentName("李姐"), role=Role.SUPERVISOR)
    made = await access.make(boss, DEMO, scope, scope.value)
    assert made is not None
    return made[1]


class _Host:
    """A board and a hook of the running bot."""

    def __init__(self, bot: World, http: aiohttp.ClientSession, tool: str) -> None:
        self.url, self.http, self.tool = bot.app.url, http, tool

    async def hook(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        """POST to the hook."""
        async with self.http.post(
            f"{self.url}/api/hook/demo/{what}",
            json=body,
            headers={"Authorization": f"Bearer {self.tool}"},
        ) as answer:
            assert answer.status == 200, await answer.text()
            told: dict[str, Any] = await answer.json()
            return told


async def _frame(
    socket: aiohttp.ClientWebSocketResponse, kind: str, holds: Any = None
) -> dict[str, Any]:
    while True:
        frame: dict[str, Any] = await socket.receive_json(timeout=20)
        if frame["type"] == kind and (holds is None or holds(frame)):
            return frame


async def test_a_host_serves_a_room_that_cannot_be_written_to(tmp_path: Path) -> None:
    """A hotkey shows a product, 这个多少钱 is answered about it on board and prompter; the tool
    says one answer, the host another, and both count.
    """
    room = quick_room(capabilities=("enter",))
    async with world(tmp_path, room) as bot, aiohttp.ClientSession() as http:
        board, tool = await _token(bot, Scope.BOARD), await _token(bot, Scope.HOOK)
        host = _Host(bot, http, tool)
        await host.hook("product", {"product": 2})
        async with (
            http.ws_connect(
                f"{bot.app.url}/api/board/demo/feed",
                protocols=("streambot.board.v1", f"streambot.token.{board}"),
            ) as screen,
            http.ws_connect(
                f"{bot.app.url}/api/hook/demo/feed",
                protocols=("streambot.hook.v1", f"streambot.token.{tool}"),
            ) as sender,
        ):
            for socket in (screen, sender):
                await socket.send_json({"type": "hello", "v": 1})
            room.emit("spoke", viewer("小雨"), text="这个多少钱")

            def asks(frame: dict[str, Any], price: str) -> bool:
                items = frame.get("questions", {}).get("items", [])
                return any(price in (each["answer"] or "") for each in items)

            await _frame(screen, "board", lambda frame: asks(frame, "129元"))
            told = await _frame(sender, "lines", lambda frame: _price(frame, "129元"))
            line = _price(told, "129元")
            assert line is not None
            take = {"type": "take", "ref": "1", "line_id": line["line_id"]}
            await sender.send_json(take)
            await _frame(sender, "taken")
            await sender.send_json({**take, "type": "said", "ref": "2"})
            await _frame(sender, "done")

            show = {"type": "show", "ref": "3", "product": "3"}
            await screen.send_json(show)
            await _frame(screen, "done")
            room.emit("spoke", viewer("阿杰"), text="这个多少钱")
            found = await _frame(screen, "board", lambda frame: asks(frame, "99元"))
            items = found["questions"]["items"]
            assert {each["standing"] for each in items if "129元" in str(each)} == {
                "said"
            }
            (question,) = [each for each in items if "99元" in (each["answer"] or "")]
            await screen.send_json(
                {
                    "type": "mark",
                    "ref": "4",
                    "act": "answered",
                    "question": question["id"],
                }
            )
            await _frame(screen, "done")
            await _frame(sender, "lines", lambda frame: _price(frame, "99元") is None)
        assert bot.app.rooms.views[DEMO].counters["host_answered"] == 1


def _price(frame: dict[str, Any], price: str) -> dict[str, Any] | None:
    return next((each for each in frame["lines"] if price in each["text"]), None)
