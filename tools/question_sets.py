"""QuestionSet: customers' questions with the entries that answer them, read to measure and fit."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: A set's folder and the number in its files' names.
_FILES = {
    "jd": ("jd", 51),
    "ant": ("ant", 50),
    "oppo50": ("oppo", 50),
    "oppo500": ("oppo", 500),
    "banking77": ("banking77", 50),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a set's book."""

    id: str
    questions: tuple[str, ...]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A line somebody wrote, and the entry it asks for, if any."""

    room: str
    text: str
    gold: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Books by room, and the lines to be answered from them."""

    rooms: Mapping[str, tuple[Entry, ...]]
    queries: tuple[Query, ...]


def read_set(data: Path, name: str) -> QuestionSet:
    """The set *name* below *data*."""
    folder, number = _FILES[name]
    rooms: dict[str, list[Entry]] = {}
    for row in _rows(data / "faq" / folder / f"base_{number}.jsonl"):
        entry = Entry(row["id"], tuple(row["questions"]))
        rooms.setdefault(row["room"], []).append(entry)
    queries = tuple(
        Query(row["room"], row["text"], row["gold_id"], row["kind"])
        for row in _rows(data / "faq" / folder / f"queries_{number}.jsonl")
    )
    return QuestionSet({room: tuple(each) for room, each in rooms.items()}, queries)


def read_chat(data: Path, number: int) -> list[str]:
    """So many lines of real rooms, the same each time."""
    files = sorted((data / "chat").glob("*.jsonl"))
    lines = [row["text"] for file in files for row in _rows(file)]
    random.Random(1).shuffle(lines)
    return lines[:number]


def _rows(path: Path) -> list[Any]:
    with path.open(encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]
