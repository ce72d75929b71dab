"""Mending what can be mended without guessing: encoding, tabs, full-width punctuation."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from streambot.authoring.decode import Source, read_source
from streambot.authoring.faq_file import read_faq_file
from streambot.authoring.problem import Problem
from streambot.authoring.product_file import read_product_file

#: Problems whose corrected line means the same to any reader.
_SAFE = frozenset({"E101", "E102", "E103", "E105", "E106", "W302", "W303"})
_PASSES = 5
_ENDS = re.compile(r"(\r\n|\r|\n)")

Check = Callable[[Source], list[Problem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What :func:`fix_file` did; ``backup`` is the file as it was, None when nothing changed."""

    path: Path
    fixed: tuple[Problem, ...]
    backup: Path | None


def _faq_problems(source: Source) -> list[Problem]:
    return read_faq_file(source).problems


def _product_problems(source: Source) -> list[Problem]:
    return read_product_file(source)[1]


def mend(source: Source, check: Check = _faq_problems) -> tuple[Source, list[Problem]]:
    """*source* with every safe correction made, line ends kept as found, and what was fixed."""
    fixed: list[Problem] = []
    for _ in range(_PASSES):
        lines = list(source.lines)
        applied = [problem for problem in check(source) if _apply(problem, lines)]
        if not applied:
            break
        fixed += applied
        source = Source.from_text(source.file, _joined(source, lines), source.encoding)
    return source, fixed


def _apply(problem: Problem, lines: list[str]) -> bool:
    """Puts the corrected line in place where that is safe and the line is still as found."""
    index = problem.line - 1
    if problem.code not in _SAFE or problem.corrected is None:
        return False
    if not 0 <= index < len(lines) or lines[index] != problem.found:
        return False
    if problem.code == "W302" and _is_mixed(problem.found):
        return False  # plain commas stand there too: the full-width one may be text
    if lines[index] == problem.corrected:
        return False
    lines[index] = problem.corrected
    return True


def _is_mixed(line: str) -> bool:
    inside = line[line.find("[") :]
    return "," in inside


def _joined(source: Source, lines: list[str]) -> str:
    """*lines* with the line ends the text had."""
    ends = _ENDS.findall(source.text)
    return "".join(
        line + (ends[number] if number < len(ends) else "")
        for number, line in enumerate(lines)
    )


def fix_file(path: Path, *, products: bool = False) -> Mended:
    """Mend the file at *path*: UTF-8, safe corrections, written whole with a ``.bak`` beside it.

    Raises:
        OSError: it can't be written.
    """
    source, problems = read_source(path)
    if any(problem.is_error for problem in problems):
        return Mended(path=path, fixed=(), backup=None)
    check = _product_problems if products else _faq_problems
    mended, fixed = mend(source, check)
    fixed = [*problems, *fixed]
    data = _joined(mended, list(mended.lines)).encode("utf-8")
    if data == path.read_bytes():
        return Mended(path=path, fixed=(), backup=None)
    backup = path.with_name(path.name + ".bak")
    shutil.copy2(path, backup)
    write_whole(path, data)
    return Mended(path=path, fixed=tuple(fixed), backup=backup)


def write_whole(path: Path, data: bytes) -> None:
    """Write *data* so that a reader sees the old file or the new one, never half of it."""
    handle, name = tempfile.mkstemp(
        dir=path.parent, prefix=f".{path.name}.", suffix=".tmp"
    )
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
