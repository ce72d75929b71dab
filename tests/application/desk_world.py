"""A desk on a fake store and clock, as the desk's tests drive it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from streambot.application import handoffs
from streambot.application.desk import Desk
from streambot.domain.actions import AppendToTicket
from streambot.domain.agent import Agent, AgentName, Role
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.guard import Guard
from streambot.domain.guard_rules import GuardRule, GuardRules, Severity
from streambot.domain.refusal import Refusal, RefusalCode
from streambot.domain.reply import EventId, LineId, LineOut, Reply, ReplyState, TicketId
from streambot.domain.ticket import Handoff, Ticket
from streambot.ports.store import Committed
from streambot.testing import FakeClock, FakeDeskStore
from tests.domain.ticket_samples import POLICY, ROOM, handoff

MEI = Agent(name=AgentName("mei"), role=Role.AGENT)
ANNA = Agent(name=AgentName("anna"), role=Role.AGENT)
BOSS = Agent(name=AgentName("boss"), role=Role.SUPERVISOR)


#: Holds one thing, warns of another and words a third, as the real one does of many.
GUARD = Guard.of(
    GuardRules(
        rules=(
            GuardRule(
                id="phone",
                words=("138",),
                public_only=True,
                zh="公开回复里不能有电话号码。",
                en="No phone numbers in public.",
            ),
            GuardRule(
                id="promise",
                severity=Severity.WARNING,
                words=("假一赔",),
                zh="这是承诺。",
                en="A promise.",
            ),
        )
    )
)


@dataclass(slots=True)
class DeskWorld:
    """A desk, its store and its clock; ``told`` is everything the desk said it committed."""

    policy: DeskPolicy = POLICY
    store: FakeDeskStore = field(default_factory=FakeDeskStore)
    clock: FakeClock = field(default_factory=FakeClock)
    told: list[Committed] = field(default_factory=list)
    desk: Desk = field(init=False)
    refs: int = 0
    on_air: bool = False

    def __post_init__(self) -> None:
        self.desk = self.open_desk()

    def open_desk(self) -> Desk:
        """Another desk on the same store: a second process, or the first after a restart."""
        return Desk(
            self.store,
            self.clock,
            self.policy,
            guard_of=lambda _: GUARD,
            committed=self.told.append,
            live=lambda: self.on_air,
        )

    async def hand_off(
        self, call: Handoff | None = None, *, attended: bool = True, speak: bool = True
    ) -> Ticket:
        """A viewer asks for a human now."""
        call = call or handoff(at=self.clock.now())
        ticket, committed = await self.store.transact(
            lambda tx: handoffs.open_ticket(
                tx, call, policy=self.policy, attended=attended, speak=speak
            )
        )
        self.told.append(committed)
        self.desk.heard(committed)
        return ticket

    async def write(
        self, ticket: Ticket, text: str, event: str, *, attended: bool = True
    ) -> Ticket | None:
        """The viewer writes now."""
        line = AppendToTicket(
            ticket=ticket.id,
            viewer=ticket.viewer,
            event_id=EventId(event),
            text=text,
            at=self.clock.now(),
        )
        after, committed = await self.store.transact(
            lambda tx: handoffs.viewer_line(
                tx, line, policy=self.policy, attended=attended
            )
        )
        self.desk.heard(committed)
        return after

    async def try_to(
        self,
        agent: Agent,
        action: str,
        ticket: Ticket,
        *,
        confirmed: Sequence[str] = (),
        **details: Any,
    ) -> Ticket | Refusal:
        """One command on the ticket as given, with a fresh ref."""
        self.refs += 1
        ref = details.pop("ref", f"r{self.refs}")
        return await self.desk.do(
            agent,
            action,
            ticket.id,
            ticket.version,
            ref=ref,
            confirmed=confirmed,
            **details,
        )

    async def do(
        self,
        agent: Agent,
        action: str,
        ticket: Ticket,
        *,
        confirmed: Sequence[str] = (),
        **details: Any,
    ) -> Ticket:
        """One command that must work."""
        done = await self.try_to(agent, action, ticket, confirmed=confirmed, **details)
        assert isinstance(done, Ticket), done
        return done

    async def now(self, ticket: TicketId) -> Ticket:
        """The ticket as stored."""
        stored = await self.store.ticket(ticket)
        assert stored is not None
        return stored

    def owed(self, prefix: str = "agent:") -> list[Reply]:
        """Replies owed so far whose id begins with *prefix*."""
        found = self.store.replies().values()
        return [reply for reply, _ in found if reply.out_id.startswith(prefix)]

    def state_of(self, reply: Reply) -> ReplyState:
        """What became of *reply*."""
        return self.store.replies()[reply.out_id][1]

    async def send(self, *replies: Reply, state: ReplyState = ReplyState.SENT) -> bool:
        """Write *replies* as one line, with *state* as the platform's verdict."""
        line = LineOut(
            line_id=LineId(f"line:{replies[0].out_id}"),
            kind=replies[0].kind,
            text=replies[0].text,
            covers=tuple(reply.out_id for reply in replies),
            made_at=self.clock.now(),
            ticket=replies[0].ticket,
            epoch=replies[0].epoch,
        )
        if not await self.store.line_sending(line, ROOM):
            return False
        at = self.clock.now()
        committed = await self.store.line_settled(
            line,
            ROOM,
            state,
            at,
            lambda tx: (
                handoffs.line_accepted(tx, line, at, policy=self.policy)
                if state is ReplyState.SENT
                else handoffs.line_failed(tx, line, state, at, policy=self.policy)
            ),
        )
        self.desk.heard(committed)
        return True

    async def pass_time(self, seconds: float) -> None:
        """Let time pass for whoever sleeps."""
        await self.clock.advance(timedelta(seconds=seconds))


def code(result: Ticket | Refusal) -> RefusalCode:
    """The code of a command that must be refused."""
    assert isinstance(result, Refusal), result
    return result.code
