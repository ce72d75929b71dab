"""Within: waiting for a peer no longer than a span of the clock's time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import TypeVar

from streambot.ports.clock import Clock

T = TypeVar("T")


async def within(clock: Clock, span: timedelta, work: Awaitable[T]) -> T:
    """The result of *work*, if it comes within *span* of the clock's time.

    Raises:
        TimeoutError: it didn't; the work was cancelled.
    """
    doing = asyncio.ensure_future(work)
    waiting = asyncio.ensure_future(clock.sleep(span))
    try:
        await asyncio.wait({doing, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            return doing.result()
        raise TimeoutError
    finally:
        for task in (doing, waiting):
            task.cancel()
        await asyncio.gather(doing, waiting, return_exceptions=True)
