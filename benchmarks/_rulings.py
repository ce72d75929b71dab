"""What streambot itself says to a set: the code of ``streambot faq match`` at its shipped settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from _figures import Cell, Ruling
from _second_look import second_look
from _sets import FAQ_SETS, Query

from streambot.cli.faq_match import Bases
from streambot.domain.faq.match import FaqMatch
from streambot.domain.mood import Mood, MoodReader

ROOT = Path(__file__).resolve().parent.parent
#: The books that are asked what they make of a room's chatter.
SHIPPED = ROOT / "faq"


@dataclass(frozen=True, slots=True)
class Looks:
    """Whether lines get their second look, and where its vectors are kept."""

    wanted: bool = False
    vectors: Path | None = None


def bases(looks: Looks, *paths: Path) -> Bases:
    """The books at *paths*, read and matched as the command does."""
    found = Bases(second_look(looks.wanted, looks.vectors))
    found.read(paths)
    return found


def base_of(data: Path, name: str) -> Path:
    """The file with the books of set *name*."""
    return data / FAQ_SETS[name][0]


def rulings(books: Bases, queries: Iterable[Query]) -> list[Ruling]:
    """The ruling on each query, in order."""
    return [ruling(query, books.match(query.room, query.text)) for query in queries]


def ruling(query: Query, match: FaqMatch) -> Ruling:
    """How a match looks beside what the query asks for."""
    named = [str(each.entry) for each in match.candidates[:3]]
    cell = Cell(
        kind=query.kind,
        first=query.gold is not None and named[:1] == [query.gold],
        among3=query.gold is not None and query.gold in named,
        outcome=match.outcome.value,
        right=query.gold is not None and match.entry == query.gold,
    )
    return Ruling(cell, match.score)


def chatter(books: Bases, room: str, lines: Sequence[str]) -> Counter[str]:
    """What becomes of a room's chatter: outcomes, and lines worth a second look."""
    counts: Counter[str] = Counter(lines=len(lines))
    matcher, reader = books.matcher(room), MoodReader()
    for line in lines:
        counts[books.match(room, line).outcome.value] += 1
        counts["look"] += matcher.is_worth_a_look(
            matcher.match(line)
        ) or reader.is_worth_a_look(reader.read(line))
    return counts


def per_1000(counts: Counter[str]) -> dict[str, float]:
    """The counts of chatter per 1,000 lines; each answer there is a false one."""
    scale = 1000 / max(1, counts["lines"])
    return {
        "lines": counts["lines"],
        "false_answers_per_1000": counts["answer"] * scale,
        "handoffs_per_1000": counts["handoff"] * scale,
        "clarifies_per_1000": counts["clarify"] * scale,
        "second_looks_per_1000": counts["look"] * scale,
    }


def moods(lines: Iterable[str], looks: Looks) -> list[tuple[float, bool]]:
    """The score of each line and whether it is flagged, which is: angry."""
    reader, look = MoodReader(), second_look(looks.wanted, looks.vectors)
    readings = [look.mood(reader, line, reader.weigh(line)) for line in lines]
    return [(each.score, each.mood is Mood.ANGRY) for each in readings]
