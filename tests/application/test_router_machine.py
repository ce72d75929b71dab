"""Offers under any order of arrivals, breaks, answers, silence and crashes: who tried is asked last. (I13)

The router of a real desk over a real store does every offer; the tests only say what people do.
After every step each offer made in it is read back from the journal.
"""

from __future__ import annotations

import tempfile
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from streambot.adapters.store.store import FILE
from streambot.application import handoffs
from streambot.application.desk import Desk
from streambot.application.desk_audit import STARVED
from streambot.domain.agent import Agent
from streambot.domain.audit import Act
from streambot.domain.desk_policy import DeskPolicy, Routing
from streambot.domain.presence import AgentState
from streambot.domain.ticket import Ticket, TicketState
from streambot.domain.ticket_load import load, place_of
from streambot.domain.ticket_rules import OWNED, TicketEvent, allows
from streambot.ports.audit import AuditFilter
from streambot.ports.store import Committed
from streambot.testing import FakeClock
from tests.application.desk_handles import Handle, at_once, empty_store
from tests.application.desk_world import ANNA, BOSS, GUARD, MEI
from tests.domain.ticket_samples import ROOM, handoff

POLICY = DeskPolicy(routing=Routing.PUSH, capacity=2)
CREW = (MEI, ANNA, BOSS)
PEOPLE = st.sampled_from(CREW)
PICKS = st.integers(0, 30)
WITHIN_REACH = (AgentState.READY, AgentState.SUSPECT)


