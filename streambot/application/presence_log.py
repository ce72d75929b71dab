"""PresenceLog: stores what agents are at as it changes, so that a shift can be read afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import structlog

from streambot.application.alarm import Alarm
from streambot.application.colleagues import Colleagues
from streambot.application.desk_presence import Presence
from streambot.errors import StoreError
from streambot.ports.clock import Clock
from streambot.ports.store import Committed, DeskStore, DeskTransaction

_log = structlog.get_logger(__name__)

#: Breaks that began so long before a restart are over.
REMEMBERED = timedelta(hours=24)
#: Pause before the next try when the store can't take writes.
STORE_PAUSE = timedelta(seconds=1)


class PresenceLog:
    """Writes each change once, when it happens; it sleeps until silence would change something."""

    def __init__(
        self,
        store: DeskStore,
        clock: Clock,
        presence: Presence,
        colleagues: Colleagues,
        committed: Callable[[Committed], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._presence = presence
        self._colleagues = colleagues
        self._committed = committed
        self._alarm = Alarm(clock)

    def nudge(self) -> None:
        """Somebody came, left or was heard again."""
        self._alarm.nudge()

    async def revive(self) -> None:
        """Go on from what the last run stored.

        Raises:
            StoreError: the store can't be read.
        """
        since = self._clock.now() - REMEMBERED
        self._presence.restored(await self._store.agent_states(since))
        await self._colleagues.revive()

    async def record(self) -> None:
        """Store what has changed, and tell the desk's other processes who is here.

        Raises:
            StoreError: the store took nothing; it stays to be stored.
        """
        changes, now = self._presence.changes(), self._clock.now()
        rows = self._colleagues.unwritten()
        if not (changes or rows):
            return
        sighting = self._colleagues.sighting()
        # Whoever is here is looked at again: another process may have missed them meanwhile.
        causes = {
            str(row.agent.name): self._presence.cause(row.agent.name) for row in rows
        }
        causes |= {change.agent: change.cause for change in changes}

        def work(tx: DeskTransaction) -> None:
            tx.attend(rows)
            people = sighting.seen_by(tx)
            for name, cause in causes.items():
                state = people[name].state(now, sighting.policy)
                tx.agent_is(name, state, now, cause)

        _, committed = await self._store.transact(work)
        self._presence.stored(changes)
        self._colleagues.written(rows)
        self._committed(committed)
        self._alarm.nudge()

    async def keep(self) -> None:
        """Read who is at the other processes, if it is time, and store what has changed.

        Raises:
            StoreError: the store took or gave nothing; it stays to be done.
        """
        await self._colleagues.look()
        await self.record()

    async def run(self) -> None:
        """Store every change as it happens, for ever."""
        while True:
            try:
                await self.keep()
            except StoreError as broken:
                _log.warning("presence_not_stored", reason=str(broken))
                await self._clock.sleep(STORE_PAUSE)
                continue
            change, look = self._presence.next_change(), self._colleagues.next_look
            await self._alarm.wait(look if change is None else min(change, look))
