"""The writer's queue: bounded, drained at closing, deaf to one caller's mistakes."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from streambot.adapters.store import open_store
from streambot.adapters.store.writer import HARD_FACTOR
from streambot.errors import StoreError, StoreFull
from streambot.ports.store import Committed, DeskTransaction
from tests.adapters.store.samples import NOW, ROOM, Opening, batch, commit


class Brake:
    """Desk work that holds the writer thread until it is released."""

    def __init__(self) -> None:
        self.holding = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._released = threading.Event()

    def __call__(self, _: DeskTransaction) -> None:
        """Wait on the writer thread."""
        self._loop.call_soon_threadsafe(self.holding.set)
        self._released.wait(30)

    def release(self) -> None:
        """Let the writer go on."""
        self._released.set()


async def test_a_producer_waits_while_too_much_is_queued(tmp_path: Path) -> None:
    """``wait_for_room`` holds its caller until commits have caught up."""
    async with open_store(tmp_path, queue_limit=4) as store:
        brake = Brake()
        held = asyncio.create_task(store.transact(brake))
        await brake.holding.wait()
        await store.wait_for_room()
        told: list[object] = []
        for n in range(4):
            store.append(batch(n), told.append)
        waiting = asyncio.create_task(store.wait_for_room())
        await asyncio.sleep(0)
        assert not waiting.done()
        brake.release()
        await asyncio.gather(held, waiting)
        assert store.waiting < 4


async def test_a_queue_without_end_is_refused(tmp_path: Path) -> None:
    """Who never waits for room is told that the store is too slow, far beyond the limit."""
    async with open_store(tmp_path, queue_limit=1) as store:
        brake = Brake()
        held = asyncio.create_task(store.transact(brake))
        await brake.holding.wait()
        told: list[Any] = []
        for n in range(HARD_FACTOR + 3):
            store.append(batch(n), told.append)
        assert told == []
        brake.release()
        await held
        await commit(store, batch(500))
        refused = [each for each in told if isinstance(each, StoreFull)]
        assert len(refused) == 4
        assert len(told) == HARD_FACTOR + 3


async def test_closing_commits_what_is_queued(tmp_path: Path) -> None:
    """Leaving the store loses nothing that was appended, and tells everybody."""
    told: list[Committed | BaseException] = []
    async with open_store(tmp_path) as store:
        for n in range(2000):
            store.append(batch(n), told.append)
    assert told == [Committed()] * 2000
    async with open_store(tmp_path) as store:
        assert len((await store.revive(ROOM, NOW)).seen) == 2000


async def test_a_closed_store_says_so(tmp_path: Path) -> None:
    """Work for a closed store is answered, not forgotten."""
    async with open_store(tmp_path) as store:
        pass
    with pytest.raises(StoreError, match="closed"):
        await store.transact(Opening("t1"))
    with pytest.raises(StoreError, match="closed"):
        await commit(store, batch(1))


async def test_one_callers_mistake_is_not_the_others(tmp_path: Path) -> None:
    """A callback that raises is reported to the loop; the others are still told."""
    reported: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(
        lambda _, context: reported.append(context)
    )

    def broken(_: Committed | BaseException) -> None:
        raise ValueError("broken callback")

    async with open_store(tmp_path) as store:
        store.append(batch(1), broken)
        await commit(store, batch(2))
    assert [str(each["exception"]) for each in reported] == ["broken callback"]


async def test_a_cancelled_caller_changes_nothing(tmp_path: Path) -> None:
    """Work whose caller was cancelled is still committed, and nobody stumbles over it."""
    async with open_store(tmp_path) as store:
        brake = Brake()
        held = asyncio.create_task(store.transact(brake))
        await brake.holding.wait()
        gone = asyncio.create_task(store.transact(Opening("t1")))
        await asyncio.sleep(0)
        gone.cancel()
        brake.release()
        await asyncio.gather(held, gone, return_exceptions=True)
        await commit(store, batch(1))  # whatever was queued before is done as well
        assert [each.id for each in (await store.snapshot())[1]] == ["t1"]


async def test_many_works_share_a_commit(tmp_path: Path) -> None:
    """All that queues up during a commit is told by one wake-up of the loop."""
    async with open_store(tmp_path) as store:
        brake = Brake()
        held = asyncio.create_task(store.transact(brake))
        await brake.holding.wait()
        seen: list[int] = []
        for n in range(100):
            store.append(batch(n), lambda _: seen.append(store.waiting))
        brake.release()
        await held
        await commit(store, batch(200))
        assert len(seen) == 100
        assert len(set(seen)) == 1
