"""The life-cycle of a ticket as one table, so that what is not written here can't happen.

Rules, beside the table:

1. A matter has one owner: the queue (queued, offered), one agent (active, waiting_viewer, paused)
   or the assistant. ``owner`` is set in exactly the three states of the agent. (I1)
2. A viewer has one live ticket in a room at most: a second handoff merges into it. (I2)
3. Every change raises ``version``; every change of owner raises ``epoch`` and forgets the answers
   in flight, so that an answer of an older epoch never counts. (I4)
4. ``queued_at`` never changes. ``waiting_since`` starts each wait of the viewer. A reopening is a
   new episode with new clocks. (I6)
5. A ticket is resolved only with no answer in flight; it is closed when its window ends.
6. Closed and withdrawn tickets never change. (I11)
7. Whatever arrives twice (a line, a command, a handoff) acts once.
8. A table has one end for each pair, so what has two is two steps of one transaction: a transfer to
   an agent is ``transfer`` and ``offer``, waking for an absent owner ``wake`` and ``lease_lost``.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

from streambot.domain.reply import EventId, OutId, TicketId
from streambot.domain.room import RoomName
from streambot.domain.ticket import Handoff, Ticket, TicketState


class TicketEvent(StrEnum):
    """What can happen to a ticket; the names are those of its journal."""

    HANDOFF = "handoff"  # a human is asked for
    MERGED = "merged"  # asked for again
    PICKED = "picked"  # an agent takes a line straight from the room
    OFFER = "offer"  # a place is reserved at one agent
    DECLINED = "declined"
    MISSED = "missed"  # the offer's deadline passed
    CLAIM = "claim"
    ANSWER = "answer"  # an agent's answer is owed to the room
    ACCEPTED = "accepted"  # the platform took it, or it was marked as said
    BEHIND = "behind"  # as accepted, but the viewer wrote since it was composed
    FAILED = "failed"  # refused, uncertain, expired or undone
    LATE = "late"  # an answer of an earlier owner settled
    NOTE = "note"
    WHISPER = "whisper"  # a supervisor's words to its owner; nobody else sees them
    VIEWER_LINE = "viewer_line"
    RELEASE = "release"
    LEASE_LOST = "lease_lost"  # its agent is gone
    TRANSFER = "transfer"  # to an agent or a group
    SNOOZE = "snooze"
    WAKE = "wake"
    TAKE_OVER = "take_over"  # by a supervisor
    REQUEUE = "requeue"  # by a supervisor
    RAISE = "raise"  # more urgent, or for another group
    UNATTENDED = "unattended"  # the viewer is told that nobody is there
    BREACHED = "breached"  # a clock ran out
    ROOM_CLOSED = "room_closed"  # the matter goes on without the room
    UNREACHABLE = "unreachable"  # the room closed and nothing is left to write to
    RESOLVE = "resolve"
    RATING_ASKED = "rating_asked"  # the viewer is asked how it was
    RATED = "rated"
    REOPEN = "reopen"
    CLOSE = "close"
    WITHDRAW = "withdraw"


_E, _S = TicketEvent, TicketState
Life = dict[tuple[TicketState | None, TicketEvent], TicketState]


def _stays(state: TicketState, *events: TicketEvent) -> Life:
    return {(state, event): state for event in events}


#: What may happen in every live state without a change of state.
_ANY_TIME = (_E.NOTE, _E.WHISPER, _E.LATE, _E.RAISE, _E.BREACHED, _E.ROOM_CLOSED)

#: (from, event) -> to; from None: there was no ticket. What is missing is impossible.
LIFECYCLE: Life = {
    (None, _E.HANDOFF): _S.QUEUED,
    (None, _E.PICKED): _S.ACTIVE,
    **_stays(_S.QUEUED, *_ANY_TIME, _E.MERGED, _E.VIEWER_LINE, _E.UNATTENDED),
    (_S.QUEUED, _E.OFFER): _S.OFFERED,
    (_S.QUEUED, _E.CLAIM): _S.ACTIVE,
    (_S.QUEUED, _E.TAKE_OVER): _S.ACTIVE,
    (_S.QUEUED, _E.WITHDRAW): _S.WITHDRAWN,
    **_stays(_S.OFFERED, *_ANY_TIME, _E.MERGED, _E.VIEWER_LINE, _E.UNATTENDED),
    (_S.OFFERED, _E.CLAIM): _S.ACTIVE,
    (_S.OFFERED, _E.DECLINED): _S.QUEUED,
    (_S.OFFERED, _E.MISSED): _S.QUEUED,
    (_S.OFFERED, _E.REQUEUE): _S.QUEUED,
    (_S.OFFERED, _E.TAKE_OVER): _S.ACTIVE,
    (_S.OFFERED, _E.WITHDRAW): _S.WITHDRAWN,
    **_stays(_S.ACTIVE, *_ANY_TIME, _E.MERGED, _E.VIEWER_LINE),
    **_stays(_S.ACTIVE, _E.ANSWER, _E.BEHIND, _E.FAILED),
    (_S.ACTIVE, _E.ACCEPTED): _S.WAITING_VIEWER,
    (_S.ACTIVE, _E.RELEASE): _S.QUEUED,
    (_S.ACTIVE, _E.LEASE_LOST): _S.QUEUED,
    (_S.ACTIVE, _E.TRANSFER): _S.QUEUED,
    (_S.ACTIVE, _E.REQUEUE): _S.QUEUED,
    (_S.ACTIVE, _E.TAKE_OVER): _S.ACTIVE,
    (_S.ACTIVE, _E.SNOOZE): _S.PAUSED,
    (_S.ACTIVE, _E.RESOLVE): _S.RESOLVED,
    (_S.ACTIVE, _E.UNREACHABLE): _S.RESOLVED,
    **_stays(_S.WAITING_VIEWER, *_ANY_TIME, _E.ANSWER, _E.ACCEPTED, _E.FAILED),
    (_S.WAITING_VIEWER, _E.MERGED): _S.ACTIVE,
    (_S.WAITING_VIEWER, _E.VIEWER_LINE): _S.ACTIVE,
    (_S.WAITING_VIEWER, _E.RELEASE): _S.QUEUED,
    (_S.WAITING_VIEWER, _E.LEASE_LOST): _S.QUEUED,
    (_S.WAITING_VIEWER, _E.TRANSFER): _S.QUEUED,
    (_S.WAITING_VIEWER, _E.REQUEUE): _S.QUEUED,
    (_S.WAITING_VIEWER, _E.TAKE_OVER): _S.ACTIVE,
    (_S.WAITING_VIEWER, _E.SNOOZE): _S.PAUSED,
    (_S.WAITING_VIEWER, _E.RESOLVE): _S.RESOLVED,
    (_S.WAITING_VIEWER, _E.UNREACHABLE): _S.RESOLVED,
    # A viewer who writes wakes it first: no line falls asleep with its ticket.
    **_stays(_S.PAUSED, *_ANY_TIME, _E.ACCEPTED, _E.BEHIND, _E.FAILED),
    (_S.PAUSED, _E.WAKE): _S.ACTIVE,
    (_S.PAUSED, _E.LEASE_LOST): _S.QUEUED,
    (_S.PAUSED, _E.REQUEUE): _S.QUEUED,
    (_S.PAUSED, _E.TAKE_OVER): _S.ACTIVE,
    (_S.PAUSED, _E.RESOLVE): _S.RESOLVED,
    (_S.PAUSED, _E.UNREACHABLE): _S.RESOLVED,
    (_S.RESOLVED, _E.VIEWER_LINE): _S.RESOLVED,  # a mere thanks
    (_S.RESOLVED, _E.NOTE): _S.RESOLVED,
    (_S.RESOLVED, _E.LATE): _S.RESOLVED,
    (_S.RESOLVED, _E.RATING_ASKED): _S.RESOLVED,
    (_S.RESOLVED, _E.RATED): _S.RESOLVED,
    (_S.RESOLVED, _E.REOPEN): _S.QUEUED,
    (_S.RESOLVED, _E.CLOSE): _S.CLOSED,
}

#: States in which one agent owns the matter.
OWNED = frozenset({TicketState.ACTIVE, TicketState.WAITING_VIEWER, TicketState.PAUSED})
#: States after which nothing happens any more.
FINAL = frozenset({TicketState.CLOSED, TicketState.WITHDRAWN})
#: Lines and commands a ticket remembers, so that each acts once.
REMEMBERED = 16

QUEUE = "queue"
ASSISTANT = "assistant"


def allows(state: TicketState | None, event: TicketEvent) -> bool:
    """Whether *event* may happen to a ticket in *state*."""
    return (state, event) in LIFECYCLE


def holder(ticket: Ticket | None) -> str:
    """Who owns the matter: ``assistant``, ``queue`` or an agent's name."""
    if ticket is None or not ticket.is_live:
        return ASSISTANT
    return ticket.owner or QUEUE


def ticket_id(room: RoomName, trigger: EventId) -> TicketId:
    """The id of the ticket that *trigger* opens: the same after every restart."""
    digest = hashlib.sha256(f"{room}\n{trigger}".encode()).hexdigest()
    return TicketId(f"t{digest[:20]}")


def card_of(handoff: Handoff) -> str:
    """The card a handoff is shown on; a private matter is never shared."""
    if handoff.key is None or handoff.private:
        return str(ticket_id(handoff.room, handoff.event_id))
    return f"{handoff.room}/{handoff.key}"


_ANSWER_PREFIX = "agent:"


def answer_id(ticket: TicketId, ref: str) -> OutId:
    """The ``out_id`` of an agent's answer: one per ticket and command."""
    return OutId(f"{_ANSWER_PREFIX}{ticket}:{ref}")


def answered_ticket(out: OutId) -> TicketId | None:
    """The ticket whose answer *out* is, or None for the assistant's replies."""
    if not out.startswith(_ANSWER_PREFIX):
        return None
    return TicketId(out.removeprefix(_ANSWER_PREFIX).partition(":")[0])
