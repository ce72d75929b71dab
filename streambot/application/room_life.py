"""RoomLife: a room lives on over every failure of its own, and no other room feels it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from streambot.application.room_view import RoomView, Trouble
from streambot.errors import StoreError
from streambot.ports.clock import Clock
from streambot.ports.store import RoomWriter

_log = structlog.get_logger()

#: How often a store that can't write is tried again.
_STORE_RETRY = timedelta(seconds=2)
#: How long a room that failed by a fault of the program rests, doubled each time, up to the last.
_REST, _LONGEST_REST = timedelta(seconds=1), timedelta(seconds=60)
#: A room that lived so long has got over its failure.
_HEALTHY = timedelta(minutes=5)
_STORE_FULL = Trouble(
    code="store_full",
    zh="磁盘写不进去，助手已停止发言；请清理磁盘，恢复后会自动继续。",
    en="The disk can't be written, so nothing is said: free some space, "
    "it goes on by itself.",
)
_FAILED = Trouble(
    code="failed",
    zh="这个直播间的程序出了错，已自动重启，别的直播间不受影响；反复出现请把日志发给开发者。",
    en="This room failed by a fault of the program and was started again, the others go on: "
    "if it comes back, send the log to the developers.",
)


class RoomLife:
    """Lets one room live again and again, from what it committed."""

    def __init__(self, view: RoomView, store: RoomWriter, clock: Clock) -> None:
        self._view = view
        self._store = store
        self._clock = clock
        self._rest = _REST

    async def run(self, live: Callable[[], Awaitable[None]]) -> None:
        """Run *live* until cancelled, whatever it raises."""
        while True:
            rest = timedelta()
            recovering = asyncio.create_task(self._recover())
            try:
                await live()
            except* StoreError as failures:
                self._store_failed(failures.exceptions[0])
            except* Exception as failures:
                rest = self._failed(failures)
            finally:
                recovering.cancel()
            await self._clock.sleep(rest)
            await self._until_store_works()

    async def _recover(self) -> None:
        """Forget a failure once the room has lived long enough."""
        await self._clock.sleep(_HEALTHY)
        self._rest = _REST
        self._view.clear(_FAILED.code)

    def _store_failed(self, failure: BaseException) -> None:
        while isinstance(failure, BaseExceptionGroup):
            failure = failure.exceptions[0]
        _log.error("store_failed", room=self._view.room, error=str(failure))
        self._view.stand(link="store_full")
        self._view.trouble(_STORE_FULL)

    def _failed(self, failures: BaseExceptionGroup[Exception]) -> timedelta:
        _log.error("room_failed", room=self._view.room, exc_info=failures)
        self._view.stand(link="failed")
        self._view.count("room_failures")
        self._view.trouble(_FAILED)
        rest, self._rest = self._rest, min(self._rest * 2, _LONGEST_REST)
        return rest

    async def _until_store_works(self) -> None:
        while not await self._store.usable():
            await self._clock.sleep(_STORE_RETRY)
        self._view.clear(_STORE_FULL.code)
