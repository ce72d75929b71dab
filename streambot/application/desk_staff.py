"""Staff: who is at the desk, what they carry and are offered, and the promises that run meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

import msgspec

from streambot.application.colleagues import Colleagues
from streambot.application.crew import Crew
from streambot.application.desk_clocks import DeskClocks
from streambot.application.desk_presence import Presence
from streambot.application.desk_view import DeskView
from streambot.application.floor import Floor
from streambot.application.floor_maker import FloorMaker
from streambot.application.leases import Leases
from streambot.application.presence_log import PresenceLog
from streambot.application.router import Router
from streambot.domain import refusal as say
from streambot.domain.agent import Agent, AgentName, Permission, Role, can
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.presence import AgentState
from streambot.domain.refusal import Refusal
from streambot.domain.ticket import Ticket
from streambot.errors import StoreError
from streambot.ports.clock import Clock
from streambot.ports.store import Committed, DeskStore, FeedEntry


class Staff:
    """The people of a desk and everything that happens to tickets by itself.

    Args:
        store: the only arbiter of claims.
        clock: wall time, and waiting.
        policy: what the desk promises, in time and words.
        committed: told of every commit of the desk, so that replies leave and feeds push.
        live: whether a room is live, for hours that hold "while the room is live".
        process: by what other processes on the same store know this one, also after a restart.
    """

    def __init__(
        self,
        store: DeskStore,
        clock: Clock,
        policy: DeskPolicy,
        committed: Callable[[Committed], None],
        live: Callable[[], bool] = lambda: False,
        process: str = "desk",
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._tell = committed
        self._presence = Presence(clock, policy.presence, policy.hours, live)
        self._clocks = DeskClocks(store, clock, policy, self._own, lambda: self.there)
        self._view = view = DeskView()
        self._crew = Crew(
            clock=clock,
            policy=policy,
            presence=self._presence,
            view=view,
            live=live,
        )
        self._colleagues = colleagues = Colleagues(
            process,
            store,
            clock,
            policy.presence,
            self._presence,
            self._crew,
            self._nudge,
        )
        self._shift = PresenceLog(store, clock, self._presence, colleagues, self._own)
        self._leases = Leases(
            store, clock, policy, self._presence, colleagues, view, self._own
        )
        self._router = Router(
            store,
            clock,
            policy,
            self._crew,
            self._presence,
            colleagues,
            view,
            self._own,
        )
        self._floor = FloorMaker(clock, policy, self._crew, self._router, view)

    @property
    def policy(self) -> DeskPolicy:
        """What the desk promises."""
        return self._policy

    @property
    def attended(self) -> bool:
        """Whether somebody who takes tickets is at the desk, within its hours."""
        return self._presence.attended

    @property
    def present(self) -> tuple[str, ...]:
        """Names of the agents with a console open."""
        return self._presence.names

    @property
    def there(self) -> frozenset[str]:
        """Names of the agents whose matters may wake in their hands: neither away nor on a break."""
        kept = (AgentState.READY, AgentState.SUSPECT)
        return frozenset(name for name, state in self.states.items() if state in kept)

    def floor(self) -> Floor:
        """How the desk stands; the same object while nothing changed."""
        return self._floor.floor()

    @property
    def states(self) -> Mapping[str, AgentState]:
        """What every agent who was here is at, by name."""
        return self._presence.states()

    def agent_arrived(self, agent: Agent | str) -> str:
        """One console of an agent connected; the id under which it beats and leaves."""
        if isinstance(agent, str):
            agent = Agent(name=AgentName(agent), role=Role.AGENT)
        self._crew.met(agent)
        device = self._presence.arrived(agent.name)
        self._nudge()
        return device

    def agent_beat(self, name: str, device: str) -> None:
        """A console was heard from."""
        if self._presence.beat(name, device):
            self._nudge()

    def agent_left(self, name: str, device: str | None = None) -> None:
        """One console of an agent disconnected; None: any of them."""
        self._presence.left(name, device)
        self._nudge()

    def live_changed(self) -> None:
        """A broadcast began or ended: shifts that go by it begin or end at once."""
        self._nudge()

    def _nudge(self) -> None:
        for waiter in (self._shift, self._leases, self._router):
            waiter.nudge()

    async def be(self, agent: Agent, state: str) -> AgentState | Refusal:
        """An agent goes on ``break``, or is ``ready`` again; stored before it is answered.

        Raises:
            StoreError: it could not be stored; it holds all the same.
        """
        if not can(agent, Permission.CLAIM):
            return say.not_allowed("be")
        if state not in (AgentState.READY, AgentState.BREAK):
            return say.held(
                f"没有这种状态：{state[:40]}，可选 ready（接待）或 break（小休）。",
                f"There is no state {state[:40]!r}: choose ready or break.",
            )
        with suppress(StoreError):  # what was said elsewhere before is outdone
            await self._colleagues.look(at_once=True)
        self._presence.pause(agent.name, state == AgentState.BREAK)
        await self._shift.record()
        self._nudge()
        return self._presence.state(agent.name)

    def heard(self, committed: Committed) -> None:
        """Take in what others committed (rooms, other desks), so that its clocks run here."""
        if not committed.tickets:
            return
        before = {
            one.id: known
            for one in committed.tickets
            if (known := self._view.get(one.id)) is not None
        }
        self._view.note(committed.tickets)
        self._clocks.note(committed.tickets)
        if self._router.heard(committed.entries, before):
            self._shift.nudge()
        self._leases.nudge()
        self._router.nudge()

    def catch_up(self, entries: Iterable[FeedEntry]) -> None:
        """Take in entries that nobody told this process of: another one committed them."""
        for entry in entries:
            if "ticket" not in entry.data:
                continue
            ticket = msgspec.convert(entry.data["ticket"], Ticket)
            known = self._view.get(ticket.id)
            if known is None or known.version < ticket.version:
                self._own(Committed(tickets=(ticket,), entries=(entry,)))

    async def revive(self) -> None:
        """Learn from the store who owns what and which clocks run; before anything else."""
        _, tickets = await self._store.snapshot()
        self._view.note(tickets)
        self._clocks.note(tickets)
        await self._shift.revive()

    async def run(self) -> None:
        """Keep the clocks of every ticket and who is there, for ever."""
        await self.revive()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._clocks.run(), name="desk clocks")
            tasks.create_task(self._shift.run(), name="desk presence")
            tasks.create_task(self._leases.run(), name="desk leases")
            tasks.create_task(self._router.run(), name="desk router")

    async def ring(self) -> None:
        """End every clock that is due now; ``run`` does this by itself.

        Raises:
            StoreError: the store took nothing; the deadlines stay.
        """
        await self._shift.keep()
        await self._clocks.fire()
        await self._leases.end_due()
        await self._router.route()

    def _own(self, committed: Committed) -> None:
        self.heard(committed)
        self._tell(committed)
