"""Watched files: stamps of files on disk, and a loop that looks again whenever one may have changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from pathlib import Path

import watchfiles

_DEBOUNCE_MS = 350
#: How often files are looked at anyway: network drives tell nobody.
_LOOK_MS = 1_000

#: Files with their times and sizes.
Stamp = tuple[tuple[str, int, int], ...]


def stamp_of(files: Iterable[Path]) -> Stamp:
    """The files as they are on disk now; one that is missing has no stamp."""
    stamps = []
    for file in files:
        with suppress(OSError):
            found = file.stat()
            stamps.append((file.as_posix(), found.st_mtime_ns, found.st_size))
    return tuple(stamps)


async def changes(folders: Iterable[Path], stop: asyncio.Event) -> AsyncIterator[None]:
    """Yield whenever something in *folders* changed, and once a second, until *stop*."""
    async for _ in watchfiles.awatch(
        *folders,
        debounce=_DEBOUNCE_MS,
        rust_timeout=_LOOK_MS,
        yield_on_timeout=True,
        stop_event=stop,
    ):
        yield
