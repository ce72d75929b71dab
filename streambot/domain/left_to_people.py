"""Lines of viewers whose matter a human owns: they join the ticket, and the assistant is silent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from streambot.domain.actions import Action, AppendToTicket, WithdrawTicket
from streambot.domain.decision import IgnoreReason
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.normalise import normalise
from streambot.domain.praise import PRAISE, praise_in
from streambot.domain.ticket import Ticket, TicketState
from streambot.domain.verdicts import Verdicts

_NEVER_MIND = frozenset({"不用了", "算了", "没事了", "不需要了", "不用人工了"})


def left_to_people(
    ticket: Ticket, lines: Sequence[ViewerSpoke], at: datetime, verdicts: Verdicts
) -> Iterator[Action]:
    """Add *lines* to *ticket*; who doesn't need anybody any more takes their call back."""
    for line in lines:
        yield AppendToTicket(
            ticket=ticket.id,
            viewer=line.viewer,
            event_id=line.id,
            text=line.text,
            at=at,
        )
        never_mind = normalise(line.text) in _NEVER_MIND
        if never_mind and ticket.state is TicketState.QUEUED:
            yield WithdrawTicket(ticket=ticket.id, reason="viewer", at=at)
    praised = praise_in(lines[-1].text) is not None
    yield from verdicts.ignore(
        lines, IgnoreReason.HUMAN_OWNS, at, entry=PRAISE if praised else None
    )
