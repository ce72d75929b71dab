"""Handoffs: what rooms do to tickets, each run inside the store's own transaction.

The room engine puts these into ``RoomBatch.desk`` or ``line_settled(work=...)``. All are
idempotent: an event, a line or a settlement that arrives twice acts once.
"""

from __future__ import annotations

from datetime import datetime

from streambot.application.desk_cards import answered_already
from streambot.application.desk_record import (
    ASSISTANT,
    PLATFORM,
    VIEWER,
    ended_id,
    owe_ended,
    owe_holding,
    owe_sooner,
    owe_unattended,
    record,
    stays_open,
)
from streambot.application.desk_returns import There, awake, offer_back
from streambot.domain import ticket_steps as steps
from streambot.domain.actions import AppendToTicket
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.faq.entry import Visibility
from streambot.domain.pledge import open_one
from streambot.domain.reply import EventId, LineOut, OutId, ReplyState, TicketId
from streambot.domain.room import RoomName
from streambot.domain.thanks import is_mere_thanks
from streambot.domain.ticket import Handoff, PauseEvent, Ticket, TicketState
from streambot.domain.ticket_rules import (
    OWNED,
    TicketEvent,
    allows,
    answered_ticket,
    ticket_id,
)
from streambot.domain.viewer import ViewerKey
from streambot.ports.store import DeskTransaction


def open_ticket(
    tx: DeskTransaction,
    handoff: Handoff,
    *,
    policy: DeskPolicy,
    attended: bool,
    speak: bool = True,
    there: There = None,
) -> Ticket:
    """Queue a matter, merge it into the viewer's live ticket, or reopen a resolved one.

    Args:
        tx: the store's transaction.
        handoff: who asks for a human, and why.
        policy: the desk's promises and words.
        attended: whether somebody is at the desk; if not, the viewer is told so.
        speak: False where the assistant says nothing (observing, silent): no holding line.
        there: agents at the desk; see ``desk_returns``.
    """
    known = tx.ticket(ticket_id(handoff.room, handoff.event_id))
    if known is not None:
        return known
    ticket = tx.live_ticket(handoff.room, handoff.viewer.key)
    if ticket is not None and handoff.event_id in ticket.heard:
        return ticket
    if ticket is not None and ticket.is_live:
        return _merge(tx, ticket, handoff, policy, there, speak=speak)
    if ticket is not None and stays_open(tx, ticket, handoff.at, policy):
        ticket = _back(tx, ticket, handoff, policy, attended=attended, speak=speak)
        return _offered_back(tx, ticket, handoff.at, policy, there)
    opened = steps.opened(handoff, tx.next_no(), policy, attended=attended)
    opened = steps.as_told(None, opened, speak=speak)
    ticket = record(tx, opened, VIEWER, text=handoff.text, line=handoff.event_id)
    answered = answered_already(tx, ticket, handoff.at, policy)
    if answered is not None:
        return answered
    if speak:
        _tell(tx, ticket, handoff.event_id, handoff.at, policy, handoff.holding)
    return ticket


def viewer_line(
    tx: DeskTransaction,
    action: AppendToTicket,
    *,
    policy: DeskPolicy,
    attended: bool,
    speak: bool = True,
    there: There = None,
) -> Ticket | None:
    """A viewer with a ticket wrote again; None when the matter is over for good."""
    ticket = tx.ticket(action.ticket)
    if ticket is not None and not ticket.is_live:
        ticket = tx.live_ticket(ticket.room, action.viewer.key)
    if ticket is None or action.event_id in ticket.heard:
        return ticket
    if not ticket.is_live and not stays_open(tx, ticket, action.at, policy):
        return None
    ticket = awake(tx, ticket, action.at, policy, actor=VIEWER, there=there)
    if ticket.is_live or is_mere_thanks(action.text):
        heard = steps.heard(ticket, action.event_id, action.at, policy)
        return record(tx, heard, VIEWER, text=action.text, line=action.event_id)
    reopened = steps.reopened(
        ticket, action.event_id, action.at, policy, attended=attended
    )
    reopened = steps.as_told(ticket, reopened, speak=speak)
    ticket = record(tx, reopened, VIEWER, text=action.text, line=action.event_id)
    if speak:
        _tell(tx, ticket, action.event_id, action.at, policy, None)
    return _offered_back(tx, ticket, action.at, policy, there)


def line_accepted(
    tx: DeskTransaction, line: LineOut, at: datetime, *, policy: DeskPolicy
) -> None:
    """The platform took an agent's line, or it was marked as said; a part is not yet a line."""
    if line.part == line.parts:
        for out in line.covers:
            reply_settled(tx, out, ReplyState.SENT, at, policy=policy)


def line_failed(
    tx: DeskTransaction,
    line: LineOut,
    state: ReplyState,
    at: datetime,
    *,
    policy: DeskPolicy,
) -> None:
    """An agent's line was refused, or nobody knows whether it arrived; the ticket shows it."""
    for out in line.covers:
        reply_settled(tx, out, state, at, policy=policy)


