"""What happened over a shift, read back for supervisors: ratings, and what agents were at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from streambot.adapters.store import (
    acclaims,
    agent_states,
    attendances,
    clocks,
    pledges,
    ratings,
)
from streambot.adapters.store.readers import Readers
from streambot.domain.acclaim import Acclaim
from streambot.domain.attendance import Attendance
from streambot.domain.pledge_figures import Promised
from streambot.domain.satisfaction import Rating
from streambot.domain.service_profile import Wait
from streambot.domain.ticket import Ticket
from streambot.ports.store import AgentSpell, Kept


class Shifts:
    """Reads; ``_readers`` is the store's own."""

    _readers: Readers

    async def ratings(self, since: datetime) -> Sequence[Rating]:
        """What viewers were asked from *since* on, and gave, oldest first."""
        return await self._readers.read(
            lambda connection: ratings.read_since(connection, since)
        )

    async def promises(self, since: datetime) -> Sequence[Kept]:
        """How many promises of each kind were kept and broken from *since* on."""
        return await self._readers.read(
            lambda connection: clocks.read_kept(connection, since)
        )

    async def pledges(self, since: datetime) -> Sequence[Promised]:
        """Everything viewers were promised from *since* on, and what became of it."""
        return await self._readers.read(
            lambda connection: pledges.read_pledges(connection, since)
        )

    async def agent_states(self, since: datetime) -> Sequence[AgentSpell]:
        """What agents were at since an instant, oldest first; what lasts has no end yet."""
        return await self._readers.read(
            lambda connection: agent_states.read(connection, since)
        )

    async def attendance(self, but: str = "") -> Sequence[Attendance]:
        """What all processes but *but* said last of the people at them."""
        return await self._readers.read(
            lambda connection: attendances.read_others(connection, but)
        )

    async def acclaims(self, since: datetime) -> Sequence[Acclaim]:
        """Viewers' praise of agents from *since* on, oldest first."""
        return await self._readers.read(
            lambda connection: acclaims.read_acclaims(connection, since)
        )

    async def worked_on(self, since: datetime) -> Sequence[Ticket]:
        """Tickets in any state that may have been worked on from *since* on, newest first."""
        return await self._readers.read(
            lambda connection: tuple(pledges.newest_tickets(connection, since))
        )

    async def waits(self, since: datetime) -> Sequence[Wait]:
        """Viewers' waits for a human reply that began from *since* on, newest first."""
        return await self._readers.read(
            lambda connection: clocks.read_waits(connection, since)
        )
