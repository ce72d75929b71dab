"""Clocks of a ticket: which happening starts and ends which promise, as tables.

Each clock ends exactly once: met, breached (at its own deadline, however late that is noticed)
or cancelled. At most one of a kind runs on a ticket. (I8)

While a ticket is paused, the clocks of the whole matter (``PAUSED``) stand still and go on behind it
with deadlines moved by the paused span, so that neither pausing nor waking ever breaches one. (I7)
What the viewer was promised (an answer) is no matter of pausing: those clocks run on.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from streambot.domain.calendar import ALWAYS, Calendar
from streambot.domain.desk_policy import COMPLEX, GRAVE, DeskPolicy
from streambot.domain.ticket import ClockKind, Due, Reason, Ticket, TicketState
from streambot.domain.ticket_rules import TicketEvent

_E, _K = TicketEvent, ClockKind


class Ending(StrEnum):
    """How a clock ends."""

    MET = "met"
    BREACHED = "breached"
    CANCELLED = "cancelled"


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """One clock's end."""

    kind: ClockKind
    how: Ending
    at: datetime

    @classmethod
    def breach(cls, due: Due) -> Ended:
        """A clock that ran out; its breach happened at its deadline, not when it was noticed."""
        return cls(kind=due.kind, how=Ending.BREACHED, at=due.due_at)


class Wound(msgspec.Struct, frozen=True, kw_only=True):
    """The clocks of a ticket behind an event."""

    running: tuple[Due, ...]
    started: tuple[Due, ...]
    moved: tuple[Due, ...]  # paused, or running again with a later deadline
    ended: tuple[Ended, ...]


_REPLIED = dict.fromkeys((_K.FIRST, _K.TURN, _K.COMPLAINT), Ending.MET)
_DROPPED = dict.fromkeys(ClockKind, Ending.CANCELLED)
_TAKEN = dict.fromkeys((_K.CLAIM, _K.UNATTENDED), Ending.MET)
_OFFER_OVER = {_K.OFFER: Ending.CANCELLED}

#: What an event does to the clocks that run.
STOPS: dict[TicketEvent, dict[ClockKind, Ending]] = {
    _E.CLAIM: {**_TAKEN, _K.OFFER: Ending.MET},
    _E.TAKE_OVER: {**_TAKEN, **_OFFER_OVER},
    _E.DECLINED: _OFFER_OVER,
    _E.MISSED: {_K.OFFER: Ending.BREACHED},
    _E.REQUEUE: _OFFER_OVER,
    _E.ACCEPTED: _REPLIED,
    _E.BEHIND: _REPLIED,
    _E.UNATTENDED: {_K.UNATTENDED: Ending.BREACHED},
    _E.RESOLVE: {
        **_DROPPED,
        **dict.fromkeys((_K.RESOLVE, _K.ESCALATE), Ending.MET),
    },
    _E.UNREACHABLE: _DROPPED,
    _E.WITHDRAW: _DROPPED,
    _E.REOPEN: {_K.CLOSE: Ending.CANCELLED},
    _E.CLOSE: {**_DROPPED, _K.CLOSE: Ending.MET},
}

#: A human's answer reached the viewer.
_ARRIVED = frozenset({_E.ACCEPTED, _E.BEHIND})

_QUEUED = (_K.CLAIM, _K.UNATTENDED)
_MATTER = (_K.ESCALATE, _K.RESOLVE)

#: What an event starts; ``_wanted`` says when not.
STARTS: dict[TicketEvent, tuple[ClockKind, ...]] = {
    _E.HANDOFF: (*_QUEUED, _K.FIRST, _K.COMPLAINT, *_MATTER),
    _E.REOPEN: (*_QUEUED, _K.FIRST, _K.COMPLAINT, *_MATTER),
    _E.OFFER: (_K.OFFER,),
    _E.RELEASE: _QUEUED,
    _E.LEASE_LOST: _QUEUED,
    _E.TRANSFER: _QUEUED,
    _E.REQUEUE: _QUEUED,
    _E.PICKED: (_K.FIRST, *_MATTER),
    _E.MERGED: (_K.TURN, _K.COMPLAINT, _K.ESCALATE),
    _E.VIEWER_LINE: (_K.TURN,),
    _E.ACCEPTED: (_K.FOLLOW_UP,),
    _E.BEHIND: (_K.TURN, _K.FOLLOW_UP),
    _E.RESOLVE: (_K.CLOSE,),
    _E.UNREACHABLE: (_K.CLOSE,),
}

#: Clocks that stand still while a ticket is paused.
PAUSED = frozenset(_MATTER)
#: Clocks that count working time alone, where there is a calendar.
WORKING = frozenset(_MATTER)


