"""Peer: a bare client of the room protocol, so that no code of ours vouches for itself."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

Frame = dict[str, Any]


class Peer:
    """Speaks JSON frames over a socket and keeps all of them."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.told: list[Frame] = []
        self.heard: list[Frame] = []

    async def tell(self, **frame: Any) -> None:
        """Send one frame."""
        self.told.append(frame)
        await self.socket.send(json.dumps(frame))

    async def hear(self) -> Frame:
        """The next frame.

        Raises:
            ConnectionClosed: there is none any more.
        """
        frame: Frame = json.loads(await self.socket.recv())
        self.heard.append(frame)
        return frame

    async def hear_until(self, kind: str) -> list[Frame]:
        """Frames up to the first of type *kind*, that one included."""
        found = [await self.hear()]
        while found[-1]["type"] != kind:
            found.append(await self.hear())
        return found

    async def send(self, out_id: str, text: str, **more: Any) -> Frame:
        """Write a line and give back the room's word on it."""
        line = {"visibility": "public", "to": [], "reply_to": None} | more
        await self.tell(type="send", out_id=out_id, text=text, **line)
        while (answer := await self.hear())["type"] not in ("sent", "refused"):
            pass
        return answer


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Peer]:
    """A peer that has not said hello yet."""
    subprotocols = [Subprotocol("streambot.room.v1")]
    async with connect(url, subprotocols=subprotocols, ping_interval=None) as socket:
        yield Peer(socket)


@asynccontextmanager
async def joined(
    url: str,
    room: str = "demo",
    *,
    token: str = "t",
    after: str | None = None,
) -> AsyncIterator[Peer]:
    """A peer that said hello; the answer is still to be read."""
    async with opened(url) as peer:
        await peer.tell(type="hello", v=1, room=room, token=token, after=after)
        yield peer
