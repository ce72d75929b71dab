"""``streambot faq match``: many questions at once, each judged alone, in order, streaming."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import click
import msgspec

from streambot.cli.jsonl import BadLines, read_lines, write_line
from streambot.cli.second_look import CommandLook, second_look_option
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import Candidate, FaqMatch
from streambot.domain.faq.matcher import BookMatcher, MatchSettings
from streambot.errors import UsageError

#: Candidates shown at least, whatever the outcome, where the book has so many entries.
_CANDIDATES = 5


#: A line of a base, for whoever writes it otherwise.
_EXAMPLE = '{"id": "ship", "questions": ["几号发货"]}'


class _Query(msgspec.Struct):
    text: str
    qid: str | int | None = None
    room: str | None = None


class _Base(msgspec.Struct):
    id: str
    questions: list[str]
    room: str = ""
    title: str | None = None


class Bases:
    """Entries by room; YAML books serve every room."""

    def __init__(self, look: CommandLook) -> None:
        self._look = look
        self._rooms: dict[str, dict[str, FaqEntry]] = {}
        self._shared: FaqBook | None = None
        self._matchers: dict[str, BookMatcher] = {}

    def read(self, paths: tuple[Path, ...]) -> None:
        """Read every path.

        Raises:
            UsageError: a path can't be read, or an entry stands there twice.
        """
        from streambot.cli.books import read_usable

        books = tuple(path for path in paths if path.suffix != ".jsonl")
        for path in paths:
            if path.suffix == ".jsonl":
                self._read_base(path)
        if books:
            self._shared = read_usable(books)

    def _read_base(self, path: Path) -> None:
        bad = BadLines(str(path))
        try:
            with path.open("rb") as file:
                rows = [row[:2] for row in read_lines(_Base, bad, file, _EXAMPLE)]
        except OSError as error:
            raise UsageError(
                f"打不开 {path}：{error.strerror} · can't open {path}"
            ) from error
        if bad.count:
            raise UsageError(
                f"{path} 里有 {bad.count} 行读不懂，没有开始匹配 · "
                f"{bad.count} lines of {path} can't be read, nothing was matched"
            )
        for number, base in rows:
            entries = self._rooms.setdefault(base.room, {})
            if base.id in entries:
                raise UsageError(
                    f"{path}:{number}: 条目 {base.id} 在房间 {base.room or '-'} 里重复 · "
                    f"entry {base.id} stands twice in room {base.room or '-'}"
                )
            entries[base.id] = FaqEntry(
                id=FaqId(base.id), questions=tuple(base.questions), answers=("-",)
            )

    def matcher(self, room: str) -> BookMatcher:
        """The matcher of a room, at the shipped settings; built when first asked for."""
        matcher = self._matchers.get(room)
        if matcher is None:
            matcher = self._matchers[room] = BookMatcher(
                self.book(room), MatchSettings(), ranks_all=True
            )
        return matcher

    def match(self, room: str, text: str) -> FaqMatch:
        """Match one line in one room."""
        match, _ = self._look.match(room, self.matcher(room), text)
        if len(match.candidates) >= _CANDIDATES:
            return match
        return msgspec.structs.replace(
            match, candidates=self._filled_up(match.candidates, room)
        )

    def _filled_up(
        self, found: Sequence[Candidate], room: str
    ) -> tuple[Candidate, ...]:
        """At least the promised number of candidates, those nothing speaks for with score 0."""
        known = {each.entry for each in found}
        others = (
            Candidate(entry=entry.id, score=0.0, phrasing=entry.questions[0])
            for entry in self.book(room).entries
            if entry.id not in known
        )
        likely = [each for each in found if each.veto is None]
        vetoed = [each for each in found if each.veto is not None]
        return (*likely, *islice(others, _CANDIDATES - len(found)), *vetoed)

    def book(self, room: str) -> FaqBook:
        """The entries of *room* and of the YAML books, with the shipped pack at least."""
        from streambot.authoring.pack import shipped_pack

        entries = tuple(self._rooms.get(room, {}).values())
        if self._shared is None:
            return FaqBook(entries=entries, version=room, pack=shipped_pack())
        return replace(self._shared, entries=(*entries, *self._shared.entries))


def as_fields(match: FaqMatch) -> dict[str, object]:
    """The fields a match adds to its query."""
    return {
        "outcome": match.outcome.value,
        "entry": match.entry,
        "score": round(match.score, 4),
        "candidates": [
            {
                "entry": each.entry,
                "score": round(each.score, 4),
                **({} if each.veto is None else {"veto": each.veto}),
            }
            for each in match.candidates
        ],
        "reason": match.reason,
    }


@click.command()
@click.option(
    "--faq",
    "paths",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path, exists=True),
    help="问答文件、文件夹，或 .jsonl 的问题库 · a .jsonl base file, a YAML book or a folder of books",
)
@click.option(
    "--room",
    default="",
    help="没写 room 的句子算哪个直播间的 · for queries without a room of their own",
)
@second_look_option
def match(paths: tuple[Path, ...], room: str, second_look: str) -> None:
    """批量匹配：从标准输入读 JSON 行，加上结果再写出来 · match many questions at once.

    Reads JSON lines {qid?, room?, text} and adds outcome, entry, score, candidates.
    """
    bases, bad = Bases(CommandLook(second_look)), BadLines()
    bases.read(paths)
    for _, query, fields in read_lines(_Query, bad):
        fields |= as_fields(bases.match(query.room or room, query.text))
        write_line(fields)
    sys.exit(2 if bad.count else 0)
