"""The one thread that writes: it takes all that is queued, commits it once, and starts again."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

from streambot.adapters.store.faults import store_error
from streambot.adapters.store.groups import BatchJob, CallJob, Job, commit_group
from streambot.adapters.store.transaction import StoreTransaction
from streambot.domain.room import RoomName
from streambot.errors import StoreError, StoreFull
from streambot.ports.store import Committed, RoomBatch

T = TypeVar("T")

#: Rows of one commit at most.
GROUP_ROWS = 2048
#: Turns of the loop whose work is handed over together at most.
_TURNS = 16
#: Turns in a row that queued nothing after which no more is waited for.
_STILL = 2
#: Jobs that wait before ``wait_for_room`` holds its callers.
QUEUE_LIMIT = 4096
#: Beyond this many times the limit ``append`` refuses: somebody never waits for room.
HARD_FACTOR = 16


class Writer:
    """Queues work from the event loop and delivers each commit's results with one wake-up.

    The queue is bounded by its callers: who produces without end awaits ``wait_for_room``. When
    nobody does and ``HARD_FACTOR`` times the limit wait, new work is answered with StoreFull.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        queue_limit: int = QUEUE_LIMIT,
    ) -> None:
        self._path = path
        self._connection = connection
        self._limit = queue_limit
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[tuple[list[Job], int] | None] = SimpleQueue()
        self._turn: list[Job] = []  # queued by the loop and not yet handed over
        self._turn_rows = 0
        self._waiting = 0
        self._freed = asyncio.Event()
        self._closed = False
        self._thread = threading.Thread(
            target=self._run, name="store-writer", daemon=True
        )

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    async def close(self) -> None:
        """Commit what is queued and end the thread."""
        if not self._closed:
            self._closed = True
            self._hand_over()
            self._queue.put(None)
        await asyncio.to_thread(self._thread.join)
        await asyncio.sleep(
            0
        )  # the last results are delivered before the caller goes on

    @property
    def waiting(self) -> int:
        """Jobs queued and not yet answered."""
        return self._waiting

    async def wait_for_room(self) -> None:
        """Return when fewer than the limit of jobs wait."""
        while self._waiting >= self._limit:
            self._freed.clear()
            await self._freed.wait()

    def append(
        self, batch: RoomBatch, done: Callable[[Committed | BaseException], None]
    ) -> None:
        """Queue *batch*; never blocks."""
        self._put(BatchJob(batch=batch, done=done))

    async def call(
        self,
        work: Callable[[StoreTransaction], T],
        room: RoomName | None = None,
    ) -> tuple[T, Committed]:
        """Run *work* in the next commit: all of it or nothing; it may run twice."""
        future: asyncio.Future[tuple[T, Committed]] = self._loop.create_future()

        def done(result: tuple[T, Committed] | BaseException) -> None:
            if future.done():
                return
            if isinstance(result, BaseException):
                future.set_exception(result)
            else:
                future.set_result(result)

        self._put(CallJob(work=work, room=room, done=done))
        return await future

    def _put(self, job: Job) -> None:
        self._waiting += 1
        if self._closed:
            self._refuse(job, StoreError("存储已关闭。 The store is closed."))
        elif self._waiting > self._limit * HARD_FACTOR:
            self._refuse(
                job,
                StoreFull(
                    f"写入 {self._path} 太慢，排队过长。 "
                    f"Writing {self._path} is too slow, its queue is full: look at the disk."
                ),
            )
        else:
            self._turn.append(job)
            self._turn_rows += job.rows
            if len(self._turn) == 1:
                self._loop.call_soon(self._look, 0, 1, 0)

    def _look(self, jobs: int, turns: int, still: int) -> None:
        """Hand over once turns of the loop queued nothing more, so that a flood is few commits.

        Which comes at once in a loop with little to do, and soon with much: what a commit costs
        however little it holds is then shared by the lines of several turns. A room reads in one
        turn and decides in the next, so a single turn without work tells nothing.
        """
        still = still + 1 if jobs == len(self._turn) else 0
        if still < _STILL and turns < _TURNS and self._turn_rows < GROUP_ROWS:
            self._loop.call_soon(self._look, len(self._turn), turns + 1, still)
        else:
            self._hand_over()

    def _hand_over(self) -> None:
        """Give the thread all that was queued: it is woken once, not for each."""
        if self._turn:
            self._queue.put((self._turn, self._turn_rows))
            self._turn, self._turn_rows = [], 0

    def _refuse(self, job: Job, error: StoreError) -> None:
        self._loop.call_soon(self._deliver, [(job, error)])

    def _run(self) -> None:
        try:
            more = True
            while more:
                jobs, more = self._gather()
                if jobs:
                    self._hand_back(jobs, self._commit(jobs))
        finally:
            self._connection.close()

    def _gather(self) -> tuple[list[Job], bool]:
        """All that is queued, up to about ``GROUP_ROWS``; False when the store closes behind it."""
        turn = self._queue.get()
        jobs: list[Job] = []
        rows = 0
        with suppress(Empty):
            while turn is not None:
                jobs += turn[0]
                rows += turn[1]
                if rows >= GROUP_ROWS:
                    return jobs, True
                turn = self._queue.get_nowait()
            return jobs, False
        return jobs, True

    def _commit(self, jobs: list[Job]) -> list[object]:
        connection = self._connection
        try:
            return commit_group(connection, jobs)
        except Exception as error:
            with suppress(sqlite3.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            return [store_error(error, self._path)] * len(jobs)

    def _hand_back(self, jobs: list[Job], results: list[object]) -> None:
        told = [
            store_error(result, self._path)
            if isinstance(result, sqlite3.Error)
            else result
            for result in results
        ]
        with suppress(RuntimeError):  # the loop is gone: nobody is left to be told
            self._loop.call_soon_threadsafe(
                self._deliver, list(zip(jobs, told, strict=True))
            )

    def _deliver(self, results: Sequence[tuple[Job, object]]) -> None:
        self._waiting -= len(results)
        if self._waiting < self._limit:
            self._freed.set()
        for job, result in results:
            try:
                job.done(result)
            except Exception as error:
                self._loop.call_exception_handler(
                    {"message": "a store callback failed", "exception": error}
                )
