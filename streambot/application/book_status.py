"""BookStatus: how a book stands, for whoever has to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from streambot.authoring.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class BookStatus:
    """How a book stands; ``problems`` are of the newest reading, in force or not."""

    files: tuple[str, ...]
    version: str
    usable: int
    problems: tuple[Problem, ...]
    in_force: bool  # whether the newest reading is the one in force
    read_at: datetime
    failures: int  # reloads that had errors since the start
    advice: tuple[Problem, ...] = ()  # on the book as a whole, when it was surveyed

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.is_error for problem in self.problems)
