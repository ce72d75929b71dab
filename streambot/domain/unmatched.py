"""Unmatched: which lines without an answer are a person's matter."""

from __future__ import annotations

from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.cues import mentions_shop
from streambot.domain.faq.match import FaqMatch, Outcome
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.question_form import tells_of_trouble
from streambot.domain.faq.slots import may_hold_slots, read_slots

#: Why a line is passed over that isn't known to be about something else.
_UNKNOWN = frozenset({"below_suggest", "no_candidate", "vetoed"})


def is_a_persons(
    line: ViewerSpoke, text: str, match: FaqMatch, *, names_product: bool = False
) -> bool:
    """Whether a line that nothing answers is worth a person.

    It is close to an entry or concerns an order; or it asks the shop, or names one of its links or
    products; or it says that buying or returning fails. *text* is the whole sentence, *line* its
    last line.
    """
    if match.outcome in (Outcome.CLARIFY, Outcome.HANDOFF) or tells_of_trouble(text):
        return True
    if not match.question_like:
        return False
    if names_product and match.reason in _UNKNOWN:
        return True
    last = folded(line.text)
    if line.mentions_shop or mentions_shop(last):
        return True
    return may_hold_slots(last) and bool(read_slots(last).links)
