"""Composition root: a Config in, a running App out; the only place that knows every adapter."""

from streambot.bootstrap.app import App, open_app
from streambot.bootstrap.replay import Replayed, ReplayOrder, run_replay

__all__ = ["App", "ReplayOrder", "Replayed", "open_app", "run_replay"]
