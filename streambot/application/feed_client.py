"""FeedClient: what one console still has to be sent; bounded, in order, with newest state only."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from streambot.application.feed_frames import entries_frame
from streambot.domain.agent import Agent
from streambot.domain.room import RoomName

#: Items joined into one ``entries`` frame at most.
ITEMS_A_FRAME = 200


class SlowConsole(Exception):
    """The console fell behind further than is kept for it: it must come back and resume."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry, encoded once for every client."""

    seq: int
    raw: bytes


class FeedClient:
    """One console's queue; the feed fills it, the socket's writer empties it by ``next``.

    Entries are never skipped: more than *limit* waiting ones end the client. State is never
    queued: a room is marked, and what is sent is the room as it stands when its turn comes.
    """

    def __init__(
        self,
        agent: Agent,
        *,
        limit: int,
        may_see: Callable[[Agent], bool],
        state: Callable[[RoomName, int | None], tuple[bytes, int]],
    ) -> None:
        self.agent = agent
        self._limit = limit
        self._may_see = may_see
        self._state = state
        self._cursor: int | None = None  # newest entry queued; None: still joining
        self._early: list[Item] = []
        self._items: deque[Item] = deque()
        self._sent = 0
        self._frames: deque[bytes] = deque()
        self._rooms: dict[RoomName, None] = {}  # changed since sent, oldest first
        self._seen: dict[RoomName, int] = {}
        self._turns = 0
        self._wake = asyncio.Event()
        self._slow = False

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

    def offer(self, items: Sequence[Item]) -> None:
        """Queue entries behind those already queued."""
        if self._cursor is None:
            self._early.extend(items)
            self._slow = self._slow or len(self._early) > self._limit
            return
        fresh = [item for item in items if item.seq > self._cursor]
        if fresh:
            self._items.extend(fresh)
            self._cursor = fresh[-1].seq
            self._slow = self._slow or len(self._items) > self._limit
            self._wake.set()

    def say(self, frame: bytes) -> None:
        """Queue a frame that is for this console alone."""
        self._frames.append(frame)
        self._slow = self._slow or len(self._frames) > self._limit
        self._wake.set()

    def changed(self, room: RoomName) -> None:
        """Mark a room as changed."""
        self._rooms[room] = None

    def turn(self, states: int = 1) -> None:
        """Allow this many more state frames; what wasn't used before is lost."""
        if self._rooms:
            self._turns = states
            self._wake.set()

    async def next(self) -> bytes:
        """The next frame, waiting for one.

        Raises:
            SlowConsole: too much waits for it.
        """
        while True:
            if self._slow:
                raise SlowConsole
            if self._frames:
                return self._frames.popleft()
            if self._items:
                return self._next_entries()
            if self._turns and self._rooms:
                return self._next_state()
            self._wake.clear()
            await self._wake.wait()

    def _next_entries(self) -> bytes:
        some = [
            self._items.popleft() for _ in range(min(ITEMS_A_FRAME, len(self._items)))
        ]
        first, self._sent = self._sent + 1, some[-1].seq
        # Rights are asked again here: a client may lose them while it is connected.
        visible = [item.raw for item in some] if self._may_see(self.agent) else []
        return entries_frame(first, self._sent, visible)

    def _next_state(self) -> bytes:
        self._turns -= 1
        room = next(iter(self._rooms))
        del self._rooms[room]
        frame, self._seen[room] = self._state(room, self._seen.get(room))
        return frame
