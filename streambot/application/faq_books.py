"""FaqBooks: one book per distinct set of files, watched on disk and swapped whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import structlog
import watchfiles

from streambot.application.book_files import BookFiles
from streambot.application.book_status import BookStatus
from streambot.application.lost_files import FILE_GONE, Gone, lost_files
from streambot.application.watched_files import Stamp
from streambot.authoring.book import BookReading, read_book
from streambot.authoring.judges import domain_judges
from streambot.authoring.problem import Place, Problem
from streambot.authoring.review import Judges
from streambot.authoring.survey import surveyed
from streambot.domain.faq.entry import FaqBook

_log = structlog.get_logger()

_DEBOUNCE_MS = 350
#: Phrasings of a book that is advised on beside a broadcast; ``faq check`` takes more.
MOST_SURVEYED = 6_000
#: How often files are looked at anyway: network drives tell nobody, and what changed before
#: the watch stood was told to nobody either.
_LOOK_MS = 1_000
#: What editors leave beside a file while they save it.
_LEFTOVERS = (".tmp", "~", ".swp", ".bak", ".part")

OnChange = Callable[[FaqBook, tuple[Problem, ...]], None]


@dataclass(slots=True, kw_only=True)
class _Shelf:
    """One book, its files and who wants to know."""

    files: BookFiles
    reading: BookReading
    status: BookStatus
    stamp: Stamp
    gone: Gone = field(default_factory=Gone)
    surveyed: bool = False
    listeners: list[OnChange] = field(default_factory=list)


class FaqBooks:
    """The books of all rooms; rooms with the same files share one."""

    def __init__(
        self, *, now: Callable[[], datetime], judges: Judges | None = None
    ) -> None:
        self._now = now
        self._judges = judges or domain_judges()
        self._shelves: dict[BookFiles, _Shelf] = {}
        self._opened = asyncio.Event()

    async def open(
        self,
        paths: Sequence[Path],
        products: Path | None,
        on_change: OnChange | None = None,
        guard: Sequence[Path] = (),
    ) -> FaqBook:
        """The book of *paths*: every entry without an error, problems logged.

        *on_change* is called with each later version, and with the book in force and the new
        problems when a reload had errors; always on the loop that runs :meth:`run`.
        """
        files = BookFiles.of(paths, products, guard)
        shelf = self._shelves.get(files)
        if shelf is None:
            stamp = await asyncio.to_thread(files.stamp)
            reading = await asyncio.to_thread(self._read, files)
            fresh = self._new_shelf(files, reading, stamp)
            shelf = self._shelves.setdefault(files, fresh)
            self._log(shelf)
            self._opened.set()
        if on_change is not None:
            shelf.listeners.append(on_change)
        return shelf.reading.book

    def statuses(self) -> tuple[BookStatus, ...]:
        """Every book's status, for console, readiness and metrics."""
        return tuple(shelf.status for shelf in self._shelves.values())

    def status(
        self, paths: Sequence[Path], products: Path | None, guard: Sequence[Path] = ()
    ) -> BookStatus | None:
        """The status of one book that was opened."""
        shelf = self._shelves.get(BookFiles.of(paths, products, guard))
        return None if shelf is None else shelf.status

    async def run(self) -> None:
        """Watch the files of every book and re-read what changes, until cancelled."""
        while True:
            deep, flat = await asyncio.to_thread(self._watched)
            if not deep and not flat:
                await self._opened.wait()
                self._opened.clear()
                continue
            async with asyncio.TaskGroup() as tasks:
                for folders, recursive in ((deep, True), (flat, False)):
                    if folders:
                        tasks.create_task(self._watch(folders, recursive=recursive))
            self._opened.clear()

    async def _watch(self, folders: Sequence[Path], *, recursive: bool) -> None:
        """Watch *folders* until another book is opened."""
        async for _ in watchfiles.awatch(
            *folders,
            watch_filter=_is_text,
            debounce=_DEBOUNCE_MS,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
            stop_event=self._opened,
            recursive=recursive,
        ):
            await self.look()

    async def look(self) -> None:
        """Re-read the books whose files are not as they were when they were read."""
        for shelf in tuple(self._shelves.values()):
            stamp = await asyncio.to_thread(shelf.files.stamp)
            if stamp != shelf.stamp:
                shelf.stamp = (
                    stamp  # of before the reading: what changes in it is seen next
                )
                self._swap(shelf, await self._read_anew(shelf))
            else:
                self._forget_gone(shelf)
            if not shelf.surveyed:
                await self._survey(shelf)

    async def _read_anew(self, shelf: _Shelf) -> BookReading:
        """The files as they are now; a fault of ours costs this reading, never the watch."""
        try:
            return await asyncio.to_thread(self._read, shelf.files)
        except Exception as error:  # whatever it is, all rooms' books hang on the watch
            why = f"{type(error).__name__}: {error}"
            _log.exception("book_not_read")
            return replace(shelf.reading, problems=(_fault(shelf, why),))

    async def _survey(self, shelf: _Shelf) -> None:
        """Advise on the book in force; it is used already, so nothing waits for this."""
        shelf.surveyed, reading = True, shelf.reading
        if sum(len(entry.questions) for entry in reading.book.entries) > MOST_SURVEYED:
            _log.info("book_too_large_for_advice", command="streambot faq check")
            return
        try:
            advised = await asyncio.to_thread(surveyed, reading, self._judges)
        except Exception:  # as above
            _log.exception("book_not_surveyed")
            return
        known = set(reading.problems)
        advice = tuple(each for each in advised.problems if each not in known)
        shelf.status = replace(shelf.status, advice=advice)
        for problem in advice:
            _log.info("book_advice", where=str(problem.place), what=problem.zh)

    def _swap(self, shelf: _Shelf, reading: BookReading) -> None:
        """Put *reading* in force unless it has errors: then the last good version stays.

        A file that was emptied is an error, one that is gone is told of for a while.
        """
        lost = lost_files(shelf.reading, reading)
        reading = replace(reading, problems=(*reading.problems, *lost))
        broken = reading.errors > 0
        if not broken:
            shelf.gone.note(lost, self._now())
        problems = _told(shelf, reading, self._now())
        same = (
            reading.book.version == shelf.reading.book.version
            and problems == shelf.status.problems
        )
        files = tuple(path.as_posix() for path in reading.files)
        if same and shelf.status.in_force:
            shelf.reading = reading  # perhaps of a file that was renamed
            shelf.status = replace(shelf.status, files=files)
            return
        shelf.status = BookStatus(
            files=files,
            version=(shelf.reading if broken else reading).book.version,
            usable=(shelf.reading if broken else reading).usable,
            problems=problems,
            in_force=not broken,
            read_at=self._now(),
            failures=shelf.status.failures + broken,
            advice=shelf.status.advice if broken else (),
        )
        if not broken:
            shelf.reading, shelf.surveyed = reading, False
        self._log(shelf)
        self._tell(shelf)

    def _forget_gone(self, shelf: _Shelf) -> None:
        """Tell no longer of files that went long ago."""
        problems = shelf.status.problems
        told = shelf.gone.told(shelf.reading.files, self._now())
        left = tuple(
            each for each in problems if each.code != FILE_GONE or each in told
        )
        if left != problems:
            shelf.status = replace(shelf.status, problems=left)
            self._tell(shelf)

    def _tell(self, shelf: _Shelf) -> None:
        for listener in tuple(shelf.listeners):
            listener(shelf.reading.book, shelf.status.problems)

    def _read(self, files: BookFiles) -> BookReading:
        return read_book(
            files.paths,
            products=files.products,
            now=self._now(),
            judges=self._judges,
            guard=files.guard,
        )

    def _new_shelf(
        self, files: BookFiles, reading: BookReading, stamp: Stamp
    ) -> _Shelf:
        status = BookStatus(
            files=tuple(path.as_posix() for path in reading.files),
            version=reading.book.version,
            usable=reading.usable,
            problems=reading.problems,
            in_force=True,
            read_at=self._now(),
            failures=0,
        )
        return _Shelf(
            files=files,
            reading=reading,
            status=status,
            stamp=stamp,
        )

    def _log(self, shelf: _Shelf) -> None:
        status = shelf.status
        fields = {"version": status.version, "usable": status.usable}
        if not status.in_force:
            _log.warning("book_kept", errors=status.errors, **fields)
        else:
            _log.info("book_read", errors=status.errors, **fields)
        for problem in status.problems:
            if problem.is_error or problem.code == FILE_GONE:
                _log.warning("book_problem", where=str(problem.place), what=problem.zh)

    def _watched(self) -> tuple[list[Path], list[Path]]:
        """Folders of books, watched through, and those of single files, since editors replace files."""
        deep: dict[Path, None] = {}
        flat: dict[Path, None] = {}
        for shelf in self._shelves.values():
            for path in shelf.files.each():
                if path.is_dir():
                    deep[path] = None
                elif path.parent.is_dir():
                    flat[path.parent] = None
        return list(deep), list(flat)


def _is_text(change: watchfiles.Change, name: str) -> bool:
    """Whether a changed file can be a book: a YAML file that is no editor's leftover."""
    del change
    return name.endswith((".yaml", ".yml")) and not name.endswith(_LEFTOVERS)


def _told(shelf: _Shelf, reading: BookReading, now: datetime) -> tuple[Problem, ...]:
    """What is wrong in *reading*, and which files went before it."""
    gone = shelf.gone.told(reading.files, now)
    own = (each for each in reading.problems if each.code != FILE_GONE)
    return (*own, *gone)


def _fault(shelf: _Shelf, why: str) -> Problem:
    """What people are told where reading a book failed by no mistake of theirs."""
    return Problem(
        place=Place(file=shelf.files.paths[0].as_posix()),
        code="E001",
        zh=f"读这本问答时程序出错（{why}），仍用之前的；请撤回刚才的改动，并把这句话告诉开发者。",
        en=f"Reading this book failed by a fault of ours ({why}); the one before stays in use. "
        "Undo your last change, and tell the developers.",
    )
