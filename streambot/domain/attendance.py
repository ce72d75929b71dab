"""Attendance: what one process of the desk knows of one person, for the others to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from streambot.domain.agent import Agent
from streambot.domain.presence import AgentPresence, Device, PresencePolicy

#: What processes that are long gone said is nobody's any more.
KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """True until the process says otherwise, or says nothing for as long as a console may.

    A process keeps its name over restarts: what its last run said is its own.

    A process vouches for its consoles: while one is heard, ``heard_at`` is when it wrote this.
    """

    process: str
    agent: Agent
    heard_at: datetime
    there: bool  # a console is open and heard
    on_break: bool
    said: int  # how often they went on break or came back

    def says_the_same(self, other: Attendance | None) -> bool:
        """Whether nothing but the time passed since *other* was written."""
        if other is None:
            return False
        at = other.heard_at if self.there else self.heard_at
        return replace(self, heard_at=at) == other


def pace(policy: PresencePolicy) -> timedelta:
    """How often a process vouches for its consoles, and reads what others vouch for.

    A third of the time a console may be silent: written and read once each, it is still heard.
    """
    return policy.suspect_after / 3


def attendance(
    process: str,
    agent: Agent,
    known: AgentPresence,
    now: datetime,
    policy: PresencePolicy,
) -> Attendance | None:
    """What *process* can say of *agent* by itself; None where they never were at it."""
    own = [each for each in known.devices.values() if not each.elsewhere]
    if not own:
        return None
    there = any(
        not each.closed and now - each.heard_at < policy.suspect_after for each in own
    )
    return Attendance(
        process=process,
        agent=agent,
        heard_at=now if there else max(each.heard_at for each in own),
        there=there,
        on_break=known.on_break,
        said=known.said,
    )


def together(
    known: AgentPresence,
    elsewhere: Iterable[Attendance],
    now: datetime,
    policy: PresencePolicy,
) -> AgentPresence:
    """*known* with what other processes say of the same person, whatever they said before."""
    for each in elsewhere:
        device = Device(heard_at=each.heard_at, closed=not each.there, elsewhere=True)
        if now - each.heard_at < policy.gone_after:
            known = replace(known, gone_at=None)
        if known.gone_at is None:
            known = replace(known, devices={**known.devices, each.process: device})
        known = as_said(known, each)
    return known


def as_said(known: AgentPresence, row: Attendance) -> AgentPresence:
    """*known* on break or back as they said last, by *row* or as known.

    Said at two places at once: rather nothing new than too much.
    """
    if (row.said, row.on_break) > (known.said, known.on_break):
        return replace(known, on_break=row.on_break, said=row.said)
    return known
