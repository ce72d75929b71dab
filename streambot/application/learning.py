"""Learning: a person says that a line belongs to an entry, sees what that changes, and it is written."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import structlog

from streambot.application.understandings import BookOrder, InForce
from streambot.authoring.learned import Home, home_of, spliced, write_phrasing
from streambot.authoring.splice import CannotSplice
from streambot.domain.agent import Agent, Permission, can
from streambot.domain.faq.entry import FaqId
from streambot.domain.faq.phrasing import Unfit, as_phrasing, why_unfit
from streambot.domain.faq.rehearsal import Rehearsal, rehearse
from streambot.domain.reply import EventId
from streambot.domain.room import RoomName
from streambot.ports.clock import Clock
from streambot.ports.suggestions import (
    HeardLines,
    Suggestion,
    SuggestionState,
    SuggestionStore,
)

_log = structlog.get_logger()

#: Newest lines of the room a new phrasing is tried on.
LINES_TRIED = 5_000

_GONE = Unfit(
    code="gone",
    zh="这条建议已经处理过了。",
    en="This suggestion was dealt with already.",
)
_FORBIDDEN = Unfit(
    code="forbidden",
    zh="您的账号不能改问答本，需要时请找主管。",
    en="Your account may not change the book: ask a supervisor.",
)
_CHANGED = Unfit(
    code="changed",
    zh="问答文件刚改过，请再看一遍会改变什么。",
    en="The FAQ file changed meanwhile: look again at what would change.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What adding would do; ``unfit`` is why it can't be added, ``seen`` names the file as read."""

    entry: FaqId
    text: str
    file: str
    line: int
    seen: str
    rehearsal: Rehearsal
    unfit: Unfit | None = None


