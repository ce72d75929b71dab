"""Telling which lines lie inside block texts, quotes and brackets, also in broken files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_BLOCK = re.compile(r"^[|>][+\-0-9]{0,2}\s*(#.*)?$")
#: Lines a bracket may span; looking further would cost the square of a broken file's length.
_IN_SIGHT = 300
#: Spaces, and the dashes of list items.
_LEAD = re.compile(r"[ \t\u3000\u00a0]*(?:-[ \t]+)*")
_TAIL = re.compile(r"^\s*(#.*)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One line's parts; ``at`` is the zero-based column where ``value`` starts."""

    lead: str
    key: str | None
    colon: str
    value: str
    at: int

    @property
    def column(self) -> int:
        """Where the key, or the value of a list item, starts: the depth of what hangs below."""
        return len(self.lead)


def cut(line: str) -> Cut:
    """*line* cut into its parts; a colon counts only where a space or the end follows, or it's full-width."""
    lead = _LEAD.match(line)
    lead_end = lead.end() if lead else 0
    rest = line[lead_end:]
    found = re.match(r"([^\s:：#'\"\[\]{},，]{1,40})([ \t]*[:：])([ \t]*)", rest)
    if found is None or not _ends_key(rest, found):
        return Cut(lead=line[:lead_end], key=None, colon="", value=rest, at=lead_end)
    return Cut(
        lead=line[:lead_end],
        key=found[1],
        colon=found[2],
        value=rest[found.end() :],
        at=lead_end + found.end(),
    )


def _ends_key(rest: str, found: re.Match[str]) -> bool:
    return bool(found[3]) or found.end() == len(rest) or found[2].endswith("：")


def is_block(value: str) -> bool:
    """Whether *value* opens a block text."""
    return _BLOCK.match(value) is not None


def masked(lines: Sequence[str]) -> set[int]:
    """Numbers (from 0) of the lines inside block texts, quoted texts and brackets that do close."""
    inside: set[int] = set()
    number = 0
    while number < len(lines):
        parts = cut(lines[number])
        value = parts.value.strip()
        end = number
        if is_block(value):
            end = _block_end(lines, number, parts)
        elif value[:1] in ("'", '"'):
            end = closing_quote(lines, number, parts) or number
        elif value[:1] in ("[", "{"):
            end = closing_bracket(lines, number, parts) or number
        inside.update(range(number + 1, end + 1))
        number = end + 1
    return inside


def _block_end(lines: Sequence[str], start: int, parts: Cut) -> int:
    """The last line of the block text that *start* opens."""
    least = parts.column if parts.key is not None else parts.lead.rfind("-")
    end = start
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= least:
            break
        end = number
    return end


def closing_quote(lines: Sequence[str], start: int, parts: Cut) -> int | None:
    """The line whose quote ends the text *start* opens; None where it never ends cleanly."""
    quote = parts.value.lstrip()[0]
    column = lines[start].index(quote, parts.at) + 1
    for number in range(start, len(lines)):
        if number > start and _opens_key(lines[number]):
            return None
        end = _quote_end(lines[number], column, quote)
        if end is not None:
            return number if _TAIL.match(lines[number][end + 1 :]) else None
        column = 0
    return None


def _opens_key(line: str) -> bool:
    parts = cut(line)
    return parts.key is not None and parts.value[:1] in ("'", '"', "[", "", "|")


def _quote_end(line: str, column: int, quote: str) -> int | None:
    """Where *quote* ends on *line* from *column* on, doubled and escaped ones skipped."""
    while column < len(line):
        char = line[column]
        if char == "\\" and quote == '"':
            column += 2
            continue
        if char == quote:
            if quote == "'" and line[column + 1 : column + 2] == "'":
                column += 2
                continue
            return column
        column += 1
    return None


def closing_bracket(lines: Sequence[str], start: int, parts: Cut) -> int | None:
    """The line that closes the bracket *start* opens; None where it doesn't close in sight."""
    depth = 0
    column = parts.at
    for number in range(start, min(start + _IN_SIGHT, len(lines))):
        line = lines[number]
        while column < len(line):
            char = line[column]
            if char in "'\"" and line[column - 1 : column] in (" ", "[", ",", "{"):
                column = _quote_end(line, column + 1, char) or len(line)
            elif char in "[{":
                depth += 1
            elif char in "]}":
                depth -= 1
                if depth == 0:
                    return number
            column += 1
        column = 0
    return None


def quote_tail(line: str, parts: Cut) -> str | None:
    """What stands behind the closing quote on the same line; None if the quote stays open."""
    quote = parts.value.lstrip()[0]
    end = _quote_end(line, line.index(quote, parts.at) + 1, quote)
    if end is None:
        return None
    tail = line[end + 1 :]
    return "" if _TAIL.match(tail) else tail
