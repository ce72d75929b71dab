"""Floor: how the desk stands right now - who is there, why tickets wait, which promises run out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from streambot.domain.agent import AgentName, Role
from streambot.domain.presence import AgentState
from streambot.domain.reply import TicketId
from streambot.domain.ticket import ClockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentOnFloor:
    """One agent; ``load`` is what their tickets weigh."""

    name: AgentName
    role: Role
    state: AgentState
    since: datetime
    load: float = 0
    capacity: int = 0
    unasked: bool = False  # on a break for the offers they let pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Why nobody has a ticket: "3 full, 1 on break, 1 tried", and the same as figures by code."""

    ticket: TicketId
    why: str
    counts: Mapping[str, int] = field(default_factory=dict)
    starved: bool = (
        False  # everybody who could take it has tried: a supervisor must act
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFigure:
    """The running clocks of one kind, and of these the ones past their warning."""

    kind: ClockKind
    running: int
    at_risk: int
    breached: int  # of live tickets, promises of this kind not kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """Somebody has a ticket open, or is writing on it."""

    ticket: TicketId
    agent: AgentName
    typing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """One replaceable picture of the desk; ``waiting`` begins with the most urgent.

    Whoever makes it hands out the same object while nothing changed, so that comparing is
    cheap. Who looks at which ticket is not of it: the feed adds that.
    """

    agents: tuple[AgentOnFloor, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    clocks: tuple[ClockFigure, ...] = ()
    oldest_wait: datetime | None = None  # since when the longest waiting viewer waits
    unmanned: tuple[str, ...] = ()  # groups whose tickets anybody may take


EMPTY_FLOOR = Floor()
