"""Python programs as peers, each with libraries that must not meet ours.

A peer's requirements are pinned in a file beside its script. They go into an environment of
their own under .venv, made once and made anew when the file changes.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import AbstractAsyncContextManager
from hashlib import sha256
from pathlib import Path

from tests.peers.peer import Peer, beside

_HOMES = Path(sys.prefix) / "peers"


def installed(requirements: Path) -> Path:
    """The interpreter of an environment that holds *requirements*."""
    home = _HOMES / sha256(requirements.read_bytes()).hexdigest()[:16]
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    done = home / ".ready"
    if not done.exists():
        _run(sys.executable, "-m", "venv", "--clear", home)
        _run(python, "-m", "pip", "install", "--quiet", "--requirement", requirements)
        done.touch()
    return python


def started(
    script: Path, *arguments: str, requirements: Path
) -> AbstractAsyncContextManager[Peer]:
    """*script* running with *requirements* until the end of the block."""
    return beside(installed(requirements), script, *arguments)


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stderr[-2000:]}"
