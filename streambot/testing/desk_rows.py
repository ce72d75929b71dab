"""Rows of a desk's store in memory, and a transaction over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import structs

from streambot.domain.acclaim import Acclaim
from streambot.domain.attendance import KEPT, Attendance
from streambot.domain.audit import Deed
from streambot.domain.faq.entry import Visibility
from streambot.domain.presence import AgentState
from streambot.domain.reply import (
    ARRIVING,
    EventId,
    OutId,
    Reply,
    ReplyKind,
    ReplyState,
    TicketId,
)
from streambot.domain.room import RoomName
from streambot.domain.satisfaction import Rating
from streambot.domain.ticket import LIVE, Ticket, TicketState
from streambot.domain.ticket_load import place_of
from streambot.domain.ticket_rules import FINAL
from streambot.domain.viewer import ViewerKey
from streambot.errors import StoreError
from streambot.ports.store import (
    AgentSpell,
    ClockRow,
    Committed,
    FeedEntry,
    TicketChange,
)

if TYPE_CHECKING:
    pass

T = TypeVar("T")


@dataclass(slots=True)
class DeskRows:
    """Everything a fake desk store keeps; copied to take a transaction back."""

    tickets: dict[TicketId, Ticket] = field(default_factory=dict)
    changes: dict[TicketId, list[TicketChange]] = field(default_factory=dict)
    clocks: list[ClockRow] = field(default_factory=list)
    replies: dict[OutId, tuple[Reply, ReplyState]] = field(default_factory=dict)
    feed: list[FeedEntry] = field(default_factory=list)
    ratings: dict[tuple[TicketId, int], Rating] = field(default_factory=dict)
    acclaims: dict[tuple[RoomName, EventId], Acclaim] = field(default_factory=dict)
    spells: list[AgentSpell] = field(default_factory=list)
    attendance: dict[tuple[str, str], Attendance] = field(default_factory=dict)
    last_no: int = 0
    deeds: list[Deed] = field(default_factory=list)

    def open_tickets(self) -> list[Ticket]:
        """Live and resolved tickets, by number."""
        open_states = (*LIVE, TicketState.RESOLVED)
        rows = [one for one in self.tickets.values() if one.state in open_states]
        return sorted(rows, key=lambda one: one.no)

    def attended_elsewhere(self, process: str) -> list[Attendance]:
        """What all processes but *process* said last, by agent."""
        rows = sorted(self.attendance.items(), key=lambda one: one[0][::-1])
        return [row for (whose, _), row in rows if whose != process]

    def copy(self) -> DeskRows:
        """The rows as they stand."""
        return DeskRows(
            tickets=dict(self.tickets),
            changes={ticket: list(rows) for ticket, rows in self.changes.items()},
            clocks=list(self.clocks),
            replies=dict(self.replies),
            feed=list(self.feed),
            ratings=dict(self.ratings),
            acclaims=dict(self.acclaims),
            spells=list(self.spells),
            attendance=dict(self.attendance),
            last_no=self.last_no,
            deeds=list(self.deeds),
        )


def _plain(ticket: Ticket) -> dict[str, object]:
    fields: dict[str, object] = msgspec.to_builtins(ticket, order="deterministic")
    return fields


def _is_running(clock: ClockRow) -> bool:
    return clock.met_at is clock.breached_at is clock.cancelled_at is None


def _ended(clock: ClockRow, how: str, at: datetime) -> ClockRow:
    match how:
        case "met":
            return structs.replace(clock, met_at=at)
        case "breached":
            return structs.replace(clock, breached_at=at)
        case "cancelled":
            return structs.replace(clock, cancelled_at=at)
        case _:
            raise StoreError(f"A clock can't end as {how!r}.")


class FakeDeskTransaction:
    """Implements ``DeskTransaction`` over a copy of the rows."""

    def __init__(self, rows: DeskRows) -> None:
        self.rows = rows
        self._tickets: dict[TicketId, Ticket] = {}
        self._replies: list[Reply] = []
        self._withdrawn: list[OutId] = []
        self._entries: list[FeedEntry] = []

    def ticket(self, ticket: TicketId) -> Ticket | None:
        return self.rows.tickets.get(ticket)

    def live_ticket(self, room: RoomName, viewer: ViewerKey) -> Ticket | None:
        theirs = [
            ticket for ticket in self.tickets_of(room) if ticket.viewer.key == viewer
        ]
        return max(theirs, key=lambda one: (one.is_live, one.no), default=None)

    def tickets_of(self, room: RoomName) -> Sequence[Ticket]:
        return [ticket for ticket in self.rows.open_tickets() if ticket.room == room]

    def card(self, room: RoomName, card: str) -> Sequence[Ticket]:
        return [ticket for ticket in self.tickets_of(room) if ticket.card == card]

    def held_by(self, agent: str) -> Sequence[Ticket]:
        return [one for one in self.rows.open_tickets() if place_of(one) == agent]

    def next_no(self) -> int:
        self.rows.last_no += 1
        return self.rows.last_no

    def save(self, ticket: Ticket, change: TicketChange) -> None:
        before = self.rows.tickets.get(ticket.id)
        if before is not None and before.state in FINAL:
            raise StoreError(f"Ticket {before.no} is {before.state} and can't change.")
        if ticket.is_live and any(
            other.is_live and other.id != ticket.id
            for other in self.tickets_of(ticket.room)
            if other.viewer.key == ticket.viewer.key
        ):
            raise StoreError(f"{ticket.viewer.key} has a live ticket already.")
        self.rows.tickets[ticket.id] = self._tickets[ticket.id] = ticket
        old = {} if before is None else _plain(before)
        now = _plain(ticket)
        changed = {name: now[name] for name in now if old.get(name, now) != now[name]}
        kept = structs.replace(change, data={**change.data, "set": changed})
        self.rows.changes.setdefault(ticket.id, []).append(kept)
        entry = FeedEntry(
            seq=len(self.rows.feed) + 1,
            kind="ticket",
            at=change.at,
            room=ticket.room,
            data={"ticket": now, "change": msgspec.to_builtins(change)},
        )
        self.rows.feed.append(entry)
        self._entries.append(entry)

    def add_clocks(self, started: Sequence[ClockRow]) -> None:
        """Start clocks; of each kind at most one runs for a ticket."""
        for clock in started:
            self._add_clock(clock)

    def _add_clock(self, clock: ClockRow) -> None:
        if not any(
            (row.ticket, row.kind) == (clock.ticket, clock.kind) and _is_running(row)
            for row in self.rows.clocks
        ):
            self.rows.clocks.append(clock)

    def move_clock(self, clock: ClockRow) -> None:
        for i, row in enumerate(self.rows.clocks):
            if (row.ticket, row.kind) == (clock.ticket, clock.kind) and _is_running(
                row
            ):
                self.rows.clocks[i] = clock

    def end_clock(self, ticket: TicketId, kind: str, how: str, at: datetime) -> None:
        for i, row in enumerate(self.rows.clocks):
            if (row.ticket, row.kind) == (ticket, kind) and _is_running(row):
                self.rows.clocks[i] = _ended(row, how, at)

    def rating(self, ticket: TicketId, episode: int) -> Rating | None:
        return self.rows.ratings.get((ticket, episode))

    def last_rating(self, room: RoomName, viewer: ViewerKey) -> Rating | None:
        theirs = [
            one
            for one in self.rows.ratings.values()
            if (one.room, one.viewer) == (room, viewer)
        ]
        return max(theirs, key=lambda one: one.asked_at, default=None)

    def put_rating(self, rating: Rating) -> None:
        self.rows.ratings[rating.ticket, rating.episode] = rating

    def put_acclaim(self, acclaim: Acclaim) -> None:
        self.rows.acclaims.setdefault((acclaim.room, acclaim.event_id), acclaim)

    def owe(self, reply: Reply) -> bool:
        if reply.out_id in self.rows.replies:
            return False
        self.rows.replies[reply.out_id] = (reply, ReplyState.QUEUED)
        self._replies.append(reply)
        return True

    def said_to_card(
        self, room: RoomName, card: str, since: datetime
    ) -> Sequence[Reply]:
        asked = {ticket.id for ticket in self.card(room, card)}
        said = [
            reply
            for reply, state in self.rows.replies.values()
            if reply.ticket in asked
            and reply.kind is ReplyKind.AGENT
            and reply.visibility is Visibility.PUBLIC
            and reply.owed_at > since
            and state in ARRIVING
        ]
        return sorted(said, key=lambda one: one.owed_at, reverse=True)

    def withdraw(self, ticket: TicketId) -> None:
        for out, (reply, state) in self.rows.replies.items():
            if reply.ticket == ticket and state is ReplyState.QUEUED:
                self.rows.replies[out] = (reply, ReplyState.WITHDRAWN)
                self._withdrawn.append(out)

    def recall(self, out: OutId) -> bool:
        reply, state = self.rows.replies[out]
        if state is not ReplyState.QUEUED:
            return False
        self.rows.replies[out] = (reply, ReplyState.WITHDRAWN)
        self._withdrawn.append(out)
        return True

    def audit(self, deed: Deed) -> None:
        self.rows.deeds.append(deed)

    def attend(self, rows: Sequence[Attendance]) -> None:
        said = {(one.process, str(one.agent.name)): one for one in rows}
        newest = max((one.heard_at for one in rows), default=None)
        for key, one in self.rows.attendance.items():
            if newest is None or one.heard_at >= newest - KEPT:
                said.setdefault(key, one)
        self.rows.attendance = said

    def attendance(self, process: str) -> Sequence[Attendance]:
        return self.rows.attended_elsewhere(process)

    def agent_is(self, agent: str, state: AgentState, at: datetime, cause: str) -> None:
        is_so = (agent, state, None)
        if is_so in [(one.agent, one.state, one.until) for one in self.rows.spells]:
            return
        self.rows.spells = [
            replace(one, until=at) if one.agent == agent and one.until is None else one
            for one in self.rows.spells
        ]
        self.rows.spells.append(
            AgentSpell(agent=agent, state=state, since=at, until=None, cause=cause)
        )

    def committed(self) -> Committed:
        return Committed(
            replies=tuple(self._replies),
            withdrawn=tuple(self._withdrawn),
            tickets=tuple(self._tickets.values()),
            entries=tuple(self._entries),
        )
