"""Prepared: Core statements compiled once and run on the driver, so that a row costs no compiling."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cached_property
from itertools import chain

from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

Value = str | int | float | bytes | None
Row = tuple[Value, ...]

#: Rows of one statement where many are inserted.
_BLOCK = 32


class Prepared:
    """One statement; declared where tables are known, compiled at first use."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement

    @cached_property
    def _compiled(self) -> tuple[str, tuple[str, ...], dict[str, Value]]:
        compiled = self._statement.compile(dialect=sqlite.dialect(paramstyle="qmark"))
        assert isinstance(compiled, SQLCompiler)
        names = tuple(compiled.positiontup or ())
        return str(compiled), names, dict(compiled.params)

    @cached_property
    def sql(self) -> str:
        """The statement's text, with ``?`` for each value."""
        return self._compiled[0]

    @property
    def names(self) -> tuple[str, ...]:
        """The values' names, in the order that ``many`` takes them."""
        return self._compiled[1]

    def run(self, connection: sqlite3.Connection, **values: Value) -> sqlite3.Cursor:
        """Execute once with *values* by name; what is not given keeps the statement's own."""
        _, names, own = self._compiled
        return connection.execute(
            self.sql, [values[name] if name in values else own[name] for name in names]
        )

    def many(self, connection: sqlite3.Connection, rows: Sequence[Row]) -> int:
        """Execute for every row, values in the order of ``names``; gives the rows changed."""
        if len(rows) < _BLOCK or not self._block:
            return connection.executemany(self.sql, rows).rowcount if rows else 0
        blocks, changed = len(rows) // _BLOCK, 0
        for start in range(0, blocks * _BLOCK, _BLOCK):
            values = [*chain.from_iterable(rows[start : start + _BLOCK])]
            changed += connection.execute(self._block, values).rowcount
        return changed + self.many(connection, rows[blocks * _BLOCK :])

    @cached_property
    def _block(self) -> str:
        """The statement for ``_BLOCK`` rows at once; nothing where it inserts no plain values.

        The driver hands the interpreter over for every statement it steps through: a writer
        that steps once for many rows waits less for a busy loop, and wakes it less often.
        """
        before, values, after = self.sql.partition(
            f"({', '.join('?' * len(self.names))})"
        )
        many = ", ".join([values] * _BLOCK)
        return f"{before}{many}{after}" if before.rstrip().endswith("VALUES") else ""
