"""Readings: a line without what isn't its question - links, a body, "已拍", rhetorical 不."""

from __future__ import annotations

from streambot.domain.faq.question_form import without_report, without_rhetoric
from streambot.domain.faq.slots import Slots


def neutral(text: str, slots: Slots) -> str:
    """Folded *text* with its *slots* and phrases that change nothing about the question left out.

    It may be empty: "3号" asks nothing. Equal to *text* where there is nothing to leave out.
    """
    taken = slots.links or (slots.heights and slots.weights)
    return without_rhetoric(without_report(slots.rest_text if taken else text))
