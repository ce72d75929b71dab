"""Counts of decisions for summaries, read from what is stored."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.tables import decisions
from streambot.domain.room import RoomName

_COUNT = Prepared(
    select(
        decisions.c.kind,
        decisions.c.reason,
        decisions.c.entry,
        func.count().label("count"),
    )
    .where(decisions.c.room == bindparam("room"), decisions.c.at >= bindparam("since"))
    .group_by(decisions.c.kind, decisions.c.reason, decisions.c.entry)
    .order_by(decisions.c.kind, decisions.c.reason, decisions.c.entry)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCount:
    """How many decisions had this kind, reason and entry."""

    kind: str
    reason: str | None
    entry: str | None
    count: int


def read_figures(
    connection: sqlite3.Connection, room: RoomName, since: datetime
) -> tuple[DecisionCount, ...]:
    """Decisions of *room* since an instant, counted."""
    rows = _COUNT.run(connection, room=room, since=encoding.micros(since))
    return tuple(
        DecisionCount(kind=kind, reason=reason, entry=entry, count=count)
        for kind, reason, entry, count in rows
    )
