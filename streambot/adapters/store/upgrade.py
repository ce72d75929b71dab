"""Alembic at work on a store's file; apart, since it is big and most starts don't need it."""

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

SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(path: Path, revision: str | None) -> None:
    """Bring *path* from *revision* (None: it is empty) to the newest one.

    Raises:
        StoreBroken: the file is of a newer streambot.
        sqlite3.Error: the file can't be read or written.
    """
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
