"""Evidence: which rule saw what in a viewer's line, so that every decision can be explained."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One rule's finding; ``start`` and ``end`` are code points of the line as received."""

    rule: str
    start: int
    end: int
    text: str
