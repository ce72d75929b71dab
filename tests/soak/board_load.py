"""A whole bot in a room of 200 lines a second, with the host's board open in a real browser."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, CDPSession, Page, expect

from streambot.adapters.clock import SystemClock
from streambot.application.room_access import RoomAccess
from streambot.domain.agent import Agent, AgentName, Role
from streambot.domain.room import RoomName
from streambot.ports.room_tokens import Scope
from streambot.simulator import demo_lines as lines
from streambot.simulator.room import SimulatedRoom
from tests.acceptance.world import viewer, world
from tests.browser.fixtures import OpenPage

LINES_A_SECOND = 200
_STEP = 0.05  # seconds between two bunches of lines
_WARM_UP = 8.0  # until every list is as long as it gets
#: How often the memory is looked at. V8 holds up to a megabyte more for some seconds now and
#: then, collected or not (a function being compiled anew), so one look is no measure: what a
#: third of the run holds is the least of its looks.
_LOOKS = 12
_ROOM = RoomName("demo")
#: What a busy room writes: a third of it asks something.
_SAID = tuple(
    text
    for each in zip(
        cycle(lines.FAQ), cycle(lines.CHATTER), lines.PRAISE * 9, strict=False
    )
    for text in each
)
_UNKNOWN = ("和上一款有什么区别", "主播身上这件是什么面料织的", "背面有没有口袋")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one page cost."""

    view: str
    seconds: float
    cpu: float  # share of one core, of the page's own process
    heap_before: (
        int  # bytes in use with garbage collected, the least in the first third
    )
    heap_after: int  # the least in the last third
    nodes_before: int
    nodes_after: int
    rows: int

    def __str__(self) -> str:
        megabytes = [
            f"{each / 2**20:.2f}" for each in (self.heap_before, self.heap_after)
        ]
        return (
            f"board {self.view}: {LINES_A_SECOND} lines/s for {self.seconds:.0f} s, "
            f"{self.cpu:.1%} of a core, heap {megabytes[0]} -> {megabytes[1]} MB, "
            f"DOM nodes {self.nodes_before} -> {self.nodes_after}, rows {self.rows}"
        )


async def measure(
    folder: Path, browser: Browser, open_page: OpenPage, seconds: float, view: str
) -> tuple[Figures, int]:
    """Let the room be busy for *seconds*; what the page cost, and how many lines there were."""
    room = SimulatedRoom("demo", token="an-open-secret", capabilities=("enter",))
    async with world(folder, room) as bot:
        access = RoomAccess(bot.app.store.tokens, SystemClock(), {}, lambda _: None)
        boss = Agent(name=AgentName("李姐"), role=Role.SUPERVISOR)
        made = await access.make(boss, _ROOM, Scope.BOARD, "主播")
        assert made is not None
        page = await open_page(width=1920 if view == "obs" else 1280, height=900)
        crowd = asyncio.create_task(_crowd(room))
        try:
            suffix = "?view=obs" if view == "obs" else ""
            await page.goto(f"{bot.app.url}/board/demo{suffix}#{made[1]}")
            await expect(page.locator(".question").first).to_be_visible()
            await asyncio.sleep(_WARM_UP)  # a load lasts: here time itself is the test
            figures = await _cost(browser, page, seconds, view)
            board = bot.app.rooms.views[_ROOM].board
            assert len(board.questions) <= 75, "the board grows"
            return figures, int(bot.app.rooms.views[_ROOM].counters["lines"])
        finally:
            crowd.cancel()
            await asyncio.gather(crowd, return_exceptions=True)
            await page.close()


async def _cost(browser: Browser, page: Page, seconds: float, view: str) -> Figures:
    machine = await browser.new_browser_cdp_session()
    inside = await page.context.new_cdp_session(page)
    await inside.send("Performance.enable")
    cpu, loop = await _cpu(machine), asyncio.get_running_loop()
    since = loop.time()
    looks = [await _memory(inside)]
    for number in range(1, _LOOKS):
        due = since + seconds * number / (_LOOKS - 1)
        await asyncio.sleep(max(0.0, due - loop.time()))
        looks.append(await _memory(inside))
    took = loop.time() - since
    used = await _cpu(machine) - cpu
    first, last = looks[: _LOOKS // 3], looks[-_LOOKS // 3 :]
    return Figures(
        view=view,
        seconds=took,
        cpu=used / took,
        heap_before=min(heap for heap, _ in first),
        heap_after=min(heap for heap, _ in last),
        nodes_before=min(nodes for _, nodes in first),
        nodes_after=min(nodes for _, nodes in last),
        rows=await page.locator(".question").count(),
    )


async def _cpu(machine: CDPSession) -> float:
    """Seconds that renderers used so far; one page is open, so it is the page's."""
    told: dict[str, Any] = await machine.send("SystemInfo.getProcessInfo")
    return sum(
        float(each["cpuTime"])
        for each in told["processInfo"]
        if each["type"] == "renderer"
    )


async def _memory(inside: CDPSession) -> tuple[int, int]:
    """The page's heap in bytes and its nodes, garbage collected."""
    for _ in range(3):
        await inside.send("HeapProfiler.collectGarbage")
    heap = await inside.send("Runtime.getHeapUsage")
    told = await inside.send("Performance.getMetrics")
    metrics = {each["name"]: each["value"] for each in told["metrics"]}
    return int(heap["usedSize"]), int(metrics["Nodes"])


async def _crowd(room: SimulatedRoom) -> None:
    """Lines of ever new viewers, and a few that nobody can answer."""
    said, unknown, number = cycle(_SAID), cycle(_UNKNOWN), 0
    loop = asyncio.get_running_loop()
    began = loop.time()
    while True:
        due = int((loop.time() - began) * LINES_A_SECOND)
        while number < due:
            number += 1
            who = viewer(f"观众{number % 5_000}")
            text = next(unknown) if number % 25 == 0 else next(said)
            room.emit("spoke", who, text=text)
            if number % 10 == 0:
                room.emit("entered", viewer(f"新来的{number}"))
        await asyncio.sleep(_STEP)