class RouterMachine(RuleBasedStateMachine):
    """What people can do about offers, in any order."""

    @initialize(here=st.lists(PEOPLE, unique_by=lambda one: one.name, min_size=1))
    def open(self, here: list[Agent]) -> None:
        """A new store, and some people at their desks."""
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / FILE
        self.path.write_bytes(empty_store())
        self.clock = FakeClock()
        self.handle = Handle(self.path)
        self.count = 0
        self.devices: dict[str, str] = {}
        self.read: dict[str, int] = {}
        self.again: set[tuple[str, int]] = set()  # asked again since the last start
        self.alarms = 0
        self._start()
        for agent in here:
            self.somebody_comes(agent)

    def teardown(self) -> None:
        """Leave nothing open."""
        if hasattr(self, "handle"):
            self.handle.close()
            self.folder.cleanup()

    @rule(who=st.sampled_from(["v1", "v2", "v3"]))
    def a_viewer_is_handed_over(self, who: str) -> None:
        """One more matter, or one that goes on."""
        call = handoff(self._ref(), who=who, at=self.clock.now())
        _, committed = self._run(
            self.handle.of_room(
                lambda tx: handoffs.open_ticket(tx, call, policy=POLICY, attended=True),
                ROOM,
            )
        )
        self.desk.heard(committed)

    @rule(agent=PEOPLE)
    def somebody_comes(self, agent: Agent) -> None:
        """A console opens."""
        if agent.name not in self.devices:
            self.devices[agent.name] = self.desk.agent_arrived(agent)

    @rule(agent=PEOPLE)
    def somebody_goes(self, agent: Agent) -> None:
        """A console closes."""
        if agent.name in self.devices:
            self.desk.agent_left(agent.name, self.devices.pop(agent.name))

    @rule(agent=PEOPLE, state=st.sampled_from(["ready", "break"]))
    def somebody_rests(self, agent: Agent, state: str) -> None:
        """A break begins or ends."""
        self._run(self.desk.be(agent, state))

    @rule(pick=PICKS, action=st.sampled_from(["claim", "decline", "decline"]))
    def an_offer_is_answered(self, pick: int, action: str) -> None:
        """Whoever is offered a matter takes it, or leaves it."""
        ticket = self._any(pick, (TicketState.OFFERED,))
        if ticket is not None:
            self._do(self._named(ticket.offered_to), action, ticket)

    @rule(pick=PICKS, action=st.sampled_from(["release", "release", "resolve"]))
    def an_owner_is_done(self, pick: int, action: str) -> None:
        """Whoever has a matter gives it back, or ends it."""
        ticket = self._any(pick, OWNED)
        if ticket is not None:
            self._do(self._named(ticket.owner), action, ticket)

    @rule(pick=PICKS)
    def a_supervisor_requeues(self, pick: int) -> None:
        """A matter is taken from whoever has it, or is offered it."""
        ticket = self._any(pick, (*OWNED, TicketState.OFFERED))
        if ticket is not None:
            self._do(BOSS, "requeue", ticket)

    @rule(seconds=st.sampled_from([1, 5, 16, 16, 60]), heard=st.booleans())
    def time_passes(self, seconds: int, heard: bool) -> None:
        """Offers run out; consoles are heard meanwhile, or are not."""
        self.clock.jump(timedelta(seconds=seconds))
        for name, device in self.devices.items() if heard else ():
            self.desk.agent_beat(name, device)

    @rule()
    def the_process_starts_anew(self) -> None:
        """What it had asked again is forgotten, and everybody connects again."""
        self.handle.close()
        self.handle = Handle(self.path)
        here = [self._named(name) for name in self.devices]
        self.devices.clear()
        self.again.clear()
        self._start()
        for agent in here:
            self.somebody_comes(agent)

    @invariant()
    def offers_are_fair(self) -> None:
        """The desk does what is due, and everything it offered in that was right."""
        if hasattr(self, "desk"):
            self._run(self.desk.ring())
            self._who_tried_is_asked_last()
            self._nobody_waits_for_somebody_free()

    def _who_tried_is_asked_last(self) -> None:
        """I13: only when everyone within reach tried, once an episode, and with an alarm."""
        states, fresh = self.desk.states, 0
        within = {name for name, state in states.items() if state in WITHIN_REACH}
        for ticket in self._tickets():
            for change in self._fresh(ticket):
                if change.event != TicketEvent.OFFER:
                    continue
                if change.data["to"] not in ticket.tried:
                    assert not change.data["again"]
                    continue
                assert within <= set(ticket.tried)
                assert change.data["again"]
                assert (ticket.id, ticket.episode) not in self.again
                self.again.add((ticket.id, ticket.episode))
                fresh += 1
        rows = self._run(self.handle.store.audited(AuditFilter(action=Act.WARNING)))
        alarms = [row for row in rows if row.deed.data["rule"] == STARVED]
        assert len(alarms) == self.alarms + fresh
        self.alarms += fresh

    def _nobody_waits_for_somebody_free(self) -> None:
        """Who can take a matter and didn't try it has an offer, or all they can think of."""
        tickets = self._tickets()
        for name in ("mei", "anna"):
            mine = [one for one in tickets if one.is_live and place_of(one) == name]
            offers = [one for one in mine if one.state is TicketState.OFFERED]
            ready = self.desk.states.get(name) is AgentState.READY
            free = load(mine) + 1 <= POLICY.capacity and len(offers) < POLICY.ready_ramp
            if not (ready and free):
                continue
            for one in tickets:
                assert one.state is not TicketState.QUEUED or name in one.tried

    def _fresh(self, ticket: Ticket) -> list[Any]:
        changes = self._run(self.handle.store.history(ticket.id))
        fresh = changes[self.read.get(ticket.id, 0) :]
        self.read[ticket.id] = len(changes)
        return list(fresh)

    def _do(self, agent: Agent, action: str, ticket: Ticket) -> None:
        if allows(ticket.state, TicketEvent.RELEASE) or action != "release":
            self._run(
                self.desk.do(
                    agent,
                    action,
                    ticket.id,
                    ticket.version,
                    ref=self._ref(),
                    note="好",
                )
            )

    def _start(self) -> None:
        def told(_: Committed) -> None:
            return None

        self.desk = Desk(
            self.handle.store,
            self.clock,
            replace(POLICY, misses=1_000),
            guard_of=lambda _: GUARD,
            committed=told,
        )
        self._run(self.desk.revive())

    def _named(self, name: str | None) -> Agent:
        return next(each for each in CREW if each.name == name)

    def _any(self, pick: int, of: Any) -> Ticket | None:
        found = [each for each in self._tickets() if each.state in of]
        return found[pick % len(found)] if found else None

    def _tickets(self) -> list[Ticket]:
        _, tickets = self._run(self.handle.store.snapshot())
        return list(tickets)

    def _ref(self) -> str:
        self.count += 1
        return f"r{self.count}"

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return at_once(work)


RouterMachine.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestRouterMachine = RouterMachine.TestCase
