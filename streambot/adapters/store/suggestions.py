"""Suggestions in the store: who said that a line belongs to an entry, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.readers import Readers
from streambot.adapters.store.tables import suggestions
from streambot.adapters.store.transaction import StoreTransaction
from streambot.adapters.store.writer import Writer
from streambot.domain.audit import Act, Deed
from streambot.domain.faq.entry import FaqId
from streambot.domain.reply import EventId
from streambot.domain.room import RoomName
from streambot.ports.suggestions import Suggestion, SuggestionState

_WAITING = SuggestionState.WAITING.value
_ADD = Prepared(insert(suggestions))
_SAME = Prepared(
    select(suggestions).where(
        suggestions.c.room == bindparam("of_room"),
        suggestions.c.entry == bindparam("of_entry"),
        suggestions.c.text == bindparam("of_text"),
        suggestions.c.state == _WAITING,
    )
)
_ONE = Prepared(select(suggestions).where(suggestions.c.id == bindparam("number")))
_OF_ROOM = Prepared(
    select(suggestions)
    .where(suggestions.c.room == bindparam("of_room"), suggestions.c.state == _WAITING)
    .order_by(suggestions.c.id)
)
_SETTLE = Prepared(
    update(suggestions)
    .where(suggestions.c.id == bindparam("number"), suggestions.c.state == _WAITING)
    .values(
        state=bindparam("new_state"),
        settled_by=bindparam("new_by"),
        settled_at=bindparam("new_at"),
    )
    .returning(suggestions.c["by"])
)


class Suggestions:
    """Kept for ever: they tell who put which phrasing into a book."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def put(self, suggestion: Suggestion) -> Suggestion:
        """Keep it; the one that is kept: the same that waits already, else this with its id."""
        kept, _ = await self._writer.call(lambda own: _put(own, suggestion))
        return kept

    async def get(self, number: int) -> Suggestion | None:
        """One suggestion, in whatever state."""
        row = await self._readers.read(
            lambda connection: _ONE.run(connection, number=number).fetchone()
        )
        return None if row is None else _suggestion(row)

    async def waiting(self, room: RoomName) -> Sequence[Suggestion]:
        """Those of a room that wait, oldest first."""
        rows = await self._readers.read(
            lambda connection: _OF_ROOM.run(connection, of_room=room).fetchall()
        )
        return tuple(map(_suggestion, rows))

    async def settle(
        self, number: int, state: SuggestionState, by: str, at: datetime
    ) -> bool:
        """Note what came of one that waits; False when it doesn't wait any more."""

        def work(own: StoreTransaction) -> bool:
            done = _SETTLE.run(
                own.connection,
                number=number,
                new_state=state.value,
                new_by=by,
                new_at=encoding.micros(at),
            )
            settled = done.fetchone()
            if settled is not None:
                act = _act(state, own=str(settled[0]) == by)
                own.audit(Deed(at=at, actor=by, action=act, object=str(number)))
            return settled is not None

        return (await self._writer.call(work))[0]


def _act(state: SuggestionState, *, own: bool) -> Act:
    """What a settled suggestion is called; one's own that goes in was taught directly."""
    if state is not SuggestionState.ADDED:
        return Act.PHRASING_DECLINED
    return Act.PHRASING_TAUGHT if own else Act.PHRASING_ACCEPTED


def _put(own: StoreTransaction, suggestion: Suggestion) -> Suggestion:
    known = _SAME.run(
        own.connection,
        of_room=suggestion.room,
        of_entry=suggestion.entry,
        of_text=suggestion.text,
    ).fetchone()
    if known is not None:
        return _suggestion(known)
    added = _ADD.run(
        own.connection,
        id=None,
        room=suggestion.room,
        entry=suggestion.entry,
        text=suggestion.text,
        event_id=suggestion.event_id,
        by=suggestion.by,
        at=encoding.micros(suggestion.at),
        state=suggestion.state.value,
        settled_by=suggestion.settled_by,
        settled_at=encoding.maybe_micros(suggestion.settled_at),
    )
    return replace(suggestion, id=added.lastrowid or 0)


def _suggestion(row: tuple[Any, ...]) -> Suggestion:
    number, room, entry, text, event, by, at, state, settled_by, settled_at = row
    return Suggestion(
        id=number,
        room=RoomName(room),
        entry=FaqId(entry),
        text=text,
        event_id=None if event is None else EventId(event),
        by=by,
        at=encoding.instant(at),
        state=SuggestionState(state),
        settled_by=settled_by,
        settled_at=encoding.maybe_instant(settled_at),
    )
