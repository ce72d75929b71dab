"""From a text that does not parse to sentences a merchant understands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from streambot.authoring.decode import Source
from streambot.authoring.forgotten_dash import with_dash
from streambot.authoring.masks import cut
from streambot.authoring.problem import Place, Problem
from streambot.authoring.scan import closed, quoted, slips
from streambot.authoring.tree import DEEP, TOO_DEEP, SyntaxSlip, Value, compose

_INDENT = (
    "did not find expected",
    "expected <block end>",
    "bad indentation",
    "<document start>",
)


def read_tree(
    source: Source, known: frozenset[str] = frozenset()
) -> tuple[Value | None, list[Problem]]:
    """The graph of *source*, or None and why it does not parse."""
    try:
        return compose(source)
    except SyntaxSlip as slip:
        numbers = range(1, len(source.lines) + 1)
        return None, explain(source, numbers, slip, known)


def explain(
    source: Source,
    numbers: Sequence[int],
    slip: SyntaxSlip,
    known: frozenset[str],
) -> list[Problem]:
    """Why lines *numbers* (from 1) do not parse: every slip we know, and what is left besides."""
    found = slips(source, numbers, known)
    fixed = {problem.line: problem.corrected or "" for problem in found}
    text = "\n".join(fixed.get(number, source.line(number)) for number in numbers)
    if found:
        try:
            compose(source, text=text, first_line=numbers[0] - 1)
        except SyntaxSlip as left:
            lines = list(source.lines)
            for number, line in fixed.items():
                lines[number - 1] = line
            rest = _worded(replace(source, lines=tuple(lines)), numbers, left)
            return found if rest.line in fixed else [*found, rest]
        return found
    return [_worded(source, numbers, slip)]


def _worded(source: Source, numbers: Sequence[int], slip: SyntaxSlip) -> Problem:
    """The parser's own error, put into words."""
    error = slip.error
    why = error.problem or ""
    mark = error.problem_mark or error.context_mark
    line = min((mark.line if mark else 0) + numbers[0], numbers[-1])
    column = (mark.column if mark else 0) + 1
    if "while scanning a simple key" in (error.context or "") and error.context_mark:
        line, column = (
            error.context_mark.line + numbers[0],
            error.context_mark.column + 1,
        )
        return _no_colon(source, line, column)
    if (
        "end of stream" in why
        and error.context_mark
        and "quoted" in (error.context or "")
    ):
        line, column = (
            error.context_mark.line + numbers[0],
            error.context_mark.column + 1,
        )
        return _unclosed(source, line, column)
    if why == TOO_DEEP:
        return _deep(source, line, column)
    if "escape" in why:
        return _no_character(source, line, column)
    if "mapping values" in why or any(words in why for words in _INDENT):
        return _misaligned(source, line, column, numbers[0])
    return Problem(
        place=Place(file=source.file, line=line, column=column),
        code="E109",
        zh="这一行读不懂；如果是一句话，请给整句加上引号。",
        en=f"This line can't be read ({why}); if it is a text, put it in quotes.",
        found=source.line(line),
        corrected=_in_quotes(source.line(line)),
    )


def _in_quotes(line: str) -> str | None:
    parts = cut(line)
    return (
        line[: parts.at] + quoted(parts.value.strip()) if parts.value.strip() else None
    )


def _no_colon(source: Source, line: int, column: int) -> Problem:
    found = source.line(line)
    return Problem(
        place=Place(file=source.file, line=line, column=column),
        code="E109",
        zh="这一行缺少“键: ”，或者没有和上一行对齐。",
        en='This line lacks a "key: ", or is not aligned with the one above.',
        found=found,
    )


def _deep(source: Source, line: int, column: int) -> Problem:
    return Problem(
        place=Place(file=source.file, line=line, column=column),
        code="E005",
        zh=DEEP[0],
        en=DEEP[1],
        found=source.line(line),
    )


def _no_character(source: Source, line: int, column: int) -> Problem:
    found = source.line(line)
    start = found.rfind("\\", 0, column) + 1
    return Problem(
        place=Place(file=source.file, line=line, column=start or column),
        code="E109",
        zh="双引号里 \\ 后面的代码不是一个字；表情请直接输入，要写 \\ 本身请改用单引号。",
        en="What follows \\ in double quotes is no character: type an emoji itself, "
        "or use single quotes to write a \\.",
        found=found,
    )


def _unclosed(source: Source, line: int, column: int) -> Problem:
    found = source.line(line)
    quote = found[column - 1 : column] or '"'
    return Problem(
        place=Place(file=source.file, line=line, column=column),
        code="E107",
        zh=f"这个引号 {quote} 没有关上，请在末尾补一个 {quote}。",
        en=f"This quote {quote} is never closed: add {quote} at the end.",
        found=found,
        corrected=closed(found, quote),
    )


def _misaligned(source: Source, line: int, column: int, first: int) -> Problem:
    found = source.line(line)
    indent = len(found) - len(found.lstrip(" "))
    wanted = _sibling_indent(source, line, first, found)
    if indent == wanted:
        return _no_colon(source, line, column)
    if indent < wanted and _stands_above(source, line, first, wanted):
        zh, en, fixed = with_dash(found, indent)
        place = Place(file=source.file, line=line, column=indent + 1)
        return Problem(
            place=place, code="E113", zh=zh, en=en, found=found, corrected=fixed
        )
    return Problem(
        place=Place(file=source.file, line=line, column=min(column, indent + 1)),
        code="E108",
        zh=f"缩进不对齐：这一行前面有 {indent} 个空格，同级的行是 {wanted} 个。",
        en=f"Wrong indent: {indent} spaces here, its neighbours have {wanted}.",
        found=found,
        corrected=" " * wanted + found.lstrip(" "),
    )


def _stands_above(source: Source, line: int, first: int, depth: int) -> bool:
    """Whether the key of *line* stands *depth* deep in the item above, so that one begins here."""
    key = cut(source.line(line)).key
    above = (cut(source.line(number)) for number in range(first, line))
    return key is not None and any(
        parts.key == key and parts.column == depth for parts in above
    )


def _sibling_indent(source: Source, line: int, first: int, found: str) -> int:
    """The depth of the nearest line above that starts the same way: a key, or a list item."""
    is_item = found.lstrip().startswith("- ")
    for number in range(line - 1, first - 1, -1):
        above = source.line(number)
        parts = cut(above)
        if not above.strip() or above.lstrip().startswith("#"):
            continue
        if is_item and above.lstrip().startswith("- "):
            return len(above) - len(above.lstrip(" "))
        if not is_item and parts.key is not None:
            return parts.column
    return 0
