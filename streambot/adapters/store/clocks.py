"""Tickets' promises on disk: each starts once, runs alone of its kind, and ends exactly once."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared, Value
from streambot.adapters.store.tables import CLOCK_RUNS, clocks
from streambot.domain.reply import TicketId
from streambot.domain.service_profile import Counts, Wait
from streambot.domain.ticket import ClockKind
from streambot.errors import StoreError
from streambot.ports.store import ClockRow, Kept

_COLUMNS = (
    clocks.c.ticket,
    clocks.c.kind,
    clocks.c.policy,
    clocks.c.started_at,
    clocks.c.due_at,
    clocks.c.met_at,
    clocks.c.breached_at,
    clocks.c.cancelled_at,
    clocks.c.warn_at,
    clocks.c.paused_at,
)


def _adding(count: int) -> Prepared:
    """So many clocks at once; one that runs already keeps running: the first line counts."""
    rows: list[dict[str, Any]] = [
        {column.name: bindparam(f"{column.name}_{row}") for column in _COLUMNS}
        for row in range(count)
    ]
    return Prepared(upsert(clocks).values(rows).on_conflict_do_nothing())


# A step seldom starts fewer than two, and each statement may cost a wait for the interpreter.
_ADD = tuple(_adding(count) for count in range(1, len(ClockKind) + 1))
_OF_TICKET = Prepared(
    select(*_COLUMNS)
    .where(clocks.c.ticket == bindparam("ticket"))
    .order_by(clocks.c.id)
)
_RUNNING = Prepared(select(*_COLUMNS).where(CLOCK_RUNS).order_by(clocks.c.due_at))
_KEPT = Prepared(
    select(
        clocks.c.kind,
        func.count().filter(clocks.c.met_at >= bindparam("since")),
        func.count().filter(clocks.c.breached_at >= bindparam("since")),
    )
    .where(
        or_(
            clocks.c.met_at >= bindparam("since"),
            clocks.c.breached_at >= bindparam("since"),
        )
    )
    .group_by(clocks.c.kind)
    .order_by(clocks.c.kind)
)
_MOVE = Prepared(
    update(clocks)
    .where(
        clocks.c.ticket == bindparam("of_ticket"),
        clocks.c.kind == bindparam("of_kind"),
        CLOCK_RUNS,
    )
    .values(
        due_at=bindparam("new_due"),
        warn_at=bindparam("new_warn"),
        paused_at=bindparam("new_pause"),
    )
)
_ENDS = {
    how: Prepared(
        update(clocks)
        .where(
            clocks.c.ticket == bindparam("of_ticket"),
            clocks.c.kind == bindparam("of_kind"),
            CLOCK_RUNS,
        )
        .values({f"{how}_at": bindparam("ended_at")})
    )
    for how in ("met", "breached", "cancelled")
}


_COUNTS = {ClockKind.FIRST.value: Counts.FIRST, ClockKind.TURN.value: Counts.EVERY}
_WAITS = Prepared(
    select(
        clocks.c.kind,
        clocks.c.started_at,
        clocks.c.due_at,
        clocks.c.met_at,
        clocks.c.breached_at,
    )
    .where(
        or_(
            clocks.c.kind == bindparam("first"),
            clocks.c.kind == bindparam("turn"),
        ),
        clocks.c.started_at >= bindparam("since"),
        clocks.c.cancelled_at.is_(None),
    )
    .order_by(clocks.c.id.desc())
)


def add_clocks(connection: sqlite3.Connection, started: Sequence[ClockRow]) -> None:
    """Start clocks of different kinds, but any of whose kind one runs for the ticket."""
    if not started:
        return
    values: dict[str, Value] = {}
    for row, clock in enumerate(started):
        values |= {
            f"ticket_{row}": clock.ticket,
            f"kind_{row}": clock.kind,
            f"policy_{row}": clock.policy,
            f"started_at_{row}": encoding.micros(clock.started_at),
            f"due_at_{row}": encoding.micros(clock.due_at),
            f"met_at_{row}": encoding.maybe_micros(clock.met_at),
            f"breached_at_{row}": encoding.maybe_micros(clock.breached_at),
            f"cancelled_at_{row}": encoding.maybe_micros(clock.cancelled_at),
            f"warn_at_{row}": encoding.maybe_micros(clock.warn_at),
            f"paused_at_{row}": encoding.maybe_micros(clock.paused_at),
        }
    _ADD[len(started) - 1].run(connection, **values)


def move_clock(connection: sqlite3.Connection, clock: ClockRow) -> None:
    """Stop the running clock of that kind, or let it go on with another deadline."""
    _MOVE.run(
        connection,
        of_ticket=clock.ticket,
        of_kind=clock.kind,
        new_due=encoding.micros(clock.due_at),
        new_warn=encoding.maybe_micros(clock.warn_at),
        new_pause=encoding.maybe_micros(clock.paused_at),
    )


def end_clock(
    connection: sqlite3.Connection, ticket: TicketId, kind: str, how: str, at: datetime
) -> None:
    """End the running clock of *kind*, if any.

    Raises:
        StoreError: *how* is none of ``met``, ``breached``, ``cancelled``.
    """
    if how not in _ENDS:
        raise StoreError(f"没有这种时钟结束方式 A clock can't end as {how!r}.")
    _ENDS[how].run(
        connection, of_ticket=ticket, of_kind=kind, ended_at=encoding.micros(at)
    )


def read_clocks(
    connection: sqlite3.Connection, ticket: TicketId | None = None
) -> tuple[ClockRow, ...]:
    """Every clock of *ticket*, or all running ones by due time."""
    rows = (
        _RUNNING.run(connection)
        if ticket is None
        else _OF_TICKET.run(connection, ticket=ticket)
    )
    return tuple(
        ClockRow(
            ticket=of,
            kind=kind,
            policy=policy,
            started_at=encoding.instant(started),
            due_at=encoding.instant(due),
            met_at=encoding.maybe_instant(met),
            breached_at=encoding.maybe_instant(breached),
            cancelled_at=encoding.maybe_instant(cancelled),
            warn_at=encoding.maybe_instant(warn),
            paused_at=encoding.maybe_instant(paused),
        )
        for of, kind, policy, started, due, met, breached, cancelled, warn, paused in rows
    )


def read_kept(connection: sqlite3.Connection, since: datetime) -> tuple[Kept, ...]:
    """Clocks that were met and that ran out from *since* on, by kind."""
    rows = _KEPT.run(connection, since=encoding.micros(since))
    return tuple(Kept(kind=kind, met=met, breached=late) for kind, met, late in rows)


def read_waits(connection: sqlite3.Connection, since: datetime) -> tuple[Wait, ...]:
    """Viewers' waits for a human reply that began from *since* on, newest first."""
    return tuple(
        Wait(
            of=_COUNTS[kind],
            since=encoding.instant(started),
            answered_at=encoding.maybe_instant(met),
            until=encoding.instant(due if late is None else late),
        )
        for kind, started, due, met, late in _WAITS.run(
            connection,
            since=encoding.micros(since),
            first=ClockKind.FIRST,
            turn=ClockKind.TURN,
        )
    )
