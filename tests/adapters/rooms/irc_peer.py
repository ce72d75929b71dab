"""An IRC server with message ids, echoes and labels as a peer of the conformance suite."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from streambot.adapters.rooms.irc.client import IrcConnector
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.testing.conformance import Happening
from tests.adapters.rooms.irc_server import ECHOING, IrcServer, serving

_SAID = re.compile(r"(?:@label=(\S+) )?PRIVMSG #shop :(.*)")


class IrcPeer(IrcServer):
    """One channel of a server that tells everything IRCv3 can."""

    secret = "t0ken"

    def __init__(self, clock: Clock) -> None:
        super().__init__(ECHOING)
        self._clock = clock
        self._silent = False
        self._next = ":shopbot!u@h PRIVMSG #shop :{}"  # what is said to a line
        self._penalty: str | None = None
        self._unknown = 0
        self.written: list[str] = []
        self.shown: list[str] = []

    def connector(self) -> IrcConnector:
        """A new one."""
        return IrcConnector(
            room="demo",
            url=self.url,
            channel="shop",
            nick="shopbot",
            token=self.secret,
            clock=self._clock,
            key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
        )

    async def handle(self, socket: ServerConnection) -> None:
        """Every link is a new beginning."""
        self._silent = False
        await super().handle(socket)

    def answers(self, line: str) -> list[str]:
        """A line of chat is echoed or met as ordered; the rest goes by the script."""
        if self._silent:
            return []
        if line.startswith("PING"):
            return [f":s PONG s {line.removeprefix('PING ')}"]
        said = _SAID.fullmatch(line)
        return self._word(said[1], said[2]) if said else super().answers(line)

    def _word(self, label: str | None, text: str) -> list[str]:
        self.written.append(text)
        answer, self._penalty = self._penalty, None
        if answer:
            return [f"@label={label} {answer}"]
        self.shown.append(text)
        if answer is not None:
            return [""]
        tags = f"@label={label};msgid=own-{len(self.shown)}"
        return [f"{tags} :shopbot!u@h PRIVMSG #shop :{text}"]

    async def tell(self, *happenings: Happening) -> None:
        """In one message; what is history stands in a batch of it."""
        said = []
        for each in happenings:
            tags = f"msgid={each.mark};time={each.at.isoformat()}"
            words = f":{each.viewer}!u@h"
            words += (
                " JOIN #shop" if each.text is None else f" PRIVMSG #shop :{each.text}"
            )
            if each.history:
                said.append(f"BATCH +{each.mark} chathistory #shop")
                said.append(f"@batch={each.mark};{tags} {words}")
                said.append(f"BATCH -{each.mark}")
            else:
                said.append(f"@{tags} {words}")
        if self.sockets and not self._silent:
            with suppress(ConnectionClosed):  # nobody listens: IRC forgets it
                await self.say(*said)

    async def tell_unknown(self) -> None:
        """A command of another name each time."""
        self._unknown += 1
        await self.say(f":s DANCE{'D' * self._unknown} #shop :hey")

    async def tell_malformed(self) -> None:
        """No command in it."""
        await self.say(":;!")

    async def tell_oversized(self) -> None:
        """Longer than tags and text may be together."""
        await self.say("x" * 70_000)

    async def cut(self) -> None:
        """As a network does."""
        self.sockets[-1].transport.abort()

    async def fall_silent(self) -> None:
        """Not even pongs."""
        self._silent = True

    async def stop_reading(self) -> None:
        """Nothing is read either."""
        self._silent = True
        self.sockets[-1].transport.pause_reading()

    async def forget(self) -> None:
        """IRC keeps nothing."""

    async def deny(self) -> None:
        """The password is wrong."""
        self.script = self.script | {"USER": [":s 464 * :Password incorrect"]}

    async def revoke(self) -> None:
        """Kicked and banned."""
        self.script = self.script | {"JOIN": [":s 474 shopbot #shop :You're banned"]}
        await self.say(":op!u@h KICK #shop shopbot :no")

    async def refuse_next(self) -> None:
        """For what it says."""
        self._penalty = ":s FAIL PRIVMSG CENSORED #shop :no"

    async def penalise_next(self, seconds: float) -> None:
        """For haste; no server says how long."""
        self._penalty = ":s 439 shopbot #shop :Target change too fast"

    async def die_after_next(self) -> None:
        """The line arrived, and the link dies."""
        self._penalty = ""

    async def left(self) -> bool:
        """With a QUIT."""
        await self.sockets[-1].wait_closed()
        return any(line.startswith("QUIT") for line in self.heard)


@asynccontextmanager
async def serving_irc_peer(clock: Clock) -> AsyncIterator[IrcPeer]:
    """A server on a free port."""
    async with serving(IrcPeer(clock)) as peer:
        try:
            yield peer
        finally:
            for socket in peer.sockets:
                socket.transport.abort()
