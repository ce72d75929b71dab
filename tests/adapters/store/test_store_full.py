"""A disk that takes no more writes: nothing half, nothing lost, and work goes on after."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from streambot.adapters.store import Store, open_store
from streambot.adapters.store.transaction import StoreTransaction
from streambot.errors import StoreFull
from streambot.ports.store import DeskTransaction
from tests.adapters.store.samples import NOW, ROOM, Opening, batch, commit

#: Pages of a file with little room beside its empty tables.
SMALL = 80

OVER_THE_LIMIT = """
import asyncio, resource, sys
from pathlib import Path
from streambot.adapters.store import open_store
from streambot.errors import StoreFull
from tests.adapters.store.samples import NOW, ROOM, batch, commit

async def main():
    async with open_store(Path(sys.argv[1])) as store:
        await commit(store, batch(0))
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (512 * 1024, hard))
        stored, n = 1, 1
        try:
            while n < 100_000:
                await commit(store, *(batch(i) for i in range(n, n + 100)))
                n += 100
                stored += 100
        except StoreFull:
            print("full", await store.usable())
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        print("usable", await store.usable())
        seen = (await store.revive(ROOM, NOW)).seen
        print("kept", len(seen) == stored)
        await commit(store, batch(n))
        print("goes on", len((await store.revive(ROOM, NOW)).seen) - len(seen))

asyncio.run(main())
"""


def _limit(pages: int) -> Callable[[DeskTransaction], None]:
    def work(tx: DeskTransaction) -> None:
        assert isinstance(tx, StoreTransaction)
        tx.connection.execute(f"PRAGMA max_page_count = {pages}")

    return work


async def _fill(store: Store) -> int:
    """Append lines until the store is full; gives how many were stored."""
    n = 0
    with pytest.raises(StoreFull, match="free some disk space"):
        while n < 100_000:
            await commit(store, *(batch(i) for i in range(n, n + 50)))
            n += 50
    return n


async def test_a_full_disk_stores_nothing_half(tmp_path: Path) -> None:
    """When the disk is full every caller of the commit is told, and nothing of it is stored."""
    async with open_store(tmp_path, max_pages=SMALL) as store:
        stored = await _fill(store)
        assert not await store.usable()
        with pytest.raises(StoreFull):
            await commit(store, *(batch(i) for i in range(80_000, 81_000)))
        assert len((await store.revive(ROOM, NOW)).seen) == stored
        assert await store.entries(0, 10) == ()


async def test_work_goes_on_when_space_is_free_again(tmp_path: Path) -> None:
    """The next commit after a full disk tries afresh, with no restart."""
    async with open_store(tmp_path, max_pages=SMALL) as store:
        stored = await _fill(store)
        await store.transact(_limit(1_000_000))
        assert await store.usable()
        await commit(store, *(batch(n) for n in range(stored, stored + 50)))
        opened, _ = await store.transact(Opening("t1"))
        assert opened.no == 1
        assert len((await store.revive(ROOM, NOW)).seen) == stored + 50


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_a_file_that_may_not_grow_is_a_full_disk(tmp_path: Path) -> None:
    """The system's own refusal to write means the same, and is survived the same way."""
    root = Path(__file__).parents[3]
    result = subprocess.run(
        [sys.executable, "-c", OVER_THE_LIMIT, str(tmp_path / "data")],
        capture_output=True,
        text=True,
        cwd=root,
        check=False,
    )
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "full False",
        "usable True",
        "kept True",
        "goes on 1",
    ]
