"""Presence: who is at the desk, over all tabs and phones of each person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from streambot.domain.attendance import (
    Attendance,
    as_said,
    together,
)
from streambot.domain.calendar import ALWAYS, Calendar
from streambot.domain.presence import (
    AgentPresence,
    AgentState,
    Device,
    PresencePolicy,
    extended,
)
from streambot.ports.clock import Clock
from streambot.ports.store import AgentSpell

_BEFORE = "before the restart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an agent is at now, and by what."""

    agent: str
    state: AgentState
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What everybody is at, true from one instant until another unless somebody moves."""

    since: datetime
    until: datetime | None
    states: Mapping[str, AgentState]

    def holds(self, now: datetime) -> bool:
        """Whether it is true at *now*, also on a clock that was set back."""
        return self.since <= now and (self.until is None or now < self.until)


class Presence:
    """Remembers the beats of every console; a page reload is not an absence."""

    def __init__(
        self,
        clock: Clock,
        policy: PresencePolicy,
        hours: Calendar = ALWAYS,
        live: Callable[[], bool] = lambda: False,
    ) -> None:
        self._clock = clock
        self._policy = policy
        self._hours = hours
        self._live = live  # whether a room is live, for hours that say so
        self._agents: dict[str, AgentPresence] = {}
        self._standing: _Standing | None = None  # each line of each room asks for it
        self._told: dict[str, AgentState] = {}  # as stored
        self._unasked: set[str] = set()  # on a break for the offers they let pass
        self._said: dict[str, str] = {}  # causes that the state alone doesn't tell
        self._numbers = count(1)

    def arrived(self, name: str) -> str:
        """One console of *name* connected; the id of this device."""
        device = f"console {next(self._numbers)}"
        self.beat(name, device)
        return device

    def beat(self, name: str, device: str) -> bool:
        """*device* was heard; whether that changes what *name* is at."""
        now, known = self._clock.now(), self._of(name)
        self._put(name, known.heard(device, now))
        return self.state(name) is not self._told.get(name)

    def left(self, name: str, device: str | None = None) -> None:
        """One console of *name* disconnected."""
        known = self._of(name)
        open_ones = [
            key
            for key, each in known.devices.items()
            if not each.closed and not each.elsewhere
        ]
        device = device or next(iter(open_ones), "")
        self._put(name, known.closed(device, self._clock.now()))

    def pause(self, name: str, on_break: bool, cause: str = "said") -> None:
        """*name* goes on break, or is back."""
        self._put(name, self._of(name).paused(on_break))
        self._said[name] = cause
        if on_break and cause == "misses":
            self._unasked.add(name)
        else:
            self._unasked.discard(name)

    def unasked(self, name: str) -> bool:
        """Whether *name* is on a break they didn't ask for, and ought to be told of it."""
        return name in self._unasked

    def elsewhere(self, rows: Iterable[Attendance]) -> bool:
        """Take in what other processes say; whether that changes what anybody is at."""
        before, now = self.states(), self._clock.now()
        for row in rows:
            name = row.agent.name
            self._put(name, together(self._of(name), (row,), now, self._policy))
        return self.states() != before

    def said_before(self, rows: Iterable[Attendance]) -> None:
        """Take in what this process's last run knew of breaks: what is said now comes behind it."""
        for row in rows:
            self._put(row.agent.name, as_said(self._of(row.agent.name), row))

    def of(self, name: str) -> AgentPresence | None:
        """*name* as known here; None: never heard of."""
        return self._agents.get(name)

    def known(self) -> Mapping[str, AgentPresence]:
        """Everybody as they are known here at this moment."""
        return dict(self._agents)

    def state(self, name: str) -> AgentState:
        """What *name* is at."""
        return self.states().get(name, AgentState.OFFLINE)

    def states(self) -> Mapping[str, AgentState]:
        """What everybody who was here is at, by name."""
        now, known = self._clock.now(), self._standing
        if known is None or not known.holds(now):
            known = self._standing = _Standing(
                since=now,
                until=self.next_change(),
                states={
                    name: each.state(now, self._policy)
                    for name, each in sorted(self._agents.items())
                },
            )
        return known.states

    @property
    def names(self) -> tuple[str, ...]:
        """Agents with a console open, by name."""
        return tuple(
            name
            for name, state in self.states().items()
            if state is not AgentState.OFFLINE
            and any(not each.closed for each in self._agents[name].devices.values())
        )

    @property
    def attended(self) -> bool:
        """Whether somebody takes tickets, or did a moment ago, within the desk's hours."""
        there = {AgentState.READY, AgentState.SUSPECT}
        is_open = self._hours.is_open(self._clock.now(), live=self._live())
        return is_open and any(
            state in there and not self._agents[name].on_break
            for name, state in self.states().items()
        )

    def lost(self) -> Mapping[str, datetime]:
        """Agents who are gone, and since when: from then their tickets' grace runs."""
        now = self._clock.now()
        found = {
            name: known.gone_since(now, self._policy)
            for name, known in self._agents.items()
        }
        return {name: since for name, since in found.items() if since is not None}

    def changes(self) -> tuple[Change, ...]:
        """What differs from what is stored; ``stored`` says when that is done."""
        return tuple(
            Change(agent=name, state=state, cause=self.cause(name))
            for name, state in self.states().items()
            if self._told.get(name, AgentState.OFFLINE) is not state
        )

    def stored(self, changes: Iterable[Change]) -> None:
        """These were stored."""
        for change in changes:
            self._told[change.agent] = change.state
            self._said.pop(change.agent, None)

    def next_change(self) -> datetime | None:
        """The next instant at which silence changes something."""
        now = self._clock.now()
        edges = (each.changes_at(now, self._policy) for each in self._agents.values())
        return min((edge for edge in edges if edge is not None), default=None)

    def restored(self, spells: Iterable[AgentSpell]) -> None:
        """Go on where the last run ended: whoever was there may come back as from a reload.

        Downtime uses up nobody's grace, and a break goes on. (I14)
        """
        now, spells = self._clock.now(), tuple(spells)
        edges = [edge for one in spells for edge in (one.since, one.until) if edge]
        alive_until = max(edges, default=now)
        for spell in spells:
            known = self._agents.get(spell.agent, AgentPresence())
            if spell.state in (AgentState.READY, AgentState.BREAK):
                known = replace(known, on_break=spell.state is AgentState.BREAK)
            if spell.until is None and not known.devices:
                self._told[spell.agent] = spell.state
                known = _resumed(known, spell, alive_until, now)
                self._said[spell.agent] = "restart"
            self._put(spell.agent, known)

    def _put(self, name: str, presence: AgentPresence) -> None:
        self._agents[name] = presence
        self._standing = self._still(name, presence)

    def _still(self, name: str, presence: AgentPresence) -> _Standing | None:
        """What is known goes on where *presence* changes nothing at once, as most beats don't."""
        now, known = self._clock.now(), self._standing
        if known is None or not known.holds(now):
            return None
        if known.states.get(name) is not presence.state(now, self._policy):
            return None
        edges = (known.until, presence.changes_at(now, self._policy))
        until = min((edge for edge in edges if edge is not None), default=None)
        return replace(known, until=until)

    def _of(self, name: str) -> AgentPresence:
        return self._agents.get(name, AgentPresence())

    def cause(self, name: str) -> str:
        """By what *name* is at what they are at."""
        state = self.state(name)
        plain = {AgentState.SUSPECT: "silent", AgentState.OFFLINE: "gone"}
        return self._said.get(name) or plain.get(state, "connected")


def _resumed(
    known: AgentPresence, spell: AgentSpell, alive_until: datetime, now: datetime
) -> AgentPresence:
    if spell.state is AgentState.OFFLINE:
        return replace(known, gone_at=extended(spell.since, alive_until, now))
    return replace(known, devices={_BEFORE: Device(heard_at=now, closed=True)})
