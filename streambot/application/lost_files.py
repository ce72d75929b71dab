"""Lost files: what a book answers no longer since one of its files was emptied or is gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from streambot.authoring.book import BookReading
from streambot.authoring.problem import Place, Problem

#: An error: nobody empties a file to take its answers away, so they stay in force.
FILE_EMPTIED = "E008"
#: A warning: who deletes a file mostly means it, and is told what went with it.
FILE_GONE = "W008"
#: How long people are told of a file that is gone and doesn't come back.
TOLD_FOR = timedelta(minutes=10)


def lost_files(before: BookReading, now: BookReading) -> tuple[Problem, ...]:
    """The files of *before* that answer nothing any more in *now*, and how many entries that takes.

    An entry that moved to another file isn't lost, and neither is one that became faulty.
    """
    left = {draft.entry.id for draft in now.drafts}
    filled = {draft.place.file for draft in now.drafts}
    faulty = {problem.file for problem in now.problems if problem.is_error}
    there = {path.as_posix() for path in now.files}
    lost: dict[str, int] = {}
    for draft in before.drafts:
        file = draft.place.file
        if draft.entry.id not in left and file not in filled | faulty:
            lost[file] = lost.get(file, 0) + 1
    return tuple(
        _emptied(file, count) if file in there else _gone(file, count)
        for file, count in lost.items()
    )


def _emptied(file: str, count: int) -> Problem:
    return Problem(
        place=Place(file=file),
        code=FILE_EMPTIED,
        zh=f"空了，少了 {count} 条；先照上一版回答。请把内容写回去；真的不要了，就删掉这个文件。",
        en=f"empty now, {count} entries fewer; they are answered as before. Write them back, "
        "or delete the file if they are to go.",
    )


def _gone(file: str, count: int) -> Problem:
    return Problem(
        place=Place(file=file),
        code=FILE_GONE,
        zh=f"不见了，少了 {count} 条，不再回答；误删了就放回原处，马上生效。",
        en=f"gone, {count} entries fewer, which are answered no longer; put it back if that "
        "was a mistake.",
    )


class Gone:
    """The files of one book of whose going people are still told."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[Problem, datetime]] = {}

    def note(self, problems: Iterable[Problem], now: datetime) -> None:
        """Tell of those *problems* that are files gone, from *now* on."""
        for problem in problems:
            if problem.code == FILE_GONE:
                self._told[problem.file] = problem, now + TOLD_FOR

    def told(self, files: Sequence[Path], now: datetime) -> tuple[Problem, ...]:
        """What is still to be told of a book of *files*: neither back nor told long enough."""
        back = {path.as_posix() for path in files}
        self._told = {
            file: (problem, until)
            for file, (problem, until) in self._told.items()
            if file not in back and now < until
        }
        return tuple(problem for problem, _ in self._told.values())
