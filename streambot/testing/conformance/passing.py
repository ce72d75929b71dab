"""Passing: waiting for real sockets while a clock that stands still is moved on bit by bit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from streambot.testing.clock import FakeClock

T = TypeVar("T")

#: Sockets get so long, in real seconds, between two moves of the clock.
_BREATH = 0.005
_STEPS = 40


async def passing(
    clock: FakeClock,
    work: Coroutine[Any, Any, T],
    *,
    within: timedelta,
    patience: float,
    what: str,
) -> T:
    """The result of *work*, which must come within a span of the clock's time.

    *patience* is what a slow machine gets beyond it, in real seconds.

    Raises:
        AssertionError: it didn't come; names *what* was waited for.
    """
    doing = asyncio.ensure_future(work)
    try:
        for _ in range(_STEPS):
            await asyncio.wait({doing}, timeout=_BREATH)
            if doing.done():
                return doing.result()
            await clock.advance(within / _STEPS)
        await asyncio.wait({doing}, timeout=patience)
        if doing.done():
            return doing.result()
        raise AssertionError(f"not within {within.total_seconds():g} s: {what}")
    finally:
        doing.cancel()
        await asyncio.wait({doing}, timeout=patience)


async def let_pass(clock: FakeClock, span: timedelta) -> None:
    """Move the clock by *span*, with time for the sockets on the way."""
    for _ in range(_STEPS):
        await clock.advance(span / _STEPS)
        await asyncio.sleep(_BREATH)


class Changes:
    """Wakes whoever waits for a state to come about."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def tell(self) -> None:
        """Something changed."""
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if not each.done():
                each.set_result(None)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Return once *holds* does."""
        while not holds():
            changed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(changed)
            await changed
