"""One commit of many jobs: plain rows by executemany, everything else in a savepoint of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from streambot.adapters.store.batches import (
    Rows,
    insert_many,
    insert_one,
)
from streambot.adapters.store.feed import Numbers
from streambot.adapters.store.transaction import StoreTransaction
from streambot.domain.room import RoomName
from streambot.ports.store import Committed, RoomBatch

# Errors of one job that tell of the whole file: nothing of the group may stay.
_FATAL = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_NOMEM,
}
_NOTHING = Committed()


@dataclass(slots=True, kw_only=True)
class BatchJob:
    """A room's batch and whom to tell."""

    batch: RoomBatch
    done: Callable[[Any], None]

    @property
    def rows(self) -> int:
        """About how many rows this writes."""
        batch = self.batch
        return (
            1 + len(batch.events) + len(batch.decisions) + len(batch.replies)
        ) + len(batch.memory)


@dataclass(slots=True, kw_only=True)
class CallJob:
    """A piece of work on the transaction and whom to tell."""

    work: Callable[[StoreTransaction], Any]
    room: RoomName | None
    done: Callable[[Any], None]

    @property
    def rows(self) -> int:
        """About how many rows this writes."""
        return 8


Job = BatchJob | CallJob


def commit_group(connection: sqlite3.Connection, jobs: list[Job]) -> list[object]:
    """Commit *jobs* together, in their order; gives each one's result or its own exception.

    Raises:
        sqlite3.Error: the whole group failed and nothing of it is stored.
    """
    results: list[object] = []
    connection.execute("BEGIN IMMEDIATE")
    numbers = Numbers(connection)
    for plain, run in groupby(jobs, key=_is_plain):
        if plain:
            batches = [job.batch for job in run if isinstance(job, BatchJob)]
            results += _insert_run(connection, batches, numbers)
        else:
            results += [_in_savepoint(connection, job, numbers) for job in run]
    numbers.keep()
    connection.execute("COMMIT")
    return results


def _is_plain(job: Job) -> bool:
    """Whether it only inserts."""
    if isinstance(job, CallJob):
        return False
    batch = job.batch
    return not (batch.desk or batch.settled or batch.gaps)


def _insert_run(
    connection: sqlite3.Connection, batches: list[RoomBatch], numbers: Numbers
) -> list[object]:
    """Insert batches that only insert: all at once, else, with a doubt, one by one."""
    connection.execute("SAVEPOINT run")
    try:
        rows = Rows()
        for batch in batches:
            rows.add(batch)
        whole = insert_many(connection, rows)
    except Exception as error:
        _raise_if_fatal(error)
        whole = False
    if not whole:
        connection.execute("ROLLBACK TO run")
    connection.execute("RELEASE run")
    if not whole:
        return [_insert_batch(connection, batch, numbers) for batch in batches]
    return [
        Committed(replies=tuple(batch.replies)) if batch.replies else _NOTHING
        for batch in batches
    ]


def _in_savepoint(connection: sqlite3.Connection, job: Job, numbers: Numbers) -> object:
    if isinstance(job, BatchJob):
        return _insert_batch(connection, job.batch, numbers)
    work, own = job.work, StoreTransaction(connection, job.room, numbers)
    return _savepoint(own, numbers, lambda: (work(own), own.committed()))


def _insert_batch(
    connection: sqlite3.Connection, batch: RoomBatch, numbers: Numbers
) -> object:
    own = StoreTransaction(connection, batch.room, numbers)
    return _savepoint(own, numbers, lambda: insert_one(own, batch))


def _savepoint(
    own: StoreTransaction, numbers: Numbers, work: Callable[[], object]
) -> object:
    connection, taken = own.connection, numbers.taken
    connection.execute("SAVEPOINT job")
    try:
        result = work()
    except Exception as error:
        _raise_if_fatal(error)
        connection.execute("ROLLBACK TO job")
        connection.execute("RELEASE job")
        numbers.go_back(taken)
        return error
    connection.execute("RELEASE job")
    return result


def _raise_if_fatal(error: Exception) -> None:
    if (
        isinstance(error, sqlite3.Error)
        and (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _FATAL
    ):
        raise error
