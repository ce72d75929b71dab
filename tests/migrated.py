"""Migrated: the migrations run once, what they made is laid into every test's new store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from streambot.adapters.store import upgrade as upgrades

Upgrade = Callable[[Path, str | None], None]


@pytest.fixture(scope="session", autouse=True)
def migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upgrade]:
    """New stores get their tables as one script; older ones are upgraded as ever.

    Yields the real upgrade, for tests that are about it.
    """
    real = upgrades.upgrade
    made = tmp_path_factory.mktemp("migrated") / "streambot.db"
    real(made, None)
    with closing(sqlite3.connect(made)) as connection:
        script = "\n".join(connection.iterdump())

    def lay(path: Path, revision: str | None) -> None:
        if revision is not None:
            real(path, revision)
            return
        with closing(sqlite3.connect(path, isolation_level=None)) as new:
            new.executescript(script)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upgrades, "upgrade", lay)
        yield real
