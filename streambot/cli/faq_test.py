"""``streambot faq test``: lines with the entry they must reach, and what they reach instead."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from streambot.cli.books import book_options, shelf_from, show, usable
from streambot.cli.jsonl import BadLines, read_lines
from streambot.cli.match_words import (
    OUTCOMES,
    VETOES,
    in_words,
    printable,
    reason_in_words,
)
from streambot.cli.second_look import CommandLook, second_look_option
from streambot.domain.faq.entry import FaqBook
from streambot.domain.faq.match import FaqMatch
from streambot.domain.faq.matcher import BookMatcher
from streambot.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """``entry`` must answer ``line``, or must not; None: nothing may answer it."""

    line: str
    entry: str | None
    wanted: bool = True
    where: str = ""


#: A line of a file of cases, for whoever writes it otherwise.
_EXAMPLE = '{"text": "几号发货", "entry": "ship"}'


class _Row(msgspec.Struct):
    text: str
    entry: str | None = None


@click.command()
@book_options
@second_look_option
@click.option(
    "--cases",
    "files",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="另外的例句：YAML（条目编号: [例句]）或 JSONL（text、entry） · "
    "more lines: YAML {entry: [lines]} or JSON lines {text, entry}",
)
def test(
    paths: tuple[Path, ...],
    config: Path | None,
    room: str | None,
    second_look: str,
    files: tuple[Path, ...],
) -> None:
    """用每条的 tests 例句检查问答本 · try every entry's own tests; exits with 1 when one fails."""
    shelf = shelf_from(paths, config, room)
    reading = shelf.read()
    show(reading.problems, errors_only=True, err=True)
    book = usable(reading)
    cases = [*_own(book), *(case for file in files for case in _all_of(file))]
    known = {str(entry.id) for entry in book.entries}
    matcher, now = BookMatcher(book, shelf.settings), datetime.now(UTC)
    look = CommandLook(second_look, shelf.encoder, shelf.data_dir)
    failed = 0
    for case in cases:
        found, _ = look.match(book.version, matcher, case.line, at=now)
        reached = None if found.entry is None else str(found.entry)
        if (reached == case.entry) is not case.wanted:
            failed += 1
            click.echo(_failure(case, found, known))
    if not cases:
        click.echo(
            "问答本里没有测试例句：在条目里写“测试: {应命中: [例句]}”，或用 --cases 指明文件。 "
            "The book has no tests: add some to its entries, or name a file with --cases."
        )
    click.echo(
        f"试了 {len(cases)} 句，{failed} 句不对 · {len(cases)} lines tried, {failed} failed"
    )
    sys.exit(1 if failed or reading.errors else 0)


def _own(book: FaqBook) -> Iterator[_Case]:
    for entry in book.entries:
        for line in entry.tests_match:
            yield _Case(line=line, entry=entry.id)
        for line in entry.tests_not:
            yield _Case(line=line, entry=entry.id, wanted=False)


def _all_of(path: Path) -> list[_Case]:
    """The cases of a file.

    Raises:
        UsageError: it can't be read, or there is none in it.
    """
    cases = list(_given(path))
    if not cases:
        raise UsageError(
            f"{path} 里一句例句也没有，请写成“条目编号: [例句, 例句]”。 "
            f"{path} holds no line to try: write entry: [line, line]."
        )
    return cases


def _given(path: Path) -> Iterator[_Case]:
    """The cases of a file.

    Raises:
        UsageError: it can't be read.
    """
    if path.suffix != ".jsonl":
        from streambot.authoring.cases import read_cases

        cases, problems = read_cases(path)
        show(problems, err=True)
        if any(problem.is_error for problem in problems):
            raise UsageError(f"例句文件有错：{path} · {path} has mistakes in it")
        for entry, lines in cases.items():
            yield from (
                _Case(line=line, entry=entry, where=path.name) for line in lines
            )
        return
    bad = BadLines(str(path))
    with path.open("rb") as file:
        for number, row, _ in read_lines(_Row, bad, file, _EXAMPLE):
            where = f"{path.name}:{number}"
            yield _Case(line=row.text, entry=row.entry, where=where)
    if bad.count:
        raise UsageError(f"例句文件有错：{path} · {path} has mistakes in it")


def _failure(case: _Case, found: FaqMatch, known: set[str]) -> str:
    line, where = printable(case.line), f"{case.where} " if case.where else ""
    if not case.wanted:
        return f"{where}{case.entry}：“{line}”不该答这条，却答了 · should not be answered by this entry"
    got = found.entry or OUTCOMES[found.outcome]
    score = f"{found.score:.2f}"
    if case.entry is None:
        return f"{where}“{line}”不该有回答，结果是 {got}（{score}） · should not be answered, got {got}"
    if case.entry not in known:
        return f"{where}{case.entry}：没有这条 · there is no such entry（“{line}”）"
    return (
        f"{where}{case.entry}：“{line}”应该答这条，结果是 {got}（{score}，{_why(case, found)}） · "
        f"should be answered by this entry, got {got}"
    )


def _why(case: _Case, found: FaqMatch) -> str:
    """Where the wanted entry stood among the candidates, or why nothing was answered."""
    for rank, each in enumerate(found.candidates, start=1):
        if each.entry == case.entry and each.veto is not None:
            return f"被否决：{in_words(VETOES, each.veto)}"
        if each.entry == case.entry and rank > 1:
            return f"这条排第 {rank}，{each.score:.2f}"
    return reason_in_words(found.reason).split(" · ")[0]
