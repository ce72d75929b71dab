"""Praise of agents on disk: one row for each line that praised one."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.tables import acclaims
from streambot.domain.acclaim import Acclaim
from streambot.domain.reply import EventId, TicketId
from streambot.domain.room import RoomName
from streambot.domain.viewer import ViewerKey

_PUT = Prepared(upsert(acclaims).on_conflict_do_nothing())
_SINCE = Prepared(
    select(acclaims)
    .where(acclaims.c.at >= bindparam("since"))
    .order_by(acclaims.c.at, acclaims.c.event_id)
)


def write_acclaim(connection: sqlite3.Connection, praise: Acclaim) -> None:
    """Keep one line of praise; the same line twice is one."""
    _PUT.run(
        connection,
        room=praise.room,
        event_id=praise.event_id,
        viewer=praise.viewer,
        ticket=praise.ticket,
        agent=praise.agent,
        at=encoding.micros(praise.at),
        text=praise.text,
    )


def read_acclaims(
    connection: sqlite3.Connection, since: datetime
) -> tuple[Acclaim, ...]:
    """Praise of agents from *since* on, oldest first."""
    rows = _SINCE.run(connection, since=encoding.micros(since))
    return tuple(
        Acclaim(
            room=RoomName(room),
            event_id=EventId(event),
            viewer=ViewerKey(viewer),
            ticket=TicketId(ticket),
            agent=agent,
            at=encoding.instant(at),
            text=text,
        )
        for room, event, viewer, ticket, agent, at, text in rows
    )
