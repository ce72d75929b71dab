"""Peer: another's program beside a test, told and heard by JSON lines."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from os import PathLike
from typing import Any

#: So long a test waits for a report before it fails.
PATIENCE = 30.0

Report = dict[str, Any]


class Peer:
    """A running program and everything it reported."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.reports: list[Report] = []

    def every(self, name: str) -> list[Any]:
        """What was reported under *name* so far."""
        return [report[name] for report in self.reports if name in report]

    def tell(self, **order: Any) -> None:
        """Tell the program what happens."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")

    async def hear(self, name: str, holds: Callable[[Any], bool] | None = None) -> Any:
        """The next report under *name* for which *holds* holds; those before it are kept too."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            async for line in self._process.stdout:
                report: Report = json.loads(line)
                self.reports.append(report)
                if name in report and (holds is None or holds(report[name])):
                    return report[name]
        raise AssertionError(f"the peer ended: {self.reports[-5:]}")

    async def ended(self) -> None:
        """End the program and take in what it still said."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        rest = await self._process.stdout.read()
        self.reports += [json.loads(line) for line in rest.splitlines()]
        assert await self._process.wait() == 0


@asynccontextmanager
async def beside(*command: str | PathLike[str]) -> AsyncIterator[Peer]:
    """*command* running until the end of the block."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 20,
    )
    peer = Peer(process)
    try:
        async with asyncio.timeout(PATIENCE * 10):
            yield peer
            await peer.ended()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
