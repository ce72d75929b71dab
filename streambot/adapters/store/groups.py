"""One commit of many jobs: all together, or, where one fails, each in a savepoint of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import msgspec

from streambot.adapters.store.batches import insert_one, insert_together
from streambot.adapters.store.feed import Numbers
from streambot.adapters.store.later import Later
from streambot.adapters.store.transaction import StoreTransaction
from streambot.domain.room import RoomName
from streambot.ports.store import RoomBatch

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


class BatchJob(msgspec.Struct, kw_only=True):
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

    First as if nothing could fail, which spares each job its savepoint; if something does, all
    again and each by itself. So a job's work may run twice, and the first time leaves nothing.

    Raises:
        sqlite3.Error: the whole group failed and nothing of it is stored.
    """
    try:
        return _committed(connection, jobs, _together)
    except Exception as error:
        _raise_if_fatal(error)
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return _committed(connection, jobs, _apart)


def _committed(
    connection: sqlite3.Connection,
    jobs: list[Job],
    run: Callable[[sqlite3.Connection, list[Job], Numbers], list[object]],
) -> list[object]:
    connection.execute("BEGIN IMMEDIATE")
    numbers = Numbers(connection)
    results = run(connection, jobs, numbers)
    numbers.keep()
    connection.execute("COMMIT")
    return results


def _together(
    connection: sqlite3.Connection, jobs: list[Job], numbers: Numbers
) -> list[object]:
    results: list[object] = []
    later = Later(connection, numbers)
    for kind, run in groupby(jobs, key=type):
        if kind is BatchJob:
            batches = [job.batch for job in run if isinstance(job, BatchJob)]
            results += insert_together(later, batches)
            continue
        for job in run:
            assert isinstance(job, CallJob)
            own = StoreTransaction(later, job.room)
            results.append((job.work(own), own.committed()))
    later.write()
    return results


def _apart(
    connection: sqlite3.Connection, jobs: list[Job], numbers: Numbers
) -> list[object]:
    return [_in_savepoint(connection, job, numbers) for job in jobs]


def _in_savepoint(connection: sqlite3.Connection, job: Job, numbers: Numbers) -> object:
    room = job.batch.room if isinstance(job, BatchJob) else job.room
    later, taken = Later(connection, numbers), numbers.taken
    own = StoreTransaction(later, room)
    connection.execute("SAVEPOINT job")
    try:
        if isinstance(job, BatchJob):
            result: object = insert_one(own, job.batch)
        else:
            result = job.work(own), own.committed()
        later.write()
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
