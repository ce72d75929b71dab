"""DeskView: the live tickets as last committed, held in memory for whoever plans with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from streambot.domain.reply import TicketId
from streambot.domain.ticket import Ticket, TicketState
from streambot.domain.ticket_load import load, place_of


class DeskView:
    """Never the arbiter: whatever is planned by it is decided again inside the store."""

    def __init__(self) -> None:
        self._live: dict[TicketId, Ticket] = {}
        self.changes = 0  # raised whenever something did

    def note(self, tickets: Iterable[Ticket]) -> None:
        """Take in tickets as they now stand; an older version changes nothing."""
        for ticket in tickets:
            known = self._live.get(ticket.id)
            if known is not None and known.version >= ticket.version:
                continue
            self.changes += 1
            if ticket.is_live:
                self._live[ticket.id] = ticket
            else:
                self._live.pop(ticket.id, None)

    def __iter__(self) -> Iterator[Ticket]:
        return iter(tuple(self._live.values()))

    def get(self, ticket: TicketId) -> Ticket | None:
        """A live ticket as last committed."""
        return self._live.get(ticket)

    def queued(self) -> list[Ticket]:
        """Tickets nobody has and nobody is offered."""
        return [one for one in self._live.values() if one.state is TicketState.QUEUED]

    def places(self) -> dict[str, list[Ticket]]:
        """What each agent owns or is offered, by name."""
        held: dict[str, list[Ticket]] = {}
        for ticket in self._live.values():
            agent = place_of(ticket)
            if agent is not None:
                held.setdefault(agent, []).append(ticket)
        return held

    def load_of(self, agent: str) -> float:
        """What *agent* carries."""
        return load(one for one in self._live.values() if place_of(one) == agent)
