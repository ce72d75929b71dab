"""How a connection to the store's file is opened: WAL, durability, waiting, reading only."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal

Synchronous = Literal["FULL", "NORMAL", "OFF", "EXTRA"]

#: How long SQLite itself waits for a lock, ms; only checkpoints can ever hold one.
BUSY_MS = 5000
#: Pages the writer keeps at hand, KiB: a queue of thousands of tickets and its indexes fit; taken
#: only as they are needed.
CACHE_KB = 32_768


def open_writer(path: Path, synchronous: Synchronous) -> sqlite3.Connection:
    """The one writing connection; transactions are begun and ended by hand."""
    path.touch(
        mode=0o600
    )  # viewers' words are nobody else's; SQLite's side files follow it
    connection = _connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute("PRAGMA journal_size_limit = 67108864")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that can only read."""
    connection = _connect(path)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path,
        isolation_level=None,
        check_same_thread=False,  # handed between threads, never used by two at once
        cached_statements=256,
    )
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
