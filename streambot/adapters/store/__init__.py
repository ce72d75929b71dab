"""The store: SQLite beside the process, written by one thread in grouped commits."""

from streambot.adapters.store.store import Store, open_store
from streambot.adapters.store.tickets import fold

__all__ = ["Store", "fold", "open_store"]
