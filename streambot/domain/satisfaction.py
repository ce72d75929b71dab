"""Satisfaction: whose viewer is asked for 1 to 5, and which of their lines count as the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from streambot.domain.reply import TicketId
from streambot.domain.room import RoomName
from streambot.domain.ticket import Outcome, Reason, Ticket, TicketState
from streambot.domain.viewer import ViewerKey

#: An answer is taken so long after the question.
ANSWER_WITHIN = timedelta(minutes=10)
#: A second score so soon replaces the first; later ones change nothing.
CHANGE_WITHIN = timedelta(minutes=1)
#: A viewer of a room is asked once in so long.
ASK_AGAIN = timedelta(hours=24)
#: Who was harmed or means to go to law is not asked to grade the service.
_NEVER = frozenset({Reason.LEGAL, Reason.SAFETY_WORD})
_HELPED = frozenset({Outcome.SOLVED.value, Outcome.PASSED_ON.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One question and its answer; ``agent`` is who spoke to the viewer, whoever owns it later."""

    ticket: TicketId
    episode: int
    room: RoomName
    viewer: ViewerKey
    agent: str
    asked_at: datetime
    score: int | None = None
    rated_at: datetime | None = None
    text: str = ""

    def takes(self, at: datetime) -> bool:
        """Whether a score given at *at* counts: the first within the window, or a correction."""
        if self.rated_at is not None:
            return at - self.rated_at <= CHANGE_WITHIN
        return at - self.asked_at <= ANSWER_WITHIN


def deserves_rating(ticket: Ticket) -> bool:
    """Whether a person helped in this episode and ended it: never after an automatic close."""
    return (
        ticket.state is TicketState.RESOLVED
        and ticket.replied_by is not None
        and ticket.rating_asked_at is None
        and ticket.outcome in _HELPED
        and ticket.reason not in _NEVER
    )
