"""FloorMaker: puts the floor together, anew only when something changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from streambot.application.crew import Crew
from streambot.application.desk_view import DeskView
from streambot.application.floor import (
    AgentOnFloor,
    Floor,
    Waiting,
)
from streambot.application.router import Router
from streambot.domain.desk_policy import DeskPolicy
from streambot.ports.clock import Clock

#: What time alone changes on a floor is shown this often.
OFTEN = timedelta(seconds=1)


class FloorMaker:
    """The same object while nothing changed, so that comparing is cheap."""

    def __init__(
        self,
        clock: Clock,
        policy: DeskPolicy,
        crew: Crew,
        router: Router,
        view: DeskView,
    ) -> None:
        self._clock = clock
        self._policy = policy
        self._crew = crew
        self._router = router
        self._view = view
        self._made = Floor()
        self._made_at: datetime | None = None
        self._of: tuple[object, ...] = ()

    def floor(self) -> Floor:
        """How the desk stands; with thousands waiting made anew once a second at most."""
        now = self._clock.now()
        standing = tuple(
            (agent.name, state) for agent, state, _ in self._crew.standing()
        )
        fresh = self._made_at is not None and abs(now - self._made_at) < OFTEN
        if fresh and standing == self._of:
            return self._made
        made = self._make(now)
        if made != self._made:
            self._made = made
        self._of, self._made_at = standing, now
        return self._made

    def _make(self, now: datetime) -> Floor:
        loads = {each.name: each.load for each in self._crew.candidates()}
        return Floor(
            agents=tuple(
                AgentOnFloor(
                    name=agent.name,
                    role=agent.role,
                    state=state,
                    since=since,
                    load=loads[agent.name],
                    capacity=self._policy.capacity,
                    unasked=self._crew.presence.unasked(agent.name),
                )
                for agent, state, since in self._crew.standing()
            ),
            waiting=tuple(
                Waiting(
                    ticket=ticket.id,
                    why=why.text,
                    counts={bar.value: count for bar, count in why.counts.items()},
                    starved=why.starved,
                )
                for ticket, why in self._router.why()
            ),
            clocks=self._view.clocks(now),
            oldest_wait=self._view.oldest_wait(),
            unmanned=tuple(sorted(self._router.unmanned())),
        )
