"""An item whose dash was forgotten: its keys stand a second time in the item above."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from streambot.authoring.tree import Scalar, Table, Value

if TYPE_CHECKING:
    from streambot.authoring.reader import Reader

Pairs = list[tuple[Scalar, Value]]

#: A key that stands twice is a slip; so many of them are an item of its own.
_FEWEST = 2
_DASH = "- "


def first_item(table: Table, known: Container[str], reader: Reader, key: str) -> Pairs:
    """What belongs to the item *table* is; a dash forgotten before another one is reported."""
    parts = _parts(table, known)
    again = {word.text.strip() for part in parts[1:] for word, _ in part}
    first = {word.text.strip() for word, _ in parts[0]}
    if len(first & again) < _FEWEST or not _is_listed(table, reader):
        return table.pairs
    for part in parts[1:]:
        _report(part[0][0], reader, key)
    return parts[0]


def _parts(table: Table, known: Container[str]) -> list[Pairs]:
    """The pairs of *table*, cut before each known key that stands in its part already."""
    parts: list[Pairs] = [[]]
    for word, value in table.pairs:
        name = word.text.strip()
        if name in known and any(name == other.text.strip() for other, _ in parts[-1]):
            parts.append([])
        parts[-1].append((word, value))
    return parts


def _is_listed(table: Table, reader: Reader) -> bool:
    """Whether a dash and nothing else stands before *table*, and each key on a line of its own."""
    if not table.pairs or table.pairs[0][0].place.file != reader.source.file:
        return False
    leads = [
        reader.source.line(word.place.line)[: word.place.column - 1].strip(" ")
        for word, _ in table.pairs
    ]
    return leads[0] == "-" and not any(leads[1:])


def _report(word: Scalar, reader: Reader, key: str) -> None:
    line, place = reader.source.line(word.place.line), word.place
    zh, en, fixed = with_dash(line, max(0, place.column - 1 - len(_DASH)))
    reader.report("E113", place, key, zh, en, corrected=fixed)


def with_dash(line: str, depth: int) -> tuple[str, str, str]:
    """What is told of *line*, which lacks the dash that stands *depth* deep, and the line with it."""
    item = f"{_DASH}{line.strip(' ')}"
    return (
        f"这里少了横线：`{item}`；不写横线，下面几行就混进了上一条。",
        f"A dash is missing here: `{item}`. Without it these lines run into the item above.",
        f"{' ' * depth}{item}",
    )
