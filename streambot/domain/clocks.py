"""Clocks of a ticket: which happening starts and ends which promise, as tables.

Each clock ends exactly once: met, breached (at its own deadline, however late that is noticed)
or cancelled. At most one of a kind runs on a ticket. (I8)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from streambot.domain.desk_policy import GRAVE, DeskPolicy
from streambot.domain.ticket import ClockKind, Due, Ticket
from streambot.domain.ticket_rules import TicketEvent

_E, _K = TicketEvent, ClockKind


class Ending(StrEnum):
    """How a clock ends."""

    MET = "met"
    BREACHED = "breached"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """One clock's end."""

    kind: ClockKind
    how: Ending
    at: datetime

    @classmethod
    def breach(cls, due: Due) -> Ended:
        """A clock that ran out; its breach happened at its deadline, not when it was noticed."""
        return cls(kind=due.kind, how=Ending.BREACHED, at=due.due_at)


_REPLIED = dict.fromkeys((_K.FIRST, _K.TURN, _K.COMPLAINT), Ending.MET)
_DROPPED = dict.fromkeys(ClockKind, Ending.CANCELLED)

#: What an event does to the clocks that run.
STOPS: dict[TicketEvent, dict[ClockKind, Ending]] = {
    _E.CLAIM: dict.fromkeys((_K.CLAIM, _K.UNATTENDED), Ending.MET),
    _E.ACCEPTED: _REPLIED,
    _E.BEHIND: _REPLIED,
    _E.UNATTENDED: {_K.UNATTENDED: Ending.BREACHED},
    _E.RESOLVE: _DROPPED,
    _E.UNREACHABLE: _DROPPED,
    _E.WITHDRAW: _DROPPED,
    _E.REOPEN: {_K.CLOSE: Ending.CANCELLED},
    _E.CLOSE: {_K.CLOSE: Ending.MET},
}

_QUEUED = (_K.CLAIM, _K.UNATTENDED)

#: What an event starts; ``_wanted`` says when not.
STARTS: dict[TicketEvent, tuple[ClockKind, ...]] = {
    _E.HANDOFF: (*_QUEUED, _K.FIRST, _K.COMPLAINT),
    _E.REOPEN: (*_QUEUED, _K.FIRST, _K.COMPLAINT),
    _E.RELEASE: _QUEUED,
    _E.PICKED: (_K.FIRST,),
    _E.MERGED: (_K.TURN, _K.COMPLAINT),
    _E.VIEWER_LINE: (_K.TURN,),
    _E.BEHIND: (_K.TURN,),
    _E.RESOLVE: (_K.CLOSE,),
    _E.UNREACHABLE: (_K.CLOSE,),
}


def span(kind: ClockKind, ticket: Ticket, policy: DeskPolicy) -> timedelta:
    """How long a clock of *kind* runs on *ticket*."""
    spans = {
        _K.CLAIM: policy.claim,
        _K.UNATTENDED: policy.claim + policy.unattended_after,
        _K.FIRST: policy.first,
        _K.TURN: policy.turn,
        _K.COMPLAINT: policy.promise(ticket.priority),
        _K.CLOSE: policy.reopen_window,
    }
    return spans[kind]


def wind(
    before: Ticket | None,
    after: Ticket,
    event: TicketEvent,
    at: datetime,
    policy: DeskPolicy,
) -> tuple[tuple[Due, ...], tuple[Due, ...], tuple[Ended, ...]]:
    """The clocks that run after *event*, those it started and those it ended."""
    stops = STOPS.get(event, {})
    ended = tuple(
        _end(due, stops[due.kind], at) for due in after.due if due.kind in stops
    )
    running = tuple(due for due in after.due if due.kind not in stops)
    started = tuple(
        _start(kind, after, event, at, policy)
        for kind in STARTS.get(event, ())
        if _wanted(kind, event, before, after, running)
    )
    return running + started, started, ended


def _end(due: Due, how: Ending, at: datetime) -> Ended:
    if how is Ending.MET and at > due.due_at and due.kind is not _K.CLOSE:
        how = Ending.BREACHED
    if how is Ending.BREACHED:
        return Ended.breach(due)
    return Ended(kind=due.kind, how=how, at=at)


def _start(
    kind: ClockKind,
    ticket: Ticket,
    event: TicketEvent,
    at: datetime,
    policy: DeskPolicy,
) -> Due:
    since = ticket.waiting_since if event is _E.BEHIND else at
    return Due(kind=kind, started_at=since, due_at=since + span(kind, ticket, policy))


def _wanted(
    kind: ClockKind,
    event: TicketEvent,
    before: Ticket | None,
    after: Ticket,
    running: tuple[Due, ...],
) -> bool:
    kinds = {due.kind for due in running}
    if kind in kinds:
        return False
    match kind:
        case _K.UNATTENDED:
            return not after.unattended
        case _K.TURN:
            # While the first reply is owed, its own clock covers the viewer's further lines.
            opens_a_wait = before is not None and before.is_answered
            return event is _E.BEHIND or (opens_a_wait and _K.FIRST not in kinds)
        case _K.COMPLAINT:
            was_calm = (
                before is None or not before.is_live or before.reason not in GRAVE
            )
            return was_calm and after.reason in GRAVE
        case _:
            return True
