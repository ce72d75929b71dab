"""BrokenConnector: a sound connector with one fault in it, for tests of the conformance suite."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from secrets import token_hex

from streambot.domain.events import LinkChanged, Origin, PlatformEvent
from streambot.domain.reply import EventId, LineOut, SendOutcome, SendResult
from streambot.domain.viewer import ViewerKey
from streambot.errors import RoomRefused, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.ports.connector import Connection, Connector, Opened
from streambot.testing.conformance import RoomPeer, Serving

#: Held, so that a task left behind is not collected.
Left = set[asyncio.Task[bool]]


class BrokenConnector:
    """Opens links that have the *fault*."""

    def __init__(self, sound: Connector, fault: str, left: Left) -> None:
        self._sound = sound
        self._fault = fault
        self._left = left
        self._numbers = count()

    @asynccontextmanager
    async def open(
        self, after: EventId | None, *, odd: Callable[[str], None] | None = None
    ) -> AsyncIterator[Connection]:
        """A link as the sound connector gives it, but for the fault."""
        if self._fault == "forgets where it was":
            after = None
        told = {
            "counts nothing": None,
            "names oddities anew": self._anew(odd),
        }.get(self._fault, odd)
        if self._fault == "leaves a task":
            self._left.add(asyncio.create_task(asyncio.Event().wait()))
        try:
            async with self._sound.open(after, odd=told) as link:
                yield BrokenLink(link, self._fault, self, self._numbers)
        except RoomRefused as refused:
            if self._fault == "takes a refusal for an outage":
                raise RoomUnreachable("demo", "连不上。 No link.") from refused
            if self._fault == "shows the secret":
                raise RoomRefused(
                    "demo", f"令牌 t0ken 错了。 {refused}", refused.code
                ) from refused
            raise

    def _anew(self, odd: Callable[[str], None] | None) -> Callable[[str], None]:
        return lambda name: odd(f"{name} {next(self._numbers)}") if odd else None


class BrokenLink:
    """One link with the fault."""

    def __init__(
        self,
        sound: Connection,
        fault: str,
        connector: BrokenConnector,
        numbers: count[int],
    ) -> None:
        self._sound = sound
        self._fault = fault
        self._connector = connector
        self._numbers = numbers

    @property
    def opened(self) -> Opened:
        """As it is."""
        return self._sound.opened

    async def keep_address(self, viewer: ViewerKey) -> None:
        """As it is."""
        await self._sound.keep_address(viewer)

    async def events(self) -> AsyncIterator[Sequence[PlatformEvent | LinkChanged]]:
        """What the room tells, but for the fault."""
        try:
            async for bunch in self._sound.events():
                yield self._spoilt(list(bunch))
        except RoomUnreachable:
            if self._fault == "never knows a link is dead":
                await asyncio.Event().wait()
            raise

    def _spoilt(
        self, bunch: list[PlatformEvent | LinkChanged]
    ) -> list[PlatformEvent | LinkChanged]:
        match self._fault:
            case "makes ids of its own":
                return [
                    each
                    if isinstance(each, LinkChanged)
                    else replace(each, id=EventId(token_hex(8)))
                    for each in bunch
                ]
            case "sorts by time":
                return sorted(bunch, key=lambda each: each.at)
            case "takes history for live":
                return [
                    each
                    if isinstance(each, LinkChanged)
                    else replace(each, origin=Origin.LIVE)
                    for each in bunch
                ]
            case "loses what comes in haste":
                return [*bunch[:5], *bunch[-1:]]
            case _:
                return bunch

    async def send(self, line: LineOut) -> SendOutcome:
        """The room's word, but for the fault."""
        if self._fault == "waits for a word for ever":
            return await self._for_ever(line)
        outcome = await self._sound.send(line)
        match self._fault, outcome.result:
            case "takes silence for assent", _:
                return replace(outcome, result=SendResult.SENT)
            case "writes again what is uncertain", SendResult.UNCERTAIN:
                async with self._connector.open(None) as link:
                    await link.send(line)
            case "takes haste for a refusal", SendResult.REFUSED:
                return replace(outcome, code="forbidden", retry_after=None)
            case "takes a refusal for haste", SendResult.REFUSED:
                return replace(outcome, code="rate")
            case _:
                pass
        return outcome

    async def _for_ever(self, line: LineOut) -> SendOutcome:
        outcome = await self._sound.send(line)
        if outcome.result is SendResult.UNCERTAIN:
            await asyncio.Event().wait()
        return outcome


def breaking(serving: Serving, fault: str) -> Serving:
    """*serving*, with the fault in every connector of its peer."""

    @asynccontextmanager
    async def broken(clock: Clock) -> AsyncIterator[RoomPeer]:
        left: Left = set()
        async with serving(clock) as peer:
            sound = peer.connector
            peer.connector = lambda: BrokenConnector(  # type: ignore[method-assign]
                sound(), fault, left
            )
            yield peer
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    return broken
