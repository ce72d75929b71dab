"""DeskLoad: how many matters each agent owns, so that nobody takes more than they can carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from streambot.domain.reply import TicketId
from streambot.domain.ticket import Ticket
from streambot.domain.ticket_rules import OWNED


class DeskLoad:
    """Counts cards, not tickets: thirty askers of one question are one matter."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._owned: dict[TicketId, tuple[str, str]] = {}  # owner, card
        self._versions: dict[TicketId, int] = {}
        self._claiming: Counter[str] = Counter()

    def note(self, tickets: Iterable[Ticket]) -> None:
        """Take in tickets as they now stand; an older version changes nothing."""
        for ticket in tickets:
            if self._versions.get(ticket.id, 0) > ticket.version:
                continue
            self._versions[ticket.id] = ticket.version
            if ticket.owner is not None and ticket.state in OWNED:
                self._owned[ticket.id] = (ticket.owner, ticket.card)
            else:
                self._owned.pop(ticket.id, None)
            if not ticket.is_live:
                del self._versions[ticket.id]

    def of(self, agent: str) -> int:
        """Matters *agent* owns."""
        return len({card for owner, card in self._owned.values() if owner == agent})

    @contextmanager
    def room_for(self, agent: str) -> Iterator[bool]:
        """Whether *agent* may take one matter more; holds its place while the claim is decided."""
        has_room = self.of(agent) + self._claiming[agent] < self._capacity
        self._claiming[agent] += has_room
        try:
            yield has_room
        finally:
            self._claiming[agent] -= has_room
