"""Ratings at the desk: asking, keeping the answer, and passing a low one to a supervisor."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from streambot.application.desk_record import ASSISTANT, VIEWER, owe_holding, record
from streambot.domain import ticket_steps as steps
from streambot.domain.actions import AskRating, RateTicket
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.evidence import Evidence
from streambot.domain.handoff_gate import PRIORITIES
from streambot.domain.language import language_of
from streambot.domain.rating_words import LOW
from streambot.domain.satisfaction import ASK_AGAIN, Rating, deserves_rating
from streambot.domain.ticket import SUPERVISORS, Handoff, Reason, Ticket, TicketState
from streambot.domain.ticket_moves import raised
from streambot.domain.ticket_rules import TicketEvent
from streambot.domain.ticket_step import step as a_step
from streambot.ports.store import DeskTransaction


def ask(tx: DeskTransaction, action: AskRating, *, policy: DeskPolicy) -> bool:
    """Ask once an episode, and once a day; False when the viewer is left alone."""
    ticket = tx.ticket(action.ticket)
    if ticket is None or ticket.reopen_count != action.episode:
        return False
    if not deserves_rating(ticket) or ticket.replied_by is None:
        return False
    before = tx.last_rating(ticket.room, ticket.viewer.key)
    if before is not None and action.at - before.asked_at < ASK_AGAIN:
        return False
    rating = Rating(
        ticket=ticket.id,
        episode=action.episode,
        room=ticket.room,
        viewer=ticket.viewer.key,
        agent=ticket.replied_by,
        asked_at=action.at,
    )
    tx.put_rating(rating)
    tx.owe(action.reply)
    draft = structs.replace(ticket, rating_asked_at=action.at)
    step = a_step(ticket, draft, TicketEvent.RATING_ASKED, action.at, policy)
    record(tx, step, ASSISTANT, agent=rating.agent)
    return True


def rate(
    tx: DeskTransaction,
    action: RateTicket,
    *,
    policy: DeskPolicy,
    attended: bool,
    speak: bool = True,
) -> Ticket | None:
    """Keep a score of the asked viewer; a dissatisfied one is never closed silently."""
    asked = tx.rating(action.ticket, action.episode)
    ticket = tx.ticket(action.ticket)
    if asked is None or ticket is None or action.event_id in ticket.heard:
        return ticket
    if asked.viewer != action.viewer.key or not asked.takes(action.at):
        return ticket
    tx.put_rating(
        replace(asked, score=action.score, rated_at=action.at, text=action.text)
    )
    if ticket.state is TicketState.RESOLVED:
        step = a_step(ticket, ticket, TicketEvent.RATED, action.at, policy)
        ticket = record(
            tx, step, VIEWER, text=action.text, score=action.score, agent=asked.agent
        )
    if action.score > LOW or ticket.is_live:
        return ticket
    return _look_into_it(tx, ticket, action, policy, attended=attended, speak=speak)


def _look_into_it(
    tx: DeskTransaction,
    ticket: Ticket,
    action: RateTicket,
    policy: DeskPolicy,
    *,
    attended: bool,
    speak: bool,
) -> Ticket:
    """The matter is open again, or a new one where it was closed, and the viewer is told."""
    handoff = _low(ticket, action)
    if ticket.state is TicketState.RESOLVED:
        step = steps.reopened(
            ticket,
            action.event_id,
            action.at,
            policy,
            attended=attended,
            handoff=handoff,
        )
        # Whatever was urgent before, why it is open now is the score.
        step = structs.replace(
            step, ticket=structs.replace(step.ticket, reason=Reason.LOW_CSAT)
        )
    else:
        live = tx.live_ticket(ticket.room, ticket.viewer.key)
        if live is not None:
            priority, at = handoff.priority, action.at
            step = raised(live, priority, SUPERVISORS, at, policy)
            return record(tx, step, VIEWER, text=action.text, follows=ticket.id)
        step = steps.opened(handoff, tx.next_no(), policy, attended=attended)
    before = ticket if ticket.state is TicketState.RESOLVED else None
    step = steps.as_told(before, step, speak=speak)
    opened = record(
        tx, step, VIEWER, text=action.text, line=action.event_id, follows=ticket.id
    )
    if speak:
        owe_holding(
            tx,
            opened,
            action.event_id,
            action.at,
            policy,
            template=policy.words.line(language_of(ticket.text), "low_rating"),
        )
    return opened


def _low(ticket: Ticket, action: RateTicket) -> Handoff:
    words = Evidence(rule="low_csat", start=0, end=len(action.text), text=action.text)
    return Handoff(
        room=ticket.room,
        viewer=action.viewer,
        reason=Reason.LOW_CSAT,
        priority=PRIORITIES[Reason.LOW_CSAT],
        evidence=(words,),
        event_id=action.event_id,
        text=action.text,
        at=action.at,
        private=ticket.private,
        follows=None if ticket.state is TicketState.RESOLVED else ticket.id,
    )
