"""Who is at which process of the desk, as rows that each process keeps of its own people."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.tables import attendance
from streambot.domain.agent import Agent, AgentName
from streambot.domain.attendance import KEPT, Attendance
from streambot.domain.role import Role

_ROW = attendance.c
_put = upsert(attendance)
_PUT = Prepared(
    _put.on_conflict_do_update(
        index_elements=[_ROW.process, _ROW.agent],
        set_={
            name: _put.excluded[name]
            for name in ("role", "groups", "heard_at", "there", "on_break", "said")
        },
    )
)
_FORGET = Prepared(delete(attendance).where(_ROW.heard_at < bindparam("before")))
_OTHERS = Prepared(
    select(attendance)
    .where(_ROW.process != bindparam("process"))
    .order_by(_ROW.agent, _ROW.process)
)


def write(connection: sqlite3.Connection, rows: Sequence[Attendance]) -> None:
    """Put *rows* in the place of what the same process said of the same people."""
    _PUT.many(
        connection,
        [
            (
                row.process,
                row.agent.name,
                row.agent.role.value,
                encoding.array(sorted(row.agent.groups)),
                encoding.micros(row.heard_at),
                row.there,
                row.on_break,
                row.said,
            )
            for row in rows
        ],
    )
    newest = max((row.heard_at for row in rows), default=None)
    if newest is not None:
        _FORGET.run(connection, before=encoding.micros(newest - KEPT))


def read_others(connection: sqlite3.Connection, process: str) -> tuple[Attendance, ...]:
    """What all processes but *process* said last."""
    return tuple(
        Attendance(
            process=other,
            agent=Agent(
                name=AgentName(agent),
                role=Role(role),
                groups=frozenset(encoding.decode_array(groups)),
            ),
            heard_at=encoding.instant(heard_at),
            there=bool(there),
            on_break=bool(on_break),
            said=said,
        )
        for other, agent, role, groups, heard_at, there, on_break, said in _OTHERS.run(
            connection, process=process
        )
    )
