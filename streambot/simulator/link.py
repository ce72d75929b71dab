"""Link: one bot's socket with its bounded outgoing queue, which can be stalled or cut."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from streambot.simulator import frames


class Link:
    """Sends frames in order; a peer that lets *most* of them pile up is cut and may resume."""

    def __init__(self, socket: ServerConnection, most: int) -> None:
        self._socket = socket
        self._most = most
        self._waiting: deque[str] = deque()
        self._some = asyncio.Event()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._drained = asyncio.Event()
        self._drained.set()
        self._closing: tuple[str, str] | None = None

    def push(self, frame: str) -> None:
        """Queue *frame*; when the queue is full the link is cut."""
        if self._closing is not None:
            return
        if len(self._waiting) >= self._most:
            self.cut()
            return
        self._waiting.append(frame)
        self._drained.clear()
        self._some.set()

    def pause(self) -> None:
        """Send nothing until ``resume``: the peer sees a room that went silent."""
        self._flowing.clear()

    def resume(self) -> None:
        """Go on where ``pause`` stopped."""
        self._flowing.set()

    def stall(self) -> None:
        """Neither send nor read: half open, as a network leaves a link that lost its way."""
        self.pause()
        self._socket.transport.pause_reading()

    @property
    def close_code(self) -> int | None:
        """What the socket was closed with; 1006 without a word, None while it is open."""
        return self._socket.close_code

    def cut(self) -> None:
        """Kill the TCP connection without a word, as networks do."""
        self._waiting.clear()
        self._drained.set()
        self._socket.transport.abort()

    def end(self, code: str, message: str) -> None:
        """Send what is queued, then an error frame, then close with the code's number."""
        if self._closing is None:
            self._closing = (code, message)
            self._some.set()

    async def drained(self) -> None:
        """Return once everything pushed so far is with the kernel, or the link is cut."""
        await self._drained.wait()

    async def write(self) -> None:
        """Write what is pushed until the socket closes or the talk ends."""
        with contextlib.suppress(ConnectionClosed):
            while await self._written():
                pass
        self._drained.set()

    async def _written(self) -> bool:
        await self._some.wait()
        while self._waiting:
            await self._flowing.wait()
            if self._waiting:
                await self._socket.send(self._waiting.popleft())
        self._drained.set()
        if self._closing is None:
            self._some.clear()
            return True
        code, message = self._closing
        await self._socket.send(frames.error(code, message))
        await self._socket.close(frames.CLOSE_CODES[code], code)
        return False
