"""Understandings: books made ready for rooms, built off the loop and shared between rooms."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from streambot.application.faq_books import FaqBooks
from streambot.authoring.problem import Problem
from streambot.domain.faq.entry import FaqBook
from streambot.domain.faq.match import MatchSettings
from streambot.domain.room import RoomName
from streambot.domain.understanding import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class BookOrder:
    """Which book a room wants, and at which thresholds."""

    room: RoomName
    paths: tuple[Path, ...]
    products: Path | None
    settings: MatchSettings
    guard: tuple[Path, ...] = ()  # the shop's own wording rules


class InForce(Protocol):
    """The books of the rooms, as they are in force."""

    def in_force(self, room: RoomName) -> tuple[BookOrder, Understanding]:
        """A room's book and where it comes from; KeyError where there is no such room."""
        ...


class Understandings:
    """One Understanding per (book version, thresholds); a changed book reaches its rooms.

    *deliver* gets a room's new Understanding, *report* the problems of its newest reading,
    errors or not (none: all is well).
    """

    def __init__(
        self,
        books: FaqBooks,
        *,
        deliver: Callable[[RoomName, Understanding], None],
        report: Callable[[RoomName, Sequence[Problem]], None],
    ) -> None:
        self._books = books
        self._deliver = deliver
        self._report = report
        self._ready: dict[tuple[str, MatchSettings], Understanding] = {}
        self._changed: asyncio.Queue[tuple[BookOrder, FaqBook]] = asyncio.Queue()
        self._in_force: dict[RoomName, tuple[BookOrder, Understanding]] = {}

    def in_force(self, room: RoomName) -> tuple[BookOrder, Understanding]:
        """What a room was given last, and which files it comes from.

        Raises:
            KeyError: no such room was opened.
        """
        return self._in_force[room]

    async def open(self, order: BookOrder) -> Understanding:
        """A room's Understanding, now and whenever its files change."""

        def changed(book: FaqBook, problems: tuple[Problem, ...]) -> None:
            self._report(order.room, problems)
            self._changed.put_nowait((order, book))

        book = await self._books.open(
            order.paths, order.products, changed, guard=order.guard
        )
        understanding = await self._built(book, order.settings)
        self._in_force[order.room] = (order, understanding)
        return understanding

    async def run(self) -> None:
        """Build what changed, one after the other, until cancelled."""
        while True:
            order, book = await self._changed.get()
            understanding = await self._built(book, order.settings)
            self._in_force[order.room] = (order, understanding)
            self._deliver(order.room, understanding)

    async def _built(self, book: FaqBook, settings: MatchSettings) -> Understanding:
        key = (book.version, settings)
        known = self._ready.get(key)
        if known is None:
            known = await asyncio.to_thread(Understanding.of, book, settings)
            for old in list(self._ready)[:-8]:
                del self._ready[old]  # superseded versions
            self._ready[key] = known
        return known
