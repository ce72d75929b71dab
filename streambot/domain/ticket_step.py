"""Step: one change of one ticket, checked against the life-cycle table; all others build on it."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec.structs import replace

from streambot.domain.clocks import Ended, Ending, wind
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.ticket import ClockKind, Due, Ticket, TicketState
from streambot.domain.ticket_load import weight
from streambot.domain.ticket_pledges import pledged
from streambot.domain.ticket_rules import LIFECYCLE, REMEMBERED, TicketEvent, holder

#: Clocks of the desk's own: when they run out, no promise to a viewer is broken.
INTERNAL = frozenset({ClockKind.UNATTENDED, ClockKind.OFFER})


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One change of one ticket: what it is now, and which clocks started, moved and ended."""

    event: TicketEvent
    at: datetime
    ticket: Ticket
    started: tuple[Due, ...]
    ended: tuple[Ended, ...]
    moved: tuple[Due, ...] = ()  # paused, or going on with a later deadline
    fenced: bool  # the owner changed: answers not yet on their way are withdrawn


def step(
    before: Ticket | None,
    draft: Ticket,
    event: TicketEvent,
    at: datetime,
    policy: DeskPolicy,
) -> Step:
    """*draft* with its new state, version, epoch, weight and clocks.

    Raises:
        ValueError: the table has no such step; callers ask ``allows`` first.
    """
    state = None if before is None else before.state
    target = LIFECYCLE.get((state, event))
    if target is None:
        raise ValueError(f"A ticket that is {state} can't take {event}.")
    after = replace(draft, **_settled_in(target))
    fenced = before is not None and holder(before) != holder(after)
    if before is not None:
        version = before.version + 1
        fence = _fence(after, version) if fenced else {}
        after = replace(after, version=version, **fence)
    wound = wind(before, after, event, at, policy)
    late = tuple(
        end.kind
        for end in wound.ended
        if end.how is Ending.BREACHED and end.kind not in INTERNAL
    )
    after = replace(
        after,
        due=wound.running,
        breached=after.breached + late,
        pledges=pledged(after, event, at, wound),
    )
    return Step(
        event=event,
        at=at,
        ticket=after,
        started=wound.started,
        ended=wound.ended,
        moved=wound.moved,
        fenced=fenced,
    )


def with_ref(ticket: Ticket, ref: str) -> Ticket:
    """*ticket* with a command remembered; an empty one is nobody's."""
    if not ref:
        return ticket
    return replace(ticket, refs=(*ticket.refs, ref)[-REMEMBERED:])


def _fence(after: Ticket, version: int) -> dict[str, object]:
    """What the owner before had begun is nobody's any more."""
    return {
        "epoch": after.epoch + 1,
        "owner_version": version,
        "in_flight": (),
        "promises": (),
        "in_flight_until": None,
    }


def _settled_in(state: TicketState) -> dict[str, object]:
    """The state and its weight; what only another state knows ends with it."""
    fields: dict[str, object] = {"state": state, "weight": weight(state)}
    if state is not TicketState.OFFERED:
        fields |= {"offered_to": None, "offer_until": None}
    if state is not TicketState.PAUSED:
        fields |= {"paused_at": None, "paused_until": None, "paused_for": None}
    return fields
