"""Word lists: reads the words and patterns in tools/data, our own."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


def word_lists(name: str) -> dict[str, list[str]]:
    """The lists of a file, by what stands before the colon; a list may go over many rows."""
    lists: dict[str, list[str]] = {}
    for row in (DATA / name).read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            key, _, items = row.partition(": ")
            lists.setdefault(key, []).extend(items.split(", "))
    return lists
