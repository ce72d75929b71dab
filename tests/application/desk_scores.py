"""A viewer's score of a matter, asked for and given in one go, as the room's session asks for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from streambot.application import ratings
from streambot.domain.actions import AskRating, RateTicket
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.reply import EventId, OutId, Reply, ReplyKind
from streambot.domain.ticket import Ticket
from streambot.ports.store import DeskTransaction


def ask_for_score(
    tx: DeskTransaction, ticket: Ticket, at: datetime, policy: DeskPolicy
) -> bool:
    """Ask the viewer of *ticket*, where the desk would."""
    reply = Reply(
        out_id=OutId(f"rating:{ticket.id}:{ticket.reopen_count}"),
        kind=ReplyKind.RATING,
        trigger=ticket.trigger,
        owed_at=at,
        expires_at=at + timedelta(minutes=2),
        text="回复1-5",
        viewer=ticket.viewer,
    )
    action = AskRating(
        ticket=ticket.id, episode=ticket.reopen_count, reply=reply, at=at
    )
    return ratings.ask(tx, action, policy=policy)


def give_score(
    tx: DeskTransaction,
    ticket: Ticket,
    score: int,
    event: str,
    at: datetime,
    policy: DeskPolicy,
) -> Ticket | None:
    """Its viewer gives *score*; the ticket that is theirs behind it."""
    action = RateTicket(
        ticket=ticket.id,
        episode=ticket.reopen_count,
        viewer=ticket.viewer,
        event_id=EventId(event),
        score=score,
        text=str(score),
        at=at,
    )
    return ratings.rate(tx, action, policy=policy, attended=True)
