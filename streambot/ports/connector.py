"""Connector and Connection: how a platform's room is tried out, opened, read and written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from streambot.domain.events import LinkChanged, PlatformEvent
from streambot.domain.reply import EventId, LineOut, ReplyKind, SendOutcome
from streambot.domain.room import BroadcastId, Capability, SendLimits
from streambot.domain.viewer import ViewerKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a room said when its link opened."""

    broadcast: BroadcastId
    capabilities: frozenset[Capability]
    limits: SendLimits
    idempotent_send: bool  # a repeated line_id is shown once
    only: frozenset[ReplyKind] | None = None  # what may still be written; None: all

    def takes(self, kind: ReplyKind) -> bool:
        """Whether a line of *kind* may be written here now."""
        return self.only is None or kind in self.only


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at in a check-up, in a sentence; what isn't ``needed`` is a hint."""

    name: str
    good: bool
    zh: str
    en: str
    needed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What trying a room out told; ``opened`` is None for somebody who didn't join."""

    speaks: (
        bool  # whether what answered speaks the connector's protocol, as far as seen
    )
    opened: Opened | None = None
    skew: timedelta = timedelta()  # our clock less the room's
    checks: tuple[Check, ...] = ()


class Connection(Protocol):
    """One open link; reading ends with a RoomError when it dies."""

    @property
    def opened(self) -> Opened:
        """What the room said at the start."""
        ...

    def events(self) -> AsyncIterator[Sequence[PlatformEvent | LinkChanged]]:
        """Events in order of arrival, in whatever bunches they came."""
        ...

    async def keep_address(self, viewer: ViewerKey) -> None:
        """Keep the way to write to *viewer* in private beyond this process, encrypted."""
        ...

    async def send(self, line: LineOut) -> SendOutcome:
        """Write a line and wait for the room's word on it; never raises for a dead link."""
        ...


class Connector(Protocol):
    """Opens links to one room."""

    def open(
        self, after: EventId | None, *, odd: Callable[[str], None] | None = None
    ) -> AbstractAsyncContextManager[Connection]:
        """A link that resumes behind event *after*.

        *odd* is called with a constant name for every frame that can't be understood.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the room said no.
        """
        ...


class Visitable(Protocol):
    """A room that can be tried out, as a check-up does."""

    async def meet(self, *, join: bool) -> Met:
        """Try the room out and leave; the bot that is in it keeps its place unless *join*.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the room said no, to somebody who joins.
        """
        ...
