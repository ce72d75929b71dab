"""DeskView: the live tickets as last committed, held in memory for whoever plans with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from streambot.application.clock_tally import ClockTally
from streambot.application.floor import ClockFigure
from streambot.domain.reply import TicketId
from streambot.domain.ticket import Ticket, TicketState
from streambot.domain.ticket_load import place_of

_Tickets = dict[TicketId, Ticket]
_NONE: Mapping[TicketId, Ticket] = {}


class DeskView:
    """Never the arbiter: whatever is planned by it is decided again inside the store.

    Thousands may wait while people work, so what is asked often is kept in step, not searched.
    """

    def __init__(self) -> None:
        self._live: _Tickets = {}
        self._queued: _Tickets = {}
        self._held: dict[str, _Tickets] = {}  # by who owns or is offered them
        self._clocks = ClockTally()
        self.changes = 0  # raised whenever something did

    def note(self, tickets: Iterable[Ticket]) -> None:
        """Take in tickets as they now stand; an older version changes nothing."""
        for ticket in tickets:
            known = self._live.get(ticket.id)
            if known is not None and known.version >= ticket.version:
                continue
            self.changes += 1
            after = ticket if ticket.is_live else None
            if known is not None:
                self._take_out(known)
            if after is not None:
                self._put_in(after)
            self._clocks.changed(known, after)

    def __iter__(self) -> Iterator[Ticket]:
        return iter(tuple(self._live.values()))

    def get(self, ticket: TicketId) -> Ticket | None:
        """A live ticket as last committed."""
        return self._live.get(ticket)

    def queued(self) -> Collection[Ticket]:
        """Tickets nobody has and nobody is offered."""
        return self._queued.values()

    def of(self, agent: str) -> Collection[Ticket]:
        """What *agent* owns or is offered."""
        return self._held.get(agent, _NONE).values()

    def oldest_wait(self) -> datetime | None:
        """Since when the longest waiting of those waits whom nobody has taken."""
        offered = (
            each
            for held in self._held.values()
            for each in held.values()
            if each.state is TicketState.OFFERED
        )
        waits = [each.waiting_since for each in self._queued.values()]
        waits += [each.waiting_since for each in offered]
        return min(waits, default=None)

    def clocks(self, now: datetime) -> tuple[ClockFigure, ...]:
        """How the promises to their viewers stand."""
        return self._clocks.figures(now)

    def _put_in(self, ticket: Ticket) -> None:
        self._live[ticket.id] = ticket
        agent = place_of(ticket)
        if agent is not None:
            self._held.setdefault(agent, {})[ticket.id] = ticket
        elif ticket.state is TicketState.QUEUED:
            self._queued[ticket.id] = ticket

    def _take_out(self, ticket: Ticket) -> None:
        del self._live[ticket.id]
        self._queued.pop(ticket.id, None)
        agent = place_of(ticket)
        if agent is not None:
            held = self._held[agent]
            del held[ticket.id]
            if not held:
                del self._held[agent]
