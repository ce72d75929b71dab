"""Pauses: the steps by which a matter waits for a time or an event, and wakes."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.ticket import PauseEvent, Ticket
from streambot.domain.ticket_rules import TicketEvent
from streambot.domain.ticket_step import Step, step, with_ref


def snoozed(
    ticket: Ticket,
    until: datetime | None,
    event: PauseEvent | None,
    ref: str,
    at: datetime,
    policy: DeskPolicy,
) -> Step:
    """Nothing is to be done until a time, an event, or the viewer writes."""
    draft = replace(
        with_ref(ticket, ref), paused_at=at, paused_until=until, paused_for=event
    )
    return step(ticket, draft, TicketEvent.SNOOZE, at, policy)


def woken(ticket: Ticket, at: datetime, policy: DeskPolicy, *, ref: str = "") -> Step:
    """It goes on with its owner; clocks that stood still have as long as they had left."""
    return step(ticket, with_ref(ticket, ref), TicketEvent.WAKE, at, policy)
