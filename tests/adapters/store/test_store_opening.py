"""Opening a store: migrations, damaged and newer files, one process at a time."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from streambot.adapters.store import open_store, upgrade
from streambot.adapters.store.store import FILE
from streambot.adapters.store.tables import HEAD, metadata
from streambot.adapters.store.upgrade import alembic_config
from streambot.errors import StoreBroken, StoreLocked
from tests.adapters.store.samples import NOW, ROOM, batch, commit
from tests.migrated import Upgrade

OPEN_ELSEWHERE = """
import asyncio, sys
from pathlib import Path
from streambot.adapters.store import open_store
from streambot.errors import StoreLocked

async def main():
    try:
        async with open_store(Path(sys.argv[1])):
            print("opened")
    except StoreLocked as error:
        print("locked", error)

asyncio.run(main())
"""


@pytest.fixture(autouse=True)
def really_migrated(migrated_once: Upgrade, monkeypatch: pytest.MonkeyPatch) -> None:
    """The migrations themselves make the stores here."""
    monkeypatch.setattr(upgrade, "upgrade", migrated_once)


async def test_a_store_is_made_where_none_was(tmp_path: Path) -> None:
    """A missing directory is made, also under a path with spaces, percents and Chinese."""
    data_dir = tmp_path / "my 店 100%s data" / "deep"
    async with open_store(data_dir) as store:
        await commit(store, batch(1))
    async with open_store(data_dir) as store:
        assert (await store.revive(ROOM, NOW)).seen == ("e1",)


async def test_a_fresh_store_is_at_head(tmp_path: Path) -> None:
    """The migrations end at the revision the code calls the newest."""
    scripts = await asyncio.to_thread(ScriptDirectory.from_config, alembic_config())
    assert await asyncio.to_thread(scripts.get_current_head) == HEAD
    async with open_store(tmp_path):
        pass
    wanted = "SELECT version_num FROM alembic_version"
    assert await asyncio.to_thread(_sql, tmp_path, wanted) == [(HEAD,)]


async def test_tables_match_the_migrations(tmp_path: Path) -> None:
    """What the migrations make is what the statements are written for."""
    async with open_store(tmp_path):
        pass

    def differences() -> list[Any]:
        engine = create_engine(f"sqlite:///{tmp_path / FILE}", poolclass=NullPool)
        with engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True}
            )
            found: list[Any] = compare_metadata(context, metadata)
        return found

    assert await asyncio.to_thread(differences) == []


async def test_partial_indexes_match_the_migrations(tmp_path: Path) -> None:
    """Conditions of indexes, which a comparison of tables leaves out, are the same too."""
    wanted = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''"
    async with open_store(tmp_path / "migrated"):
        pass

    def declare() -> None:
        path = tmp_path / "declared" / FILE
        path.parent.mkdir()
        metadata.create_all(create_engine(f"sqlite:///{path}", poolclass=NullPool))

    await asyncio.to_thread(declare)
    migrated, declared = [
        await asyncio.to_thread(_sql, tmp_path / name, wanted)
        for name in ("migrated", "declared")
    ]
    assert sorted(migrated) == sorted(declared)


async def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    """A file of a newer streambot is left alone, with a sentence that names both ways out."""
    async with open_store(tmp_path):
        pass
    newer = "UPDATE alembic_version SET version_num = '9999'"
    await asyncio.to_thread(_sql, tmp_path, newer)
    with pytest.raises(StoreBroken, match=r"9999.*upgrade streambot"):
        async with open_store(tmp_path):
            pass


async def test_an_interrupted_first_start_is_repeated(tmp_path: Path) -> None:
    """An empty file, left by a power cut, becomes a store."""
    await asyncio.to_thread((tmp_path / FILE).touch)
    async with open_store(tmp_path) as store:
        await commit(store, batch(1))


@pytest.mark.parametrize("damage", ["garbage", "middle"])
async def test_a_damaged_store_is_refused(tmp_path: Path, damage: str) -> None:
    """A file that is no store gives one sentence and is left as it is."""
    async with open_store(tmp_path) as store:
        await commit(store, *(batch(n) for n in range(200)))
    broken = await asyncio.to_thread(_damage, tmp_path / FILE, damage)
    with pytest.raises(StoreBroken, match="damaged"):
        async with open_store(tmp_path):
            pass
    assert await asyncio.to_thread((tmp_path / FILE).read_bytes) == broken


async def test_a_second_process_is_refused(tmp_path: Path) -> None:
    """Two bots never share a data directory; the lock dies with its holder."""
    async with open_store(tmp_path):
        with pytest.raises(StoreLocked, match="Another streambot"):
            async with open_store(tmp_path):
                pass
        told = await asyncio.to_thread(_elsewhere, tmp_path)
        assert told.startswith("locked")
    assert await asyncio.to_thread(_elsewhere, tmp_path) == "opened"


def _sql(data_dir: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data_dir / FILE)) as file, file:
        return file.execute(statement).fetchall()


def _damage(path: Path, damage: str) -> bytes:
    content = path.read_bytes()
    broken = b"not a store" * 999
    if damage == "middle":
        broken = content[:100] + b"\xff" * 4000 + content[4100:]
    path.write_bytes(broken)
    return broken


def _elsewhere(data_dir: Path) -> str:
    result = subprocess.run(
        [sys.executable, "-c", OPEN_ELSEWHERE, str(data_dir)],
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.strip()
