"""FeedClient: what one console still has to be sent; bounded, in order, with newest state only."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from itertools import islice
from typing import Protocol

from streambot.application.feed_item import Item
from streambot.application.feed_state import FLOOR, Place
from streambot.domain.agent import Agent

#: Items joined into one ``entries`` frame at most.
ITEMS_A_FRAME = 200


class SlowConsole(Exception):
    """The console fell behind further than is kept for it: it must come back and resume."""


class ConsoleEnded(Exception):
    """The console is being closed: it is told nothing more."""


class Frames(Protocol):
    """What makes a console's frames; consoles in step share the bytes."""

    def entries(self, agent: Agent, first: int, items: Sequence[Item]) -> bytes:
        """``entries`` from *first*, with those of *items* that *agent* may see."""
        ...

    def state(
        self, agent: Agent, place: Place, seen: int | None
    ) -> tuple[bytes | None, int]:
        """A place's newest frame (None: not for *agent*), and up to which line it shows."""
        ...


class FeedClient:
    """One console's queue; the feed fills it, the socket's writer empties it by ``next``.

    Entries are never skipped: more than *limit* waiting ones end the client. State is never
    queued: a room or the floor is marked, and what is sent is how it stands when its turn comes.
    """

    def __init__(self, agent: Agent, *, limit: int, frames: Frames) -> None:
        self.agent = agent
        self._limit = limit
        self._made = frames
        self._cursor: int | None = None  # newest entry queued; None: still joining
        self._early: list[Item] = []
        self._items: deque[Item] = deque()
        self._sent = 0
        self._frames: deque[bytes] = deque()
        self._places: dict[Place, None] = {}  # changed since sent, oldest first
        self._seen: dict[Place, int] = {}
        self._turns = 0
        self._wake = asyncio.Event()
        self._slow = False
        self._ended = False

    def join(
        self, cursor: int, missing: Sequence[Item], snapshot: bytes | None = None
    ) -> None:
        """Begin behind *snapshot*; *missing* are entries up to *cursor* to be sent first."""
        if snapshot is not None:
            self._frames.appendleft(snapshot)
        self._sent = missing[0].seq - 1 if missing else cursor
        self._items.extend(missing)
        self._cursor = cursor
        early, self._early = self._early, []
        self.offer(early)
        self._wake.set()

    def offer(self, items: Sequence[Item]) -> None:
        """Queue entries behind those already queued."""
        if self._cursor is None:
            self._early.extend(items)
            self._slow = self._slow or len(self._early) > self._limit
            return
        if items and items[0].seq <= self._cursor:
            items = [item for item in items if item.seq > self._cursor]
        if items:
            self._items.extend(items)
            self._cursor = items[-1].seq
            self._slow = self._slow or len(self._items) > self._limit
            self._wake.set()

    def say(self, frame: bytes) -> None:
        """Queue a frame that is for this console alone."""
        self._frames.append(frame)
        self._slow = self._slow or len(self._frames) > self._limit
        self._wake.set()

    def end(self) -> None:
        """Tell this console nothing more, whatever waits for it."""
        self._ended = True
        self._wake.set()

    def changed(self, place: Place) -> None:
        """Mark a room, or the floor, as changed."""
        self._places[place] = None

    def turn(self, states: int = 1) -> None:
        """Allow this many more state frames; what wasn't used before is lost."""
        if self._places:
            self._turns = states
            self._wake.set()

    async def next(self) -> bytes:
        """The next frame, waiting for one.

        Raises:
            SlowConsole: too much waits for it.
            ConsoleEnded: it is being closed.
        """
        while True:
            if self._ended:
                raise ConsoleEnded
            if self._slow:
                raise SlowConsole
            if self._frames:
                return self._frames.popleft()
            if self._items:
                return self._next_entries()
            if self._turns and self._places:
                frame = self._next_state()
                if frame is not None:
                    return frame
                continue
            self._wake.clear()
            await self._wake.wait()

    def _next_entries(self) -> bytes:
        some = list(islice(self._items, ITEMS_A_FRAME))
        if len(some) == len(self._items):
            self._items.clear()
        else:
            for _ in some:
                self._items.popleft()
        first, self._sent = self._sent + 1, some[-1].seq
        return self._made.entries(self.agent, first, some)

    def _next_state(self) -> bytes | None:
        place = next(iter(self._places))
        del self._places[place]
        frame, shown = self._made.state(self.agent, place, self._seen.get(place))
        if frame is None:
            return None
        self._turns -= 1
        if place is not FLOOR:
            self._seen[place] = shown
        return frame
