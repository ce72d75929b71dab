"""Leases: tickets of an agent who is gone beyond their grace go back to the queue, at their own age.

While a viewer waits for a reply the grace is short; where it was the viewer's turn when the agent
was lost, it is longer, and nothing moves before the viewer writes. A second device that lives keeps
everything, and so does a restart within the grace. (I14)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

import structlog

from streambot.application.alarm import Alarm
from streambot.application.colleagues import Colleagues, Sighting
from streambot.application.desk_presence import Presence
from streambot.application.desk_record import CLOCK, record
from streambot.application.desk_view import DeskView
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.presence import lease_ends
from streambot.domain.ticket import Ticket
from streambot.domain.ticket_moves import lease_lost, owes_reply
from streambot.domain.ticket_rules import TicketEvent, allows
from streambot.errors import StoreError
from streambot.ports.clock import Clock
from streambot.ports.store import Committed, DeskStore, DeskTransaction

_log = structlog.get_logger(__name__)


class Leases:
    """Ends leases as their grace ends; it sleeps until the next one."""

    def __init__(
        self,
        store: DeskStore,
        clock: Clock,
        policy: DeskPolicy,
        presence: Presence,
        colleagues: Colleagues,
        view: DeskView,
        committed: Callable[[Committed], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._presence = presence
        self._colleagues = colleagues
        self._view = view
        self._committed = committed
        self._alarm = Alarm(clock)

    def nudge(self) -> None:
        """Somebody came or left, or a ticket changed."""
        self._alarm.nudge()

    async def end_due(self) -> None:
        """Give back what is lost by now, in one commit.

        Raises:
            StoreError: the store took nothing; the next look finds it again.
        """
        now = self._clock.now()
        lost = [ticket for ends, ticket in self._ends() if ends <= now]
        if not lost:
            return
        work = partial(
            _give_back,
            tickets=lost,
            now=now,
            policy=self._policy,
            sighting=self._colleagues.sighting(),
        )
        _, committed = await self._store.transact(work)
        self._committed(committed)

    async def run(self) -> None:
        """End leases, for ever."""
        while True:
            try:
                await self.end_due()
            except StoreError as broken:
                _log.warning("leases_wait", reason=str(broken))
            ends = [end for end, _ in self._ends()]
            edge = self._presence.next_change()
            await self._alarm.wait(
                min((*ends, *([edge] if edge else [])), default=None)
            )

    def _ends(self) -> Iterator[tuple[datetime, Ticket]]:
        """When each ticket of somebody who is gone is lost to them."""
        lost = self._presence.lost()
        if not lost:
            return
        for ticket in self._view:
            gone = lost.get(ticket.owner or "")
            if gone is None or not owes_reply(ticket):
                continue
            yield _ends(ticket, gone, self._policy), ticket


def _ends(ticket: Ticket, gone: datetime, policy: DeskPolicy) -> datetime:
    was_owed = ticket.waiting_since <= gone
    return lease_ends(gone, policy.presence, reply_owed=was_owed)


def _give_back(
    tx: DeskTransaction,
    tickets: list[Ticket],
    now: datetime,
    policy: DeskPolicy,
    sighting: Sighting,
) -> None:
    people = sighting.seen_by(tx)
    for ticket in tickets:
        stored = tx.ticket(ticket.id)
        if stored is None or stored.owner is None or stored.owner != ticket.owner:
            continue  # somebody who is there has it by now
        gone = people[stored.owner].gone_since(now, policy.presence)
        if gone is None or _ends(stored, gone, policy) > now:
            continue  # they came to another process of this desk meanwhile
        if allows(stored.state, TicketEvent.LEASE_LOST):
            record(tx, lease_lost(stored, now, policy), CLOCK, agent=stored.owner)
