"""LinkTasks: how the tasks of a link end with it, so that none is left and no fault goes unseen."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence


async def ended(tasks: Sequence[asyncio.Future[None]]) -> list[Exception]:
    """Stop *tasks* and wait for each; what any of them failed by."""
    for task in tasks:
        task.cancel()
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    return [end for end in ends if isinstance(end, Exception)]
