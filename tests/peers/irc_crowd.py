"""Chatter: a person in an IRC channel, who says, hears, and sees who comes and goes."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count

from streambot.adapters.clock import SystemClock
from streambot.adapters.rooms.irc.client import IrcConnector
from streambot.adapters.rooms.irc.link import IrcLink
from streambot.domain.events import ViewerEntered, ViewerLeft, ViewerSpoke
from streambot.domain.reply import LineId, LineOut, ReplyKind, SendResult
from streambot.domain.viewer import ViewerKey
from streambot.testing.conformance.passing import Changes

_PATIENCE = 60.0


class Chatter:
    """What one link has heard; ``lines`` are (nick, text) as they came."""

    def __init__(self, link: IrcLink) -> None:
        self._link = link
        self._changes = Changes()
        self._numbers = count()
        self.lines: list[tuple[str, str]] = []
        self.comings: Counter[str] = Counter()
        self.goings: Counter[str] = Counter()

    async def listen(self) -> None:
        """Take in what the channel tells until the link ends.

        Raises:
            RoomError: it did.
        """
        async for bunch in self._link.events():
            for event in bunch:
                match event:
                    case ViewerSpoke():
                        self.lines.append((event.viewer.name, event.text))
                    case ViewerEntered():
                        self.comings[event.viewer.name] += 1
                    case ViewerLeft():
                        self.goings[event.viewer.name] += 1
                    case _:
                        pass
            self._changes.tell()

    async def say(self, text: str) -> None:
        """Say a line and have the server's word on it."""
        line = LineOut(
            line_id=LineId(f"said-{next(self._numbers)}"),
            kind=ReplyKind.ANSWER,
            text=text,
            covers=(),
            made_at=datetime.now(UTC),
        )
        outcome = await self._link.send(line)
        assert outcome.result is SendResult.SENT, outcome

    async def until(self, holds: Callable[[Chatter], bool], what: str) -> None:
        """Wait for something to be heard or seen."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._changes.until(lambda: holds(self))
        except TimeoutError:
            raise AssertionError(f"{what} never came: {self.lines[-20:]}") from None

    async def heard(self, nick: str, part: str) -> None:
        """Wait for a line of *nick*'s with *part* in it."""
        await self.until(
            lambda it: any(who == nick and part in text for who, text in it.lines),
            f"{nick}'s {part}",
        )

    async def saw(self, nick: str, times: int = 1) -> None:
        """Wait until *nick* has come in so often."""
        await self.until(lambda it: it.comings[nick] >= times, nick)


@asynccontextmanager
async def chatting(url: str, nick: str) -> AsyncIterator[Chatter]:
    """*nick* in the channel #shop until the end of the block.

    Raises:
        RoomError: the server isn't there.
    """
    connector = IrcConnector(
        room="demo",
        url=url,
        channel="#shop",
        nick=nick,
        token="",
        clock=SystemClock(),
        key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
    )
    async with connector.open(None) as link:
        chatter = Chatter(link)
        listening = asyncio.ensure_future(chatter.listen())
        try:
            yield chatter
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
