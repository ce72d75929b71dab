"""All to people: in this mode every question of a viewer becomes a ticket, answered or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from streambot.domain.actions import Action
from streambot.domain.decision import IgnoreReason
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.match import FaqMatch, Outcome
from streambot.domain.faq.question_form import tells_of_trouble
from streambot.domain.ticket import Reason
from streambot.domain.verdicts import Verdicts

#: What the book makes of a line that asks for something.
_ASKED = (Outcome.ANSWER, Outcome.CLARIFY, Outcome.HANDOFF)


def all_to_people(
    lines: Sequence[ViewerSpoke],
    text: str,
    match: FaqMatch,
    at: datetime,
    verdicts: Verdicts,
    *,
    card: str,
) -> Iterator[Action]:
    """A ticket for who asks something, on the card of their question; chatter is passed over.

    The desk isn't drowned: what is no matter for a person at once counts against the room's
    handoffs a minute, as ever.
    """
    asks = match.question_like or match.outcome in _ASKED
    if asks or tells_of_trouble(text):
        evidence = match.evidence if len(lines) == 1 else ()
        yield from verdicts.hand_off(lines, Reason.UNMATCHED, evidence, at, key=card)
    else:
        yield from verdicts.ignore(lines, IgnoreReason.CHATTER, at, score=match.score)
