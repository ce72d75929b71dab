"""Slot: what is known about a free slot of a room's budget, and what was chosen for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from streambot.domain.reply import LineOut, Reply

#: Welcomes leave this long before their deadline, since a write takes time.
SPARE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What is known about a free slot."""

    now: datetime
    next: datetime  # the next slot if this one is used
    interval: timedelta  # mean time between slots
    most: int  # code points of a line
    quiet: bool  # nobody but the newcomer stirs
    welcomed_at: datetime | None  # the last line was a mere welcome, of then
    can_write: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A line, the replies it settles, and the parts that follow it."""

    line: LineOut
    replies: tuple[Reply, ...]
    addressed: bool
    rest: tuple[Chosen, ...] = ()


def last_slot(welcomes: Sequence[Reply]) -> datetime:
    """The latest instant at which *welcomes* go."""
    return min(reply.expires_at for reply in welcomes) - SPARE
