"""A disk that fills up in mid-broadcast: nothing is said, the console says why, nothing is lost."""

from __future__ import annotations

import asyncio
import os
import re
import resource
import sys
from pathlib import Path
from typing import Any

import aiohttp

from streambot.simulator.server import serve_rooms
from tests.acceptance.world import (
    PATIENCE,
    TOKEN,
    TOKEN_ENV,
    quick_room,
    room_settings,
    viewer,
    write_config,
)

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_NO_LIMIT = resource.RLIM_INFINITY


def _may_write(process: asyncio.subprocess.Process, most: int) -> None:
    """Let the process's files grow to *most* bytes and no further, as a full disk would."""
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, _NO_LIMIT))


async def _ready(url: str, *, status: int) -> dict[str, Any]:
    """What /readyz says once it answers *status*."""
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as http:
        while True:
            async with http.get(f"{url}/readyz") as answer:
                if answer.status == status:
                    found: dict[str, Any] = await answer.json()
                    return found


async def test_a_full_disk_silences_the_bot_and_loses_nothing(tmp_path: Path) -> None:
    """While no write is possible nothing is said; then what the room repeats is answered."""
    room = quick_room()
    async with serve_rooms([room]) as server:
        config = await asyncio.to_thread(
            lambda: write_config(tmp_path, room_settings("demo", server.url))
        )
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "streambot", "run", "--config", str(config)),
            env={**os.environ, TOKEN_ENV: TOKEN, "PYTHONUNBUFFERED": "1"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert process.stdout is not None
        try:
            async with asyncio.timeout(3 * PATIENCE):
                address = _ADDRESS.search((await process.stdout.readline()).decode())
                assert address is not None
                await server.linked("demo")
                room.emit("spoke", viewer("小雨"), text="什么时候发货")
                await room.until(lambda room: len(room.said) >= 1)
                before = len(room.said)

                _may_write(process, 0)
                room.emit("spoke", viewer("阿杰"), text="有运费险吗")
                await room.until(lambda _: not server.is_linked("demo"))
                told = await _ready(address.group(), status=503)
                assert "磁盘" in str(told)
                room.emit("spoke", viewer("大壮"), text="骗子！退钱！")
                assert len(room.said) == before

                _may_write(process, _NO_LIMIT)
                await room.until(
                    lambda room: any("@阿杰" in line.text for line in room.said)
                )
                await room.until(
                    lambda room: any("@大壮" in line.text for line in room.said)
                )
            await _ready(address.group(), status=200)
        finally:
            process.terminate()
            await process.wait()
    assert sum("@阿杰" in line.text and "运费" in line.text for line in room.said) == 1
