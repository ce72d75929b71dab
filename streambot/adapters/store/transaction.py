"""StoreTransaction: the desk's view inside one committing transaction, and what it left behind."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

import msgspec

from streambot.adapters.store import (
    acclaims,
    agent_states,
    attendances,
    audits,
    clocks,
    encoding,
    ratings,
    replies,
    tickets,
)
from streambot.adapters.store.later import Later
from streambot.domain.acclaim import Acclaim
from streambot.domain.attendance import Attendance
from streambot.domain.audit import Deed
from streambot.domain.presence import AgentState
from streambot.domain.reply import OutId, Reply, ReplyState, TicketId
from streambot.domain.room import RoomName
from streambot.domain.satisfaction import Rating
from streambot.domain.ticket import Ticket, TicketState
from streambot.domain.viewer import ViewerKey
from streambot.errors import StoreError
from streambot.ports.store import ClockRow, Committed, FeedEntry, TicketChange

_FINAL = (TicketState.CLOSED, TicketState.WITHDRAWN)


class StoreTransaction:
    """Implements ``DeskTransaction`` on the writer thread; one per savepoint."""

    def __init__(self, later: Later, room: RoomName | None) -> None:
        self._later = later
        self._connection = later.connection
        self._room = room
        self._replies: list[Reply] = []
        self._withdrawn: list[OutId] = []
        self._tickets: dict[TicketId, Ticket] = {}  # saved here
        self._entries: list[FeedEntry] = []

    @property
    def connection(self) -> sqlite3.Connection:
        """For work of other kinds; it finds every ticket and clock written."""
        self._later.write_tickets()
        self._later.write_clocks()
        return self._connection

    def ticket(self, ticket: TicketId) -> Ticket | None:
        """The ticket as stored."""
        return self._later.ticket(ticket)

    def live_ticket(self, room: RoomName, viewer: ViewerKey) -> Ticket | None:
        """The viewer's live ticket in this room, else their newest resolved one, else None."""
        self._later.write_tickets_of(room, viewer)
        return tickets.read_ticket_of(self._connection, room, viewer)

    def tickets_of(self, room: RoomName) -> Sequence[Ticket]:
        """Live and resolved tickets of a room, by number."""
        self._later.write_tickets_of(room)
        return tickets.read_open(self._connection, room)

    def card(self, room: RoomName, card: str) -> Sequence[Ticket]:
        """Live and resolved tickets of one card, by number."""
        self._later.write_tickets()
        found = tickets.read_card(self._connection, room, card)
        self._later.met(found)  # each is looked at next
        return found

    def held_by(self, agent: str) -> Sequence[Ticket]:
        """What *agent* owns or is offered, by number."""
        self._later.write_tickets_at(agent)
        return tickets.read_held_by(self._connection, agent)

    def next_no(self) -> int:
        """The next ticket number, from 1; without a hole, as it goes back with its savepoint."""
        return self._later.next_no()

    def save(self, ticket: Ticket, change: TicketChange) -> None:
        """Store *ticket* and append *change* to its journal and the feed.

        The feed entry is of kind ``ticket``: ``{"ticket": fields, "change": {event, at, actor,
        text, data}}``.

        Raises:
            StoreError: the stored ticket is closed or withdrawn, and so never changes.
        """
        before = self.ticket(ticket.id)
        if before is not None and before.state in _FINAL:
            raise StoreError(
                f"工单 {before.no} 已结束，不能再改。 Ticket {before.no} is {before.state} and can't change."
            )
        plain = encoding.plain(ticket)
        self._later.save(before, ticket, plain, change)
        self._tickets[ticket.id] = ticket
        shown = msgspec.to_builtins(change, order="deterministic")
        shown["data"].pop(tickets.SET, None)
        self.enter(
            kind="ticket",
            at=change.at,
            room=ticket.room,
            data={"ticket": plain, "change": shown},
        )

    def add_clocks(self, started: Sequence[ClockRow]) -> None:
        """Start clocks of different kinds; one that runs already keeps running instead."""
        for row in started:
            self._later.start_clock(row)

    def move_clock(self, clock: ClockRow) -> None:
        """Stop the running clock of that kind, or let it go on with another deadline."""
        self._later.write_clocks()
        clocks.move_clock(self._connection, clock)

    def end_clock(self, ticket: TicketId, kind: str, how: str, at: datetime) -> None:
        """End the running clock of *kind*, if any: ``met``, ``breached`` or ``cancelled``."""
        ended = clocks.Ended(ticket=ticket, kind=kind, how=how, at=at)
        self._later.end_clock(ended)

    def rating(self, ticket: TicketId, episode: int) -> Rating | None:
        """What the viewer was asked and gave in one episode."""
        return ratings.read_rating(self._connection, ticket, episode)

    def last_rating(self, room: RoomName, viewer: ViewerKey) -> Rating | None:
        """The newest question a viewer was asked in a room."""
        return ratings.read_last(self._connection, room, viewer)

    def put_rating(self, rating: Rating) -> None:
        """Keep a question, or its answer."""
        ratings.write_rating(self._connection, rating)

    def put_acclaim(self, acclaim: Acclaim) -> None:
        """Keep praise for the agent it is about; the same line twice is one."""
        acclaims.write_acclaim(self._connection, acclaim)

    def owe(self, reply: Reply) -> bool:
        """Queue a reply; False when its ``out_id`` is known already.

        Raises:
            StoreError: neither a ticket nor a batch says for which room it is.
        """
        fresh = replies.owe(self._connection, reply, self._room_of(reply))
        if fresh:
            self._replies.append(reply)
        return fresh

    def said_to_card(
        self, room: RoomName, card: str, since: datetime
    ) -> Sequence[Reply]:
        """Public answers of agents to a card's live and resolved tickets, newest first.

        Those owed after *since* that are on their way or arrived.
        """
        self._later.write_answered(room, card)
        return replies.said_to_card(self._connection, room, card, since)

    def withdraw(self, ticket: TicketId) -> None:
        """Withdraw the queued replies of a ticket."""
        self._withdrawn += replies.withdraw(self._connection, ticket)

    def audit(self, deed: Deed) -> None:
        """Write *deed* into the audit; it is gone with the transaction when that is."""
        audits.append(self._connection, deed)

    def recall(self, out: OutId) -> bool:
        """Withdraw one queued reply; False when it is on its way or settled."""
        gone = replies.settle(self._connection, [(out, ReplyState.WITHDRAWN)])
        self._withdrawn += gone
        return bool(gone)

    def agent_is(self, agent: str, state: AgentState, at: datetime, cause: str) -> None:
        """End what *agent* was at and begin *state*."""
        agent_states.begin(self._connection, agent, state, at, cause)

    def attend(self, rows: Sequence[Attendance]) -> None:
        """Put what a process says of its people in the place of what it said before."""
        attendances.write(self._connection, rows)

    def attendance(self, process: str) -> Sequence[Attendance]:
        """What all processes but *process* said last."""
        return attendances.read_others(self._connection, process)

    def settled(self, withdrawn: Sequence[OutId]) -> None:
        """Note replies that were withdrawn one by one."""
        self._withdrawn += withdrawn

    def owed(self, fresh: Sequence[Reply]) -> None:
        """Note replies that a batch queued."""
        self._replies += fresh

    def enter(
        self, *, kind: str, at: datetime, room: str, data: dict[str, object]
    ) -> None:
        """Append an entry to the feed."""
        self._entries.append(self._later.enter(kind=kind, at=at, room=room, data=data))

    def committed(self) -> Committed:
        """What this transaction adds once it is committed."""
        return Committed(
            replies=tuple(self._replies),
            withdrawn=tuple(self._withdrawn),
            tickets=tuple(self._tickets.values()),
            entries=tuple(self._entries),
        )

    def _room_of(self, reply: Reply) -> RoomName:
        if reply.ticket is not None:
            ticket = self.ticket(reply.ticket)
            if ticket is not None:
                return ticket.room
        if self._room is None:
            raise StoreError(
                f"回复 {reply.out_id} 没有所属直播间。 Reply {reply.out_id} belongs to no room."
            )
        return self._room
