"""A clock that tests move."""

from __future__ import annotations

import asyncio
import heapq
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    pass

T = TypeVar("T")


class FakeClock:
    """A clock that stands still until ``advance``; ``jump`` sets the wall clock only."""

    def __init__(self, start: datetime = datetime(2026, 1, 1, 12, tzinfo=UTC)) -> None:
        self._wall = start
        self._elapsed = timedelta()
        self._sleepers: list[tuple[timedelta, int, asyncio.Future[None]]] = []
        self._order = count()

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return self._wall

    async def sleep(self, span: timedelta) -> None:
        """Return once ``advance`` has moved by *span*."""
        if span <= timedelta():
            await asyncio.sleep(0)
            return
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        due = self._elapsed + span
        heapq.heappush(self._sleepers, (due, next(self._order), woken))
        await woken

    def jump(self, span: timedelta) -> None:
        """Set the wall clock by *span*, forwards or backwards; sleepers don't notice."""
        self._wall += span

    async def advance(self, span: timedelta) -> None:
        """Let *span* pass; sleepers wake in order, each seeing its own instant."""
        end = self._elapsed + span
        await self.settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            due, _, woken = heapq.heappop(self._sleepers)
            self._move_to(max(due, self._elapsed))
            if not woken.done():
                woken.set_result(None)
                await self.settle()
        self._move_to(end)
        await self.settle()

    async def settle(self) -> None:
        """Let every task go on until it waits for something."""
        for _ in range(50):
            await asyncio.sleep(0)

    def _move_to(self, elapsed: timedelta) -> None:
        self._wall += elapsed - self._elapsed
        self._elapsed = elapsed
