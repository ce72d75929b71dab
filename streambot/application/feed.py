"""Feed: every committed entry to every console, in order and without a hole, and rooms as they are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Protocol

import structlog

from streambot.application.feed_client import FeedClient, Item
from streambot.application.feed_frames import (
    beat_frame,
    entry_item,
    snapshot_frame,
    state_frame,
)
from streambot.application.room_view import RoomView
from streambot.domain.agent import Agent, Permission, can
from streambot.domain.room import RoomName
from streambot.domain.ticket import Ticket
from streambot.errors import StoreError
from streambot.ports.clock import Clock
from streambot.ports.store import Committed, FeedEntry

_log = structlog.get_logger()

#: How often a console hears where the feed stands.
BEAT = timedelta(seconds=5)
#: At most ten state frames a second for each console.
STATE_EVERY = timedelta(milliseconds=100)
#: Entries and frames that wait for one console before it must resume.
QUEUE_LIMIT = 1_000
#: Missed entries a returning console is sent; who missed more gets a snapshot.
RESUME_LIMIT = 500
#: Entries read at once when a commit was not told.
_CATCH_UP = 1_000


class FeedStore(Protocol):
    """What the feed reads."""

    async def snapshot(self) -> tuple[int, Sequence[Ticket]]:
        """Head and open tickets of one instant."""
        ...

    async def entries(self, after: int, most: int) -> Sequence[FeedEntry] | None:
        """Entries behind *after*; None when they are no longer kept."""
        ...


class Feed:
    """The fan-out of the desk feed.

    Args:
        store: where entries are kept.
        views: the rooms of this process, as they are shown.
        clock: time, for beats and for pacing states.
        present: names of the agents with a console open.
        queue_limit: what may wait for one console.
    """

    def __init__(
        self,
        store: FeedStore,
        views: Callable[[], Mapping[RoomName, RoomView]],
        clock: Clock,
        *,
        present: Callable[[], Sequence[str]] = tuple,
        queue_limit: int = QUEUE_LIMIT,
    ) -> None:
        self._store = store
        self._views = views
        self._clock = clock
        self._present = present
        self._queue_limit = queue_limit
        self._head: int | None = None
        self._early: dict[int, Item] = {}
        self._clients: set[FeedClient] = set()
        self._shown: dict[RoomName, int] = {}  # a room's changes at the last tick
        self._encoded: dict[tuple[RoomName, int | None], tuple[int, bytes, int]] = {}
        self._beginning = asyncio.Lock()

    @property
    def head(self) -> int:
        """The newest entry told to consoles; 0 before any."""
        return self._head or 0

    @property
    def clients(self) -> int:
        """Consoles connected."""
        return len(self._clients)

    def publish(self, committed: Committed) -> None:
        """Tell every console of a commit; commits may be told in any order, even twice."""
        for entry in committed.entries:
            self._take(entry)
        self._release()

    async def subscribe(self, agent: Agent, last_seq: int | None) -> FeedClient:
        """Join: missing entries if still kept, else a snapshot, then whatever comes; no hole.

        Raises:
            StoreError: the store can't be read.
        """
        await self._begin()
        client = FeedClient(
            agent,
            limit=self._queue_limit,
            may_see=lambda who: can(who, Permission.WATCH),
            state=self._state,
        )
        self._clients.add(client)
        try:
            await self._catch_client_up(client, last_seq)
        except BaseException:
            self.leave(client)
            raise
        for room in self._views():
            client.changed(room)
        client.turn(len(self._views()))
        return client

    def leave(self, client: FeedClient) -> None:
        """A console is gone."""
        self._clients.discard(client)

    async def run(self) -> None:
        """Beat and show rooms until cancelled."""
        await self._begin()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._beats(), name="feed beats")
            tasks.create_task(self._states(), name="feed states")

    # --- entries

    async def _begin(self) -> None:
        async with self._beginning:
            if self._head is None:
                self._head, _ = await self._store.snapshot()
                self._release()

    def _take(self, entry: FeedEntry) -> None:
        if self._head is None or entry.seq > self._head:
            self._early[entry.seq] = Item(entry.seq, entry_item(entry))

    def _release(self) -> None:
        """Hand on what follows the head; what is early waits for what lies between."""
        if self._head is None:
            return
        ready = []
        while (item := self._early.pop(self._head + 1, None)) is not None:
            ready.append(item)
            self._head = item.seq
        if ready:
            for client in self._clients:
                client.offer(ready)
        for seq in [seq for seq in self._early if seq <= self._head]:
            del self._early[seq]

    async def _catch_client_up(self, client: FeedClient, last_seq: int | None) -> None:
        if last_seq is not None:
            head = self.head
            missed = await self._store.entries(last_seq, RESUME_LIMIT + 1)
            if missed is not None and len(missed) <= RESUME_LIMIT and last_seq <= head:
                items = [Item(each.seq, entry_item(each)) for each in missed]
                client.join(items[-1].seq if items else last_seq, items)
                return
        seq, tickets = await self._store.snapshot()
        client.join(seq, (), snapshot_frame(seq, tickets))

    async def _catch_up(self) -> None:
        """Read what was committed and never told, e.g. by a command whose console went away."""
        try:
            entries = await self._store.entries(self.head, _CATCH_UP)
        except StoreError as error:
            _log.error("feed_not_read", error=str(error))
            return
        for entry in entries or ():
            self._take(entry)
        self._release()

    async def _beats(self) -> None:
        while True:
            await self._clock.sleep(BEAT)
            await self._catch_up()
            frame = beat_frame(self.head, self._clock.now(), self._present())
            for client in self._clients:
                client.say(frame)

    # --- state

    async def _states(self) -> None:
        while True:
            await self._clock.sleep(STATE_EVERY)
            self._mark_changed()
            if self._early:
                await self._catch_up()

    def _mark_changed(self) -> None:
        for room, view in self._views().items():
            if self._shown.get(room) != view.changes:
                self._shown[room] = view.changes
                for client in self._clients:
                    client.changed(room)
        for client in self._clients:
            client.turn()

    def _state(self, room: RoomName, seen: int | None) -> tuple[bytes, int]:
        """A room's frame and the lines it shows up to; consoles in step share the bytes."""
        view = self._views()[room]
        known = self._encoded.get((room, seen))
        if known is not None and known[0] == view.changes:
            return known[1], known[2]
        for key in [
            key
            for key, (changes, _, _) in self._encoded.items()
            if key[0] == room and changes != view.changes
        ]:
            del self._encoded[key]
        frame = state_frame(view, seen)
        self._encoded[room, seen] = (view.changes, frame, view.seen)
        return frame, view.seen
