"""Texts that start with a sign YAML reads specially, taken as they were typed."""

from __future__ import annotations

import re

from streambot.authoring.decode import Source
from streambot.authoring.masks import Cut, cut, masked
from streambot.authoring.problem import Place, Problem
from streambot.authoring.scan import quoted

_SIGNS = "{@*&!%`"


def as_typed(source: Source, keys: frozenset[str]) -> tuple[Source, list[Problem]]:
    """*source* with such texts under *keys* in quotes, and a warning for each.

    Every line stays where it is; on a changed one, columns behind the quote move by one.
    """
    if not any(sign in source.text for sign in _SIGNS):
        return source, []
    lines = list(source.lines)
    inside = masked(lines)
    owner: list[tuple[int, str]] = []  # the open keys, outermost first
    problems = []
    for number, line in enumerate(lines):
        if number in inside or not line.strip():
            continue
        parts = cut(line)
        depth = parts.column if parts.key is not None else parts.lead.rfind("-")
        while owner and owner[-1][0] >= max(depth, 0) and not _is_item(owner, parts):
            owner.pop()
        if parts.key is not None:
            owner.append((depth, parts.key))
        key = owner[-1][1] if owner else ""
        if key not in keys or not _is_special(parts):
            continue
        text, rest = _without_comment(parts.value)
        lines[number] = f"{line[: parts.at]}{quoted(text)}{rest}"
        problems.append(_warning(source, number + 1, parts.at + 1, text, lines[number]))
    if not problems:
        return source, []
    mended = Source.from_text(source.file, "\n".join(lines), source.encoding)
    return mended, problems


def _is_item(owner: list[tuple[int, str]], parts: Cut) -> bool:
    """A list item may stand as deep as its key."""
    return (
        parts.key is None and "-" in parts.lead and owner[-1][0] == parts.lead.find("-")
    )


def _is_special(parts: Cut) -> bool:
    """A value of the key itself, or an item of its list."""
    opens = parts.value[:1]
    return (
        bool(opens) and opens in _SIGNS and (parts.key is not None or "-" in parts.lead)
    )


def _without_comment(value: str) -> tuple[str, str]:
    text = re.split(r"\s+#", value, maxsplit=1)[0].rstrip()
    return text, value[len(text) :]


def _warning(source: Source, line: int, column: int, text: str, fixed: str) -> Problem:
    return Problem(
        place=Place(file=source.file, line=line, column=column),
        code="W304",
        zh=f"“{text[0]}”开头的话 YAML 另有含义，已按您打的字读取；最好给整句加上引号。",
        en=f'A text that starts with "{text[0]}" means something else in YAML; '
        "it was read as typed. Better put it in quotes.",
        found=source.line(line),
        corrected=fixed,
    )