class Learning:
    """Suggests and adds phrasings; one at a time, whoever asks."""

    def __init__(
        self,
        books: InForce,
        store: SuggestionStore,
        heard: HeardLines,
        clock: Clock,
        counted: Callable[[RoomName, int], None],
    ) -> None:
        self._books = books
        self._store = store
        self._heard = heard
        self._clock = clock
        self._counted = counted
        self._turn = asyncio.Lock()
        self._rehearsing = asyncio.Lock()

    async def preview(self, room: RoomName, text: str, entry: FaqId) -> Preview | Unfit:
        """What would change if *text* asked for *entry*; nothing is written.

        Raises:
            KeyError: there is no such room.
        """
        text = as_phrasing(text)
        home = await self._fit(room, text, entry)
        if isinstance(home, Unfit):
            return home
        said = Counter(
            line.text for line in await self._heard.newest(room, LINES_TRIED)
        )
        rehearsal = await self._rehearsed(room, text, entry, list(said.items()))
        return Preview(
            entry=entry,
            text=text,
            file=home.path.name,
            line=home.line,
            seen=home.digest,
            rehearsal=rehearsal,
            unfit=rehearsal.why_not(),
        )

    async def teach(
        self,
        agent: Agent,
        room: RoomName,
        text: str,
        entry: FaqId,
        *,
        seen: str,
        event: EventId | None = None,
    ) -> Suggestion | Unfit:
        """Add *text* to *entry* where *agent* may edit books, else keep it for one who may.

        Raises:
            KeyError: there is no such room.
        """
        text = as_phrasing(text)
        async with self._turn:
            home = await self._ready(room, text, entry, seen)
            if isinstance(home, Unfit):
                return home
            suggestion = await self._store.put(
                Suggestion(
                    room=room,
                    entry=entry,
                    text=text,
                    event_id=event,
                    by=agent.name,
                    at=self._clock.now(),
                )
            )
            done: Suggestion | Unfit = suggestion
            if can(agent, Permission.EDIT_BOOK):
                done = await self._add(agent, suggestion, home)
            else:
                _log.info("phrasing_suggested", room=room, entry=entry, by=agent.name)
        await self.count(room)
        return done

    async def settle(
        self, agent: Agent, number: int, *, accept: bool, seen: str = ""
    ) -> Suggestion | Unfit:
        """Add what an agent suggested, or decline it."""
        if not can(agent, Permission.EDIT_BOOK):
            return _FORBIDDEN
        async with self._turn:
            found = await self._store.get(number)
            if found is None or found.state is not SuggestionState.WAITING:
                return _GONE
            if accept:
                home = await self._ready(found.room, found.text, found.entry, seen)
                if isinstance(home, Unfit):
                    return home
                done = await self._add(agent, found, home)
            else:
                done = await self._settled(agent, found, SuggestionState.DECLINED)
        await self.count(found.room)
        return done

    async def waiting(self, room: RoomName) -> Sequence[Suggestion]:
        """What agents suggested and nobody settled yet, oldest first."""
        return await self._store.waiting(room)

    async def count(self, room: RoomName) -> None:
        """Tell how many suggestions of *room* wait."""
        self._counted(room, len(await self._store.waiting(room)))

    async def _ready(
        self, room: RoomName, text: str, entry: FaqId, seen: str
    ) -> Home | Unfit:
        """Where to write, once more judged: the book may be another than when it was looked at."""
        home = await self._fit(room, text, entry)
        if isinstance(home, Unfit):
            return home
        if home.digest != seen:
            return _CHANGED
        rehearsal = await self._rehearsed(room, text, entry, [])
        return rehearsal.why_not() or home

    async def _fit(self, room: RoomName, text: str, entry: FaqId) -> Home | Unfit:
        """Where *entry* stands, if *text* can be written there."""
        order, understanding = self._books.in_force(room)
        known = understanding.entries.get(entry)
        if known is None:
            return _no_entry(entry)
        unfit = why_unfit(text, known, understanding.book)
        if unfit is not None:
            return unfit
        return await asyncio.to_thread(_home, order, entry, text)

    async def _rehearsed(
        self, room: RoomName, text: str, entry: FaqId, lines: list[tuple[str, int]]
    ) -> Rehearsal:
        order, understanding = self._books.in_force(room)
        now = self._clock.now()

        def work() -> Rehearsal:
            return rehearse(
                understanding.book,
                entry,
                text,
                settings=order.settings,
                lines=lines,
                at=now,
                matcher=understanding.matcher,
            )

        async with self._rehearsing:  # one at a time, however many people look
            return await asyncio.to_thread(work)

    async def _add(
        self, agent: Agent, suggestion: Suggestion, home: Home
    ) -> Suggestion | Unfit:
        """Write it; the record was committed before, so a crash leaves it waiting at worst."""
        try:
            await asyncio.to_thread(
                write_phrasing, home, suggestion.entry, suggestion.text
            )
        except CannotSplice as error:
            return Unfit(code="file", zh=error.zh, en=error.en)
        except OSError as error:
            return _unwritten(home, error)
        _log.info(
            "phrasing_added",
            room=suggestion.room,
            entry=suggestion.entry,
            file=home.path.as_posix(),
            by=agent.name,
            suggested_by=suggestion.by,
        )
        return await self._settled(agent, suggestion, SuggestionState.ADDED)

    async def _settled(
        self, agent: Agent, suggestion: Suggestion, state: SuggestionState
    ) -> Suggestion | Unfit:
        at = self._clock.now()
        if not await self._store.settle(suggestion.id, state, agent.name, at):
            return _GONE
        return replace(suggestion, state=state, settled_by=agent.name, settled_at=at)


def _home(order: BookOrder, entry: FaqId, text: str) -> Home | Unfit:
    try:
        home = home_of(order.paths, order.products, entry)
        if home is None:
            return _no_entry(entry)
        spliced(home, entry, text)
    except CannotSplice as error:
        return Unfit(code="file", zh=error.zh, en=error.en)
    except OSError as error:
        return Unfit(
            code="file",
            zh=f"问答文件读不到（{error.strerror}），请检查。",
            en=f"The FAQ file can't be read ({error.strerror}).",
        )
    return home


def _no_entry(entry: FaqId) -> Unfit:
    return Unfit(
        code="no_entry",
        zh=f"问答本里没有“{entry}”，可能刚改过；请重新选。",
        en=f'The book has no entry "{entry}" any more: choose again.',
    )


def _unwritten(home: Home, error: OSError) -> Unfit:
    return Unfit(
        code="file",
        zh=f"{home.path.name} 写不进去（{error.strerror}），请检查权限和磁盘空间。",
        en=f"{home.path.name} can't be written ({error.strerror}): check rights and disk space.",
    )
