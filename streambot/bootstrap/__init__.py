"""Composition root: a Config in, a running App out; the only place that knows every adapter.

What it offers is imported when it is asked for: who only wants an encoder or the control file
of a running bot needn't wait for the web and the store.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from streambot.bootstrap.app import App, open_app
    from streambot.bootstrap.replay import Replayed, ReplayOrder, run_replay

__all__ = ["App", "ReplayOrder", "Replayed", "open_app", "run_replay"]

_FOUND_IN = {
    "App": "app",
    "open_app": "app",
    "ReplayOrder": "replay",
    "Replayed": "replay",
    "run_replay": "replay",
}


def __getattr__(name: str) -> Any:
    if name not in _FOUND_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_FOUND_IN[name]}"), name)
