"""Steps of a ticket's beginning, lines, answers and ends; moves and pauses have files of their own."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.faq.entry import Visibility
from streambot.domain.pledge import Broken, broken
from streambot.domain.pledge import told as tell
from streambot.domain.reply import EventId, OutId, ReplyState
from streambot.domain.ticket import Handoff, Outcome, Reason, Ticket, TicketState
from streambot.domain.ticket_rules import (
    FINAL,
    REMEMBERED,
    TicketEvent,
    card_of,
    ticket_id,
)
from streambot.domain.ticket_step import Step, step, with_ref

#: Evidence kept of one ticket, newest last; the journal keeps all.
EVIDENCE_KEPT = 20


def opened(handoff: Handoff, no: int, policy: DeskPolicy, *, attended: bool) -> Step:
    """A human is asked for, and nobody is on the matter yet."""
    ticket = Ticket(
        id=ticket_id(handoff.room, handoff.event_id),
        no=no,
        room=handoff.room,
        viewer=handoff.viewer,
        state=TicketState.QUEUED,
        reason=handoff.reason,
        priority=handoff.priority,
        evidence=handoff.evidence[:EVIDENCE_KEPT],
        trigger=handoff.event_id,
        text=handoff.text,
        card=card_of(handoff),
        queued_at=handoff.at,
        waiting_since=handoff.at,
        unattended=not attended,
        private=handoff.private,
        group=policy.group(handoff.reason),
        linked=handoff.follows,
        heard=(handoff.event_id,),
    )
    return step(None, ticket, TicketEvent.HANDOFF, handoff.at, policy)


def as_told(before: Ticket | None, step: Step, *, speak: bool) -> Step:
    """*step*; where the assistant may not *speak* nothing is promised by it either."""
    if speak:
        return step
    pledges = () if before is None else before.pledges
    return replace(step, ticket=replace(step.ticket, pledges=pledges))


def picked(handoff: Handoff, no: int, agent: str, policy: DeskPolicy) -> Step:
    """An agent takes a line straight from the room."""
    first = opened(handoff, no, policy, attended=True).ticket
    ticket = replace(
        first,
        reason=Reason.PICKED,
        owner=agent,
        epoch=1,
        due=(),
        first_claim_at=handoff.at,
    )
    return step(None, ticket, TicketEvent.PICKED, handoff.at, policy)


def merged(ticket: Ticket, handoff: Handoff, policy: DeskPolicy) -> Step:
    """A human is asked for again: the more urgent reason wins, the evidence grows."""
    draft = _with_line(
        _with_handoff(ticket, handoff, policy), handoff.event_id, handoff.at
    )
    return step(ticket, draft, TicketEvent.MERGED, handoff.at, policy)


def heard(ticket: Ticket, line: EventId, at: datetime, policy: DeskPolicy) -> Step:
    """The viewer wrote."""
    draft = _with_line(ticket, line, at)
    return step(ticket, draft, TicketEvent.VIEWER_LINE, at, policy)


def answered(
    ticket: Ticket,
    out: OutId,
    until: datetime,
    ref: str,
    at: datetime,
    policy: DeskPolicy,
    *,
    promises: bool = False,
) -> Step:
    """The owner's answer is owed to the room, not said later than *until*.

    *promises*: it only asks the viewer to wait for another one.
    """
    draft = replace(
        with_ref(ticket, ref),
        in_flight=(*ticket.in_flight, out),
        in_flight_until=until,
        answered_version=ticket.version + 1,
        promises=(*ticket.promises, out) if promises else ticket.promises,
    )
    return step(ticket, draft, TicketEvent.ANSWER, at, policy)


def settled(
    ticket: Ticket,
    out: OutId,
    state: ReplyState,
    at: datetime,
    policy: DeskPolicy,
    *,
    ref: str = "",
) -> Step | None:
    """What became of an answer; None when the ticket is over and never changes.

    *ref* is the command of an agent who took it back.
    """
    ticket, before = with_ref(ticket, ref), ticket
    if ticket.state in FINAL:
        return None
    if out not in ticket.in_flight:
        draft = replace(ticket, last_send=state)
        return step(before, draft, TicketEvent.LATE, at, policy)
    left = tuple(other for other in ticket.in_flight if other != out)
    draft = replace(
        ticket,
        in_flight=left,
        in_flight_until=ticket.in_flight_until if left else None,
        promises=tuple(other for other in ticket.promises if other != out),
        last_send=state,
    )
    if state is not ReplyState.SENT:
        if ticket.state is TicketState.ACTIVE:  # the viewer still waits
            draft = replace(draft, answered_version=0)
        return step(before, draft, TicketEvent.FAILED, at, policy)
    draft = replace(
        draft,
        first_reply_at=ticket.first_reply_at or at,
        replied_by=ticket.owner,
        said_wait=out in ticket.promises,
    )
    event = TicketEvent.ACCEPTED if ticket.is_answered else TicketEvent.BEHIND
    return step(before, draft, event, at, policy)


def noted(ticket: Ticket, ref: str, at: datetime, policy: DeskPolicy) -> Step:
    """Somebody wrote a note; its text stands in the journal."""
    draft = with_ref(ticket, ref) if ref else ticket
    return step(ticket, draft, TicketEvent.NOTE, at, policy)


def whispered(ticket: Ticket, ref: str, at: datetime, policy: DeskPolicy) -> Step:
    """A supervisor told its owner something that no colleague and no viewer sees."""
    return step(ticket, with_ref(ticket, ref), TicketEvent.WHISPER, at, policy)


def resolved(
    ticket: Ticket, outcome: Outcome, ref: str, at: datetime, policy: DeskPolicy
) -> Step:
    """The owner says how it ended; the assistant speaks to this viewer again."""
    return step(
        ticket,
        _done(with_ref(ticket, ref), outcome, at),
        TicketEvent.RESOLVE,
        at,
        policy,
    )


def left(
    ticket: Ticket,
    at: datetime,
    policy: DeskPolicy,
    *,
    reachable: bool,
    sink: Visibility | None = None,
    told: OutId | None = None,
) -> Step:
    """The room closed; without any other way to the viewer an owned matter is over.

    *told* is the line by which a viewer who still waits hears why, and what comes next.
    """
    if reachable:
        pledges = ticket.pledges if told is None else tell(ticket.pledges, told)
        if sink is None:
            pledges = broken(pledges, Broken.UNREACHABLE)
        draft = replace(ticket, sink=sink, pledges=pledges)
        return step(ticket, draft, TicketEvent.ROOM_CLOSED, at, policy)
    draft = _done(ticket, Outcome.UNREACHABLE, at)
    return step(ticket, draft, TicketEvent.UNREACHABLE, at, policy)


def reopened(
    ticket: Ticket,
    line: EventId,
    at: datetime,
    policy: DeskPolicy,
    *,
    attended: bool,
    handoff: Handoff | None = None,
) -> Step:
    """The viewer came back within the window: a new episode, with new clocks."""
    draft = replace(
        ticket if handoff is None else _with_handoff(ticket, handoff, policy),
        reopen_count=ticket.reopen_count + 1,
        episode=ticket.episode + 1,
        waiting_since=at,
        resolved_at=None,
        outcome=None,
        replied_by=None,
        rating_asked_at=None,
        tried=(),
        said_wait=False,
        unattended=not attended,
        heard=_newest(ticket.heard, line),
        heard_version=ticket.version + 1,
        answered_version=0,
    )
    return step(ticket, draft, TicketEvent.REOPEN, at, policy)


def withdrawn(ticket: Ticket, at: datetime, policy: DeskPolicy) -> Step:
    """Nobody is wanted any more; counts as abandoned."""
    return step(ticket, ticket, TicketEvent.WITHDRAW, at, policy)


def closed(ticket: Ticket, at: datetime, policy: DeskPolicy) -> Step:
    """The window ended; from here nothing changes."""
    return step(ticket, ticket, TicketEvent.CLOSE, at, policy)


def _with_handoff(ticket: Ticket, handoff: Handoff, policy: DeskPolicy) -> Ticket:
    fresh = tuple(found for found in handoff.evidence if found not in ticket.evidence)
    draft = replace(ticket, evidence=(ticket.evidence + fresh)[-EVIDENCE_KEPT:])
    if handoff.priority < ticket.priority:
        draft = replace(draft, priority=handoff.priority, reason=handoff.reason)
    group = policy.group(handoff.reason)
    return replace(draft, group=group) if group else draft


def _with_line(ticket: Ticket, line: EventId, at: datetime) -> Ticket:
    return replace(
        ticket,
        heard=_newest(ticket.heard, line),
        heard_version=ticket.version + 1,
        waiting_since=at if ticket.is_answered else ticket.waiting_since,
    )


def _newest(lines: tuple[EventId, ...], line: EventId) -> tuple[EventId, ...]:
    return (*lines, line)[-REMEMBERED:]


def _done(ticket: Ticket, outcome: Outcome, at: datetime) -> Ticket:
    return replace(
        ticket,
        owner=None,
        last_owner=ticket.owner,
        resolved_at=at,
        outcome=outcome.value,
    )
