"""Trial: one case's peer and clock, with what every case does - link, tell, hear, send."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any, TypeVar

from streambot.domain.events import Link, LinkChanged, PlatformEvent, ViewerSpoke
from streambot.domain.reply import EventId, LineId, LineOut, ReplyKind, SendOutcome
from streambot.errors import RoomError
from streambot.ports.connector import Connection, Connector
from streambot.testing.clock import FakeClock
from streambot.testing.conformance.passing import Changes, let_pass, passing
from streambot.testing.conformance.peer import Feature, Happening, RoomPeer

T = TypeVar("T")

_SOON = timedelta(seconds=8)


class Linked:
    """A link that is followed as the bot does it: all that was heard, and how it ended."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self._changes = Changes()
        self._connection: Connection | None = None
        self.events: list[PlatformEvent] = []
        self.gaps: list[LinkChanged] = []
        self.ended: RoomError | None = None

    @property
    def connection(self) -> Connection:
        """The open link."""
        assert self._connection is not None
        return self._connection

    @property
    def lines(self) -> list[ViewerSpoke]:
        """The lines among the events."""
        return [each for each in self.events if isinstance(each, ViewerSpoke)]

    async def follow(self, connector: Connector, after: EventId | None) -> None:
        """Open and read until cancelled or until the link dies."""
        try:
            async with connector.open(after, odd=self._trial.odd) as connection:
                self._connection = connection
                self._changes.tell()
                async for bunch in connection.events():
                    for event in bunch:
                        self._hear(event)
                    self._changes.tell()
        except RoomError as error:
            self.ended = error
        finally:
            self._changes.tell()

    def _hear(self, event: PlatformEvent | LinkChanged) -> None:
        if not isinstance(event, LinkChanged):
            self.events.append(event)
        elif event.link is Link.GAP:
            self.gaps.append(event)

    async def opened(self) -> None:
        """The link is open, or the connector said why it can't be."""
        await self._changes.until(
            lambda: self._connection is not None or self.ended is not None
        )
        if self._connection is None and self.ended is not None:
            raise self.ended

    async def line(self, happening: Happening) -> ViewerSpoke:
        """The line of *happening*, once it is heard."""
        work = self._changes.until(
            lambda: (
                self.ended is not None
                or any(each.text == happening.text for each in self.lines)
            )
        )
        await self._trial.soon(work, f"the line {happening.text} is heard")
        for each in self.lines:
            if each.text == happening.text:
                return each
        raise AssertionError(f"the link ended instead: {self.ended}")

    async def over(self, within: timedelta = _SOON) -> RoomError:
        """The error that ended the link, which must come within a span."""
        work = self._changes.until(lambda: self.ended is not None)
        await self._trial.soon(work, "the link is known to be dead", within)
        assert self.ended is not None
        return self.ended

    async def send(self, text: str, within: timedelta = _SOON) -> SendOutcome:
        """The word on a line."""
        work = self.connection.send(self._trial.line_out(text))
        return await self._trial.soon(
            work, f"there is a word on the line {text}", within
        )


@dataclass(slots=True, kw_only=True)
class Trial:
    """What a case is given."""

    peer: RoomPeer
    clock: FakeClock
    lacks: frozenset[Feature]
    silent_after: timedelta
    patience: float
    oddities: Counter[str] = field(default_factory=Counter)
    _numbers: count[int] = field(default_factory=lambda: count(1))
    _made: dict[str, LineOut] = field(default_factory=dict)

    def has(self, feature: Feature) -> bool:
        """Whether the platform doesn't lack *feature*."""
        return feature not in self.lacks

    def odd(self, name: str) -> None:
        """The connector met what it doesn't understand."""
        self.oddities[name] += 1

    def says(self, *, ago: timedelta = timedelta(), history: bool = False) -> Happening:
        """A viewer's line that differs from every other."""
        number = next(self._numbers)
        return Happening(
            mark=f"mark-{number}",
            viewer=f"guest{number}",
            at=self.clock.now() - ago,
            text=f"第{number}句话",
            history=history,
        )

    def enters(self) -> Happening:
        """A viewer's arrival."""
        number = next(self._numbers)
        at = self.clock.now()
        return Happening(mark=f"mark-{number}", viewer=f"guest{number}", at=at)

    def line_out(self, text: str) -> LineOut:
        """A line of the bot; the same text is the same line."""
        return self._made.setdefault(
            text,
            LineOut(
                line_id=LineId(f"line-{len(self._made) + 1}"),
                kind=ReplyKind.ANSWER,
                text=text,
                covers=(),
                made_at=self.clock.now(),
            ),
        )

    @asynccontextmanager
    async def linked(
        self, after: EventId | None = None, connector: Connector | None = None
    ) -> AsyncIterator[Linked]:
        """A link, left at the end as when the bot is stopped."""
        link = Linked(self)
        following = asyncio.ensure_future(
            link.follow(connector or self.peer.connector(), after)
        )
        try:
            await self.soon(link.opened(), "the link opens", timedelta(seconds=20))
            yield link
        finally:
            following.cancel()
            work = asyncio.wait({following})
            await self.soon(work, "the link is left", timedelta(seconds=20))
        if not following.cancelled():
            following.result()  # an error that isn't the room's is the connector's fault

    async def soon(
        self, work: Coroutine[Any, Any, T], what: str, within: timedelta = _SOON
    ) -> T:
        """The result of *work*, bounded by the clock and by patience."""
        return await passing(
            self.clock, work, within=within, patience=self.patience, what=what
        )

    async def later(self, span: timedelta) -> None:
        """Let *span* pass."""
        await let_pass(self.clock, span)
