"""A lock on the data directory that dies with its process, so that two bots never share a store."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from streambot.adapters.store.faults import locked

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def directory_lock(data_dir: Path) -> Iterator[None]:
    """Hold *data_dir* for this process.

    Raises:
        StoreLocked: another process holds it.
    """
    descriptor = os.open(data_dir / "store.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _take(descriptor)
        except OSError as error:
            raise locked(data_dir) from error
        yield
    finally:
        os.close(descriptor)  # releases the lock
