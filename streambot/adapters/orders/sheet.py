"""Sheet: the bytes of one order file as good rows and named bad ones."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from streambot.adapters.orders.columns import Flaw, KeyOf, place_columns, read_row
from streambot.authoring.problem import Place, Problem
from streambot.domain.order import Order

_DELIMITERS = ",\t;"
_AS_TEXT = re.compile(r'="?([^"]*)"?')  # ="0123", a spreadsheet's way to say "text"
_LONGEST_CELL = 10_000
#: Bad rows beyond this are counted by the last one only.
_NAMED = 200
_SHORT_TAIL = 3  # bytes that a character cut in two may leave


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a file held; *cut* when its end looks as if it were still being written."""

    orders: tuple[Order, ...]
    problems: tuple[Problem, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReader:
    """Reads order files the way one room's configuration says."""

    columns: Mapping[str, str]
    key_of: KeyOf

    def read(self, data: bytes, name: str, *, settled: bool) -> Sheet:
        """The rows of *data*; unless *settled*, a last line without an end is left out."""
        text, cut = _decoded(data)
        whole = text.endswith(("\n", "\r"))
        cut = not settled and (cut or not whole)
        if cut:
            text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
        orders: list[Order] = []
        problems: list[Problem] = []
        for line, row in self._rows(text):
            if isinstance(row, Flaw):
                if len(problems) < _NAMED:
                    problems.append(_problem(name, line, row))
            else:
                orders.append(row)
        return Sheet(orders=tuple(orders), problems=tuple(problems), cut=cut)

    def _rows(self, text: str) -> Iterator[tuple[int, Order | Flaw]]:
        """Every row with the line it ends in, from 1."""
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        places: dict[str, int] | None = None
        try:
            for cells in reader:
                row = [_clean(cell) for cell in cells]
                if not any(row):
                    continue
                if places is None:
                    places = place_columns(row, self.columns)
                    continue
                yield reader.line_num, self._order(row, places)
        except csv.Error:
            yield (
                reader.line_num,
                Flaw(
                    "这一行的引号没有配对，后面的行没有读。",
                    "A quote is never closed here; the lines behind it were not read.",
                ),
            )
        except Flaw as flaw:  # of the header: nothing can be read
            yield reader.line_num, flaw

    def _order(self, row: list[str], places: Mapping[str, int]) -> Order | Flaw:
        cells = {
            column: row[place] for column, place in places.items() if place < len(row)
        }
        if any(len(cell) > _LONGEST_CELL for cell in cells.values()):
            return Flaw(
                "有一格太长，多半是引号没有配对。",
                "A cell is far too long, probably a quote is never closed.",
            )
        try:
            return read_row(cells, self.key_of)
        except Flaw as flaw:
            return flaw


def _decoded(data: bytes) -> tuple[str, bool]:
    """The text, and whether its last character was cut in two."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), False
    try:
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError as error:
        at_end = len(data) - error.start <= _SHORT_TAIL
        if at_end and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8-sig"), True
    return data.decode("gb18030", errors="replace"), False


def _delimiter(text: str) -> str:
    """What separates cells, told by the first line."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _clean(cell: str) -> str:
    """A cell without what spreadsheets put around it."""
    cell = cell.strip().removeprefix("\ufeff").strip()
    if cell.startswith("="):
        found = _AS_TEXT.fullmatch(cell)
        cell = cell if found is None else found[1]
    return cell.removeprefix("'").replace("\x00", "").strip()


def _problem(name: str, line: int, flaw: Flaw) -> Problem:
    return Problem(
        place=Place(file=name, line=line, column=1), code="E801", zh=flaw.zh, en=flaw.en
    )
