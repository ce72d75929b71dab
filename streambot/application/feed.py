"""Feed: every committed entry to every console, in order and without a hole, and rooms as they are."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Protocol

import structlog

from streambot.application.feed_client import FeedClient
from streambot.application.feed_frames import beat_frame, entries_frame
from streambot.application.feed_item import Item, OpenTickets
from streambot.application.feed_state import FeedState, Place
from streambot.application.floor import EMPTY_FLOOR, Floor
from streambot.application.looking import Onlookers
from streambot.application.room_view import RoomView
from streambot.domain.agent import Agent, Permission, can
from streambot.domain.reply import TicketId
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
#: Entries and frames that wait for one console before it must resume; the bytes are shared.
QUEUE_LIMIT = 5_000
#: The newest entries, held ready for consoles that come back.
RECENT = 5_000
#: Older entries a returning console is sent from the store; who missed more gets a snapshot.
RESUME_LIMIT = 500
#: Entries read at once when a commit was not told.
_CATCH_UP = 1_000
#: ``entries`` frames kept while consoles that are about in step ask for them.
_FRAMES_KEPT = 32


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
        floor: who is at the desk, and why tickets wait.
        found: told of entries that nobody told of: another process committed them.
        queue_limit: what may wait for one console.
    """

    def __init__(
        self,
        store: FeedStore,
        views: Callable[[], Mapping[RoomName, RoomView]],
        clock: Clock,
        *,
        present: Callable[[], Sequence[str]] = tuple,
        floor: Callable[[], Floor] = lambda: EMPTY_FLOOR,
        found: Callable[[Sequence[FeedEntry]], None] = lambda _: None,
        queue_limit: int = QUEUE_LIMIT,
    ) -> None:
        self._store = store
        self._found = found
        self._clock = clock
        self._present = present
        self._queue_limit = queue_limit
        self._head: int | None = None
        self._early: dict[int, Item] = {}
        self._releasing = False
        self._clients: set[FeedClient] = set()
        self._open = OpenTickets()
        self._recent: deque[Item] = deque(maxlen=RECENT)
        self._frames: dict[tuple[int, int], bytes] = {}
        self._onlookers = Onlookers()
        self._state = FeedState(views, floor, self._onlookers.seen)
        self._beginning = asyncio.Lock()

    @property
    def head(self) -> int:
        """The newest entry told to consoles; 0 before any."""
        if self._releasing:
            self._release()
        return self._head or 0

    @property
    def clients(self) -> int:
        """Consoles connected."""
        return len(self._clients)

    def publish(self, committed: Committed) -> None:
        """Tell every console of a commit; commits may be told in any order, even twice.

        What one turn of the loop was told of goes out together: the store hands back many
        commits at once, and a frame for each would cost every console.
        """
        for entry in committed.entries:
            self._take(entry)
        if self._early and not self._releasing:
            self._releasing = True
            asyncio.get_running_loop().call_soon(self._release)

    async def subscribe(self, agent: Agent, last_seq: int | None) -> FeedClient:
        """Join: missing entries if still kept, else a snapshot, then whatever comes; no hole.

        Raises:
            StoreError: the store can't be read.
        """
        await self._begin()
        client = FeedClient(agent, limit=self._queue_limit, frames=self)
        self._clients.add(client)
        try:
            await self._catch_client_up(client, last_seq)
        except BaseException:
            self.leave(client)
            raise
        places = self._state.places
        for place in places:
            client.changed(place)
        client.turn(len(places))
        return client

    def leave(self, client: FeedClient) -> None:
        """A console is gone, and with it what it was looking at."""
        self._clients.discard(client)
        self._onlookers.left(client)

    def look(
        self, client: FeedClient, ticket: TicketId | None, *, typing: bool
    ) -> None:
        """A console has *ticket* open now (None: none), and somebody may be writing there."""
        agent, now = client.agent, self._clock.now()
        if can(agent, Permission.SEE, "ticket"):
            self._onlookers.at(client, agent.name, ticket, typing=typing, now=now)

    async def run(self) -> None:
        """Beat and show rooms until cancelled."""
        await self._begin()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._beats(), name="feed beats")
            tasks.create_task(self._states(), name="feed states")

    # --- what a console's frames are made of

    def entries(self, agent: Agent, first: int, items: Sequence[Item]) -> bytes:
        """``entries`` from *first*, with those that *agent* may see at this moment."""
        kinds = {item.kind for item in items}
        seen = {kind for kind in kinds if can(agent, Permission.SEE, kind)}
        last = items[-1].seq
        if seen != kinds:
            visible = [item.raw for item in items if item.is_for(agent)]
            return entries_frame(first, last, visible)
        frame = self._frames.get((first, last))
        if frame is None:
            frame = entries_frame(first, last, [item.raw for item in items])
            if len(self._frames) >= _FRAMES_KEPT:
                self._frames.clear()
            self._frames[first, last] = frame
        return frame

    def state(
        self, agent: Agent, place: Place, seen: int | None
    ) -> tuple[bytes | None, int]:
        """How a place looks now to *agent*."""
        return self._state.frame(agent, place, seen)

    # --- entries

    async def _begin(self) -> None:
        async with self._beginning:
            if self._head is None:
                head, tickets = await self._store.snapshot()
                self._open.begin(tickets)
                self._head = head
                self._release()

    def _take(self, entry: FeedEntry) -> None:
        if self._head is None or entry.seq > self._head:
            self._early[entry.seq] = Item.of(entry)

    def _release(self) -> None:
        """Hand on what follows the head; what is early waits for what lies between."""
        self._releasing = False
        if self._head is None or not self._early:
            return
        ready = []
        while (item := self._early.pop(self._head + 1, None)) is not None:
            ready.append(item)
            self._open.fold(item)
            self._head = item.seq
        self._recent.extend(ready)
        if ready:
            for client in self._clients:
                client.offer(ready)
        for seq in [seq for seq in self._early if seq <= self._head]:
            del self._early[seq]

    async def _catch_client_up(self, client: FeedClient, last_seq: int | None) -> None:
        if last_seq is not None:
            missed = self._missed(last_seq)
            if missed is None:
                missed = await self._missed_long_ago(last_seq)
            if missed is not None:
                client.join(missed[-1].seq if missed else last_seq, missed)
                return
        if can(client.agent, Permission.SEE, "ticket"):
            client.join(self.head, (), self._open.snapshot(self.head))
        else:
            client.join(self.head, (), OpenTickets().snapshot(self.head))

    def _missed(self, last_seq: int) -> Sequence[Item] | None:
        """What came behind *last_seq*, if it is held ready."""
        behind = self.head - last_seq
        if behind == 0:
            return ()
        if not 0 < behind <= len(self._recent):
            return None
        return list(islice(self._recent, len(self._recent) - behind, None))

    async def _missed_long_ago(self, last_seq: int) -> Sequence[Item] | None:
        if last_seq > self.head:
            return None
        missed = await self._store.entries(last_seq, RESUME_LIMIT + 1)
        if missed is None or len(missed) > RESUME_LIMIT:
            return None
        return [Item.of(each) for each in missed]

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
        if entries:
            self._found(entries)

    async def _beats(self) -> None:
        while True:
            await self._clock.sleep(BEAT)
            await self._catch_up()
            self._open.forget_frame()
            now = self._clock.now()
            frame = beat_frame(self.head, now, self._present())
            alone = beat_frame(self.head, now, ())
            for client in self._clients:
                sees = can(client.agent, Permission.SEE, "presence")
                client.say(frame if sees else alone)

    # --- state

    async def _states(self) -> None:
        while True:
            await self._clock.sleep(STATE_EVERY)
            changed = self._state.changed(self._clock.now())
            for client in self._clients:
                for place in changed:
                    client.changed(place)
                client.turn()
            if self._early:
                await self._catch_up()
