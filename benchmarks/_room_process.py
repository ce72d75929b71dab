"""A room in a process of its own that can send lines faster than anybody can read them.

The address says what it plays: ``/?lines=20000&rate=0&kind=spoke&tag=a``; rate 0 is as fast as
the peer takes them. Each loop of the chat has viewers of its own, as another evening would.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec
from _chat import Said, chat
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.typing import Subprotocol

from streambot.adapters.rooms.room_protocol.codec import SUBPROTOCOL

#: Frames made and handed to the socket at once when there is no rate.
_AT_ONCE = 128
_encode = msgspec.json.encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """What one connection is to be sent."""

    lines: int
    rate: float
    kind: str
    tag: str

    @classmethod
    def of(cls, path: str) -> Show:
        """What an address asks for."""
        asked = {key: found[0] for key, found in parse_qs(urlsplit(path).query).items()}
        return cls(
            lines=int(asked.get("lines", "0")),
            rate=float(asked.get("rate", "0")),
            kind=asked.get("kind", "spoke"),
            tag=asked.get("tag", "a"),
        )

    def frame(self, number: int, said: list[Said], at: str) -> bytes:
        """The WebSocket frame of one event."""
        loop, position = divmod(number, len(said))
        line = said[position]
        name = line.user if self.kind == "spoke" else f"v{number}"
        event: dict[str, object] = {
            "type": "event",
            "id": f"{self.tag}-{number}",
            "at": at,
            "kind": self.kind,
            "origin": "live",
            "viewer": {"id": f"{self.tag}{loop}{name}", "name": name, "roles": []},
        }
        if self.kind == "spoke":
            event["text"] = line.text
            if line.storm:
                event["storm"] = True
        return Frame(Opcode.TEXT, _encode(event)).serialize(mask=False)


class Room:
    """Welcomes whoever comes, plays the show, and takes every line at once."""

    def __init__(self, said: list[Said]) -> None:
        self._said = said

    async def handle(self, socket: ServerConnection) -> None:
        """Serve one connection to its end."""
        assert socket.request is not None
        show = Show.of(socket.request.path)
        try:
            await socket.recv()  # hello
            await socket.send(_text(_welcome(show)))
            playing = asyncio.create_task(self._play(socket, show))
            async for message in socket:
                frame = msgspec.json.decode(message)
                if frame["type"] == "send":
                    out = frame["out_id"]
                    await socket.send(_text({"type": "sent", "out_id": out, "id": out}))
                elif frame["type"] == "ping":
                    await socket.send(_text({"type": "pong", "n": frame["n"]}))
            playing.cancel()
        except ConnectionClosed:
            return

    async def _play(self, socket: ServerConnection, show: Show) -> None:
        loop = asyncio.get_running_loop()
        start, done = loop.time(), 0
        while done < show.lines:
            if show.rate:
                due = int((loop.time() - start) * show.rate) + 1
                if due <= done:
                    await asyncio.sleep(start + done / show.rate - loop.time())
                    continue
            else:
                due = done + _AT_ONCE
            due = min(due, show.lines)
            at = datetime.now(UTC).isoformat(timespec="milliseconds")
            frames = [show.frame(n, self._said, at) for n in range(done, due)]
            socket.transport.write(b"".join(frames))
            await socket.drain()
            done = due


def _welcome(show: Show) -> dict[str, object]:
    return {
        "type": "welcome",
        "v": 1,
        "room": show.tag,
        "broadcast": show.tag,
        "capabilities": ["room_chat", "enter"],
        "limits": {"lines": 1, "per_seconds": 2, "line_length": 40},
        "now": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }


def _text(frame: dict[str, object]) -> str:
    return _encode(frame).decode()


@contextmanager
def room_process(data: Path) -> Iterator[str]:
    """The address of a room that runs while the block does."""
    process = subprocess.Popen(
        [sys.executable, __file__, str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


async def _serve(said: list[Said]) -> None:
    async with serve(
        Room(said).handle,
        "127.0.0.1",
        0,
        subprotocols=[Subprotocol(SUBPROTOCOL)],
        compression=None,
        ping_interval=None,
    ) as server:
        port = server.sockets[0].getsockname()[1]
        print(f"ws://127.0.0.1:{port}/", flush=True)
        await asyncio.to_thread(sys.stdin.read)


def _leave_first_core() -> None:
    """The first core is the bot's, where the system lets us say so."""
    if hasattr(os, "sched_setaffinity"):
        others = sorted(os.sched_getaffinity(0))[1:]
        if others:
            os.sched_setaffinity(0, others)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    _leave_first_core()
    asyncio.run(_serve(chat(parser.parse_args().data)))
