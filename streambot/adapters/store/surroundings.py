"""Surroundings in the store: the minute around a line, what was on screen, a viewer's other tickets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Text, bindparam, cast, func, select

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.readers import Readers
from streambot.adapters.store.tables import feed, journal, lines, memory, tickets
from streambot.domain.actions import MemoryKind
from streambot.domain.events import ViewerCarted, ViewerSpoke
from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import EventId, ReplyState
from streambot.domain.room import RoomName
from streambot.domain.ticket import Ticket
from streambot.ports.surroundings import EarlierTicket, NearbyLine

#: Newest rows, over all rooms, that are looked through; their tables have no index by time.
LOOK_BACK = 50_000
#: Newest tickets whose viewers' names are compared.
NAMES_BACK = 5_000
#: Shorter names are many people's.
_SHORTEST_NAME = 2

_LINE = Prepared(
    select(journal.c.received_at).where(
        journal.c.event_id == bindparam("event"), journal.c.room == bindparam("of_room")
    )
)
_events = select(journal).order_by(journal.c.n.desc()).limit(LOOK_BACK).subquery()
_HEARD = Prepared(
    select(_events.c.data)
    .where(
        _events.c.room == bindparam("of_room"),
        _events.c.kind == "spoke",
        _events.c.received_at.between(bindparam("since"), bindparam("until")),
    )
    .order_by(_events.c.n)
)
_SAID = Prepared(
    select(lines.c.data)
    .where(
        lines.c.room == bindparam("of_room"),
        lines.c.state == ReplyState.SENT.value,
        lines.c.made_at.between(bindparam("since"), bindparam("until")),
    )
    .order_by(lines.c.made_at)
)
_CARTED = Prepared(
    select(_events.c.received_at, _events.c.data)
    .where(
        _events.c.room == bindparam("of_room"),
        _events.c.kind == "carted",
        _events.c.received_at <= bindparam("until"),
    )
    .order_by(_events.c.n.desc())
    .limit(200)
)
_REMEMBERED = Prepared(
    select(memory.c.at, memory.c.value).where(
        memory.c.room == bindparam("of_room"),
        memory.c.kind == MemoryKind.SHOWN.value,
        memory.c.at <= bindparam("until"),
    )
)
_CHOSEN = Prepared(
    select(feed.c.at, feed.c.data)
    .where(
        feed.c.kind == "product",
        feed.c.room == bindparam("of_room"),
        feed.c.at <= bindparam("until"),
    )
    .order_by(feed.c.seq.desc())
    .limit(1)
)
_newest = select(tickets).order_by(tickets.c.no.desc()).limit(NAMES_BACK).subquery()
_EARLIER = Prepared(
    select(tickets.c.data)
    .where(tickets.c.viewer == bindparam("of_viewer"), tickets.c.id != bindparam("not"))
    .order_by(tickets.c.no.desc())
    .limit(bindparam("most"))
)
_NAMESAKES = Prepared(
    select(_newest.c.data)
    .where(
        _newest.c.room != bindparam("of_room"),
        _newest.c.viewer != bindparam("of_viewer"),
        func.json_extract(cast(_newest.c.data, Text), "$.viewer.name")
        == bindparam("of_name"),
    )
    .order_by(_newest.c.no.desc())
    .limit(bindparam("most"))
)


class StoredSurroundings:
    """Reads for one ticket at a time, on a person's request."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def moment(self, room: RoomName, event: EventId) -> datetime | None:
        """When a line was heard; None where it isn't kept."""
        row = await self._readers.read(
            lambda connection: _LINE.run(
                connection, event=event, of_room=room
            ).fetchone()
        )
        return None if row is None else encoding.instant(row[0])

    async def around(
        self, room: RoomName, at: datetime, reach: timedelta, most: int
    ) -> Sequence[NearbyLine]:
        """What everybody in the room read within *reach* of *at*, oldest first."""
        found = await self._readers.read(
            lambda connection: list(_read_around(connection, room, at, reach))
        )
        nearest = sorted(found, key=lambda each: abs(each.at - at))[:most]
        return sorted(nearest, key=lambda each: each.at)

    async def on_screen(self, room: RoomName, at: datetime) -> str | None:
        """The product that was being shown at *at*: its id, or what the host called it."""
        return await self._readers.read(
            lambda connection: _read_on_screen(connection, room, encoding.micros(at))
        )

    async def earlier(self, ticket: Ticket, most: int) -> Sequence[EarlierTicket]:
        """Other tickets of its viewer in every room, newest first."""
        return await self._readers.read(
            lambda connection: _read_earlier(connection, ticket, most)
        )


def _read_around(
    connection: sqlite3.Connection, room: RoomName, at: datetime, reach: timedelta
) -> Iterator[NearbyLine]:
    span = {
        "since": encoding.micros(at - reach),
        "until": encoding.micros(at + reach),
    }
    for (data,) in _HEARD.run(connection, of_room=room, **span):
        event = encoding.decode_event("spoke", data)
        assert isinstance(event, ViewerSpoke)
        yield NearbyLine(
            id=event.id,
            at=event.received_at,
            name=event.viewer.name,
            text=event.text,
        )
    for (data,) in _SAID.run(connection, of_room=room, **span):
        line = encoding.decode_line(data)
        if line.visibility is Visibility.PUBLIC:  # what was private stays so
            yield NearbyLine(
                id=line.line_id, at=line.made_at, name="", text=line.text, ours=True
            )


def _read_on_screen(
    connection: sqlite3.Connection, room: RoomName, until: int
) -> str | None:
    """Of what is known of the screen up to then, the newest."""
    known: list[tuple[int, str | None]] = list(
        _REMEMBERED.run(connection, of_room=room, until=until)
    )
    for at, data in _CHOSEN.run(connection, of_room=room, until=until):
        product = encoding.decode_object(data)["product"]
        known.append((at, None if product is None else str(product)))
    for at, data in _CARTED.run(connection, of_room=room, until=until):
        event = encoding.decode_event("carted", data)
        assert isinstance(event, ViewerCarted)
        if event.viewer.is_anchor:
            known.append((at, event.product))
            break
    return max(known, key=lambda each: each[0])[1] or None if known else None


def _read_earlier(
    connection: sqlite3.Connection, ticket: Ticket, most: int
) -> tuple[EarlierTicket, ...]:
    viewer = ticket.viewer
    own: dict[str, str | int] = {"of_viewer": viewer.key, "most": most}
    found = [
        EarlierTicket(ticket=encoding.decode_ticket(data))
        for (data,) in _EARLIER.run(connection, **{"not": ticket.id}, **own)
    ]
    if not viewer.masked and len(viewer.name) >= _SHORTEST_NAME:
        # Another platform gives the same person another key; the name is a hint, no proof.
        found += [
            EarlierTicket(ticket=encoding.decode_ticket(data), same_name=True)
            for (data,) in _NAMESAKES.run(
                connection, of_room=ticket.room, of_name=viewer.name, **own
            )
        ]
    found.sort(key=lambda each: each.ticket.no, reverse=True)
    return tuple(found[:most])
