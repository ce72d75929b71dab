"""Prepared: Core statements compiled once and run on the driver, so that a row costs no compiling."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import chain

from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

Value = str | int | float | bytes | None
Row = tuple[Value, ...]

#: Rows of one statement at most; a power of two.
_MOST = 32


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
        if len(rows) > 1 and self._repeats:
            return self._sized.run(connection, rows)
        return connection.executemany(self.sql, rows).rowcount if rows else 0

    @cached_property
    def _repeats(self) -> bool:
        """Whether it inserts plain values, of which one statement may name many rows."""
        before, found, _ = self.sql.partition(self._values)
        return bool(found) and before.rstrip().endswith("VALUES")

    @cached_property
    def _values(self) -> str:
        return f"({', '.join('?' * len(self.names))})"

    @cached_property
    def _sized(self) -> Sized:
        before, values, after = self.sql.partition(self._values)
        return Sized(lambda rows: f"{before}{', '.join([values] * rows)}{after}")


class Sized:
    """A statement over many rows: *text* writes it for so many of them.

    The driver hands the interpreter over for every statement it steps through, and takes it back
    behind whatever the loop is at: a writer that steps once for many rows waits less for a busy
    loop, and wakes it less often. Sizes are powers of two, so that few statements are compiled.
    """

    def __init__(self, text: Callable[[int], str]) -> None:
        self._text = text
        self._texts: dict[int, str] = {}

    def run(self, connection: sqlite3.Connection, rows: Sequence[Row]) -> int:
        """Execute for all *rows*, in their order; gives the rows changed."""
        start, changed, size = 0, 0, _MOST
        while start < len(rows):
            while size > len(rows) - start:
                size //= 2
            values = [*chain.from_iterable(rows[start : start + size])]
            changed += connection.execute(self._of(size), values).rowcount
            start += size
        return changed

    def _of(self, size: int) -> str:
        text = self._texts.get(size)
        if text is None:
            text = self._texts[size] = self._text(size)
        return text
