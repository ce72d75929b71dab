"""ClockTally: how many promises of each kind run, are at risk or were broken, kept in step with tickets."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from heapq import heapify, heappop, heappush

from streambot.application.floor import ClockFigure
from streambot.domain.reply import TicketId
from streambot.domain.ticket import ClockKind, Ticket

#: Warnings of clocks that ended meanwhile, kept beside as many of those that run.
_STALE_KEPT = 1_000

_Clock = tuple[TicketId, ClockKind]


class ClockTally:
    """Figures over thousands of tickets that cost what changed since they were last asked for.

    Time only goes on: what was at risk once stays so until its clock ends or is moved.
    """

    def __init__(self) -> None:
        self._running: Counter[ClockKind] = Counter()
        self._breached: Counter[ClockKind] = Counter()
        self._at_risk: defaultdict[ClockKind, set[TicketId]] = defaultdict(set)
        self._warns: dict[_Clock, datetime] = {}
        # A heap; some have ended meanwhile.
        self._next: list[tuple[datetime, _Clock]] = []

    def changed(self, before: Ticket | None, after: Ticket | None) -> None:
        """A live ticket is *after* now; None on either side: it wasn't live, or no longer is."""
        if before is not None and after is not None and before.due == after.due:
            self._breached.subtract(before.breached)
            self._breached.update(after.breached)
            return
        if before is not None:
            self._forget(before)
        if after is not None:
            self._count(after)

    def figures(self, now: datetime) -> tuple[ClockFigure, ...]:
        """Every kind of which one runs or was broken."""
        while self._next and self._next[0][0] <= now:
            warned, clock = heappop(self._next)
            if self._warns.get(clock) == warned:
                ticket, kind = clock
                self._at_risk[kind].add(ticket)
        return tuple(
            ClockFigure(
                kind=kind,
                running=self._running[kind],
                at_risk=len(self._at_risk[kind]),
                breached=self._breached[kind],
            )
            for kind in ClockKind
            if self._running[kind] or self._breached[kind]
        )

    def _count(self, ticket: Ticket) -> None:
        self._breached.update(ticket.breached)
        for due in ticket.due:
            self._running[due.kind] += 1
            if due.warn_at is not None:
                clock = (ticket.id, due.kind)
                self._warns[clock] = due.warn_at
                heappush(self._next, (due.warn_at, clock))
        if len(self._next) > 2 * len(self._warns) + _STALE_KEPT:
            self._next = [(at, clock) for clock, at in self._warns.items()]
            heapify(self._next)

    def _forget(self, ticket: Ticket) -> None:
        self._breached.subtract(ticket.breached)
        for due in ticket.due:
            self._running[due.kind] -= 1
            self._warns.pop((ticket.id, due.kind), None)
            self._at_risk[due.kind].discard(ticket.id)
