"""Brings a store's file to the newest revision at opening, or says plainly why it can't."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool

from streambot.adapters.store.faults import newer
from streambot.adapters.store.tables import HEAD

SCRIPTS = Path(__file__).parent / "migrations"


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
    config = alembic_config()
    if revision is not None and not _is_known(config, revision):
        raise newer(path, revision)
    engine = create_engine(
        "sqlite://", creator=lambda: _plain(path), poolclass=NullPool
    )
    event.listen(engine, "begin", _begin)
    try:
        with engine.begin() as upgraded:
            config.attributes["connection"] = upgraded
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def alembic_config() -> Config:
    """Alembic's settings, without a file, for wherever the package lies."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


def _revision(connection: sqlite3.Connection) -> str | None:
    known = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    ).fetchone()
    if known is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def _is_known(config: Config, revision: str) -> bool:
    try:
        return ScriptDirectory.from_config(config).get_revision(revision) is not None
    except CommandError:
        return False


def _plain(path: Path) -> sqlite3.Connection:
    # The driver's own BEGIN comes too late to hold DDL: it is switched off and sent by hand.
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
