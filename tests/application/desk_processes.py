"""Two processes of one desk on one store file, each with a handle of its own, on one clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from streambot.application import handoffs
from streambot.application.desk import Desk
from streambot.domain.agent import Agent
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.ticket import Reason, Ticket
from streambot.testing import FakeClock
from tests.application.desk_handles import Handle, at_once
from tests.application.desk_world import GUARD
from tests.domain.ticket_samples import POLICY, ROOM, handoff


@dataclass(slots=True)
class Process:
    """One process: its handle and its desk."""

    handle: Handle
    desk: Desk
    seq: int = 0

    def ticket(self, ticket: Ticket) -> Ticket:
        """*ticket* as it stands."""
        stored = at_once(self.handle.store.ticket(ticket.id))
        assert stored is not None
        return stored

    def look(self) -> None:
        """Do what is due, having heard what was committed anywhere."""
        entries = at_once(self.handle.store.entries(self.seq, 1_000))
        assert entries is not None
        self.seq = max([self.seq, *(one.seq for one in entries)])
        self.desk.catch_up(entries)
        at_once(self.desk.ring())


@dataclass(slots=True)
class TwoProcesses:
    """Two processes on the file at *path*."""

    path: Path
    policy: DeskPolicy = POLICY
    clock: FakeClock = field(default_factory=FakeClock)
    refs: int = 0

    def open(self, name: str) -> Process:
        """One process, as it starts."""
        handle = Handle(self.path)
        desk = Desk(
            handle.store,
            self.clock,
            self.policy,
            guard_of=lambda _: GUARD,
            committed=lambda _: None,
            process=name,
        )
        return Process(handle=handle, desk=desk)

    def hand_off(self, at: Process, call: str, **more: Reason) -> Ticket:
        """A viewer of a room of *at* asks for a human."""
        asked = handoff(call, who=call, at=self.clock.now(), **more)  # type: ignore[arg-type]
        ticket, committed = at_once(
            at.handle.of_room(
                lambda tx: handoffs.open_ticket(
                    tx, asked, policy=self.policy, attended=True
                ),
                ROOM,
            )
        )
        at.desk.heard(committed)
        return ticket

    def claim(self, at: Process, agent: Agent, ticket: Ticket) -> Ticket:
        """*agent* takes *ticket* at *at*."""
        self.refs += 1
        ref = f"r{self.refs}"
        done = at_once(at.desk.do(agent, "claim", ticket.id, ticket.version, ref=ref))
        assert isinstance(done, Ticket), done
        return done

    def pass_time(self, seconds: int, *beats: tuple[Process, str, str]) -> None:
        """Second by second; consoles of *beats* are heard, and their processes look."""
        for _ in range(seconds):
            self.clock.jump(timedelta(seconds=1))
            for process, name, device in beats:
                process.desk.agent_beat(name, device)
            for process in {id(one): one for one, _, _ in beats}.values():
                process.look()
