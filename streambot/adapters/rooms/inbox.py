"""Inbox: what a link has read and nobody has taken yet, bounded, and how the link ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from streambot.domain.events import LinkChanged, PlatformEvent
from streambot.errors import RoomError

#: Events read and not yet taken before the peer is made to wait.
_MOST_WAITING = 2000
#: Messages after which other rooms get a turn, however many more lie ready to be read.
_TURN = 32


class Inbox:
    """Filled by a link's reader, emptied by whoever follows the room."""

    def __init__(self) -> None:
        self._waiting: list[PlatformEvent | LinkChanged] = []
        self._arrived = asyncio.Event()
        self._taken = asyncio.Event()
        self._failure: RoomError | None = None
        self._read = 0

    def give(self, *events: PlatformEvent | LinkChanged) -> None:
        """These arrived."""
        self._waiting.extend(events)
        self._arrived.set()

    def end(self, failure: RoomError) -> None:
        """Nothing more will arrive; the first reason stands."""
        if self._failure is None:
            self._failure = failure
        self._arrived.set()

    async def bunches(self) -> AsyncIterator[Sequence[PlatformEvent | LinkChanged]]:
        """Events in order of arrival, in whatever bunches they came.

        Raises:
            RoomError: the link died; everything read before was given.
        """
        while True:
            await self._arrived.wait()
            if self._failure is None:  # an end that came with the last bunch stays told
                self._arrived.clear()
            bunch, self._waiting = self._waiting, []
            self._taken.set()
            if bunch:
                yield bunch
            elif self._failure is not None:
                raise self._failure

    @property
    def is_full(self) -> bool:
        """Whether so much waits that no more should be given."""
        return len(self._waiting) >= _MOST_WAITING

    async def has_room(self) -> None:
        """Return once not too much waits; to be asked behind every message that was read.

        Now and then others get a turn, whatever the message held: one read from a socket may
        hold thousands of messages.
        """
        self._read += 1
        if self._read % _TURN == 0:
            await asyncio.sleep(0)
        while self.is_full:
            self._taken.clear()
            await self._taken.wait()
