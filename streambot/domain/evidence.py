"""Evidence: which rule saw what in a viewer's line, so that every decision can be explained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One rule's finding; ``start`` and ``end`` are code points of the line as received."""

    rule: str
    start: int
    end: int
    text: str


def found_in(text: str, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """*evidence* of another reading of *text*, where its words first stand there.

    What the reading put in other words is left out.
    """
    return tuple(
        replace(each, start=start, end=start + len(each.text))
        for each in evidence
        if each.text and (start := text.find(each.text)) >= 0
    )
