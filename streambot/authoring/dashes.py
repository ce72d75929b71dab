"""Dashes that make no list item: another sign than "-", or no space behind it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from streambot.authoring.decode import Source
from streambot.authoring.masks import cut, masked
from streambot.authoring.problem import Place, Problem

_SIGNS = "－﹣—–―−‐‑‒•●"
_BAD = re.compile(
    rf"(?P<lead>[ \t\u3000\u00a0]*)(?P<dash>[{_SIGNS}]+|-(?![\s-]))[ \t\u3000\u00a0]*(?P<rest>\S.*)"
)
_ANYWHERE = re.compile(rf"(?m)^[ \t\u3000\u00a0]*(?:[{_SIGNS}]|-[^\s-])")


def put_right(line: str) -> str | None:
    """*line* with a dash and a space in front, or None where it begins with no wrong dash."""
    bad = _BAD.fullmatch(line)
    return None if bad is None else f"{bad['lead']}- {bad['rest'].rstrip()}"


def opens_entry(line: str, keys: Collection[str]) -> bool:
    """Whether a wrong dash and one of *keys* begin *line*."""
    meant = put_right(line)
    return meant is not None and cut(meant).key in keys


def spoils_entries(source: Source, keys: Collection[str]) -> bool:
    """Whether a wrong dash was meant to begin an entry, in text that may still parse."""
    if _ANYWHERE.search(source.text) is None:
        return False
    inside = masked(source.lines)
    return any(
        number not in inside and opens_entry(line, keys)
        for number, line in enumerate(source.lines)
    )


def is_item(lines: Sequence[str], index: int) -> bool:
    """Whether a wrong dash was meant to begin an item: right below its key, or beside an item."""
    line = lines[index]
    meant = put_right(line)
    if meant is None or re.match(r"\s*-\d", line):  # a number below nothing, maybe
        return False
    depth = cut(meant).lead.find("-")
    for number in range(index - 1, -1, -1):
        above = lines[number]
        if not above.strip() or above.lstrip().startswith("#"):
            continue
        plain = put_right(above) or above
        parts = cut(plain)
        if "-" in parts.lead and parts.lead.find("-") == depth:
            return True
        return parts.key is not None and not parts.value.strip()
    return False


def wrong_dash(source: Source, number: int) -> Problem:
    """The problem of the wrong dash that line *number* begins with."""
    line = source.line(number)
    bad = _BAD.fullmatch(line)
    assert bad is not None
    no_space = bad["dash"] == "-"
    zh = (
        "“-”后面要空一格。"
        if no_space
        else f"“{bad['dash'][:4]}”不是英文的横线；请改成“-”，后面空一格。"
    )
    en = (
        'A space must follow the "-".'
        if no_space
        else f'"{bad["dash"][:4]}" is no plain dash: use "-" and a space.'
    )
    return Problem(
        place=Place(file=source.file, line=number, column=bad.start("dash") + 1),
        code="E113",
        zh=zh,
        en=en,
        found=line,
        corrected=put_right(line),
    )
