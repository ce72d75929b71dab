"""A link to the emulator's chat that is read on, for the tests of YouTube's client."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from streambot.adapters.rooms.youtube.client import YouTubeConnector
from streambot.adapters.rooms.youtube.link import YouTubeLink
from streambot.domain.events import LinkChanged, PlatformEvent, ViewerSpoke
from streambot.domain.reply import LineId, LineOut, ReplyKind
from streambot.errors import RoomError
from streambot.ports.clock import Clock
from streambot.testing import FakeClock
from streambot.testing.conformance.passing import passing
from tests.adapters.rooms.youtube_peer import YouTubePeer


class Off:
    """A clock that is so much ahead of *clock*."""

    def __init__(self, clock: Clock, ahead: timedelta) -> None:
        self._clock = clock
        self._ahead = ahead

    def now(self) -> datetime:
        """What it shows."""
        return self._clock.now() + self._ahead

    async def sleep(self, span: timedelta) -> None:
        """As long as on any other."""
        await self._clock.sleep(span)


class Following:
    """A link that is read on, and what it told."""

    def __init__(self, link: YouTubeLink) -> None:
        self.link = link
        self.told: list[PlatformEvent | LinkChanged] = []
        self.end: RoomError | None = None

    async def read(self) -> None:
        """Until the link dies."""
        try:
            async for bunch in self.link.events():
                self.told += bunch
        except RoomError as error:
            self.end = error

    @property
    def texts(self) -> list[str]:
        """The lines."""
        return [each.text for each in self.told if isinstance(each, ViewerSpoke)]

    @property
    def said(self) -> list[str]:
        """What the link said of itself."""
        return [each.detail for each in self.told if isinstance(each, LinkChanged)]

    async def until(self, holds: Callable[[], bool], clock: FakeClock, span: float = 8) -> None:  # fmt: skip
        """Let time pass until *holds* does."""

        async def looked() -> None:
            while not holds():
                await asyncio.sleep(0)

        within = timedelta(seconds=span)
        await passing(clock, looked(), within=within, patience=5, what="it comes about")


@asynccontextmanager
async def linked(
    peer: YouTubePeer, connector: YouTubeConnector | None = None, after: Any = None
) -> AsyncIterator[Following]:
    """A link that is followed."""
    odd = Counter[str]()
    opening = (connector or peer.connector()).open(
        after, odd=lambda name: odd.update([name])
    )
    async with opening as link:
        following = Following(link)
        task = asyncio.ensure_future(following.read())
        try:
            yield following
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def line(text: str, kind: ReplyKind = ReplyKind.ANSWER) -> LineOut:
    """A line out."""
    return LineOut(
        line_id=LineId(text),
        kind=kind,
        text=text,
        covers=(),
        made_at=FakeClock().now(),
    )


async def in_time(clock: FakeClock, work: Coroutine[Any, Any, Any], span: float) -> Any:
    """The result of *work* while so many seconds pass at most."""
    within = timedelta(seconds=span)
    return await passing(clock, work, within=within, patience=5, what="it is done")
