"""Mending what can be mended without guessing: encoding, tabs, full-width punctuation."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from streambot.authoring.decode import Source, decode
from streambot.authoring.faq_file import read_faq_file
from streambot.authoring.problem import Problem
from streambot.authoring.product_file import read_product_file

#: Problems whose corrected line means the same to any reader.
_SAFE = frozenset({"E101", "E102", "E103", "E105", "E106", "E113", "W302", "W303"})
#: Each pass mends at most one slip a line; more than this in one line is no slip.
_PASSES = 50
_MAYBE = re.compile("[、；;]")
_ENDS = re.compile(r"(\r\n|\r|\n)")

Check = Callable[[Source], list[Problem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What :func:`fix_file` did; ``backup`` holds the file as it was, None when nothing changed."""

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
    if problem.code in ("W302", "W303") and _MAYBE.search(problem.found):
        return False  # these may part items, or words of one
    if lines[index] == problem.corrected:
        return False
    lines[index] = problem.corrected
    return True


def _is_mixed(line: str) -> bool:
    inside = line[line.find("[") :]
    return "," in inside


def _joined(source: Source, lines: Sequence[str]) -> str:
    """*lines* with the line ends the text had."""
    ends = _ENDS.findall(source.text)
    return "".join(
        line + (ends[number] if number < len(ends) else "")
        for number, line in enumerate(lines)
    )


def fix_file(path: Path, *, products: bool = False) -> Mended:
    """Mend the file at *path*: UTF-8, safe corrections, written whole with a backup beside it.

    A file that can't be read, or that would hold more errors than before, stays as it is.

    Raises:
        OSError: it can't be read or written, or changed while it was being mended.
    """
    nothing = Mended(path=path, fixed=(), backup=None)
    target = path.resolve()  # a link stays one
    before = target.read_bytes()
    source, odd = decode(before, path.as_posix())
    if any(problem.is_error for problem in odd):
        return nothing
    check = _product_problems if products else _faq_problems
    if any(problem.code == "E002" for problem in check(source)):
        return nothing  # whatever was read is not what was written
    mended, fixed = mend(source, check)
    if not (odd or fixed) or _errors(check, mended) > _errors(check, source):
        return nothing
    mark = codecs.BOM_UTF8 if source.encoding == "utf-8-sig" else b""
    backup = _backup(target)
    shutil.copy2(target, backup)
    if backup.read_bytes() != before:
        raise OSError(f"{path.as_posix()} changed while it was being mended")
    write_whole(target, mark + _joined(mended, mended.lines).encode("utf-8"))
    return Mended(path=path, fixed=(*odd, *fixed), backup=backup)


def _errors(check: Check, source: Source) -> int:
    return sum(problem.is_error for problem in check(source))


def _backup(path: Path) -> Path:
    """A name beside *path* that no file has: an older backup is never written over."""
    names = (f"{path.name}.bak{number or ''}" for number in count())
    return next(
        place for name in names if not os.path.lexists(place := path.with_name(name))
    )


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