def reply_settled(
    tx: DeskTransaction,
    out: OutId,
    state: ReplyState,
    at: datetime,
    *,
    policy: DeskPolicy,
) -> None:
    """What became of one answer, also of one that expired unsaid; others are passed over."""
    of = answered_ticket(out)
    ticket = None if of is None else tx.ticket(of)
    if ticket is None:
        return
    settled = steps.settled(ticket, out, state, at, policy)
    if settled is None:
        return
    ticket = record(tx, settled, PLATFORM, out_id=out, state=state.value)
    if settled.event is TicketEvent.FAILED:  # words that never arrived don't sleep
        awake(tx, ticket, at, policy, actor=PLATFORM, there=None)


def room_closed(
    tx: DeskTransaction,
    room: RoomName,
    at: datetime,
    *,
    policy: DeskPolicy,
    sink: Visibility | None = Visibility.PRIVATE,
    withdraw_queued: bool = False,
    there: There = None,
) -> None:
    """The broadcast ended: matters go on by another way, or end where there is none.

    Args:
        tx: the store's transaction.
        room: the room that closed.
        at: when.
        policy: the desk's promises.
        sink: where answers go now, in private or to the prompter; None: nowhere.
        withdraw_queued: the room's own policy for matters nobody took yet.
        there: agents at the desk; see ``desk_returns``.
    """
    for ticket in tx.tickets_of(room):
        if not ticket.is_live:
            continue
        if ticket.paused_for is PauseEvent.ROOM_CLOSED:
            ticket = awake(tx, ticket, at, policy, actor=ASSISTANT, there=there)
        if withdraw_queued and allows(ticket.state, TicketEvent.WITHDRAW):
            step = steps.withdrawn(ticket, at, policy)
            record(tx, step, ASSISTANT, reason="room_closed")
            continue
        stays = sink is not None or ticket.state not in OWNED
        waits = sink is not None and open_one(ticket.pledges) is not None
        told = ended_id(ticket) if waits else None
        step = steps.left(ticket, at, policy, reachable=stays, sink=sink, told=told)
        ticket = record(tx, step, ASSISTANT, reason="room_closed")
        if waits:
            private = sink is Visibility.PRIVATE
            owe_ended(tx, ticket, at, policy, private=private)


def withdraw(
    tx: DeskTransaction,
    ticket: TicketId,
    reason: str,
    at: datetime,
    *,
    policy: DeskPolicy,
) -> Ticket | None:
    """The viewer wants nobody any more; an agent who has it already sees that as a note."""
    stored = tx.ticket(ticket)
    if stored is None or not stored.is_live:
        return stored
    if allows(stored.state, TicketEvent.WITHDRAW):
        return record(tx, steps.withdrawn(stored, at, policy), VIEWER, reason=reason)
    return record(tx, steps.noted(stored, "", at, policy), VIEWER, text=reason)


def order_shipped(
    tx: DeskTransaction,
    room: RoomName,
    viewer: ViewerKey,
    at: datetime,
    *,
    policy: DeskPolicy,
    there: There = None,
) -> None:
    """The viewer's order is on its way: whoever laid their matter aside for it goes on."""
    ticket = tx.live_ticket(room, viewer)
    if ticket is not None and ticket.paused_for is PauseEvent.ORDER_SHIPPED:
        awake(tx, ticket, at, policy, actor=ASSISTANT, there=there)


def _offered_back(
    tx: DeskTransaction,
    ticket: Ticket,
    at: datetime,
    policy: DeskPolicy,
    there: There,
) -> Ticket:
    if ticket.state is not TicketState.QUEUED:  # a mere thanks
        return ticket
    return offer_back(tx, ticket, at, policy, actor=ASSISTANT, there=there)


def _merge(
    tx: DeskTransaction,
    ticket: Ticket,
    handoff: Handoff,
    policy: DeskPolicy,
    there: There,
    *,
    speak: bool,
) -> Ticket:
    ticket = awake(tx, ticket, handoff.at, policy, actor=VIEWER, there=there)
    merged = steps.merged(ticket, handoff, policy)
    ticket = record(
        tx,
        merged,
        VIEWER,
        text=handoff.text,
        line=handoff.event_id,
        reason=handoff.reason.value,
    )
    if speak:
        owe_sooner(tx, merged, handoff.event_id, policy)
    return ticket


def _back(
    tx: DeskTransaction,
    ticket: Ticket,
    handoff: Handoff,
    policy: DeskPolicy,
    *,
    attended: bool,
    speak: bool,
) -> Ticket:
    event, at = handoff.event_id, handoff.at
    if is_mere_thanks(handoff.text):
        heard = steps.heard(ticket, event, at, policy)
        return record(tx, heard, VIEWER, text=handoff.text, line=event)
    step = steps.reopened(ticket, event, at, policy, attended=attended, handoff=handoff)
    step = steps.as_told(ticket, step, speak=speak)
    ticket = record(tx, step, VIEWER, text=handoff.text, line=event)
    if speak:
        _tell(tx, ticket, event, at, policy, handoff.holding)
    return ticket


def _tell(
    tx: DeskTransaction,
    ticket: Ticket,
    event: EventId,
    at: datetime,
    policy: DeskPolicy,
    template: str | None,
) -> None:
    if ticket.unattended:
        owe_unattended(tx, ticket, event, at, policy)
    else:
        owe_holding(tx, ticket, event, at, policy, template=template)
