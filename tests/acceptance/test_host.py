"""A room no bot may write to, served by its host: shown, said and marked, by tokens of the configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aiohttp
import pytest

from streambot.domain.room import RoomName
from tests.acceptance.world import World, quick_room, viewer, world

DEMO = RoomName("demo")


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


async def test_a_host_serves_a_room_that_cannot_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hotkey shows a product, 这个多少钱 is answered about it on board and prompter; the tool
    says one answer, the host another, and both count.
    """
    room = quick_room(capabilities=("enter",))
    board, tool = "a-board-token-for-tests", "a-hook-token-for-the-tests"
    monkeypatch.setenv("STREAMBOT_TEST_BOARD", board)
    monkeypatch.setenv("STREAMBOT_TEST_HOOK", tool)
    given = {
        "board_token_env": "STREAMBOT_TEST_BOARD",
        "hook_token_env": "STREAMBOT_TEST_HOOK",
    }
    async with (
        world(tmp_path, room, room=given) as bot,
        aiohttp.ClientSession() as http,
    ):
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
