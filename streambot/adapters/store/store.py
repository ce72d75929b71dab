"""Store: the one implementation of the store's ports, on SQLite beside the process."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from streambot.adapters.store import (
    clocks,
    feed,
    figures,
    readers,
    replies,
    revival,
    rooms,
    tickets,
)
from streambot.adapters.store.accounts import Accounts
from streambot.adapters.store.addresses import Addresses
from streambot.adapters.store.broadcasts import Broadcasts
from streambot.adapters.store.connections import Synchronous, open_writer
from streambot.adapters.store.conversation import read_replies_to
from streambot.adapters.store.faults import store_error
from streambot.adapters.store.heard import Heard
from streambot.adapters.store.host_boards import HostBoards
from streambot.adapters.store.installation import load_installation
from streambot.adapters.store.ledger import OrderLedger
from streambot.adapters.store.lock import directory_lock
from streambot.adapters.store.migrate import migrate
from streambot.adapters.store.probe import is_usable
from streambot.adapters.store.room_tokens import RoomTokens
from streambot.adapters.store.shifts import Shifts
from streambot.adapters.store.suggestions import Suggestions
from streambot.adapters.store.surroundings import StoredSurroundings
from streambot.adapters.store.trail import Trail
from streambot.adapters.store.transaction import StoreTransaction
from streambot.adapters.store.vectors import Vectors
from streambot.adapters.store.writer import QUEUE_LIMIT, Writer
from streambot.domain.events import ViewerSpoke
from streambot.domain.reply import LineOut, Reply, ReplyState, TicketId
from streambot.domain.room import RoomName
from streambot.domain.ticket import Ticket
from streambot.domain.viewer import ViewerKey
from streambot.ports.store import (
    ClockRow,
    Committed,
    DeskTransaction,
    FeedEntry,
    RoomBatch,
    RoomRevival,
    TicketChange,
)

T = TypeVar("T")

FILE = "streambot.db"


class Store(rooms.RoomSwitches, Trail, Shifts, Broadcasts, HostBoards):
    """Implements RoomWriter, DeskStore, RoomSettings, MarkStore, TakenStore and AuditTrail.

    Opened by ``open_store``.

    Every write may raise StoreFull (nothing of it is stored; try again once ``usable()``),
    StoreBroken, or StoreError when the store is closed.
    """

    def __init__(
        self, path: Path, writer: Writer, pool: readers.Readers, key: bytes
    ) -> None:
        self.path = path
        self._writer = writer
        self._readers = pool
        self.accounts = Accounts(writer, pool)
        self.orders = OrderLedger(writer, pool)
        self.addresses = Addresses(writer, pool, key)
        self.suggestions = Suggestions(writer, pool)
        self.heard = Heard(pool)
        self.tokens = RoomTokens(writer, pool)
        self.surroundings = StoredSurroundings(pool)
        self.vectors = Vectors(writer, pool)

    # --- RoomWriter

    def append(
        self, batch: RoomBatch, done: Callable[[Committed | BaseException], None]
    ) -> None:
        """Queue *batch*; *done* is called on the event loop after its commit or failure.

        A batch holds what one event left behind. When its event was journaled before,
        ``Committed.duplicates`` names it and nothing of the batch is applied. Never blocks:
        await ``wait_for_room`` between batches to keep the queue bounded.
        """
        self._writer.append(batch, done)

    async def wait_for_room(self) -> None:
        """Return when fewer than the limit of batches wait for their commit."""
        await self._writer.wait_for_room()

    @property
    def waiting(self) -> int:
        """Jobs queued and not yet answered."""
        return self._writer.waiting

    async def line_sending(self, line: LineOut, room: RoomName) -> bool:
        """Commit a line and its replies' ``sending``.

        False: a reply is withdrawn or settled, the ticket isn't live or its epoch is another.
        Granted again for a line that is on its way or uncertain, for platforms that show a
        repeated line once.
        """
        granted, _ = await self._writer.call(
            lambda own: replies.start_line(own.connection, line, room)
        )
        return granted

    async def line_settled(
        self,
        line: LineOut,
        room: RoomName,
        state: ReplyState,
        at: datetime,
        work: Callable[[DeskTransaction], None] | None = None,
        *,
        rule: str | None = None,
    ) -> Committed:
        """Commit what became of a line, with the desk's own change in the same transaction.

        A line settled before changes nothing and *work* isn't run. When *work* raises, nothing
        is stored and the caller gets the exception.
        """

        def settle(own: StoreTransaction) -> None:
            if (
                replies.settle_line(own.connection, line, room, state, at, rule)
                and work is not None
            ):
                work(own)

        return (await self._writer.call(settle, room))[1]

    async def revive(self, room: RoomName, now: datetime) -> RoomRevival:
        """Read what a session needs after a restart; forgets memory older than 7 days."""
        await self._writer.call(lambda own: revival.tidy(own, room, now))
        return await self._readers.read(
            lambda connection: revival.read_revival(connection, room, now)
        )

    async def line_put_back(self, line: LineOut, room: RoomName, at: datetime) -> None:
        """Commit that *line* was refused for speed and its replies wait again."""
        await self._writer.call(
            lambda own: replies.put_back(own.connection, line, room, at)
        )

    async def shown(self, room: RoomName) -> Sequence[LineOut]:
        """Lines on the prompter that nobody has marked as said, oldest first."""
        return await self._readers.read(
            lambda connection: revival.read_lines_out(
                connection, room, ReplyState.SHOWN
            )
        )

    async def lines_of(
        self, room: RoomName, viewer: ViewerKey, most: int = 50
    ) -> Sequence[ViewerSpoke]:
        """A viewer's newest lines in a room's recent past, oldest first."""
        return await self._readers.read(
            lambda connection: rooms.read_lines_of(connection, room, viewer, most)
        )

    async def replies_to(
        self, room: RoomName, viewer: ViewerKey, most: int = 50
    ) -> Sequence[tuple[Reply, ReplyState]]:
        """The newest replies to a viewer and what became of them, oldest first."""
        return await self._readers.read(
            lambda connection: read_replies_to(connection, room, viewer, most)
        )

    # --- DeskStore

    async def transact(
        self, work: Callable[[DeskTransaction], T]
    ) -> tuple[T, Committed]:
        """Run *work* inside the next grouped commit, alone in what it stores or leaves.

        *work* runs on the writer thread, and again when another of its commit failed, the first
        time leaving nothing: it must be quick and touch only what it is given. What it raises is
        raised here, and nothing of it is stored.
        """
        return await self._writer.call(work)

    async def snapshot(self) -> tuple[int, Sequence[Ticket]]:
        """The feed's head ``seq`` and every ticket that is live or resolved, of one instant."""
        return await self._readers.read(
            lambda connection: (feed.head(connection), tickets.read_open(connection))
        )

    async def entries(self, after: int, most: int) -> Sequence[FeedEntry] | None:
        """Entries behind *after*, oldest first; None when they are no longer kept."""
        return await self._readers.read(
            lambda connection: feed.behind(connection, after, most)
        )

    async def history(self, ticket: TicketId) -> Sequence[TicketChange]:
        """A ticket's journal, oldest first; ``fold`` adds it up."""
        return await self._readers.read(
            lambda connection: tickets.read_history(connection, ticket)
        )

    async def ticket(self, ticket: TicketId) -> Ticket | None:
        """One ticket as stored, in whatever state."""
        return await self._readers.read(
            lambda connection: tickets.read_ticket(connection, ticket)
        )

    async def running_clocks(self) -> Sequence[ClockRow]:
        """Every running clock by due time, for the heap that is rebuilt at start."""
        return await self._readers.read(clocks.read_clocks)

    # --- figures and health

    async def figures(
        self, room: RoomName, since: datetime
    ) -> Sequence[figures.DecisionCount]:
        """Decisions of a room since an instant, counted by kind, reason and entry."""
        return await self._readers.read(
            lambda connection: figures.read_figures(connection, room, since)
        )

    async def usable(self) -> bool:
        """Whether the disk takes a write right now."""
        return await is_usable(self._writer)


