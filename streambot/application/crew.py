"""Crew: everybody who was at the desk, with their role and groups, as routing and the floor see them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from streambot.application.desk_presence import Presence
from streambot.application.desk_view import DeskView
from streambot.domain.agent import Agent, Permission, can
from streambot.domain.calendar import Calendar
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.presence import AgentState
from streambot.domain.routing import Candidate
from streambot.domain.ticket import TicketState
from streambot.domain.ticket_load import load
from streambot.ports.clock import Clock


@dataclass(slots=True)
class _Known:
    agent: Agent
    state: AgentState
    since: datetime


@dataclass(slots=True, kw_only=True)
class Crew:
    """Who is known, and since when they are at what they are at."""

    clock: Clock
    policy: DeskPolicy
    presence: Presence
    view: DeskView
    live: Callable[[], bool] = lambda: False  # whether a room is live, for hours so
    _known: dict[str, _Known] = field(default_factory=dict)

    def met(self, agent: Agent) -> None:
        """*agent* is at the desk, with the rights they have now."""
        known = self._known.get(agent.name)
        if known is None:
            now = self.clock.now()
            self._known[agent.name] = _Known(agent, AgentState.OFFLINE, now)
        else:
            known.agent = agent

    def met_elsewhere(self, agent: Agent) -> None:
        """*agent* is at another process of this desk; their rights as it knows them."""
        known = self._known.get(agent.name)
        if known is None or known.agent != agent:
            self.met(agent)

    @property
    def agents(self) -> Sequence[Agent]:
        """Everybody, with the rights they came with."""
        return [known.agent for known in self._known.values()]

    def standing(self) -> Sequence[tuple[Agent, AgentState, datetime]]:
        """Everybody with what they are at, by name."""
        now = self.clock.now()
        for name, known in self._known.items():
            state = self.presence.state(name)
            if state is not known.state:
                known.state, known.since = state, now
        return [
            (known.agent, known.state, known.since)
            for _, known in sorted(self._known.items())
        ]

    def next_opening(self) -> datetime | None:
        """The next instant at which somebody's shift begins."""
        now, live = self.clock.now(), self.live()
        edges = (
            calendar.next_open(now, live=live)
            for known in self._known.values()
            for calendar in self._shifts(known.agent)
        )
        return min((edge for edge in edges if edge and edge > now), default=None)

    def _shifts(self, agent: Agent) -> Sequence[Calendar]:
        return self.policy.shifts_of(agent.name, agent.groups)

    def _on_shift(self, agent: Agent) -> bool:
        """Whether *agent* works now, or nobody set hours."""
        now, live = self.clock.now(), self.live()
        shifts = self._shifts(agent)
        return not shifts or any(each.is_open(now, live=live) for each in shifts)

    def candidates(self) -> list[Candidate]:
        """Everybody as routing asks of them.

        After a restart also who was here a moment ago and may be back in the next.
        """
        unmet = [
            Candidate(name=name, state=state)
            for name, state in self.presence.states().items()
            if name not in self._known and state is AgentState.SUSPECT
        ]
        met = [
            Candidate(
                name=agent.name,
                state=state,
                groups=agent.groups,
                languages=self.policy.languages.get(agent.name, frozenset()),
                on_shift=self._on_shift(agent),
                supervises=can(agent, Permission.SUPERVISE),
                load=load(self.view.of(agent.name)),
                capacity=self.policy.capacity,
                offers=sum(
                    one.state is TicketState.OFFERED for one in self.view.of(agent.name)
                ),
                idle_since=since,
            )
            for agent, state, since in self.standing()
        ]
        return [*met, *unmet]
