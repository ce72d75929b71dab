"""What agents were at, as intervals on disk: a shift's timeline, over midnight and restarts."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from sqlalchemy import bindparam, insert, or_, select, update

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.tables import agent_states
from streambot.domain.presence import AgentState
from streambot.ports.store import AgentSpell

_ROW = agent_states.c
_END = Prepared(
    update(agent_states)
    .where(_ROW.agent == bindparam("of_agent"), _ROW.until.is_(None))
    .values(until=bindparam("ended_at"))
)
_IS = Prepared(
    select(_ROW.state).where(_ROW.agent == bindparam("of_agent"), _ROW.until.is_(None))
)
_BEGIN = Prepared(insert(agent_states))
_SINCE = Prepared(
    select(_ROW.agent, _ROW.state, _ROW.since, _ROW.until, _ROW.cause)
    .where(or_(_ROW.until.is_(None), _ROW.until > bindparam("instant")))
    .order_by(_ROW.since, _ROW.id)
)


def begin(
    connection: sqlite3.Connection,
    agent: str,
    state: AgentState,
    at: datetime,
    cause: str,
) -> None:
    """End what *agent* was at and begin *state*; at most one interval of an agent is open.

    Where they are at it already nothing begins: another process of the desk saw the same.
    """
    if _IS.run(connection, of_agent=agent).fetchone() == (state.value,):
        return
    now = encoding.micros(at)
    _END.run(connection, of_agent=agent, ended_at=now)
    _BEGIN.run(
        connection, agent=agent, state=state.value, since=now, until=None, cause=cause
    )


def read(connection: sqlite3.Connection, since: datetime) -> tuple[AgentSpell, ...]:
    """Intervals that are open or ended behind *since*, oldest first."""
    return tuple(
        AgentSpell(
            agent=agent,
            state=AgentState(state),
            since=encoding.instant(begun),
            until=None if until is None else encoding.instant(until),
            cause=cause,
        )
        for agent, state, begun, until, cause in _SINCE.run(
            connection, instant=encoding.micros(since)
        )
    )
