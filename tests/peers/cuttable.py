"""Cuttable: a wire between the bot and a server, which tests cut, hang, and connect again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Wire:
    """Passes bytes both ways over any number of connections until told otherwise."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._ends: list[asyncio.StreamWriter] = []
        self._flows = _flowing()
        self._hung: list[asyncio.Event] = []
        self.port = 0

    def cut(self) -> None:
        """End every connection without a word."""
        ends, self._ends = self._ends, []
        for end in ends:
            end.transport.abort()
        for flows in self._hung:
            flows.set()

    def hang(self) -> None:
        """Leave the present connections half open: nothing passes; new ones work."""
        self._flows.clear()
        self._hung.append(self._flows)
        self._flows = _flowing()

    async def carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Join one connection to one of its own to the server."""
        self._ends.append(writer)
        try:
            theirs, ours = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            writer.transport.abort()
            return
        self._ends.append(ours)
        flows = self._flows
        await asyncio.gather(_pass(reader, ours, flows), _pass(theirs, writer, flows))


def _flowing() -> asyncio.Event:
    flows = asyncio.Event()
    flows.set()
    return flows


async def _pass(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, flows: asyncio.Event
) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            await flows.wait()
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def wire(to: int) -> AsyncIterator[Wire]:
    """A wire to a port of this machine; its own is ``port``."""
    carried = Wire(to)
    async with await asyncio.start_server(carried.carry, "127.0.0.1", 0) as server:
        carried.port = server.sockets[0].getsockname()[1]
        try:
            yield carried
        finally:
            carried.cut()
