"""Measures recorded rooms: what books make of chatter that no shop was meant by."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from _rulings import SHIPPED, Looks, base_of, bases, chatter, per_1000
from _sets import chats, queries, there

#: A book of another trade, and the one that is shipped with its products.
_FOREIGN, _OWN = "jd", "faq"


def rooms(data: Path, faq: Path | None, looks: Looks) -> dict[str, Any]:
    """The counts per 1,000 lines by book and recorded room; *faq*: instead of the shipped book."""
    chat = chats(data)
    asked = {_OWN: (faq or SHIPPED, "")}
    if there(data, _FOREIGN):
        room = queries(data, _FOREIGN)[0].room
        asked = {_FOREIGN: (base_of(data, _FOREIGN), room)} | asked
    found: dict[str, Any] = {"books": {}}
    for name, (path, room) in asked.items():
        books = bases(looks, path)
        counts = {each: chatter(books, room, lines) for each, lines in chat.items()}
        counts["all"] = sum(counts.values(), Counter())
        found["books"][name] = {each: per_1000(some) for each, some in counts.items()}
    return found
