"""HostBoard: what the host marks on a room's board, and everything that follows from it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from streambot.application.host_answers import answered_aloud
from streambot.application.room_view import RoomView
from streambot.domain.board_question import Ask, Question
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.reply import EventId, LineId, TicketId
from streambot.domain.room import RoomName
from streambot.ports.clock import Clock
from streambot.ports.host_board import HostAnswer, Mark, MarkAct, MarkStore
from streambot.ports.store import Committed, DeskTransaction


class BoardRooms(Protocol):
    """What marks reach of the rooms."""

    @property
    def views(self) -> Mapping[RoomName, RoomView]:
        """What each room shows right now."""
        ...

    async def mark_said(self, room: RoomName, line: LineId, by: str) -> bool:
        """A person said a shown line."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matter:
    """A ticket whose question is answered, and the lines that ask it."""

    ticket: TicketId
    lines: frozenset[EventId]


class HostBoard:
    """Marks are kept first; then the board, the prompter and the desk show what they did.

    Args:
        rooms: the rooms of this process.
        store: where marks are kept.
        clock: time, for what happens to tickets.
        policy: the desk's promises.
        committed: told of what a mark did to tickets.
    """

    def __init__(
        self,
        rooms: BoardRooms,
        store: MarkStore,
        clock: Clock,
        policy: DeskPolicy,
        committed: Callable[[Committed], None],
    ) -> None:
        self._rooms = rooms
        self._store = store
        self._clock = clock
        self._policy = policy
        self._committed = committed
        self._turn = asyncio.Lock()  # two screens may mark one question at once

    async def mark(self, mark: Mark) -> bool:
        """Do what *mark* says, once for each ref; False: there is no such question any more.

        Raises:
            KeyError: there is no such room.
        """
        async with self._turn:
            return await self._mark(mark)

    async def _mark(self, mark: Mark) -> bool:
        view = self._rooms.views[mark.room]
        board = view.board
        question = board.find(mark.question) or board.done.get(mark.question)
        if question is None:
            return await self._store.is_marked(mark.room, mark.ref)
        if question.answered:
            return True  # on another screen, or with an answer that got lost
        mark = replace(mark, at=max(mark.at, question.first_at))
        answered = mark.act is MarkAct.ANSWERED
        asks = question.asked_until(mark.at) if answered else []
        matters = _matters(view, asks)
        fresh, committed = await self._store.mark(
            mark,
            "" if question.hidden else question.text,
            [each for ask in asks for each in _answers(ask)],
            self._desk_work(mark, matters),
        )
        self._committed(committed)
        if not fresh:
            return True
        if mark.act in (MarkAct.PIN, MarkAct.UNPIN):
            board.pin(question, pinned=mark.act is MarkAct.PIN)
            return True
        board.close(question, mark.at, answered=answered)
        if answered:
            view.count("host_questions")
            view.count("host_answered", len(asks))
            tickets = {each.ticket for each in matters}
            await self._say_prompts(view, question, tickets, mark)
        return True

    def _desk_work(
        self, mark: Mark, matters: Sequence[_Matter]
    ) -> Callable[[DeskTransaction], None]:
        now = replace(mark, at=self._clock.now())

        def work(tx: DeskTransaction) -> None:
            for each in matters:
                answered_aloud(tx, each.ticket, each.lines, now, self._policy)

        return work

    async def _say_prompts(
        self,
        view: RoomView,
        question: Question,
        tickets: Collection[TicketId],
        mark: Mark,
    ) -> None:
        """What the prompter holds for those who asked was said with it."""
        for line in list(view.prompter.values()):
            if line.ticket in tickets or not question.owed.isdisjoint(line.covers):
                await self._rooms.mark_said(mark.room, line.line_id, mark.by)


def _answers(ask: Ask) -> Iterator[HostAnswer]:
    """Each of a viewer's lines that ask it; together they are one question."""
    for event in ask.events:
        yield HostAnswer(event=event, viewer=ask.viewer.key, asked_at=ask.at)


def _matters(view: RoomView, asks: Sequence[Ask]) -> list[_Matter]:
    """Live tickets of whoever asked, that one of these lines led to."""
    lines = {ask.viewer.key: frozenset(ask.events) for ask in asks}
    return [
        _Matter(ticket=ticket.id, lines=lines[ticket.viewer.key])
        for ticket in view.board.tickets.values()
        if ticket.trigger in lines.get(ticket.viewer.key, ())
    ]
