"""Proves example_connector.py, with a pytest of yours: python -m pytest test_example_connector.py"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from example_connector import ShoutConnector

from streambot.ports.clock import Clock
from streambot.testing.conformance import Case, Feature, Happening, conformance

LACKS = {Feature.HISTORY, Feature.RESUME, Feature.REVOKE, Feature.OVERSIZED}


class ShoutPeer:
    """A room that does as it is told."""

    secret = "t0ken"

    def __init__(self, clock: Clock) -> None:
        self.clock, self.port = clock, 0
        self.written: list[str] = []
        self.shown: list[str] = []
        self.denies = self.silent = self.bye = False
        self.next: str | None = None  # the code of the next refusal; "": die
        self.unknown = 0
        self.over = asyncio.Event()

    def connector(self) -> ShoutConnector:
        return ShoutConnector(self.port, self.secret, self.clock)

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.writer = writer
        while raw := await reader.readline():
            answer = self.answer(json.loads(raw))
            if answer and not self.silent:
                self.say(*answer)
        writer.close()
        self.over.set()

    def answer(self, heard: list[Any]) -> list[Any] | None:
        match heard:
            case ["hi", _]:
                return ["out"] if self.denies else ["in"]
            case ["ping"]:
                return ["pong"]
            case ["say", number, text]:
                self.written.append(text)
                refusal, self.next = self.next, None
                if refusal == "":
                    self.writer.transport.abort()
                elif refusal is not None:
                    return ["no", number, refusal]
                else:
                    self.shown.append(text)
                    return ["ok", number]
            case ["bye"]:
                self.bye = True
        return None

    def say(self, *words: Any) -> None:
        self.writer.write(json.dumps(words).encode() + b"\n")

    async def tell(self, *happenings: Happening) -> None:
        for each in happenings:
            if each.text is None:
                self.say("came", each.mark, each.viewer)
            else:
                self.say("said", each.mark, each.viewer, each.text)

    async def tell_unknown(self) -> None:
        self.unknown += 1
        self.say(f"danced{self.unknown}")

    async def tell_malformed(self) -> None:
        self.writer.write(b"{nonsense\n")

    async def cut(self) -> None:
        await self.writer.drain()
        self.writer.transport.abort()

    async def fall_silent(self) -> None:
        self.silent = True

    async def stop_reading(self) -> None:
        self.silent = True
        self.writer.transport.pause_reading()  # type: ignore[attr-defined]

    async def deny(self) -> None:
        self.denies = True

    async def refuse_next(self) -> None:
        self.next = "forbidden"

    async def penalise_next(self, seconds: float) -> None:
        self.next = "rate"

    async def die_after_next(self) -> None:
        self.next = ""

    async def left(self) -> bool:
        await self.over.wait()
        return self.bye

    async def tell_oversized(self) -> None:
        """Lacking, as are the next two."""

    async def forget(self) -> None: ...
    async def revoke(self) -> None: ...


@asynccontextmanager
async def serving(clock: Clock) -> AsyncIterator[ShoutPeer]:
    """A room on a free port."""
    peer = ShoutPeer(clock)
    async with await asyncio.start_server(peer.serve, "127.0.0.1", 0) as server:
        peer.port = server.sockets[0].getsockname()[1]
        yield peer
        if hasattr(peer, "writer"):
            peer.writer.transport.abort()


@pytest.mark.parametrize("case", conformance(serving, lacks=LACKS), ids=str)
def test_it_conforms(case: Case) -> None:
    """Every case that doesn't need what the platform lacks."""
    asyncio.run(case())
