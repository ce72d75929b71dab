"""CannedBooks: the canned replies of each room, watched on disk; the last good version stays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import structlog

from streambot.application.watched_files import Stamp, changes, stamp_of
from streambot.authoring.book import faq_files
from streambot.authoring.problem import Problem
from streambot.authoring.replies_file import RepliesReading, read_replies
from streambot.domain.canned import CannedBook
from streambot.domain.guard import Guard
from streambot.domain.room import RoomName

_log = structlog.get_logger()


@dataclass(slots=True, kw_only=True)
class _Shelf:
    """One room's files, what is in force of them, and the problems of the newest reading."""

    paths: tuple[Path, ...]
    book: CannedBook
    problems: tuple[Problem, ...]
    stamp: Stamp
    guard: Guard


class CannedBooks:
    """Read when a room opens and whenever its files or its wording rules change.

    *guard_of* tells what may be said in a room as it is in force.
    """

    def __init__(self, guard_of: Callable[[RoomName], Guard]) -> None:
        self._guard_of = guard_of
        self._shelves: dict[RoomName, _Shelf] = {}
        self._opened = asyncio.Event()

    async def open(self, room: RoomName, paths: tuple[Path, ...]) -> None:
        """Read a room's replies; those without an error are usable at once."""
        guard = self._guard_of(room)
        stamp = await asyncio.to_thread(_stamp, paths)
        reading = await asyncio.to_thread(read_replies, paths, guard)
        self._shelves[room] = _Shelf(
            paths=paths,
            book=reading.book,
            problems=reading.problems,
            stamp=stamp,
            guard=guard,
        )
        self._log(room, reading)
        self._opened.set()

    def book(self, room: RoomName) -> CannedBook:
        """What is in force in a room; nothing where it has no replies."""
        shelf = self._shelves.get(room)
        return CannedBook() if shelf is None else shelf.book

    def problems(self, room: RoomName) -> tuple[Problem, ...]:
        """What is wrong with a room's files as they are now."""
        shelf = self._shelves.get(room)
        return () if shelf is None else shelf.problems

    async def run(self) -> None:
        """Watch the files of every room, until cancelled."""
        while True:
            folders = await asyncio.to_thread(self._folders)
            if not folders:
                await self._opened.wait()
                self._opened.clear()
                continue
            async for _ in changes(folders, self._opened):
                await self.look()
            self._opened.clear()

    async def look(self) -> None:
        """Re-read the replies whose files or rules are not as they were when they were read."""
        for room, shelf in tuple(self._shelves.items()):
            guard = self._guard_of(room)
            stamp = await asyncio.to_thread(_stamp, shelf.paths)
            if stamp == shelf.stamp and guard is shelf.guard:
                continue
            shelf.stamp, shelf.guard = stamp, guard
            reading = await asyncio.to_thread(read_replies, shelf.paths, guard)
            shelf.problems = reading.problems
            if reading.errors == 0:
                shelf.book = reading.book
            self._log(room, reading)

    def _log(self, room: RoomName, reading: RepliesReading) -> None:
        _log.info(
            "canned_replies_read",
            room=room,
            usable=reading.usable,
            errors=reading.errors,
        )
        for problem in reading.problems:
            if problem.is_error:
                _log.warning(
                    "canned_problem", where=str(problem.place), what=problem.zh
                )

    def _folders(self) -> list[Path]:
        """Where the files are; editors replace files, so their folders are watched."""
        found = {
            path if path.is_dir() else path.parent
            for shelf in self._shelves.values()
            for path in shelf.paths
        }
        return sorted(path for path in found if path.is_dir())


def _stamp(paths: tuple[Path, ...]) -> Stamp:
    return stamp_of(faq_files(paths))
