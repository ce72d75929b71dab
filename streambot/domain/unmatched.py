"""Unmatched: which lines without an answer are a person's matter."""

from __future__ import annotations

from streambot.domain.asking import Heard
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.context import asks_on
from streambot.domain.faq.cues import mentions_shop
from streambot.domain.faq.match import FaqMatch, Outcome
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.question_form import tells_of_trouble
from streambot.domain.faq.slots import may_hold_slots, read_slots
from streambot.domain.sizes import tells_body
from streambot.domain.talk import awaits_body
from streambot.domain.understanding import Understanding

#: Why a line is passed over that isn't known to be about something else.
_UNKNOWN = frozenset({"below_suggest", "no_candidate", "vetoed"})
#: How little a question needs to sound like put to a shop from who just talked with the assistant.
_SOUNDS_ASKED = 1.0


def is_a_persons(
    line: ViewerSpoke, heard: Heard, match: FaqMatch, understanding: Understanding
) -> bool:
    """Whether a line that nothing answers is worth a person.

    It is close to an entry or concerns an order; or it asks the shop, or names one of its links or
    products; or it says that buying or returning fails; or it goes on with what its viewer asked:
    那上海呢, or the height they were asked for. *heard* is the whole sentence, *line* its last line.
    """
    text = heard.text
    if match.outcome in (Outcome.CLARIFY, Outcome.HANDOFF) or tells_of_trouble(text):
        return True
    if tells_body(text, heard.slots) and awaits_body(heard.turn, understanding):
        return True
    if not match.question_like:
        return False
    if match.reason in _UNKNOWN:
        if understanding.shelf.names_in(text) or _goes_on(heard, match):
            return True
    last = folded(line.text)
    if line.mentions_shop or mentions_shop(last):
        return True
    return may_hold_slots(last) and bool(read_slots(last).links)


def asked_in_full(heard: Heard, match: FaqMatch) -> str:
    """A line's words behind those it goes on with: 黄色呢 of two viewers is two questions."""
    if heard.turn is None or not (
        _goes_on(heard, match) or tells_body(heard.text, heard.slots)
    ):
        return heard.text
    return f"{heard.turn.text} {heard.text}"


def _goes_on(heard: Heard, match: FaqMatch) -> bool:
    """Whether a line asks on after what its viewer asked, who was answered or asked back."""
    if heard.turn is None or heard.turn.is_mere_naming:
        return False
    return asks_on(heard.text) or (
        match.sounds >= _SOUNDS_ASKED and "呢" not in heard.text  # 早着呢 tells
    )
