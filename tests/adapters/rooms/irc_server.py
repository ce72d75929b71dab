"""A real local IRC server over WebSocket that says what each test has it say."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

S = TypeVar("S", bound="IrcServer")

JOINED = ":shopbot!u@h JOIN #shop"
#: What the server answers, by the beginning of what it hears; "" ends the link.
Script = dict[str, list[str]]
PLAIN: Script = {
    "CAP LS": [":s CAP * LS :server-time"],
    "CAP REQ": [":s CAP * ACK :server-time"],
    "USER": [":s 001 shopbot :hi"],
    "JOIN": [JOINED],
}
ECHOING: Script = PLAIN | {
    "CAP LS": [":s CAP * LS :echo-message labeled-response message-tags"],
    "CAP REQ": [":s CAP * ACK :message-tags echo-message labeled-response"],
}
TWITCH: Script = {"NICK": [":tmi 001 shopbot :hi"], "JOIN": [JOINED]}


class IrcServer:
    """What it heard, and every socket it was met on."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.heard: list[str] = []
        self.sockets: list[ServerConnection] = []
        self.url = ""

    async def say(self, *said: str) -> None:
        """Say lines on the newest socket, in one frame."""
        await self.sockets[-1].send("\r\n".join(said))

    async def handle(self, socket: ServerConnection) -> None:
        """Answer one socket by the script."""
        self.sockets.append(socket)
        with suppress(ConnectionClosed):
            async for message in socket:
                line = str(message).rstrip()
                self.heard.append(line)
                for answer in self.answers(line):
                    if not answer:
                        socket.transport.abort()
                        return
                    await socket.send(answer)

    def answers(self, line: str) -> list[str]:
        """What the server says to *line*; "" ends the link."""
        return [
            answer
            for start, answers in self.script.items()
            if start in line
            for answer in answers
        ]


@asynccontextmanager
async def serving_irc(script: Script) -> AsyncIterator[IrcServer]:
    """A server on a free port."""
    async with serving(IrcServer(script)) as irc:
        yield irc


@asynccontextmanager
async def serving(irc: S) -> AsyncIterator[S]:
    """*irc* on a free port."""
    async with serve(irc.handle, "127.0.0.1", 0, ping_interval=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        irc.url = f"ws://127.0.0.1:{port}/"
        yield irc