def span(kind: ClockKind, ticket: Ticket, policy: DeskPolicy) -> timedelta:
    """How long a clock of *kind* runs on *ticket*."""
    spans = {
        _K.CLAIM: policy.claim,
        _K.UNATTENDED: policy.claim + policy.unattended_after,
        _K.FIRST: policy.first,
        _K.TURN: policy.turn,
        _K.COMPLAINT: policy.promise(ticket.priority),
        _K.FOLLOW_UP: policy.follow_up,
        _K.OFFER: policy.offer,
        _K.ESCALATE: policy.escalate,
        _K.RESOLVE: policy.resolve,
        _K.CLOSE: policy.reopen_window,
    }
    return spans[kind]


def wind(
    before: Ticket | None,
    after: Ticket,
    event: TicketEvent,
    at: datetime,
    policy: DeskPolicy,
) -> Wound:
    """The clocks that run after *event*, those it started, moved and ended."""
    dues = _held_or_freed(before, after, at)
    stops = STOPS.get(event, {})
    if event in _ARRIVED and not after.said_wait:
        stops = {**stops, _K.FOLLOW_UP: Ending.MET}
    if event is _E.MERGED and before is not None and after.priority < before.priority:
        dues = tuple(_sooner(due, after, at, policy) for due in dues)
    ended = tuple(_end(due, stops[due.kind], at) for due in dues if due.kind in stops)
    running = tuple(due for due in dues if due.kind not in stops)
    started = tuple(
        _start(kind, after, event, at, policy)
        for kind in STARTS.get(event, ())
        if _wanted(kind, event, before, after, running)
    )
    return Wound(
        running=running + started,
        started=started,
        moved=tuple(due for due in running if due not in after.due),
        ended=ended,
    )


def _held_or_freed(
    before: Ticket | None, after: Ticket, at: datetime
) -> tuple[Due, ...]:
    was = before is not None and before.state is TicketState.PAUSED
    is_now = after.state is TicketState.PAUSED
    if was == is_now:
        return after.due
    return tuple(_held(due, at) if is_now else _freed(due, at) for due in after.due)


def _held(due: Due, at: datetime) -> Due:
    """Stopped at *at*; one that ran out before, unnoticed, is left to be noticed."""
    stops = due.kind in PAUSED and at <= due.due_at
    return replace(due, paused_at=at) if stops else due


def _freed(due: Due, at: datetime) -> Due:
    """Going on at *at*, its deadline as far away as it was; a clock set back moves nothing."""
    if due.paused_at is None:
        return due
    away = max(at - due.paused_at, timedelta())
    return replace(
        due,
        due_at=due.due_at + away,
        warn_at=None if due.warn_at is None else due.warn_at + away,
        paused_at=None,
    )


def _sooner(due: Due, ticket: Ticket, at: datetime, policy: DeskPolicy) -> Due:
    """A complaint that grew is answered within the graver promise, never later than before."""
    whole = span(due.kind, ticket, policy)
    if due.kind is not _K.COMPLAINT or due.due_at <= at + whole:
        return due
    return replace(due, due_at=at + whole, warn_at=at + whole * policy.at_risk)


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
    behind = event is _E.BEHIND and kind is _K.TURN
    since = ticket.waiting_since if behind else at
    whole = span(kind, ticket, policy)
    hours = policy.hours if kind in WORKING else ALWAYS
    return Due(
        kind=kind,
        started_at=since,
        due_at=_after(since, whole, hours),
        warn_at=_after(since, whole * policy.at_risk, hours),
    )


def _after(since: datetime, whole: timedelta, hours: Calendar) -> datetime:
    """Where the hours hold no more time for it, the wall clock counts."""
    return hours.add(since, whole) or since + whole


def _wanted(
    kind: ClockKind,
    event: TicketEvent,
    before: Ticket | None,
    after: Ticket,
    running: tuple[Due, ...],
) -> bool:
    kinds = {due.kind for due in running}
    if kind in kinds or (kind is not _K.CLOSE and not after.is_live):
        return False  # a thanks behind the resolution is promised nothing
    match kind:
        case _K.UNATTENDED:
            return not after.unattended
        case _K.TURN:
            # While the first reply is owed, its own clock covers the viewer's further lines.
            opens_a_wait = before is not None and before.is_answered
            return event is _E.BEHIND or (opens_a_wait and _K.FIRST not in kinds)
        case _K.FOLLOW_UP:
            return after.said_wait
        case _K.COMPLAINT:
            return _became(GRAVE, before, after)
        case _K.ESCALATE:
            return _became(COMPLEX, before, after)
        case _:
            return True


def _became(reasons: frozenset[Reason], before: Ticket | None, after: Ticket) -> bool:
    was = before is not None and before.is_live and before.reason in reasons
    return not was and after.reason in reasons
