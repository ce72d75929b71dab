"""Turnout: what a server saw so far, in order, and waiting for it to have seen something."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

#: So long a test waits for something to happen before it fails.
_PATIENCE = 20.0


class Turnout(Generic[T]):
    """Grows; whoever waits is woken at every addition."""

    def __init__(self) -> None:
        self.all: list[T] = []
        self._grew = asyncio.Event()

    def add(self, one: T) -> None:
        """*one* happened."""
        self.all.append(one)
        self._grew.set()

    async def until(self, holds: Callable[[list[T]], bool]) -> None:
        """Return once *holds* holds for everything seen."""
        async with asyncio.timeout(_PATIENCE):
            while not holds(self.all):
                self._grew.clear()
                await self._grew.wait()

    async def one(self, holds: Callable[[T], bool]) -> T:
        """The first for which *holds* holds, once it was seen."""
        await self.until(lambda seen: any(map(holds, seen)))
        return next(each for each in self.all if holds(each))
