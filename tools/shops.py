"""WrittenShop: shops made up for this project, with what viewers ask of them; ``tools/data/shops``.

A file a shop: after ``[id]`` an entry's phrasings (``? ``), its answer (``= ``) and lines that it
answers (``- ``); after ``[near]`` lines that no entry answers, some with the entry that they might
be taken for (``@id ``); after ``[talk]`` what asks the shop nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.question_sets import Entry, Query, QuestionSet

SHOPS = Path(__file__).parent / "data" / "shops"
_KINDS = {"near": "oos_near", "talk": "oos_chat"}


@dataclass(frozen=True, slots=True)
class WrittenShop:
    """A shop's entries and the lines asked of them."""

    name: str
    entries: tuple[Entry, ...]
    queries: tuple[Query, ...]


def read_shops(folder: Path = SHOPS) -> list[WrittenShop]:
    """Every shop of *folder*, by name.

    Raises:
        ValueError: a line belongs to no entry, or an entry has no phrasing; says where.
    """
    return [_read(file) for file in sorted(folder.glob("*.txt"))]


def as_set(shops: list[WrittenShop]) -> QuestionSet:
    """*shops* as rooms of one set."""
    return QuestionSet(
        {shop.name: shop.entries for shop in shops},
        tuple(query for shop in shops for query in shop.queries),
    )


def fingerprint(*scripts: str | None) -> str:
    """Of what is learnt of the shops: their files, and the *scripts* that do it."""
    digest = hashlib.sha256()
    for file in (*sorted(SHOPS.glob("*.txt")), *map(Path, filter(None, scripts))):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _read(file: Path) -> WrittenShop:
    phrasings: dict[str, list[str]] = {}
    answers: dict[str, list[str]] = {}
    queries: list[Query] = []
    for section, mark, text in _lines(file):
        if section in _KINDS:
            queries.append(Query(file.stem, text, None, _KINDS[section]))
        elif mark == "?":
            phrasings.setdefault(section, []).append(text)
        elif mark == "=":
            answers.setdefault(section, []).append(text)
        elif mark == "-":
            if section not in phrasings:
                raise ValueError(
                    f"{file.name}: [{section}] has no phrasing before {text}"
                )
            queries.append(Query(file.stem, text, section, "in"))
    entries = tuple(
        Entry(each, tuple(texts), tuple(answers.get(each, ())))
        for each, texts in phrasings.items()
    )
    return WrittenShop(file.stem, entries, tuple(queries))


def _lines(file: Path) -> Iterator[tuple[str, str, str]]:
    """Section, mark and text of every line that holds one."""
    section = ""
    for number, raw in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
            continue
        mark, _, text = line.partition(" ")
        if not section or not text or not (mark in "?=-" or mark.startswith("@")):
            raise ValueError(f"{file.name}, line {number}: {line}")
        yield section, mark, text
