"""One commit of many jobs: plain rows by executemany, everything else in a savepoint of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from streambot.adapters.store.batches import (
    Numbering,
    Rows,
    finish_many,
    insert_many,
    insert_one,
    rows_of,
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


def commit_group(
    connection: sqlite3.Connection, numbering: Numbering, jobs: list[Job]
) -> list[object]:
    """Commit *jobs* together; gives each one's result or its own exception, in order.

    Raises:
        sqlite3.Error: the whole group failed and nothing of it is stored.
    """
    connection.execute("BEGIN IMMEDIATE")
    prepared = [_rows(numbering, job) for job in jobs]
    together = _insert_together(connection, jobs, prepared)
    results = [
        _one(connection, job, rows, inserted=together and _is_plain(job))
        for job, rows in zip(jobs, prepared, strict=True)
    ]
    connection.execute("COMMIT")
    return results


def _is_plain(job: Job) -> bool:
    return isinstance(job, BatchJob) and not job.batch.desk


def _rows(numbering: Numbering, job: Job) -> Rows | Exception | None:
    if isinstance(job, CallJob):
        return None
    try:
        return rows_of(job.batch, numbering.take(job.batch.room, len(job.batch.events)))
    except sqlite3.Error:
        raise
    except Exception as error:  # noqa: BLE001 - what can't be written fails alone
        return error


def _insert_together(
    connection: sqlite3.Connection,
    jobs: list[Job],
    prepared: list[Rows | Exception | None],
) -> bool:
    """Whether the rows of all plain batches went in; False leaves nothing of them behind."""
    rows = Rows()
    for job, own in zip(jobs, prepared, strict=True):
        if isinstance(own, Rows) and _is_plain(job):
            rows.extend(own)
    connection.execute("SAVEPOINT together")
    try:
        whole = insert_many(connection, rows)
    except Exception as error:  # noqa: BLE001 - one by one, the culprit shows
        _raise_if_fatal(error)
        whole = False
    if not whole:
        connection.execute("ROLLBACK TO together")
    connection.execute("RELEASE together")
    return whole


def _one(
    connection: sqlite3.Connection,
    job: Job,
    rows: Rows | Exception | None,
    *,
    inserted: bool,
) -> object:
    if isinstance(rows, Exception):
        return rows
    if isinstance(job, CallJob):
        work, room = job.work, job.room
        return _savepoint(connection, room, lambda own: (work(own), own.committed()))
    batch = job.batch
    assert rows is not None
    if not inserted:
        return _savepoint(
            connection, batch.room, lambda own: insert_one(own, batch, rows)
        )
    if not (batch.replies or batch.settled or batch.gaps):
        return _NOTHING
    return finish_many(StoreTransaction(connection, batch.room), batch)


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
