"""Load: how much an agent carries, so that nobody is given more than they can answer.

Matters are counted by card: thirty askers of one question are one matter. One that waits on its
viewer or is paused weighs little, since nothing is to be done; a place at an agent that is offered
weighs as much as an owned one. What is given (claimed, offered, transferred) never lifts a load
above the capacity. Viewers who write again may: their matters stay with the agent who knows them,
and nothing new is given until the load has fallen.
"""

from __future__ import annotations

from collections.abc import Iterable

from streambot.domain.ticket import Ticket, TicketState

#: Of an owned matter in which nothing is to be done now.
SILENT = 0.2


def weight(state: TicketState) -> float:
    """What a ticket in *state* weighs at its agent."""
    silent = state in (TicketState.WAITING_VIEWER, TicketState.PAUSED)
    return SILENT if silent else 1.0


def place_of(ticket: Ticket) -> str | None:
    """The agent at whom it takes a place: its owner, or whom it is offered to."""
    return ticket.owner or ticket.offered_to


def load(held: Iterable[Ticket]) -> float:
    """The load of the agent who holds *held* (owned and offered)."""
    cards: dict[str, float] = {}
    for ticket in held:
        cards[ticket.card] = max(cards.get(ticket.card, 0.0), ticket.weight)
    return round(sum(cards.values()), 6)


def has_place(held: Iterable[Ticket], more: Ticket, capacity: int) -> bool:
    """Whether whoever holds *held* can be given *more*; another of a card they have is free."""
    mine = list(held)
    light = [other for other in mine if other.card == more.card]
    # The card weighs fully once it is theirs, also where it waited so far.
    rest = [other for other in mine if other.card != more.card]
    already_full = any(other.weight >= 1.0 for other in light)
    return already_full or load(rest) + 1.0 <= capacity
