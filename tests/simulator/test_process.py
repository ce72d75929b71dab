"""``python -m streambot.simulator`` as a process: it serves, records, and ends when told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from streambot.simulator.facts import Limits
from streambot.simulator.frames import Viewer
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.scratch_orders import shipped_orders
from streambot.simulator.server import serve_rooms
from tests.simulator.peer import Frame, joined

_ROOT = Path(__file__).parents[2]
_EXAMPLE = _ROOT / "docs" / "example_client.py"
_ORDERS = shipped_orders().read_bytes()
_ENVIRON = {**os.environ, "STREAMBOT_DEMO_TOKEN": "t", "ROOM_TOKEN": "t"}


async def _start(*arguments: str, **more: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        cwd=_ROOT,
        env=_ENVIRON | {"PYTHONUTF8": "1"} | more,
    )


@asynccontextmanager
async def _simulator(*arguments: str) -> AsyncIterator[tuple[Process, str]]:
    process = await _start("-m", "streambot.simulator", "--port", "0", *arguments)
    try:
        assert process.stdout is not None
        line = (await process.stdout.readline()).decode()
        assert line.startswith("room protocol on ws://127.0.0.1:")
        yield process, line.split()[-1]
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@asynccontextmanager
async def _example(url: str) -> AsyncIterator[Process]:
    process = await _start(str(_EXAMPLE), url, "demo")
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _line(process: Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().rstrip()


async def test_example_client() -> None:
    """The example in docs/, of at most 40 lines, prints a room's lines, answers hello once,
    resumes after its link died, and ends when another takes the room over.
    """
    assert len(_EXAMPLE.read_text(encoding="utf-8").splitlines()) <= 40
    room = SimulatedRoom("demo", token="t", limits=Limits(lines=9))
    anna = Viewer(id="v-1", name="anna")
    async with serve_rooms([room]) as server, _example(server.url) as client:
        await server.linked("demo")
        hello = room.emit("spoke", anna, text="hello")
        room.repeat(hello)
        assert [await _line(client), await _line(client)] == ["anna hello"] * 2
        await room.until(lambda room: room.duplicates == 1)
        server.drop_link("demo")
        await room.until(lambda _: not server.is_linked("demo"))
        room.emit("spoke", anna, text="什么时候发货")
        assert await _line(client) == "anna 什么时候发货"
        async with joined(server.url):
            assert await client.wait() == 1
    assert [(said.text, said.out_id) for said in room.said] == [
        ("hello!", f"hello-{hello.id}")
    ]


async def test_recorded_log_and_record(tmp_path: Path) -> None:
    """A log is played to whoever joins; --record tells of every event and line; SIGTERM ends
    the process with 0.
    """
    log, record = tmp_path / "log.jsonl", tmp_path / "record.jsonl"
    texts = ["来了", "什么时候发货"]
    lines = [{"t": t, "user": "u", "text": text} for t, text in enumerate(texts)]
    log.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    arguments = ("--script", str(log), "--record", str(record), "--speed", "50")
    async with _simulator(*arguments) as (process, url):
        async with joined(url) as peer:
            await peer.send("o1", "48小时内发出")
            await peer.send("o1", "48小时内发出")
            await peer.send("o2", "长" * 41)
            while sum(frame["type"] == "event" for frame in peer.heard) < len(texts):
                await peer.hear()
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    facts = [json.loads(row) for row in record.read_text(encoding="utf-8").splitlines()]
    told = [fact["fields"]["text"] for fact in facts if fact["what"] == "event"]
    answers = [(fact["what"], fact["out_id"]) for fact in facts if "out_id" in fact]
    assert told == texts
    assert answers == [("said", "o1"), ("again", "o1"), ("refused", "o2")]


async def test_demo_process(tmp_path: Path) -> None:
    """The demo plays to every room at once, changes an order, and ends with its parent."""
    orders = tmp_path / "orders.csv"
    rooms = ("--room", "a", "--room", "b", "--orders", str(orders))
    async with _simulator(*rooms, "--speed", "200", "--with-parent") as (process, url):
        for room in ("a", "b"):
            ordered = await _heard_past_the_cut(url, room)
            assert ordered["order_id"] == "202611240101"
        assert orders.read_bytes() != _ORDERS
        assert process.stdin is not None
        process.stdin.close()
        assert await process.wait() == 0


async def _heard_past_the_cut(url: str, room: str) -> Frame:
    """The first order event, from the part of the script behind the cut link."""
    after = None
    while True:
        async with joined(url, room, after=after) as peer:
            with contextlib.suppress(ConnectionClosed):
                while True:
                    frame = await peer.hear()
                    after = frame.get("id", after)
                    if frame.get("kind") == "ordered":
                        return frame


@pytest.mark.parametrize(
    ("arguments", "environ", "code", "sentence"),
    [
        ((), {"STREAMBOT_DEMO_TOKEN": ""}, 3, "STREAMBOT_DEMO_TOKEN is empty"),
        (("--token-env", "NOT_SET"), {}, 3, "NOT_SET is empty"),
        (("--speed", "0"), {}, 2, "--speed"),
        (("--script", "no such log"), {}, 2, "no such log can't be opened"),
    ],
)
async def test_bad_starts(
    arguments: tuple[str, ...], environ: dict[str, str], code: int, sentence: str
) -> None:
    """What is missing or wrong is one sentence and an exit code."""
    process = await _start("-m", "streambot.simulator", *arguments, **environ)
    _, errors = await process.communicate()
    assert process.returncode == code
    assert sentence in errors.decode()


async def test_port_in_use() -> None:
    """A taken port is exit code 4 and one sentence."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        process = await _start("-m", "streambot.simulator", "--port", port)
        _, errors = await process.communicate()
    assert process.returncode == 4
    assert f"Port {port}" in errors.decode()
