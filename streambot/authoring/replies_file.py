"""Reading files of canned replies: every good one, and every problem with its place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streambot.authoring.as_typed import as_typed
from streambot.authoring.book import faq_files
from streambot.authoring.decode import Source, read_source
from streambot.authoring.problem import Place, Problem, Severity
from streambot.authoring.reader import Reader, Unreadable, items
from streambot.authoring.replies_review import reviewed
from streambot.authoring.replies_spec import KNOWN, LIST_KEYS, REPLIES, TEXT_KEYS
from streambot.authoring.reply_draft import ReplyDraft
from streambot.authoring.soft_slips import warn_soft_slips
from streambot.authoring.syntax import read_tree
from streambot.authoring.tree import Listing, Scalar, Table, Value
from streambot.domain.canned import CannedBook, CannedReply
from streambot.domain.faq.entry import Visibility
from streambot.domain.guard import Guard

_NUMBER = re.compile(r"replies\[(\d+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RepliesReading:
    """A book of every reply without an error, the files read, and every problem."""

    book: CannedBook
    files: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def usable(self) -> int:
        """How many replies can be used."""
        return len(self.book.replies)

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.is_error for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return sum(problem.severity is Severity.WARNING for problem in self.problems)


def read_replies(paths: Sequence[Path], guard: Guard) -> RepliesReading:
    """The replies in *paths* (files or folders), judged by *guard*.

    Never raises for what a person wrote: what can't be read is a problem.
    """
    files = faq_files(paths)
    problems: list[Problem] = []
    drafts: list[ReplyDraft] = []
    digest = hashlib.sha256()
    for path in files:
        source, found = read_source(path)
        digest.update(source.plain.encode("utf-8", "surrogatepass") + b"\0")
        problems += found
        drafts += _read_file(source, problems)
    problems += _missing(paths, files)
    kept, found = reviewed(drafts, guard)
    problems += found
    order = {path.as_posix(): number for number, path in enumerate(files)}
    problems.sort(key=lambda each: (order.get(each.file, -1), each.line))
    return RepliesReading(
        book=CannedBook(
            replies=tuple(draft.reply for draft in kept),
            version=digest.hexdigest()[:16],
        ),
        files=tuple(files),
        problems=tuple(problems),
    )


def _missing(paths: Sequence[Path], files: Sequence[Path]) -> Iterator[Problem]:
    """Folders without a file."""
    for path in paths:
        if path.is_dir() and not any(path in file.parents for file in files):
            yield Problem(
                place=Place(file=path.as_posix()),
                code="E007",
                zh="这个文件夹里没有 .yaml 快捷回复文件。",
                en="This folder holds no .yaml file of canned replies.",
            )


def _read_file(original: Source, problems: list[Problem]) -> list[ReplyDraft]:
    source, typed = as_typed(original, TEXT_KEYS)
    root, found = read_tree(source, KNOWN)
    reader = Reader(source=source, problems=[*typed, *found])
    try:
        drafts = [] if root is None else _drafts(root, reader, original)
    except Unreadable:
        drafts = []
    problems += reader.problems
    return drafts


def _drafts(root: Value, reader: Reader, original: Source) -> list[ReplyDraft]:
    if isinstance(root, Listing):  # a bare list of replies is a file too
        head = Scalar(text="replies", place=root.place)
        root = Table(place=root.place, pairs=[(head, root)])
    read = reader.table(root, REPLIES, "")
    warn_soft_slips(root, reader)
    nodes = {node.place: (n, node) for n, node in enumerate(_listed(root))}
    bad = {
        int(found[1])
        for problem in reader.problems
        if problem.is_error and (found := _NUMBER.match(problem.key or ""))
    }
    drafts = []
    for group in read["replies"]:
        number, node = nodes[group["_place"]]
        if number not in bad and group["title"] and group["text"]:
            drafts.append(
                ReplyDraft(
                    reply=_reply(group),
                    place=node.place,
                    source=original,
                    places=_places(node),
                )
            )
    return drafts


def _listed(root: Value) -> Iterator[Value]:
    for key, value in root.pairs if isinstance(root, Table) else ():
        if key.text.strip() in LIST_KEYS:
            yield from items(value)
            return  # of two lists the first is used


def _places(value: Value) -> Mapping[str, Place]:
    """Where each text of an entry stands, first come first kept."""
    places: dict[str, Place] = {}
    for _, given in value.pairs if isinstance(value, Table) else ():
        for item in items(given):
            if isinstance(item, Scalar):
                places.setdefault(item.text.strip(), item.place)
    return places


def _reply(read: Mapping[str, Any]) -> CannedReply:
    return CannedReply(
        id=read["id"] or read["title"],
        title=read["title"],
        texts=read["text"],
        shortcut=read["shortcut"].lstrip("/").lower(),
        tags=read["tags"],
        visibility=Visibility(read["visibility"]),
        rooms=read["rooms"],
        products=read["products"],
        reasons=read["reasons"],
        groups=read["groups"],
        roles=read["roles"],
    )
