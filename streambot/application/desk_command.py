"""Command: what an agent asks of a ticket, as the console sent it, and the events it may lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from streambot.domain.agent import Agent, Permission
from streambot.domain.faq.entry import Visibility
from streambot.domain.guard import Guard
from streambot.domain.refusal import Refusal
from streambot.domain.reply import TicketId
from streambot.domain.room import RoomName
from streambot.domain.ticket import Outcome, PauseEvent, Ticket
from streambot.domain.ticket_rules import TicketEvent

Result = Ticket | Refusal
#: What may be said in a room.
GuardOf = Callable[[RoomName], Guard]

#: A transfer to a group, in front of its name.
TO_GROUP = "group:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command as the console sent it; ``ref`` is the console's own, unique per agent."""

    agent: Agent
    action: Permission
    ticket: TicketId
    version: int
    ref: str
    at: datetime
    text: str = ""
    visibility: Visibility | None = None
    outcome: Outcome = Outcome.SOLVED
    confirmed: tuple[str, ...] = ()  # rules that warned, which the agent answers for
    to: str = ""  # of a transfer: an agent's name, or a group behind ``TO_GROUP``
    until: datetime | None = None  # of a snooze
    until_event: PauseEvent | None = None
    present: frozenset[str] = frozenset()  # who is at the desk
    unmanned: frozenset[str] = frozenset()  # groups that the agent may stand in for

    @property
    def key(self) -> str:
        """What a ticket remembers a command by."""
        return f"{self.agent.name}/{self.ref}"


#: What each command makes of a ticket.
EVENTS: dict[Permission, TicketEvent] = {
    Permission.CLAIM: TicketEvent.CLAIM,
    Permission.DECLINE: TicketEvent.DECLINED,
    Permission.RELEASE: TicketEvent.RELEASE,
    Permission.TRANSFER: TicketEvent.TRANSFER,
    Permission.SNOOZE: TicketEvent.SNOOZE,
    Permission.WAKE: TicketEvent.WAKE,
    Permission.TAKE_OVER: TicketEvent.TAKE_OVER,
    Permission.REQUEUE: TicketEvent.REQUEUE,
    Permission.ANSWER: TicketEvent.ANSWER,
    Permission.UNDO: TicketEvent.FAILED,
    Permission.NOTE: TicketEvent.NOTE,
    Permission.WHISPER: TicketEvent.WHISPER,
    Permission.RESOLVE: TicketEvent.RESOLVE,
}
