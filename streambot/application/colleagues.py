"""Colleagues: who is at the other processes of this desk, told and read through their one store.

Each process writes a row for each of its people when something about them changes, and all rows
together a third of the time that a console may be silent; it reads the others' rows as often. So
a process that dies is missed as a console would be. What must not wait for the next reading, a
ticket taken back or offered, is looked up again inside its transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from streambot.application.crew import Crew
from streambot.application.desk_presence import Presence
from streambot.domain.attendance import Attendance, attendance, pace, together
from streambot.domain.presence import AgentPresence, PresencePolicy
from streambot.ports.clock import Clock
from streambot.ports.store import DeskStore, DeskTransaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Who is where by what this process knows; made anew from the store inside a transaction."""

    process: str
    known: Mapping[str, AgentPresence]
    now: datetime
    policy: PresencePolicy

    def seen_by(self, tx: DeskTransaction) -> Mapping[str, AgentPresence]:
        """Everybody as all processes together know them at this commit."""
        found = dict(self.known)
        rows = tx.attendance(self.process)
        for name, said in groupby(rows, key=lambda row: str(row.agent.name)):
            known = found.get(name, AgentPresence())
            found[name] = together(known, said, self.now, self.policy)
        return found


class Colleagues:
    """What this process tells the others of its people, and they tell it of theirs.

    Args:
        process: by what the others tell this one, the same after a restart.
        changed: told when somebody is at something else than before.
    """

    def __init__(
        self,
        process: str,
        store: DeskStore,
        clock: Clock,
        policy: PresencePolicy,
        presence: Presence,
        crew: Crew,
        changed: Callable[[], None],
    ) -> None:
        self._process = process
        self._store = store
        self._clock = clock
        self._policy = policy
        self._presence = presence
        self._crew = crew
        self._changed = changed
        self._written: dict[str, Attendance] = {}
        self._looked_at: datetime | None = None

    def sighting(self) -> Sighting:
        """Who is where by now, for a transaction."""
        return Sighting(
            process=self._process,
            known=self._presence.known(),
            now=self._clock.now(),
            policy=self._policy,
        )

    @property
    def next_look(self) -> datetime:
        """When the others' rows are read again, and what is vouched for here is renewed."""
        return self._next_look(self._clock.now())

    def _next_look(self, now: datetime) -> datetime:
        """The same as of *now*, which a clock that runs has left behind already."""
        last = self._looked_at
        return now if last is None or last > now else last + pace(self._policy)

    async def revive(self) -> None:
        """Go on from what this process and the others said last.

        The others hear that whoever was here is not, or not yet again.

        Raises:
            StoreError: the store can't be read, or took nothing.
        """
        rows = await self._store.attendance()
        own = [row for row in rows if row.process == self._process]
        self._presence.said_before(own)
        gone = [replace(row, there=False) for row in own if row.there]
        if gone:
            await self._store.transact(lambda tx: tx.attend(gone))
        await self.look()

    async def look(self, *, at_once: bool = False) -> None:
        """Read what the others say, if it is time or must be *at_once*.

        Raises:
            StoreError: the store can't be read; what was read before holds, and grows old.
        """
        now = self._clock.now()
        if now < self._next_look(now) and not at_once:
            return
        rows = await self._store.attendance(self._process)
        self._looked_at = now
        for row in rows:
            if row.there:
                self._crew.met_elsewhere(row.agent)
        if self._presence.elsewhere(rows):
            self._changed()

    def unwritten(self) -> Sequence[Attendance]:
        """Rows that the others don't know yet, or all that are to be renewed."""
        now = self._clock.now()
        rows = [
            row
            for agent in self._crew.agents
            if (known := self._presence.of(agent.name)) is not None
            and (row := attendance(self._process, agent, known, now, self._policy))
        ]
        renew = any(self._is_old(row, now) for row in rows)
        return [
            row
            for row in rows
            if (renew and row.there)
            or not row.says_the_same(self._written.get(row.agent.name))
        ]

    def written(self, rows: Sequence[Attendance]) -> None:
        """These were stored."""
        self._written |= {row.agent.name: row for row in rows}

    def _is_old(self, row: Attendance, now: datetime) -> bool:
        written = self._written.get(row.agent.name)
        if written is None or not row.there:
            return False
        return not timedelta() <= now - written.heard_at < pace(self._policy)
