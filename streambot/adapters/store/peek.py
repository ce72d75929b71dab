"""Peeking: what commands read from a store without its lock, also beside a running bot."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import and_, bindparam, select

from streambot.adapters.store import encoding
from streambot.adapters.store.audits import read_broken
from streambot.adapters.store.broadcasts import read_summary
from streambot.adapters.store.connections import open_reader
from streambot.adapters.store.faults import store_error
from streambot.adapters.store.heard import read_newest
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.store import FILE
from streambot.adapters.store.tables import decisions, journal, users
from streambot.adapters.store.vectors import read_vectors
from streambot.domain.broadcast import BroadcastSummary
from streambot.domain.events import ViewerSpoke
from streambot.domain.role import Role
from streambot.domain.room import RoomName
from streambot.ports.accounts import NO_PASSWORD

_UNANSWERED = Prepared(
    select(journal.c.kind, journal.c.data)
    .join(
        decisions,
        and_(
            decisions.c.event_id == journal.c.event_id,
            decisions.c.room == journal.c.room,
        ),
    )
    .where(
        decisions.c.question,
        decisions.c.room == bindparam("of_room"),
        decisions.c.at >= bindparam("since"),
    )
    .order_by(decisions.c.n)
)
_LOGINS = Prepared(
    select(users.c.role).where(~users.c.disabled, users.c.password_hash != NO_PASSWORD)
)
_NAMES = Prepared(select(users.c.name).where(~users.c.disabled))


def login_roles(data_dir: Path) -> list[Role]:
    """The role of everybody who can log in with a password; none where there is no store.

    Raises:
        StoreError: the store can't be read.
    """
    with _peek(data_dir) as connection:
        if connection is None:
            return []
        return [Role(role) for (role,) in _LOGINS.run(connection)]


def account_names(data_dir: Path) -> frozenset[str]:
    """Whose accounts are not switched off; nobody's where there is no store.

    Raises:
        StoreError: the store can't be read.
    """
    with _peek(data_dir) as connection:
        if connection is None:
            return frozenset()
        return frozenset(name for (name,) in _NAMES.run(connection))


def unanswered(
    data_dir: Path, room: RoomName, since: datetime
) -> list[tuple[str, str]]:
    """(text, viewer key) of every question of *room* that nothing answered, oldest first.

    Raises:
        StoreError: the store can't be read.
    """
    with _peek(data_dir) as connection:
        if connection is None:
            return []
        rows = _UNANSWERED.run(
            connection, of_room=room, since=encoding.micros(since)
        ).fetchall()
    events = (encoding.decode_event(kind, data) for kind, data in rows)
    return [
        (event.text, event.viewer.key)
        for event in events
        if isinstance(event, ViewerSpoke)
    ]


def newest_lines(data_dir: Path, room: RoomName, most: int) -> list[str]:
    """The newest *most* lines of *room*, oldest first; none where there is no store.

    Raises:
        StoreError: the store can't be read.
    """
    with _peek(data_dir) as connection:
        if connection is None:
            return []
        return [line.text for line in read_newest(connection, room, most)]


def vectors(data_dir: Path, model: str, phrases: Sequence[str]) -> dict[str, bytes]:
    """What is kept of *phrases*; nothing where there is no store, or an older one.

    Raises:
        StoreError: the store can't be read.
    """
    with _peek(data_dir) as connection:
        if connection is None:
            return {}
        try:
            return read_vectors(connection, model, phrases)
        except sqlite3.OperationalError:
            return {}  # of before there were vectors


def broadcast_summary(
    data_dir: Path, room: RoomName, number: int | None, now: datetime
) -> BroadcastSummary | None:
    """What a broadcast of *room* came to, the newest where none is named; None: no such.

    Raises:
        StoreError: the store can't be read.
    """
    with _peek(data_dir) as connection:
        if connection is None:
            return None
        try:
            return read_summary(connection, room, number, now)
        except sqlite3.OperationalError:
            return None  # of before broadcasts were kept


def broken_audit(data_dir: Path) -> int | None:
    """The first row of the audit that isn't what was written; None: all are, or there is none.

    Raises:
        StoreError: the store can't be read.
    """
    with _peek(data_dir) as connection:
        if connection is None:
            return None
        try:
            return read_broken(connection)
        except sqlite3.OperationalError:
            return None  # of before there was an audit


@contextmanager
def _peek(data_dir: Path) -> Iterator[sqlite3.Connection | None]:
    """A connection that only reads; None where there is no store yet."""
    path = data_dir / FILE
    if not path.is_file():
        yield None
        return
    try:
        with closing(open_reader(path)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise store_error(error, path) from error
