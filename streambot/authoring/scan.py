"""The slips of the pen that break YAML, found line by line, each with the line put right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from streambot.authoring.braces import with_plain_signs
from streambot.authoring.dashes import is_item, opens_entry, wrong_dash
from streambot.authoring.decode import Source
from streambot.authoring.masks import (
    Cut,
    closing_bracket,
    cut,
    masked,
    quote_tail,
)
from streambot.authoring.problem import Place, Problem

_LEAD = re.compile(r"^[ \t\u3000\u00a0]*")
#: Lines looked back over for how deep a line was meant to be.
_NEAR = 50
_DASH = re.compile(r"^[ \t\u3000\u00a0]*-(?:[ \t]|$)")
_WIDE = str.maketrans(
    {"［": "[", "］": "]", "】": "]", "，": ", ", "｛": "{", "｝": "}", "：": ": "}
)
_NO_SPACE = re.compile(
    r"^(?P<lead>[ ]*(?:- +)*)(?P<key>[A-Za-z_]+|[\u4e00-\u9fff]+):(?P<value>[^\s/].*)$"
)


def slips(
    source: Source, numbers: Sequence[int], known: frozenset[str]
) -> list[Problem]:
    """Slips on lines *numbers* (from 1), at most one a line; *known* are the keys of the file.

    For text that did not parse, or did not give what it should: on good YAML this may see
    slips where there are none.
    """
    lines = [source.line(number) for number in numbers]
    inside = masked(lines)
    found = []
    for index, line in enumerate(lines):
        if index in inside or not line.strip() or line.lstrip().startswith("#"):
            continue
        problem = next(_slips_of(source, numbers[index], lines, index, known), None)
        if problem is not None:
            found.append(problem)
    return found


def _problem(
    source: Source, number: int, column: int, code: str, zh: str, en: str, fixed: str
) -> Problem:
    return Problem(
        place=Place(file=source.file, line=number, column=column + 1),
        code=code,
        zh=zh,
        en=en,
        found=source.line(number),
        corrected=fixed,
    )


def _slips_of(
    source: Source,
    number: int,
    lines: Sequence[str],
    index: int,
    known: frozenset[str],
) -> Iterator[Problem]:
    line = lines[index]
    yield from _indent(source, number, lines, index)
    if opens_entry(line, known) or is_item(lines, index):
        yield wrong_dash(source, number)
    yield from _colon(source, number, line, known)
    parts = cut(line)
    value = parts.value.lstrip()
    if value[:1] in ("'", '"'):
        yield from _quote(source, number, line, parts)
    elif value[:1] == "[":
        if closing_bracket(lines, index, parts) is None:
            yield from _bracket(source, number, line, parts)
    elif value[:1] == "{":
        yield from _braces(source, number, line, known)
    elif parts.key is not None and value[:1] not in ("|", ">", "{", "&", "*", "!", "#"):
        yield from _second_colon(source, number, line, parts)


def _indent(
    source: Source, number: int, lines: Sequence[str], index: int
) -> Iterator[Problem]:
    line = lines[index]
    lead = _lead(line)
    if lead.strip(" ") == "":
        return
    above = lines[max(0, index - _NEAR) : index]
    fixed = " " * _depth(above, line) + line[len(lead) :]
    if "\t" in lead:
        yield _problem(
            source,
            number,
            lead.index("\t"),
            "E101",
            "缩进用了 Tab 键，YAML 只认空格；请改成空格。",
            "A tab is used for indenting; YAML only takes spaces.",
            fixed,
        )
    wide = next((i for i, char in enumerate(lead) if char in "\u3000\u00a0"), None)
    if wide is not None:
        kind = ("全角空格", "full-width")
        if lead[wide] == "\u00a0":
            kind = ("从网页或 Word 粘来的不换行空格", "no-break")
        yield _problem(
            source,
            number,
            wide,
            "E105",
            f"缩进用了{kind[0]}，请改成半角空格。",
            f"A {kind[1]} space is used for indenting: use plain spaces.",
            fixed,
        )


def _lead(line: str) -> str:
    found = _LEAD.match(line)
    return found[0] if found else ""


def _depth(above: Sequence[str], line: str) -> int:
    """How deep *line* was meant to be: as deep as one above it that starts the same way.

    A tab or a full-width space is two columns wide, or four, or eight in some editors; where
    none of these is as deep as a line above, the nearest depth counts, unless a list or more
    keys begin here.
    """
    lead, is_item = _lead(line), _DASH.match(line) is not None
    depths = {
        len(_lead(other)) if is_item else cut(other).column
        for other in above
        if other.strip() and not _lead(other).strip(" ")
        if _DASH.match(other) is not None or not is_item
    }
    wide = sum(char in "\t\u3000" for char in lead)
    meant = [len(lead) - wide + wide * each for each in (2, 4, 8)]
    if found := next((depth for depth in meant if depth in depths), None):
        return found
    before = next((cut(each) for each in reversed(above) if each.strip()), None)
    opens = before is None or (before.key is not None and not before.value.strip())
    if opens or not depths:
        return meant[0]
    return min(depths, key=lambda depth: (abs(depth - meant[0]), -depth))


def _colon(
    source: Source, number: int, line: str, known: frozenset[str]
) -> Iterator[Problem]:
    parts = cut(line)
    if parts.key is not None and parts.colon.endswith("：") and parts.key in known:
        at = len(parts.lead) + len(parts.key) + len(parts.colon) - 1
        value = _narrow(parts.value)
        yield _problem(
            source,
            number,
            at,
            "E102",
            f"“{parts.key}”后面用了中文冒号，请改成英文冒号加一个空格。",
            f'A full-width colon stands after "{parts.key}": use ":" and a space.',
            f"{parts.lead}{parts.key}: {value}".rstrip(),
        )
        return
    tight = _NO_SPACE.match(line)
    if tight and tight["key"] in known:
        yield _problem(
            source,
            number,
            tight.start("value"),
            "E106",
            f"“{tight['key']}:”的冒号后面要有一个空格。",
            f'A space must follow the colon of "{tight["key"]}:".',
            f"{tight['lead']}{tight['key']}: {tight['value']}",
        )


def _narrow(value: str) -> str:
    """A full-width list as a plain one; other text is left as it is."""
    return value.translate(_WIDE) if value.startswith("［") else value


def _quote(source: Source, number: int, line: str, parts: Cut) -> Iterator[Problem]:
    tail = quote_tail(line, parts)
    opening = line.index(parts.value.lstrip()[0], parts.at)
    quote = line[opening]
    if tail is None:
        yield _problem(
            source,
            number,
            opening,
            "E107",
            f"这个引号 {quote} 没有关上，请在末尾补一个 {quote}。",
            f"This quote {quote} is never closed: add {quote} at the end.",
            closed(line, quote),
        )
    elif tail.strip() and not (parts.lead + line[opening:]).strip().startswith("? "):
        yield _problem(
            source,
            number,
            len(line) - len(tail),
            "E107",
            "引号关上之后还有字，请把整句放进引号里。",
            "Text follows the closing quote: put the whole text in quotes.",
            f"{line[:opening]}{quoted(line[opening:].strip())}",
        )


def closed(line: str, quote: str) -> str:
    """*line* with the quote closed, in place of a Chinese one that was meant to."""
    text = line.rstrip()
    for opening, closing in ("“”", "‘’"):
        if text.endswith(closing) and text.count(closing) > text.count(opening):
            text = text[:-1]
    return text + quote


def _bracket(source: Source, number: int, line: str, parts: Cut) -> Iterator[Problem]:
    opening = line.index("[", parts.at)
    wide = any(char in line for char in "［］】，")
    fixed = line[:opening] + line[opening:].translate(_WIDE).rstrip()
    if not fixed.endswith("]"):
        fixed += "]"
    zh = "方括号没有用英文的 ] 关上。" if wide else "方括号 [ 没有关上，请补上 ]。"
    yield _problem(
        source,
        number,
        opening,
        "E103",
        zh,
        "The bracket [ is never closed by ].",
        fixed,
    )


def _braces(
    source: Source, number: int, line: str, known: frozenset[str]
) -> Iterator[Problem]:
    fixed = with_plain_signs(line, known)
    at = next((i for i, char in enumerate(line) if char in "：，"), None)
    if at is None or fixed == line:
        return
    yield _problem(
        source,
        number,
        at,
        "E102",
        "大括号里用了中文的冒号或逗号，请改成英文的，后面空一格。",
        "A full-width colon or comma stands between the braces: use plain ones and a space.",
        fixed,
    )


def _second_colon(
    source: Source, number: int, line: str, parts: Cut
) -> Iterator[Problem]:
    text = re.split(r"\s#", parts.value, maxsplit=1)[0]
    again = re.search(r":(\s|$)", text)
    if again is None:
        return
    rest = parts.value[len(text) :]
    yield _problem(
        source,
        number,
        parts.at + again.start(),
        "E104",
        "这句话里有“冒号加空格”，会被当成另一个键；请给整句加上引号。",
        'The text holds ": ", which starts another key: put the whole text in quotes.',
        f"{line[: parts.at]}{quoted(text.rstrip())}{rest}",
    )


def quoted(text: str) -> str:
    """*text* as a YAML text in quotes."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
