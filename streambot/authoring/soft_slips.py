"""Slips that are good YAML and still not what the merchant meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from streambot.authoring.reader import Reader
from streambot.authoring.scan import quoted
from streambot.authoring.tree import Listing, Scalar, Table, Value

_PLAIN = str.maketrans("［］，｛｝", "[],{}")
_COMMENT = re.compile(r"^(\s+)(#.*?)\s*$")


def warn_soft_slips(value: Value, reader: Reader) -> None:
    """Report cut-off texts, full-width commas in lists, full-width brackets."""
    for scalar in _scalars(value):
        if scalar.style is None:
            _comment(scalar, reader)
            _comma(scalar, reader)
            _bracket(scalar, reader)


def _scalars(value: Value) -> Iterator[Scalar]:
    """Every value below, keys left out."""
    stack = [value]
    while stack:
        top = stack.pop()
        match top:
            case Scalar():
                yield top
            case Listing(items=items):
                stack += reversed(items)
            case Table(pairs=pairs):
                stack += [item for _, item in reversed(pairs)]


def _comment(scalar: Scalar, reader: Reader) -> None:
    """A # right before a word is rarely meant as a comment."""
    line, column = scalar.end
    raw = reader.source.line(line + 1)
    found = _COMMENT.match(raw[column:])
    if found is None or scalar.in_flow:
        return
    comment = found[2]
    if comment[1:2] in ("", " ", "#", "-", "=") and not comment[1:].endswith("#"):
        return
    start = scalar.place.column - 1 if not scalar.is_null else column + len(found[1])
    one_line = line + 1 == scalar.place.line
    corrected = f"{raw[:start]}{quoted(raw[start:].rstrip())}" if one_line else None
    reader.report(
        "W301",
        scalar.place,
        "",
        f"“{comment[:30]}”被当成注释，不会发给顾客；要发出去请给整句加引号。",
        f'"{comment[:30]}" is read as a comment and never sent: put the whole text in quotes.',
        corrected=corrected,
    )


def _comma(scalar: Scalar, reader: Reader) -> None:
    if not scalar.is_listed or "，" not in scalar.text:
        return
    reader.report(
        "W302",
        scalar.place,
        "",
        "列表里用了中文逗号，这里会算成一项；要分开请用英文逗号。",
        "A full-width comma does not separate list items: use a plain one.",
        corrected=reader.with_value(scalar, re.sub("，\\s*", ", ", scalar.text)),
    )


def _bracket(scalar: Scalar, reader: Reader) -> None:
    if not scalar.text.startswith(("［", "｛")):
        return
    plain = scalar.text.translate(_PLAIN)
    reader.report(
        "W303",
        scalar.place,
        "",
        "用了全角方括号，会算成一句话；列表请用英文的 [ ] 和逗号。",
        "Full-width brackets make this one text: use [ ] and plain commas for a list.",
        corrected=reader.with_value(scalar, re.sub(r",\s*", ", ", plain)),
    )
