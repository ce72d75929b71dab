"""Cutting a FAQ file that does not parse into its entries, so that one bad entry costs only itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from streambot.authoring.dashes import opens_entry
from streambot.authoring.decode import Source
from streambot.authoring.faq_spec import ENTRY_KEYS, KNOWN, LIST_KEYS, TOP_KEYS
from streambot.authoring.masks import cut, masked
from streambot.authoring.problem import Place, Problem
from streambot.authoring.scan import slips
from streambot.authoring.syntax import explain
from streambot.authoring.tree import Listing, SyntaxSlip, Table, Value, compose

_DASH = re.compile(r"^([ \t\u3000\u00a0]*)-(?:[ \t]|$)")


@dataclass(slots=True)
class Pieces:
    """``rest`` is the file with its entries blanked; each entry is (first, last) from 0."""

    rest: list[str]
    entries: list[tuple[int, int]] = field(default_factory=list)
    indent: int = 0


def pieces(lines: Sequence[str]) -> Pieces:
    """*lines* cut at every entry below ``faqs:``, or of a bare list."""
    found = Pieces(rest=list(lines))
    inside = masked(lines)
    start: int | None = None
    listing = not any(_opens(line, LIST_KEYS) for line in lines)
    seen_dash = False
    for number, line in enumerate(lines):
        if number in inside:
            continue
        if _opens(line, TOP_KEYS):
            _close(found, start, number)
            start = None
            listing = _opens(line, LIST_KEYS)
            continue
        if not listing or not line.strip():
            continue
        if not seen_dash and (_DASH.match(line) or opens_entry(line, ENTRY_KEYS)):
            found.indent, seen_dash = _depth(line), True
        if _starts_entry(line, found.indent):
            _close(found, start, number)
            start = number
    _close(found, start, len(lines))
    for first, last in found.entries:
        found.rest[first : last + 1] = [""] * (last - first + 1)
    return found


def _close(found: Pieces, start: int | None, number: int) -> None:
    if start is not None:
        found.entries.append((start, number - 1))


def _opens(line: str, keys: frozenset[str]) -> bool:
    """Whether *line* is one of *keys* at the left margin."""
    parts = cut(line)
    return parts.lead == "" and parts.key in keys


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" \t\u3000\u00a0"))


def _starts_entry(line: str, indent: int) -> bool:
    if opens_entry(line, ENTRY_KEYS):
        return True
    if not _DASH.match(line):
        return False
    parts = cut(line)
    return _depth(line) == indent or parts.key in ENTRY_KEYS


@dataclass(slots=True, kw_only=True)
class Rescued:
    """What could be read: the file without its entries, and the entries one by one."""

    rest: Value | None
    entries: list[Value]
    problems: list[Problem]


def has_fallen_out(root: Value | None) -> bool:
    """Whether a key of an entry stands beside the list of entries, for want of plain spaces."""
    if not isinstance(root, Table):
        return False
    keys = [word.text.strip() for word, _ in root.pairs]
    first = next((n for n, key in enumerate(keys) if key in LIST_KEYS), len(keys))
    return any(key in ENTRY_KEYS and key not in TOP_KEYS for key in keys[first:])


def rescue(source: Source) -> Rescued:
    """Reads *source* piece by piece; what does not parse is explained."""
    cut_up = pieces(source.lines)
    problems: list[Problem] = []
    entries: list[Value] = []
    for first, last in cut_up.entries:
        if not _is_aligned(source, first, cut_up.indent, problems):
            continue
        value = _entry(source, first, last, problems)
        if value is not None:
            entries.append(value)
    rest = _rest(source, cut_up, problems)
    return Rescued(rest=rest, entries=entries, problems=problems)


def _rest(source: Source, cut_up: Pieces, problems: list[Problem]) -> Value | None:
    blanked = Source.from_text(source.file, "\n".join(cut_up.rest))
    try:
        value, found = compose(blanked)
    except SyntaxSlip as slip:
        numbers = range(1, len(blanked.lines) + 1)
        problems += explain(blanked, numbers, slip, KNOWN)
        return None
    problems += found
    return value


def _entry(
    source: Source, first: int, last: int, problems: list[Problem]
) -> Value | None:
    text = "\n".join(source.lines[first : last + 1])
    try:
        value, found = compose(source, text=text, first_line=first)
    except SyntaxSlip as slip:
        problems += explain(source, range(first + 1, last + 2), slip, KNOWN)
        return None
    problems += found
    refused = any(problem.is_error for problem in found)
    if isinstance(value, Listing) and len(value.items) == 1 and not refused:
        return value.items[0]
    if not refused:
        slipped = slips(source, range(first + 1, last + 2), KNOWN)
        problems += slipped or [_unread(source, first + 1)]
    return None


def _unread(source: Source, line: int) -> Problem:
    return Problem(
        place=Place(file=source.file, line=line, column=1),
        code="E108",
        zh="这一条的缩进不对，读不出来；“- ”之后的各行要对齐。",
        en='The lines of this entry are not aligned below its "- ".',
        found=source.line(line),
    )


def _is_aligned(
    source: Source, first: int, indent: int, problems: list[Problem]
) -> bool:
    line = source.lines[first]
    depth = _depth(line)
    if depth == indent:
        return True
    problems.append(
        Problem(
            place=Place(file=source.file, line=first + 1, column=depth + 1),
            code="E108",
            zh=f"缩进不对齐：这条前面有 {depth} 个空格，其他条是 {indent} 个。",
            en=f"Wrong indent: {depth} spaces before this entry, the others have {indent}.",
            found=line,
            corrected=" " * indent + line.lstrip(" \t\u3000\u00a0"),
        )
    )
    return False
