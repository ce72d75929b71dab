"""Tickets' promises on disk: each starts once, runs alone of its kind, and ends exactly once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Text,
    bindparam,
    column,
    func,
    or_,
    select,
    update,
    values,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared, Row, Sized
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


#: One that runs already keeps running: the first line counts.
_ADD = Prepared(
    upsert(clocks)
    .values({column.name: bindparam(column.name) for column in _COLUMNS})
    .on_conflict_do_nothing()
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


def _ending(how: str) -> Sized:
    """Ends running clocks, each row a ticket, a kind and an instant."""

    def text(rows: int) -> str:
        ended = values(
            column("ticket", Text),
            column("kind", Text),
            column("at", BigInteger),
            name="ended",
        )
        told: list[tuple[BindParameter[object], ...]] = [
            tuple(bindparam(f"{name}_{row}") for name in ("ticket", "kind", "at"))
            for row in range(rows)
        ]
        now = ended.data(told).cte()
        statement = (
            update(clocks)
            .where(clocks.c.ticket == now.c.ticket, clocks.c.kind == now.c.kind)
            .where(CLOCK_RUNS)
            .values({f"{how}_at": now.c.at})
        )
        return Prepared(statement).sql

    return Sized(text)


_ENDS = {how: _ending(how) for how in ("met", "breached", "cancelled")}
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


def add_clocks(connection: sqlite3.Connection, started: Iterable[ClockRow]) -> None:
    """Start clocks, but any of whose kind one runs for the ticket."""
    _ADD.many(
        connection,
        [
            (
                clock.ticket,
                clock.kind,
                clock.policy,
                encoding.micros(clock.started_at),
                encoding.micros(clock.due_at),
                encoding.maybe_micros(clock.met_at),
                encoding.maybe_micros(clock.breached_at),
                encoding.maybe_micros(clock.cancelled_at),
                encoding.maybe_micros(clock.warn_at),
                encoding.maybe_micros(clock.paused_at),
            )
            for clock in started
        ],
    )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How the running clock of a kind ends; ``how`` is ``met``, ``breached`` or ``cancelled``."""

    ticket: TicketId
    kind: str
    how: str
    at: datetime

    def __post_init__(self) -> None:
        if self.how not in _ENDS:
            raise StoreError(f"没有这种时钟结束方式 A clock can't end as {self.how!r}.")


def end_clocks(connection: sqlite3.Connection, ended: Sequence[Ended]) -> None:
    """End the running clocks of these tickets and kinds, each named once, where there are any."""
    for how, statement in _ENDS.items():
        rows: list[Row] = [
            (each.ticket, each.kind, encoding.micros(each.at))
            for each in ended
            if each.how == how
        ]
        statement.run(connection, rows)


def read_clocks(connection: sqlite3.Connection) -> tuple[ClockRow, ...]:
    """All running clocks, by due time."""
    rows = _RUNNING.run(connection)
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
