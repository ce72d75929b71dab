"""What viewers said and what was decided about it, read back for those who teach the book."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from sqlalchemy import bindparam, select

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.readers import Readers
from streambot.adapters.store.tables import decisions, journal
from streambot.domain.decision import Decision, DecisionKind
from streambot.domain.events import ViewerSpoke
from streambot.domain.evidence import Evidence
from streambot.domain.reply import EventId
from streambot.domain.room import RoomName
from streambot.domain.viewer import ViewerKey

#: Newest events and decisions, over all rooms, that are looked through.
LOOK_BACK = 50_000

_recent = select(journal).order_by(journal.c.n.desc()).limit(LOOK_BACK).subquery()
_NEWEST = Prepared(
    select(_recent.c.data)
    .where(_recent.c.room == bindparam("of_room"), _recent.c.kind == "spoke")
    .order_by(_recent.c.n.desc())
    .limit(bindparam("most"))
)
_LINE = Prepared(
    select(journal.c.data).where(
        journal.c.event_id == bindparam("event"),
        journal.c.room == bindparam("of_room"),
        journal.c.kind == "spoke",
    )
)
_decided = select(decisions).order_by(decisions.c.n.desc()).limit(LOOK_BACK).subquery()
_DECISION = Prepared(
    select(
        _decided.c.kind,
        _decided.c.at,
        _decided.c.viewer,
        _decided.c.entry,
        _decided.c.score,
        _decided.c.reason,
        _decided.c.evidence,
        _decided.c.question,
    )
    .where(
        _decided.c.room == bindparam("of_room"),
        _decided.c.event_id == bindparam("event"),
        _decided.c.kind != DecisionKind.GREET.value,
    )
    .order_by(_decided.c.n.desc())
    .limit(1)
)


class Heard:
    """Reads lines and decisions; never writes."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def newest(self, room: RoomName, most: int) -> Sequence[ViewerSpoke]:
        """The newest lines of a room's recent past, oldest first."""
        return await self._readers.read(
            lambda connection: read_newest(connection, room, most)
        )

    async def line(self, room: RoomName, event: EventId) -> ViewerSpoke | None:
        """One line, however old."""
        row = await self._readers.read(
            lambda connection: _LINE.run(
                connection, event=event, of_room=room
            ).fetchone()
        )
        return None if row is None else _line(row[0])

    async def decision(self, room: RoomName, event: EventId) -> Decision | None:
        """What was decided about a recent line last."""
        return await self._readers.read(
            lambda connection: _read_decision(connection, room, event)
        )


def read_newest(
    connection: sqlite3.Connection, room: RoomName, most: int
) -> tuple[ViewerSpoke, ...]:
    """The newest lines of a room's recent past, oldest first."""
    rows = _NEWEST.run(connection, of_room=room, most=most).fetchall()
    return tuple(_line(data) for (data,) in reversed(rows))


def _read_decision(
    connection: sqlite3.Connection, room: RoomName, event: EventId
) -> Decision | None:
    row = _DECISION.run(connection, of_room=room, event=event).fetchone()
    if row is None:
        return None
    kind, at, viewer, entry, score, reason, evidence, question = row
    return Decision(
        at=encoding.instant(at),
        event_id=event,
        viewer=ViewerKey(viewer),
        kind=DecisionKind(kind),
        entry=entry,
        score=score,
        reason=reason,
        evidence=_evidence(evidence),
        question=bool(question),
    )


def _line(data: bytes) -> ViewerSpoke:
    event = encoding.decode_event("spoke", data)
    assert isinstance(event, ViewerSpoke)
    return event


def _evidence(data: bytes | None) -> tuple[Evidence, ...]:
    return () if data is None else encoding.decode_evidence(data)