@asynccontextmanager
async def open_store(
    data_dir: Path,
    *,
    synchronous: Synchronous = "FULL",
    fernet_key: bytes | None = None,
    max_pages: int | None = None,
    queue_limit: int = QUEUE_LIMIT,
) -> AsyncIterator[Store]:
    """The store of *data_dir*, made or migrated as needed, locked for this process.

    Args:
        data_dir: made when absent.
        synchronous: SQLite's durability; FULL survives a power cut.
        fernet_key: for send addresses; by default the installation's own.
        max_pages: a limit on the file, in pages of 4 KiB, as a full disk would set.
        queue_limit: batches that wait before ``wait_for_room`` holds its callers.

    Raises:
        StoreLocked: another process holds the directory.
        StoreBroken: the file is damaged or of a newer streambot.
        StoreFull: the directory can't be written.
    """
    with ExitStack() as stack:
        path = data_dir / FILE
        connection, key = await asyncio.to_thread(
            _prepare, stack, path, synchronous, max_pages, fernet_key
        )
        writer = Writer(path, connection, queue_limit)
        pool = readers.Readers(path)
        writer.start()
        try:
            yield Store(path, writer, pool, key)
        finally:
            await writer.close()
            await pool.close()


def _prepare(
    stack: ExitStack,
    path: Path,
    synchronous: Synchronous,
    max_pages: int | None,
    fernet_key: bytes | None,
) -> tuple[sqlite3.Connection, bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stack.enter_context(directory_lock(path.parent))
        key = fernet_key or load_installation(path.parent).fernet_key
        connection = open_writer(path, synchronous)
        try:
            migrate(path, connection)
            if max_pages is not None:
                connection.execute(f"PRAGMA max_page_count = {int(max_pages)}")
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    return connection, key
