"""Ratings on disk: one row for each question that a viewer was asked."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.tables import ratings
from streambot.domain.reply import TicketId
from streambot.domain.room import RoomName
from streambot.domain.satisfaction import Rating
from streambot.domain.viewer import ViewerKey

_put = upsert(ratings)
_PUT = Prepared(
    _put.on_conflict_do_update(
        index_elements=[ratings.c.ticket, ratings.c.episode],
        set_={name: _put.excluded[name] for name in ("score", "rated_at", "text")},
    )
)
_ONE = Prepared(
    select(ratings).where(
        ratings.c.ticket == bindparam("of_ticket"),
        ratings.c.episode == bindparam("of_episode"),
    )
)
_LAST = Prepared(
    select(ratings)
    .where(
        ratings.c.room == bindparam("of_room"), ratings.c.viewer == bindparam("whose")
    )
    .order_by(ratings.c.asked_at.desc())
    .limit(1)
)
_SINCE = Prepared(
    select(ratings)
    .where(ratings.c.asked_at >= bindparam("since"))
    .order_by(ratings.c.asked_at, ratings.c.ticket)
)


def write_rating(connection: sqlite3.Connection, rating: Rating) -> None:
    """Keep a question, or its answer; whose it is never changes."""
    _PUT.run(
        connection,
        ticket=rating.ticket,
        episode=rating.episode,
        room=rating.room,
        viewer=rating.viewer,
        agent=rating.agent,
        asked_at=encoding.micros(rating.asked_at),
        score=rating.score,
        rated_at=encoding.maybe_micros(rating.rated_at),
        text=rating.text,
    )


def read_rating(
    connection: sqlite3.Connection, ticket: TicketId, episode: int
) -> Rating | None:
    """The question of one episode, if it was asked."""
    row = _ONE.run(connection, of_ticket=ticket, of_episode=episode).fetchone()
    return None if row is None else _rating(row)


def read_last(
    connection: sqlite3.Connection, room: RoomName, viewer: ViewerKey
) -> Rating | None:
    """The newest question a viewer was asked in a room."""
    row = _LAST.run(connection, of_room=room, whose=viewer).fetchone()
    return None if row is None else _rating(row)


def read_since(connection: sqlite3.Connection, since: datetime) -> tuple[Rating, ...]:
    """Every question asked from *since* on, oldest first."""
    rows = _SINCE.run(connection, since=encoding.micros(since))
    return tuple(map(_rating, rows))


def _rating(row: tuple[Any, ...]) -> Rating:
    ticket, episode, room, viewer, agent, asked_at, score, rated_at, text = row
    return Rating(
        ticket=TicketId(ticket),
        episode=episode,
        room=RoomName(room),
        viewer=ViewerKey(viewer),
        agent=agent,
        asked_at=encoding.instant(asked_at),
        score=score,
        rated_at=encoding.maybe_instant(rated_at),
        text=text,
    )
