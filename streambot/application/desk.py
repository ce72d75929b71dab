"""Desk: what agents do with tickets, who is present, and the promises that run meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from streambot.application.desk_clocks import DeskClocks
from streambot.application.desk_command import EVENTS
from streambot.application.desk_commands import GuardOf, Result, execute, pick
from streambot.application.desk_input import LONGEST_TEXT, read_command
from streambot.application.desk_presence import Presence
from streambot.application.floor import EMPTY_FLOOR, Floor
from streambot.application.presence_log import PresenceLog
from streambot.domain import refusal as say
from streambot.domain.agent import Agent, Permission, can
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.faq.entry import Visibility
from streambot.domain.guard import Remark
from streambot.domain.presence import AgentState
from streambot.domain.refusal import Refusal
from streambot.domain.reply import EventId, TicketId
from streambot.domain.room import RoomName
from streambot.domain.ticket import Handoff, Reason, Ticket
from streambot.domain.viewer import Viewer
from streambot.ports.clock import Clock
from streambot.ports.store import Committed, DeskStore, DeskTransaction, TicketChange

#: A line that an agent takes is as urgent as a question asked again and again.
PICKED_PRIORITY = 3
#: Commands of ``do``.
COMMANDS = frozenset(EVENTS)
#: Commands whose words are for colleagues.
WRITTEN_AS_NOTES = COMMANDS - {Permission.ANSWER}


class Desk:
    """The use cases of agents; every decision falls in the store's own transaction.

    Args:
        store: the only arbiter of claims.
        clock: wall time, and waiting.
        policy: what the desk promises, in time and words.
        guard_of: what may be said in a room.
        committed: told of every commit of the desk, so that replies leave and feeds push.
    """

    def __init__(
        self,
        store: DeskStore,
        clock: Clock,
        policy: DeskPolicy,
        *,
        guard_of: GuardOf,
        committed: Callable[[Committed], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._guard_of = guard_of
        self._tell = committed
        self._presence = Presence(clock, policy.presence, policy.hours)
        self._shift = PresenceLog(store, clock, self._presence, self._own)
        self._clocks = DeskClocks(store, clock, policy, self._own, lambda: self.there)

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
        return EMPTY_FLOOR

    @property
    def states(self) -> Mapping[str, AgentState]:
        """What every agent who was here is at, by name."""
        return self._presence.states()

    def agent_arrived(self, name: str) -> str:
        """One console of an agent connected; the id under which it beats and leaves."""
        device = self._presence.arrived(name)
        self._shift.nudge()
        return device

    def agent_beat(self, name: str, device: str) -> None:
        """A console was heard from."""
        if self._presence.beat(name, device):
            self._shift.nudge()

    def agent_left(self, name: str, device: str | None = None) -> None:
        """One console of an agent disconnected; None: any of them."""
        self._presence.left(name, device)
        self._shift.nudge()

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
        self._presence.pause(agent.name, state == AgentState.BREAK)
        await self._shift.record()
        return self._presence.state(agent.name)

    def heard(self, committed: Committed) -> None:
        """Take in what others committed (rooms, other desks), so that its clocks run here."""
        self._clocks.note(committed.tickets)

    async def revive(self) -> None:
        """Learn from the store who owns what and which clocks run; before anything else."""
        _, tickets = await self._store.snapshot()
        self._clocks.note(tickets)
        await self._shift.revive()

    async def run(self) -> None:
        """Keep the clocks of every ticket and who is there, for ever."""
        await self.revive()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._clocks.run(), name="desk clocks")
            tasks.create_task(self._shift.run(), name="desk presence")

    async def ring(self) -> None:
        """End every clock that is due now; ``run`` does this by itself.

        Raises:
            StoreError: the store took nothing; the deadlines stay.
        """
        await self._shift.record()
        await self._clocks.fire()

    async def do(
        self,
        agent: Agent,
        action: str,
        ticket: TicketId,
        version: int,
        *,
        ref: str,
        text: str | None = None,
        visibility: Visibility | str | None = None,
        outcome: str | None = None,
        note: str | None = None,
        confirmed: Sequence[str] = (),
        to: str | None = None,
        until: datetime | None = None,
        until_event: str | None = None,
    ) -> Ticket | Refusal:
        """Do one command of an agent, once per (agent, *ref*).

        Args:
            agent: who asks.
            action: claim, release, answer, note or resolve.
            ticket: which ticket.
            version: the newest version the agent has seen.
            ref: the console's own name of this command.
            text: the answer.
            visibility: who sees it; None: as private as the ticket is.
            outcome: how it ended, one of ``Outcome``; None: solved.
            note: the note's text, or why it is released.
            confirmed: rules whose warnings the agent has seen and answers for.
            to: whom a transfer is for, an agent's name or ``group:NAME``.
            until: when a snooze ends.
            until_event: or with which event it does.
        """
        if action not in COMMANDS or not can(agent, action):
            return say.not_allowed(action)
        command = read_command(
            agent=agent,
            action=Permission(action),
            ticket=ticket,
            version=version,
            ref=ref,
            at=self._clock.now(),
            text=note if action in WRITTEN_AS_NOTES and note else text,
            visibility=visibility,
            outcome=outcome,
            confirmed=confirmed,
            to=to,
            until=until,
            until_event=until_event,
            present=frozenset(self.present),
        )
        if isinstance(command, Refusal):
            return command
        return await self._commit(
            lambda tx: execute(tx, command, self._policy, self._guard_of)
        )

    async def requeue_all(
        self, agent: Agent, of: str, *, ref: str, note: str
    ) -> Refusal | Sequence[Ticket]:
        """Give everything *of* owns or is offered back to the queue, in one commit."""
        if not can(agent, Permission.REQUEUE):
            return say.not_allowed(Permission.REQUEUE)
        now = self._clock.now()

        def work(tx: DeskTransaction) -> Refusal | Sequence[Ticket]:
            moved: list[Ticket] = []
            for held in tx.held_by(of):
                command = read_command(
                    agent=agent,
                    action=Permission.REQUEUE,
                    ticket=held.id,
                    version=held.version,
                    ref=ref,
                    at=now,
                    text=note,
                    visibility=None,
                    outcome=None,
                )
                if isinstance(command, Refusal):
                    return command
                done = execute(tx, command, self._policy, self._guard_of)
                moved += [done] if isinstance(done, Ticket) else []
            return moved

        result, committed = await self._store.transact(work)
        self._own(committed)
        return result

    async def pick(
        self, agent: Agent, room: RoomName, viewer: Viewer, event_id: EventId, text: str
    ) -> Ticket | Refusal:
        """Take a viewer's line straight from the room; twice is the same as once."""
        if not can(agent, Permission.PICK):
            return say.not_allowed(Permission.PICK)
        handoff = Handoff(
            room=room,
            viewer=viewer,
            reason=Reason.PICKED,
            priority=PICKED_PRIORITY,
            evidence=(),
            event_id=event_id,
            text=text,
            at=self._clock.now(),
        )
        return await self._commit(lambda tx: pick(tx, agent, handoff, self._policy))

    def check(self, room: RoomName, text: str, *, public: bool) -> tuple[Remark, ...]:
        """What the guard would say of an answer, while it is being written."""
        return self._guard_of(room).remarks(text[:LONGEST_TEXT], public=public)

    async def history(self, ticket: TicketId) -> Sequence[TicketChange]:
        """A ticket's journal, oldest first: lines, answers, notes and who did what."""
        return await self._store.history(ticket)

    async def _commit(self, work: Callable[[DeskTransaction], Result]) -> Result:
        result, committed = await self._store.transact(work)
        self._own(committed)
        return result

    def _own(self, committed: Committed) -> None:
        self.heard(committed)
        self._tell(committed)
