"""Control file: where the running bot takes commands, and the key that proves one may read it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

#: In the data directory, readable by its owner alone.
FILE = "control.json"


class Control(msgspec.Struct, frozen=True):
    """How to reach the bot that runs."""

    url: str
    key: str

    @classmethod
    def at(cls, host: str, port: int, key: str) -> Control:
        """How this machine reaches a bot that listens there."""
        here = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
        return cls(
            url=f"http://[{here}]:{port}" if ":" in here else f"http://{here}:{port}",
            key=key,
        )


@asynccontextmanager
async def control_file(data_dir: Path, control: Control) -> AsyncIterator[None]:
    """Keep the file while the bot runs; one that a crash left is replaced."""
    path = data_dir / FILE
    await asyncio.to_thread(_write, path, control)
    try:
        yield
    finally:
        await asyncio.to_thread(path.unlink, missing_ok=True)


def _write(path: Path, control: Control) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(control))


def read_control(data_dir: Path) -> Control | None:
    """How to reach the bot of *data_dir*; None where none says so."""
    try:
        return msgspec.json.decode((data_dir / FILE).read_bytes(), type=Control)
    except (OSError, msgspec.DecodeError):
        return None
