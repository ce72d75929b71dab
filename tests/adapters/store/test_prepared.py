"""Prepared: many rows in one statement do what they do one by one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, Text, bindparam, insert, update
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store.prepared import Prepared

_ROWS = Table(
    "rows", MetaData(), Column("key", Integer, primary_key=True), Column("value", Text)
)
_VALUES: dict[str, Any] = {name: bindparam(name) for name in ("key", "value")}
_NEW = Prepared(upsert(_ROWS).values(_VALUES).on_conflict_do_nothing())
_upsert = upsert(_ROWS).values(_VALUES)
_LAST = Prepared(
    _upsert.on_conflict_do_update(
        index_elements=[_ROWS.c.key], set_={"value": _upsert.excluded.value}
    )
)
_CHANGE = Prepared(
    update(_ROWS).values(value=bindparam("new")).where(_ROWS.c.key == bindparam("at"))
)
_PLAIN = Prepared(insert(_ROWS).values(_VALUES))


def _told(statement: Prepared, rows: list[tuple[int, str]]) -> tuple[int, list[object]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE rows (key INTEGER PRIMARY KEY, value TEXT)")
        changed = statement.many(connection, rows)
        return changed, connection.execute("SELECT * FROM rows ORDER BY key").fetchall()


_some = st.lists(st.tuples(st.integers(0, 90), st.text(max_size=3)), max_size=120)


@given(rows=_some)
def test_blocks_leave_and_count_what_single_rows_do(
    rows: list[tuple[int, str]],
) -> None:
    """Twice the same key, within a statement or over two, is the first or the last as told."""
    first = dict(reversed(rows))
    assert _told(_NEW, rows) == (len(first), sorted(first.items()))
    assert _told(_LAST, rows) == (len(rows), sorted(dict(rows).items()))
    assert _told(_PLAIN, [*first.items()]) == (len(first), sorted(first.items()))


def test_what_inserts_nothing_runs_row_by_row() -> None:
    """An update has no list of values to lengthen."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE rows (key INTEGER PRIMARY KEY, value TEXT)")
        _PLAIN.many(connection, [(key, "old") for key in range(100)])
        changed = [("new", key) for key in range(50)]
        assert _CHANGE.names == ("new", "at")
        assert _CHANGE.many(connection, changed) == 50
        new = connection.execute("SELECT count(*) FROM rows WHERE value = 'new'")
        assert new.fetchone() == (50,)
