"""The audit in the store: appended under the head of its chain, never changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Integer, bindparam, func, insert, or_, select
from sqlalchemy import cast as cast_to

from streambot.adapters.store import encoding
from streambot.adapters.store.feed import next_value
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.tables import audit, counters, users
from streambot.domain.audit import (
    GENESIS,
    Act,
    Audited,
    Deed,
    first_broken,
    seal,
    tidied,
)
from streambot.ports.audit import AuditFilter

#: Most rows of one page.
MOST = 1_000

_APPEND = Prepared(insert(audit))
_HEAD = Prepared(select(audit.c.hash).order_by(audit.c.id.desc()).limit(1))
_COUNTED = Prepared(
    select(func.coalesce(func.max(counters.c.value), 0)).where(
        counters.c.name == "audit"
    )
)
#: Who acts without saying their role has the account's.
_ROLE = Prepared(select(users.c.role).where(users.c.name == bindparam("actor")))
_ALL = Prepared(select(audit).order_by(audit.c.id))
_PAGE = Prepared(
    select(audit)
    .where(
        audit.c.id < bindparam("before_id"),
        *(
            or_(bindparam(f"any_{name}") == 1, audit.c[name] == bindparam(f"of_{name}"))
            for name in ("actor", "action", "object", "room")
        ),
    )
    .order_by(audit.c.id.desc())
    .limit(bindparam("most"))
)

_seen = audit.alias("seen")
_UNSEEN = Prepared(
    select(audit)
    .where(
        audit.c.action == Act.WARNING.value,
        audit.c.id.notin_(
            select(cast_to(_seen.c.object, Integer)).where(
                _seen.c.action == Act.WARNING_SEEN.value
            )
        ),
    )
    .order_by(audit.c.id.desc())
    .limit(bindparam("most"))
)


def append(connection: sqlite3.Connection, deed: Deed) -> Audited:
    """Write *deed* as the next row of the chain."""
    deed = tidied(deed)
    if not deed.role:
        known = _ROLE.run(connection, actor=deed.actor).fetchone()
        deed = replace(deed, role="" if known is None else str(known[0]))
    number = next_value(connection, "audit")
    head = _HEAD.run(connection).fetchone()
    before = GENESIS if head is None else str(head[0])
    row = Audited(id=number, deed=deed, before=before, hash=seal(number, deed, before))
    _APPEND.run(
        connection,
        id=number,
        at=encoding.micros(deed.at),
        actor=deed.actor,
        role=deed.role,
        action=deed.action.value,
        object=deed.object,
        room=deed.room,
        reason=deed.reason,
        data=encoding.encode(dict(deed.data)),
        before=before,
        hash=row.hash,
    )
    return row


def read_page(
    connection: sqlite3.Connection, asked: AuditFilter, before: int | None, most: int
) -> tuple[Audited, ...]:
    """Rows older than row *before*, newest first."""
    values: dict[str, str | int] = {}
    for name in ("actor", "action", "object", "room"):
        of = getattr(asked, name)
        values[f"any_{name}"] = int(of is None)
        values[f"of_{name}"] = "" if of is None else str(of)
    rows = _PAGE.run(
        connection,
        before_id=2**62 if before is None else before,
        most=min(max(most, 0), MOST),
        **values,
    )
    return tuple(map(_row, rows))


def read_unseen(connection: sqlite3.Connection, most: int) -> tuple[Audited, ...]:
    """Warnings without an acknowledgement, newest first."""
    return tuple(map(_row, _UNSEEN.run(connection, most=min(max(most, 0), MOST))))


def read_broken(connection: sqlite3.Connection) -> int | None:
    """The first row that isn't what was written, also one that is missing at the end."""
    count = 0

    def rows() -> Iterator[Audited]:
        nonlocal count
        for row in _ALL.run(connection):
            count += 1
            yield _row(row)

    try:
        broken = first_broken(rows())
    except ValueError:  # not even readable; so are msgspec's errors
        return count
    if broken is not None:
        return broken
    counted = cast("int", _COUNTED.run(connection).fetchone()[0])
    return None if counted == count else count + 1


def _row(row: Sequence[Any]) -> Audited:
    number, at, actor, role, action, of, room, reason, data, before, sealed = row
    return Audited(
        id=number,
        deed=Deed(
            at=encoding.instant(at),
            actor=actor,
            role=role,
            action=Act(action),
            object=of,
            room=room,
            reason=reason,
            data=cast(
                "dict[str, str | int | bool | None]", encoding.decode_object(data)
            ),
        ),
        before=before,
        hash=sealed,
    )
