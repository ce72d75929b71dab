"""Brings a store's file to the newest revision at opening, or says plainly why it can't."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from streambot.adapters.store.tables import HEAD


def migrate(path: Path, connection: sqlite3.Connection) -> None:
    """Make the tables of *path* the newest ones, in one transaction.

    Args:
        path: the store's file.
        connection: an open one, only read here.

    Raises:
        StoreBroken: the file is of a newer streambot.
        sqlite3.Error: the file can't be read or written.
    """
    revision = _revision(connection)
    if revision == HEAD:
        return
    # Only here: Alembic is a tenth of the process's memory and of its start.
    from streambot.adapters.store.upgrade import upgrade

    upgrade(path, revision)


def _revision(connection: sqlite3.Connection) -> str | None:
    known = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    ).fetchone()
    if known is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])
