"""The garbage collector's settings for a process that runs for hours and holds big books."""

from __future__ import annotations

import gc

#: Objects made before the young ones are looked at, and how rarely the old ones are.
_YOUNG, _MIDDLE, _OLD = 50_000, 20, 50


def calm_collector() -> None:
    """Leave what the start made out of every collection, and collect less often.

    Books, tables and modules live as long as the process; looking through them again and
    again would hold up lines for tens of milliseconds. A room's events make hardly a cycle.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
