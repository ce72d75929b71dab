"""Ledger: what each project has spent today, in a file of its own, so that no restart forgets it."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import structlog

from streambot.adapters.rooms.youtube.quota import Quota, Spent, Standing, pacific_day
from streambot.ports.clock import Clock

_log = structlog.get_logger()

_FILE = "youtube-quota.db"
#: Another process, such as a check-up, holds the file for no longer.
_WAIT_SECONDS = 2.0
#: ``over``: when the platform said so, in seconds of the epoch; 0: it didn't.
_TABLE = """create table if not exists quota (
    project text, day text, reading int, writing int, over int, primary key (project, day)
)"""

_Change = Callable[[Spent], Spent | None]


class Ledger:
    """One project's; rooms of the same project share it. A call is booked before it is made."""

    def __init__(
        self, quota: Quota, clock: Clock, project: str, path: Path | None
    ) -> None:
        self.quota = quota
        self._clock = clock
        self._project = project
        self._path = path
        self._spent = Spent(day=pacific_day(clock.now()))
        self._turn = asyncio.Lock()
        self._told_broken = False

    @property
    def spent(self) -> Spent:
        """What is known to be spent today."""
        now = self._clock.now()
        today = pacific_day(now)
        known = self._spent if self._spent.day == today else Spent(day=today)
        return known.as_of(now)

    @property
    def standing(self) -> Standing:
        """Which lines may still be written."""
        return self.spent.standing(self.quota)

    async def look(self) -> None:
        """Take in what was spent before this process, or by another."""
        await self._change(lambda spent: spent)

    async def read(self, cost: int) -> bool:
        """Book a call that reads; False: it doesn't fit and must not be made."""
        return await self._change(
            lambda spent: spent.read(cost) if spent.may_read(self.quota, cost) else None
        )

    async def write(self, *, urgent: bool) -> bool:
        """Book a line; False: it doesn't fit and must not be written."""
        return await self._change(
            lambda spent: (
                spent.wrote(self.quota.insert)
                if spent.may_write(self.quota, urgent=urgent)
                else None
            )
        )

    async def unwrite(self) -> None:
        """A line never left this machine."""
        await self._change(lambda spent: spent.wrote(-self.quota.insert))

    async def end(self) -> None:
        """The platform says that the day's quota is used up: for a while nothing is asked of it."""
        day, now = self.spent, self._clock.now()
        _log.warning("quota_used_up", reading=day.reading, writing=day.writing)
        await self._change(lambda spent: spent.ended(now))

    async def served(self) -> None:
        """The platform served a call that costs; what it said of the quota before is settled."""
        if self.spent.in_doubt:
            await self._change(lambda spent: spent.served())

    async def _change(self, change: _Change) -> bool:
        async with self._turn:
            before = self.spent
            if self._path is None:
                after = change(before)
            else:
                before, after = await asyncio.to_thread(
                    self._in_file, self._path, before, change
                )
            self._spent = after or before
            return after is not None

    def _in_file(
        self, path: Path, known: Spent, change: _Change
    ) -> tuple[Spent, Spent | None]:
        """*change* made to what the file holds; a file that can't be written is told of once."""
        if not path.parent.is_dir():  # a check-up before the first broadcast
            return known, change(known)
        try:
            with closing(
                sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
            ) as file:
                file.execute("pragma synchronous = off")  # outlives us, not a power cut
                file.execute(_TABLE)
                file.execute("begin immediate")
                before = self._held(file, known.day)
                after = change(before)
                if after is not None and after != before:
                    self._hold(file, after)
                file.execute("commit")
                return before, after
        except sqlite3.Error as error:
            if not self._told_broken:
                self._told_broken = True
                _log.error("quota_file_broken", file=path.name, error=str(error))
            return known, change(known)

    def _held(self, file: sqlite3.Connection, day: date) -> Spent:
        row = file.execute(
            "select reading, writing, over from quota where project = ? and day = ?",
            (self._project, day.isoformat()),
        ).fetchone()
        if row is None:
            return Spent(day=day)
        reading, writing, over = row
        # 1, as it was once kept, is long ago: the platform is asked anew.
        at = datetime.fromtimestamp(over, UTC) if over else None
        spent = Spent(day=day, reading=reading, writing=writing, over_at=at)
        return spent.as_of(self._clock.now())

    def _hold(self, file: sqlite3.Connection, spent: Spent) -> None:
        day = spent.day.isoformat()
        file.execute(
            "delete from quota where project = ? and day < ?", (self._project, day)
        )
        over = 0 if spent.over_at is None else int(spent.over_at.timestamp())
        file.execute(
            "insert or replace into quota values (?, ?, ?, ?, ?)",
            (self._project, day, spent.reading, spent.writing, over),
        )


class Ledgers:
    """The ledgers of one bot, one for each project, kept in *folder*; None: in memory alone."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._open: dict[str, Ledger] = {}

    def of(self, client_id: str, quota: Quota, clock: Clock) -> Ledger:
        """The ledger of a project; its first room says how much there is."""
        project = hashlib.sha256(client_id.encode()).hexdigest()[:16]
        if project not in self._open:
            path = None if self._folder is None else self._folder / _FILE
            self._open[project] = Ledger(quota, clock, project, path)
        return self._open[project]
