"""Cases: a file of lines that merchants expect an entry to answer, for ``streambot faq test``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from streambot.authoring.decode import read_source
from streambot.authoring.free_keys import Words
from streambot.authoring.problem import Place, Problem
from streambot.authoring.reader import Reader, Unreadable
from streambot.authoring.tree import SyntaxSlip, compose


def read_cases(path: Path) -> tuple[Mapping[str, tuple[str, ...]], list[Problem]]:
    """Lines by the id of the entry they must reach, and what is wrong in the file."""
    source, problems = read_source(path)
    try:
        root, found = compose(source)
    except SyntaxSlip as slip:
        mark = slip.error.problem_mark
        place = Place(
            file=source.file,
            line=1 if mark is None else mark.line + 1,
            column=1 if mark is None else mark.column + 1,
        )
        problems.append(
            Problem(
                place=place,
                code="E109",
                zh="这一行读不懂；每行写成“条目编号: [例句, 例句]”。",
                en='This line can\'t be read: write "entry: [line, line]".',
                found=source.line(place.line),
            )
        )
        return {}, problems
    reader = Reader(source=source, problems=[*problems, *found])
    if root is None:
        return {}, reader.problems
    try:
        cases: Mapping[str, tuple[str, ...]] = Words(lists=True).read(root, reader, "")
    except Unreadable:
        return {}, reader.problems
    return cases, reader.problems
