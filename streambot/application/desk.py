"""Desk: what agents do with tickets, who is present, and the promises that run meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from streambot.application.desk_command import EVENTS
from streambot.application.desk_commands import GuardOf, Result, execute, pick
from streambot.application.desk_input import LONGEST_TEXT, read_command
from streambot.application.desk_staff import Staff
from streambot.domain import refusal as say
from streambot.domain.agent import Agent, Permission, can, serves
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.faq.entry import Visibility
from streambot.domain.guard import Remark
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


class Desk(Staff):
    """The use cases of agents; every decision falls in the store's own transaction.

    Args:
        store: the only arbiter of claims.
        clock: wall time, and waiting.
        policy: what the desk promises, in time and words.
        guard_of: what may be said in a room.
        committed: told of every commit of the desk, so that replies leave and feeds push.
        live: whether a room is live, for hours that hold "while the room is live".
        process: by what other processes on the same store know this one, also after a restart.
    """

    def __init__(
        self,
        store: DeskStore,
        clock: Clock,
        policy: DeskPolicy,
        *,
        guard_of: GuardOf,
        committed: Callable[[Committed], None],
        live: Callable[[], bool] = lambda: False,
        process: str = "desk",
    ) -> None:
        super().__init__(store, clock, policy, committed, live, process)
        self._guard_of = guard_of

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
            present=frozenset(self.present if to is not None else ()),
            unmanned=self._standing_in(agent, ticket),
        )
        if isinstance(command, Refusal):
            return command
        return await self._commit(
            lambda tx: execute(tx, command, self._policy, self._guard_of)
        )

    def _standing_in(self, agent: Agent, ticket: TicketId) -> frozenset[str]:
        """Groups that *agent* may stand in for; looked for only where they would need one."""
        known = self._view.get(ticket)
        if known is None or serves(agent, known.group):
            return frozenset()
        return self._router.unmanned()

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
