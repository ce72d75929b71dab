"""One commit of many jobs: plain rows by executemany, everything else in a savepoint of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from streambot.adapters.store.batches import (
    Rows,
    insert_many,
    insert_one,
)
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
    """Commit *jobs* together; gives each one's result or its own exception, in order.

    Plain batches go in first, all at once; then, in the order of *jobs*, everything that reads
    or can fail by itself. An event that stands in two of them counts for the plain one.

    Raises:
        sqlite3.Error: the whole group failed and nothing of it is stored.
    """
    connection.execute("BEGIN IMMEDIATE")
    together = _insert_plain(connection, jobs)
    results = [_result(connection, job, together=together) for job in jobs]
    connection.execute("COMMIT")
    return results


def _is_plain(batch: RoomBatch) -> bool:
    """Whether it only inserts."""
    return not (batch.desk or batch.settled or batch.gaps)


def _insert_plain(connection: sqlite3.Connection, jobs: list[Job]) -> bool:
    """Whether the rows of all plain batches went in; False leaves nothing of them behind."""
    rows = Rows()
    connection.execute("SAVEPOINT plain")
    try:
        for job in jobs:
            if isinstance(job, BatchJob) and _is_plain(job.batch):
                rows.add(job.batch)
        whole = insert_many(connection, rows)
    except Exception as error:  # noqa: BLE001 - one by one, the culprit shows
        _raise_if_fatal(error)
        whole = False
    if not whole:
        connection.execute("ROLLBACK TO plain")
    connection.execute("RELEASE plain")
    return whole


def _result(connection: sqlite3.Connection, job: Job, *, together: bool) -> object:
    if isinstance(job, CallJob):
        work = job.work
        return _savepoint(
            connection, job.room, lambda own: (work(own), own.committed())
        )
    batch = job.batch
    if together and _is_plain(batch):
        return Committed(replies=tuple(batch.replies)) if batch.replies else _NOTHING
    return _savepoint(connection, batch.room, lambda own: insert_one(own, batch))


def _savepoint(
    connection: sqlite3.Connection,
    room: RoomName | None,
    work: Callable[[StoreTransaction], object],
) -> object:
    connection.execute("SAVEPOINT job")
    try:
        result = work(StoreTransaction(connection, room))
    except Exception as error:  # noqa: BLE001 - goes to its own caller
        _raise_if_fatal(error)
        connection.execute("ROLLBACK TO job")
        connection.execute("RELEASE job")
        return error
    connection.execute("RELEASE job")
    return result


def _raise_if_fatal(error: Exception) -> None:
    if (
        isinstance(error, sqlite3.Error)
        and (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _FATAL
    ):
        raise error
