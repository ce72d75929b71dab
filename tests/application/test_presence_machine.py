"""Two processes of one desk under any order of consoles, breaks, silence and crashes.

Each process looks about every second, as it would by itself; what people really do is kept beside,
and every offer and every ticket taken back is held against it.
"""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from streambot.adapters.store.store import FILE
from streambot.domain.agent import Agent
from streambot.domain.attendance import pace
from streambot.domain.desk_policy import DeskPolicy, Routing
from streambot.domain.presence import AgentState
from streambot.domain.ticket import Ticket, TicketState
from streambot.domain.ticket_load import place_of
from streambot.domain.ticket_rules import OWNED, TicketEvent
from tests.application.desk_handles import at_once, empty_store
from tests.application.desk_look import stored_tickets
from tests.application.desk_processes import Process, TwoProcesses
from tests.application.desk_world import ANNA, MEI

POLICY = DeskPolicy(routing=Routing.PUSH, capacity=3, misses=1_000)
PRESENCE = POLICY.presence
CREW = (MEI, ANNA)
PEOPLE = st.sampled_from(CREW)
PLACES = st.integers(0, 1)
#: A process vouches for a console heard up to 10 s before, and the other reads that.
VOUCHED = PRESENCE.suspect_after * 2


class PresenceMachine(RuleBasedStateMachine):
    """What can happen to consoles of two processes, in any order."""

    @initialize(here=st.lists(st.tuples(PEOPLE, PLACES), min_size=1, unique=True))
    def open(self, here: list[tuple[Agent, int]]) -> None:
        """A new store, two processes, and some consoles."""
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / FILE
        path.write_bytes(empty_store())
        self.world = TwoProcesses(path, POLICY)
        self.file = sqlite3.connect(path)
        self.count = 0
        self.processes: list[Process | None] = [None, None]
        self.devices: dict[tuple[str, int], str] = {}  # consoles that are open
        self.heard: dict[str, datetime] = {}  # when somebody was at any console last
        self.resting: dict[str, bool] = {}
        self.read: dict[str, int] = {}
        self.calm_since = self.now
        for at in range(2):
            self._start(at)
        for agent, at in here:
            self.a_console_opens(agent, at)

    def teardown(self) -> None:
        """Leave nothing open."""
        if hasattr(self, "file"):
            self.file.close()
            for process in self.processes:
                if process is not None:
                    process.handle.close()
            self.folder.cleanup()

    @rule(at=PLACES)
    def a_viewer_is_handed_over(self, at: int) -> None:
        """One more matter, in a room of either process."""
        process = self.processes[at]
        if process is not None and self.count < 12:
            self.count += 1
            self.world.hand_off(process, f"v{self.count}")
            process.look()

    @rule(agent=PEOPLE, at=PLACES)
    def a_console_opens(self, agent: Agent, at: int) -> None:
        """Somebody is at a process, maybe at the other too."""
        process = self.processes[at]
        if process is not None and (agent.name, at) not in self.devices:
            self.devices[agent.name, at] = process.desk.agent_arrived(agent)
            self.heard[agent.name] = self.now
            process.look()

    @rule(agent=PEOPLE, at=PLACES)
    def a_console_closes(self, agent: Agent, at: int) -> None:
        """One of a person's consoles is gone."""
        process = self.processes[at]
        if process is not None and (agent.name, at) in self.devices:
            device = self.devices.pop((agent.name, at))
            process.desk.agent_left(agent.name, device)
            self.heard[agent.name] = self.now
            process.look()

    @rule(agent=PEOPLE, at=PLACES, state=st.sampled_from(["break", "ready"]))
    def somebody_rests(self, agent: Agent, at: int, state: str) -> None:
        """A break begins or ends, said at any of their consoles."""
        process = self.processes[at]
        if process is not None and (agent.name, at) in self.devices:
            at_once(process.desk.be(agent, state))
            self.resting[agent.name] = state == "break"
            process.look()

    @rule(pick=st.integers(0, 9), at=PLACES)
    def an_offer_is_taken(self, pick: int, at: int) -> None:
        """Whoever is offered a matter takes it, at either process."""
        offers = [one for one in self._tickets() if one.state is TicketState.OFFERED]
        process = self.processes[at]
        if process is not None and offers:
            ticket = offers[pick % len(offers)]
            agent = next(one for one in CREW if one.name == ticket.offered_to)
            self.world.claim(process, agent, ticket)

    @rule(
        seconds=st.sampled_from([1, 3, 9, 25, 60, 200]),
        silent=st.lists(st.tuples(PEOPLE, PLACES), unique=True, max_size=2),
    )
    def time_passes(self, seconds: int, silent: list[tuple[Agent, int]]) -> None:
        """Consoles beat and processes look, but some consoles are silent meanwhile."""
        quiet = {(agent.name, at) for agent, at in silent}
        for second in range(seconds):
            self.world.clock.jump(timedelta(seconds=1))
            for (name, at), device in self.devices.items():
                process = self.processes[at]
                if process is not None and (name, at) not in quiet and second % 5 == 4:
                    process.desk.agent_beat(name, device)
                    self.heard[name] = self.now
            for process in filter(None, self.processes):
                process.look()
            self._check_new()

    @rule(at=PLACES)
    def a_process_dies(self, at: int) -> None:
        """Its consoles are heard by nobody any more; what it heard last it may not have told."""
        process = self.processes[at]
        if process is not None:
            process.handle.close()
            self.processes[at] = None
            self.calm_since = self.now
            for agent in CREW:
                if not self._is_heard(agent.name) and (agent.name, at) in self.devices:
                    self.heard[agent.name] -= pace(PRESENCE)

    @rule(at=PLACES)
    def a_process_starts(self, at: int) -> None:
        """The same process comes back; its consoles have to connect again."""
        if self.processes[at] is None:
            for agent in CREW:
                self.devices.pop((agent.name, at), None)
            self._start(at)
            self.calm_since = self.now

    @rule()
    def both_agree(self) -> None:
        """Five seconds on, all processes say of whoever is at one of them what is so."""
        for (name, at), device in self.devices.items():
            process = self.processes[at]
            if process is not None:
                process.desk.agent_beat(name, device)
                self.heard[name] = self.now
        self.time_passes(5, [])
        here = {name for name, at in self.devices if self.processes[at] is not None}
        for process in filter(None, self.processes):
            for name in here:
                rests = self.resting.get(name, False)
                state = AgentState.BREAK if rests else AgentState.READY
                assert process.desk.states[name] is state
                spells = at_once(process.handle.store.agent_states(self.now))
                assert [one.state for one in spells if one.agent == name] == [state]

    @invariant()
    def what_was_done_was_right(self) -> None:
        """Offers, tickets taken back, and what each agent decides on at a time."""
        if hasattr(self, "file"):
            self._check_new()

    def _check_new(self) -> None:
        tickets = self._tickets()
        for agent in CREW:
            mine = [one for one in tickets if place_of(one) == agent.name]
            offers = [one for one in mine if one.state is TicketState.OFFERED]
            assert len(offers) <= POLICY.ready_ramp
        for ticket in tickets:
            self._check_journal(ticket)
            self._check_nobody_is_waited_for(ticket)

    def _check_journal(self, ticket: Ticket) -> None:
        if self.read.get(ticket.id) == ticket.version:
            return
        process = next(filter(None, self.processes), None)
        if process is None:
            return
        changes = at_once(process.handle.store.history(ticket.id))
        for change in changes[self.read.get(ticket.id, 0) :]:
            if change.event == TicketEvent.LEASE_LOST:
                heard = self.heard[str(change.data["agent"])]
                assert change.at - heard >= PRESENCE.gone_after + PRESENCE.grace
            if change.event == TicketEvent.OFFER:
                name = str(change.data["to"])
                assert not self.resting.get(name)
                assert any(whose == name for whose, _ in self.devices)
                assert change.at - self.heard[name] < VOUCHED
        self.read[ticket.id] = len(changes)

    def _check_nobody_is_waited_for(self, ticket: Ticket) -> None:
        """A ticket of somebody who is at neither process waits for them so long and no longer."""
        if ticket.state not in OWNED or not any(self.processes):
            return
        gone = max(self.heard[ticket.owner or ""], self.calm_since)
        longest = VOUCHED + PRESENCE.gone_after + PRESENCE.grace
        assert self.now - gone <= longest + timedelta(seconds=5)

    def _is_heard(self, name: str) -> bool:
        """Whether a console of theirs is at a process that lives."""
        return any(self.processes[at] for whose, at in self.devices if whose == name)

    def _start(self, at: int) -> None:
        process = self.processes[at] = self.world.open(f"p{at}")
        at_once(process.desk.revive())
        process.look()

    def _tickets(self) -> list[Ticket]:
        return stored_tickets(self.file)

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.world.clock.now()


PresenceMachine.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestPresenceMachine = PresenceMachine.TestCase
