"""Pledge: one thing a viewer was promised, from "one moment" until it is kept or they hear why not."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from streambot.domain.reply import OutId


class Broken(StrEnum):
    """How a promise ended that no answer kept."""

    UNREACHABLE = "unreachable"  # the room closed and no way to the viewer was left
    UNANSWERED = "unanswered"  # its agent ended the matter without a word
    WITHDRAWN = "withdrawn"  # the viewer wants nobody any more


class Pledge(msgspec.Struct, frozen=True, kw_only=True):
    """One promise; ``due_at`` None: no time was said, as at an empty desk.

    ``told`` is the line that says why it was not kept by the room's end and what comes next;
    whether it arrived is known of the line itself.
    """

    made_at: datetime
    due_at: datetime | None
    kept_at: datetime | None = None
    told: OutId | None = None
    broken: Broken | None = None

    @property
    def is_open(self) -> bool:
        """Whether the viewer still waits for it."""
        return self.kept_at is None and self.broken is None

    @property
    def is_late(self) -> bool:
        """Whether it was kept, behind its time."""
        due, kept = self.due_at, self.kept_at
        return kept is not None and due is not None and kept > due


Pledges = tuple[Pledge, ...]


def open_one(pledges: Pledges) -> Pledge | None:
    """The promise that is still owed; there is at most one, the newest."""
    return pledges[-1] if pledges and pledges[-1].is_open else None


def made(pledges: Pledges, at: datetime, due_at: datetime | None) -> Pledges:
    """Something is promised; while something is owed already, that has the time said last.

    A time that has passed stays passed: "one more moment" makes nothing punctual.
    """
    owed = open_one(pledges)
    if owed is None:
        return (*pledges, Pledge(made_at=at, due_at=due_at))
    if owed.due_at is not None and owed.due_at < at:
        return pledges
    return (*pledges[:-1], replace(owed, due_at=due_at))


def kept(pledges: Pledges, at: datetime) -> Pledges:
    """An answer arrived."""
    owed = open_one(pledges)
    return pledges if owed is None else (*pledges[:-1], replace(owed, kept_at=at))


def broken(pledges: Pledges, how: Broken) -> Pledges:
    """It ended without an answer."""
    owed = open_one(pledges)
    return pledges if owed is None else (*pledges[:-1], replace(owed, broken=how))


def told(pledges: Pledges, out: OutId) -> Pledges:
    """Its viewer is told why it waits, by the line *out*."""
    owed = open_one(pledges)
    return pledges if owed is None else (*pledges[:-1], replace(owed, told=out))
