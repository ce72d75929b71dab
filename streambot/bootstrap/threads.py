"""How often the process's threads take turns, for a loop and a writer that both work hard."""

from __future__ import annotations

import sys

#: Seconds a thread may keep another from running; CPython's own is ten times that.
_TURN = 0.0005


def take_short_turns() -> None:
    """Let a waiting thread have its turn sooner.

    Each statement of the store lets go of the interpreter and asks for it back: with CPython's
    5 ms, a busy loop makes the writer wait up to that long dozens of times in one commit.
    """
    sys.setswitchinterval(_TURN)
