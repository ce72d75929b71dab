"""The desk's view of the store inside one committing transaction, and the rows it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import msgspec

from streambot.domain.acclaim import Acclaim
from streambot.domain.attendance import Attendance
from streambot.domain.audit import Deed
from streambot.domain.presence import AgentState
from streambot.domain.reply import (
    OutId,
    Reply,
    TicketId,
)
from streambot.domain.room import RoomName
from streambot.domain.satisfaction import Rating
from streambot.domain.ticket import Ticket
from streambot.domain.viewer import ViewerKey


class DeskTransaction(Protocol):
    """The desk's view of the store inside one committing transaction (writer thread).

    Every ``save`` also appends to the ticket's journal and to the feed, with the next ``seq``
    of the counter row.
    """

    def ticket(self, ticket: TicketId) -> Ticket | None:
        """The ticket as stored."""
        ...

    def live_ticket(self, room: RoomName, viewer: ViewerKey) -> Ticket | None:
        """The viewer's live ticket in this room, else their newest resolved one, else None."""
        ...

    def tickets_of(self, room: RoomName) -> Sequence[Ticket]:
        """Live and resolved tickets of a room."""
        ...

    def card(self, room: RoomName, card: str) -> Sequence[Ticket]:
        """Live and resolved tickets of one card, by number."""
        ...

    def held_by(self, agent: str) -> Sequence[Ticket]:
        """What *agent* owns or is offered, by number."""
        ...

    def next_no(self) -> int:
        """The next ticket number, from 1."""
        ...

    def save(self, ticket: Ticket, change: TicketChange) -> None:
        """Store *ticket* and append *change* to its journal and the feed."""
        ...

    def add_clocks(self, started: Sequence[ClockRow]) -> None:
        """Start clocks of different kinds; a kind of which one runs for the ticket is left out."""
        ...

    def move_clock(self, clock: ClockRow) -> None:
        """Stop the running clock of that kind, or let it go on with another deadline."""
        ...

    def end_clock(self, ticket: TicketId, kind: str, how: str, at: datetime) -> None:
        """End the running clock of *kind*, if any: ``met``, ``breached`` or ``cancelled``."""
        ...

    def rating(self, ticket: TicketId, episode: int) -> Rating | None:
        """What the viewer was asked and gave in one episode."""
        ...

    def last_rating(self, room: RoomName, viewer: ViewerKey) -> Rating | None:
        """The newest question a viewer was asked in a room."""
        ...

    def put_rating(self, rating: Rating) -> None:
        """Keep a question, or its answer; whose it is never changes."""
        ...

    def put_acclaim(self, acclaim: Acclaim) -> None:
        """Keep praise for the agent it is about; the same line twice is one."""
        ...

    def owe(self, reply: Reply) -> bool:
        """Queue a reply; False when its ``out_id`` is known already."""
        ...

    def withdraw(self, ticket: TicketId) -> None:
        """Withdraw the queued replies of a ticket."""
        ...

    def recall(self, out: OutId) -> bool:
        """Withdraw one queued reply; False when it is on its way or settled."""
        ...

    def said_to_card(
        self, room: RoomName, card: str, since: datetime
    ) -> Sequence[Reply]:
        """Public answers of agents to a card's live and resolved tickets, newest first.

        Those owed after *since* that are on their way or arrived.
        """
        ...

    def audit(self, deed: Deed) -> None:
        """Write *deed* into the audit, with all else of this transaction or not at all."""
        ...

    def agent_is(self, agent: str, state: AgentState, at: datetime, cause: str) -> None:
        """End what *agent* was at and begin *state*; nothing where they are at it already."""
        ...

    def attend(self, rows: Sequence[Attendance]) -> None:
        """Put what a process says of its people in the place of what it said before."""
        ...

    def attendance(self, process: str) -> Sequence[Attendance]:
        """What all processes but *process* said last of the people at them."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSpell:
    """For how long an agent was at something; ``until`` None: still."""

    agent: str
    state: AgentState
    since: datetime
    until: datetime | None
    cause: str  # connected, silent, gone, said, restart, misses


class TicketChange(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a ticket's journal: folding them gives the stored ticket."""

    event: (
        str  # handoff, claim, answer, accepted, viewer_line, note, release, resolve ...
    )
    at: datetime
    actor: str  # agent's name, "viewer", "assistant" or "clock"
    text: str = ""
    data: dict[str, object] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How often promises of one kind were kept, and broken."""

    kind: str
    met: int
    breached: int


class ClockRow(msgspec.Struct, frozen=True, kw_only=True):
    """One promise: started, due, and ended exactly once."""

    ticket: TicketId
    kind: str  # claim, first, turn, ...
    started_at: datetime
    due_at: datetime
    policy: str = "default"
    met_at: datetime | None = None
    breached_at: datetime | None = None
    cancelled_at: datetime | None = None
    warn_at: datetime | None = None  # from here on it is at risk
    paused_at: datetime | None = None  # while set, the deadline means nothing
