"""Later: what one commit still has to write, so that many rows go in few statements.

The driver hands the interpreter over for each statement, and takes it back behind whatever the
loop is at: a writer that shares a core with a busy loop waits once a statement. Tickets, their
journal and the feed are therefore gathered, and written before somebody reads them and at the
end of the commit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from streambot.adapters.store import feed, tickets
from streambot.adapters.store.prepared import Row
from streambot.domain.reply import TicketId
from streambot.domain.room import RoomName
from streambot.domain.ticket import Ticket
from streambot.domain.viewer import ViewerKey
from streambot.ports.store import FeedEntry, TicketChange


class Later:
    """Rows of one commit, or of one savepoint in it; ``write`` comes before either ends."""

    def __init__(self, connection: sqlite3.Connection, numbers: feed.Numbers) -> None:
        self.connection = connection
        self._numbers = numbers
        self._unwritten: dict[TicketId, Ticket] = {}
        self._known: dict[TicketId, Ticket | None] = {}
        self._journal: list[Row] = []
        self._feed: list[Row] = []

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
        self._journal.append(tickets.change_row(before, ticket, plain, change))

    def enter(
        self, *, kind: str, at: datetime, room: str, data: dict[str, object]
    ) -> FeedEntry:
        """Append an entry to the feed."""
        row, entry = feed.made(
            self._numbers.next(), kind=kind, at=at, room=room, data=data
        )
        self._feed.append(row)
        return entry

    def write_tickets(self) -> None:
        """Let the tickets' table say what is known."""
        if self._unwritten:
            tickets.write(self.connection, self._unwritten.values())
            self._unwritten.clear()

    def write_tickets_of(self, room: RoomName, viewer: ViewerKey | None = None) -> None:
        """The same where a ticket of the room, or of its viewer, isn't written."""
        if any(
            each.room == room and viewer in (None, each.viewer.key)
            for each in self._unwritten.values()
        ):
            self.write_tickets()

    def write(self) -> None:
        """Write everything; now and then the feed's oldest entries go."""
        self.write_tickets()
        if self._journal:
            tickets.append_changes(self.connection, self._journal)
        if self._feed:
            feed.append(self.connection, self._feed)
        self._journal, self._feed = [], []
