"""Later: what one commit still has to write, so that many rows go in few statements.

The driver hands the interpreter over for each statement, and takes it back behind whatever the
loop is at: a writer that shares a core with a busy loop waits once a statement. Tickets, their
journal and clocks and the feed are therefore gathered, and written before somebody reads them and
at the end of the commit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from streambot.adapters.store import clocks, feed, tickets
from streambot.adapters.store.clocks import Ended
from streambot.adapters.store.prepared import Row
from streambot.domain.reply import TicketId
from streambot.domain.room import RoomName
from streambot.domain.ticket import Ticket
from streambot.domain.ticket_load import place_of
from streambot.domain.viewer import ViewerKey
from streambot.ports.store import ClockRow, FeedEntry, TicketChange


class Later:
    """Rows of one commit, or of one savepoint in it; ``write`` comes before either ends."""

    def __init__(self, connection: sqlite3.Connection, numbers: feed.Numbers) -> None:
        self.connection = connection
        self._numbers = numbers
        self._unwritten: dict[TicketId, Ticket] = {}
        self._moved: set[str | None] = set()  # whose hands they were in, and are in
        self._known: dict[TicketId, Ticket | None] = {}
        self._ended: dict[tuple[TicketId, str], Ended] = {}
        self._started: dict[tuple[TicketId, str], ClockRow] = {}
        self._journal: list[Row] = []
        self._feed: list[Row] = []

    def next_no(self) -> int:
        """The next ticket's number."""
        return self._numbers.next(feed.TICKETS)

    def ticket(self, ticket: TicketId) -> Ticket | None:
        """The ticket as of now; read once, since nobody else writes meanwhile."""
        if ticket not in self._known:
            self._known[ticket] = tickets.read_ticket(self.connection, ticket)
        return self._known[ticket]

    def met(self, found: Iterable[Ticket]) -> None:
        """These were read another way, with everything written."""
        self._known |= {each.id: each for each in found}

    def save(
        self,
        before: Ticket | None,
        ticket: Ticket,
        plain: dict[str, object],
        change: TicketChange,
    ) -> None:
        """Write *ticket*, which *plain* spells out, and its journal's row."""
        self._unwritten[ticket.id] = self._known[ticket.id] = ticket
        self._moved |= {place_of(each) for each in (before, ticket) if each is not None}
        self._journal.append(tickets.change_row(before, ticket, plain, change))

    def enter(
        self, *, kind: str, at: datetime, room: str, data: dict[str, object]
    ) -> FeedEntry:
        """Append an entry to the feed."""
        row, entry = feed.made(
            self._numbers.next(feed.FEED), kind=kind, at=at, room=room, data=data
        )
        self._feed.append(row)
        return entry

    def end_clock(self, ended: Ended) -> None:
        """End the running clock of its kind, if any."""
        clock = (ended.ticket, ended.kind)
        if clock in self._started:
            self.write_clocks()
        self._ended.setdefault(clock, ended)

    def start_clock(self, row: ClockRow) -> None:
        """Start a clock; one of its kind that runs already keeps running instead."""
        self._started.setdefault((row.ticket, row.kind), row)

    def write_clocks(self) -> None:
        """Let the clocks' table say what is known: what ends ends before anything starts."""
        if self._ended:
            clocks.end_clocks(self.connection, [*self._ended.values()])
        if self._started:
            clocks.add_clocks(self.connection, self._started.values())
        self._ended, self._started = {}, {}

    def write_tickets(self) -> None:
        """Let the tickets' table say what is known."""
        if self._unwritten:
            tickets.write(self.connection, self._unwritten.values())
            self._unwritten.clear()
            self._moved.clear()

    def write_tickets_at(self, agent: str) -> None:
        """The same where what *agent* has changed."""
        if agent in self._moved:
            self.write_tickets()

    def write_tickets_of(self, room: RoomName, viewer: ViewerKey | None = None) -> None:
        """The same where a ticket of the room, or of its viewer, isn't written."""
        if any(
            each.room == room and viewer in (None, each.viewer.key)
            for each in self._unwritten.values()
        ):
            self.write_tickets()

    def write_answered(self, room: RoomName, card: str) -> None:
        """The same where somebody answered a ticket of the card that isn't written."""
        if any(
            (each.room, each.card) == (room, card)
            and (each.in_flight or each.first_reply_at is not None)
            for each in self._unwritten.values()
        ):
            self.write_tickets()

    def write(self) -> None:
        """Write everything; now and then the feed's oldest entries go."""
        self.write_tickets()
        self.write_clocks()
        if self._journal:
            tickets.append_changes(self.connection, self._journal)
        if self._feed:
            feed.append(self.connection, self._feed)
        self._journal, self._feed = [], []
