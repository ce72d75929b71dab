"""The measured sets: questions asked of books, lines of a room, lines with their mood."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Where each set of questions is, below ``--data``: its base and its queries.
FAQ_SETS: dict[str, tuple[str, str]] = {
    "jd": ("faq/jd/base_51.jsonl", "faq/jd/queries_51.jsonl"),
    "oppo50": ("faq/oppo/base_50.jsonl", "faq/oppo/queries_50.jsonl"),
    "oppo500": ("faq/oppo/base_500.jsonl", "faq/oppo/queries_500.jsonl"),
    "oppo2000": ("faq/oppo/base_2000.jsonl", "faq/oppo/queries_2000.jsonl"),
    "ant": ("faq/ant/base_50.jsonl", "faq/ant/queries_50.jsonl"),
    "banking77": ("faq/banking77/base_50.jsonl", "faq/banking77/queries_50.jsonl"),
}
SETS = (*FAQ_SETS, "chat", "mood")
ANSWERABLE = "in"


@dataclass(frozen=True, slots=True)
class Query:
    """A line asked of the book of its room; ``gold`` is the entry it asks for, if any."""

    room: str
    text: str
    gold: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class MoodLine:
    """A line, and whether people called it angry (or an insult)."""

    text: str
    positive: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One phrasing of one entry, as the peers see a book."""

    entry: str
    text: str


def there(data: Path, name: str) -> bool:
    """Whether the files of set *name* are in *data*."""
    if name in FAQ_SETS:
        return all((data / part).is_file() for part in FAQ_SETS[name])
    return any((data / name).glob("*.jsonl"))


def queries(data: Path, name: str) -> list[Query]:
    """The queries of a set of questions."""
    return [
        Query(row["room"], row["text"], row["gold_id"], row["kind"])
        for row in _rows(data / FAQ_SETS[name][1])
    ]


def phrasings(data: Path, name: str) -> dict[str, list[Phrasing]]:
    """The phrasings of a set's books by room; titles are none."""
    rooms: dict[str, list[Phrasing]] = {}
    for row in _rows(data / FAQ_SETS[name][0]):
        rooms.setdefault(row["room"], []).extend(
            Phrasing(row["id"], question) for question in row["questions"]
        )
    return rooms


def chats(data: Path) -> dict[str, list[str]]:
    """The lines of every recorded room, in order, by the file's name."""
    return {
        path.stem: [row["text"] for row in _rows(path)]
        for path in sorted((data / "chat").glob("*.jsonl"))
    }


def mood_lines(data: Path, name: str) -> list[MoodLine]:
    """The lines of ``mood/<name>.jsonl``; none where there is no such file."""
    path = data / "mood" / f"{name}.jsonl"
    if not path.is_file():
        return []
    return [
        MoodLine(
            row["text"],
            bool(row.get("label", row.get("offensive"))),
            str(row.get("kind", row.get("topic", ""))),
        )
        for row in _rows(path)
    ]


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
