"""read_book: FAQ files and the products file in, one checked FaqBook and every problem out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from streambot.authoring.binding import split_bound, with_phrasings
from streambot.authoring.decode import Source, read_source
from streambot.authoring.faq_file import Draft, FaqFile, read_faq_file
from streambot.authoring.faq_spec import MAX_ENTRIES
from streambot.authoring.guard_file import GuardReading, read_guard
from streambot.authoring.pack import extended, shipped_pack
from streambot.authoring.problem import Place, Problem, Severity
from streambot.authoring.product_file import read_product_file
from streambot.authoring.review import Judges, review
from streambot.authoring.wording import sayable
from streambot.domain.faq.entry import FaqBook, FaqEntry
from streambot.domain.faq.pack import Pack
from streambot.domain.guard import Guard
from streambot.domain.guard_rules import GuardRules
from streambot.domain.product import Catalogue

_SUFFIXES = frozenset({".yaml", ".yml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BookReading:
    """A book with every entry that has no error; ``files`` are those read, products and rules last."""

    book: FaqBook
    problems: tuple[Problem, ...]
    usable: int
    files: tuple[Path, ...]
    drafts: tuple[Draft, ...] = ()  # of the usable entries, with their places

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.is_error for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return sum(problem.severity is Severity.WARNING for problem in self.problems)

    def summary(self, language: str = "zh") -> str:
        """ "12 条可用，1 处错误，2 处提醒" or the same in English."""
        if language == "en":
            return (
                f"{self.usable} usable, {self.errors} errors, {self.warnings} warnings"
            )
        return f"{self.usable} 条可用，{self.errors} 处错误，{self.warnings} 处提醒"


def faq_files(paths: Sequence[Path], products: Path | None = None) -> list[Path]:
    """The YAML files *paths* name, folders searched through, each once, *products* left out."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(_inside(path)) if path.is_dir() else [path]
        found.update(dict.fromkeys(inside))
    if products is not None:
        gone = products.resolve()
        return [path for path in found if path.resolve() != gone]
    return list(found)


def _inside(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(
            part.startswith((".", "~")) for part in path.relative_to(folder).parts
        )
        if path.suffix.lower() in _SUFFIXES and path.is_file() and not hidden:
            yield path


def read_book(
    paths: Sequence[Path],
    *,
    products: Path | None,
    now: datetime,
    judges: Judges,
    guard: Sequence[Path] = (),
    any_value: bool = False,
    most: int = MAX_ENTRIES,
) -> BookReading:
    """The book of *paths* (files or folders) with the values of *products*.

    *guard*: the shop's own rule files, laid over the shipped ones.

    *any_value*: take every ``{value}`` for known, where nothing will be said.
    *most*: entries it may have in all its files.
    Never raises for what a person wrote: what can't be read is a problem.
    """
    files = faq_files(paths, products)
    rules = read_guard(guard)
    read, catalogue, sources, problems = _read_files(files, products)
    judge = _guard_of(rules, catalogue)
    if sources and products is not None:
        catalogue, found = sayable(catalogue, sources[-1], judge)
        problems += found
    sources += rules.sources
    problems += [*rules.problems, *_empty_folders(paths, read)]
    drafts = [draft for file in read for draft in file.drafts]
    problems += [_too_many(most, draft) for draft in drafts[most : most + 1]]
    del drafts[most:]
    values = None if any_value else catalogue
    pack = extended(shipped_pack(), read)
    bound, unbound = split_bound(drafts, pack)
    kept, found = review(bound, values, judges, now, judge)
    entries = with_phrasings((draft.entry for draft in kept), pack, judges)
    order = {source.file: number for number, source in enumerate(sources)}
    ordered = sorted(
        [*problems, *unbound, *found],
        key=lambda item: (order.get(item.file, -1), item.line),
    )
    return BookReading(
        book=_book(read, entries, pack, catalogue, sources, judge),
        problems=tuple(ordered),
        usable=len(kept),
        files=(*files, *([products] if products else []), *guard),
        drafts=tuple(kept),
    )


def _guard_of(rules: GuardReading, catalogue: Catalogue) -> Guard:
    """The rules that concern what the shop sells, ready to judge by; shared where they are alike."""
    return _guard(rules.rules.selling(catalogue.categories))


@lru_cache(maxsize=8)
def _guard(rules: GuardRules) -> Guard:
    return Guard.of(rules)


def _read_files(
    files: Sequence[Path], products: Path | None
) -> tuple[list[FaqFile], Catalogue, list[Source], list[Problem]]:
    problems: list[Problem] = []
    sources: list[Source] = []
    read: list[FaqFile] = []
    for path in files:
        source, found = read_source(path)
        sources.append(source)
        read.append(read_faq_file(source))
        problems += _together(found, read[-1].problems)
        if not found and not read[-1].problems:
            problems += _empty(read[-1])
    catalogue = Catalogue()
    if products is not None:
        source, found = read_source(products)
        sources.append(source)
        catalogue, more = read_product_file(source)
        problems += _together(found, more)
    return read, catalogue, sources, problems


def _empty(file: FaqFile) -> list[Problem]:
    """A note of a file in which nothing stands, so that nobody takes it for a good book."""
    beside = (value for key, value in file.shared.items() if key != "version")
    if file.drafts or any(beside):
        return []
    return [
        Problem(
            place=Place(file=file.source.file),
            code="I334",
            zh="这个文件里一条问答也没有；照“- 问法: [几号发货]”下面一行“  回答: 48小时内”的样子写。",
            en="This file has no entry: write questions and an answer, as docs/faq-yaml.md shows.",
        )
    ]


def _together(decoding: list[Problem], reading: list[Problem]) -> list[Problem]:
    """The problems of one file; where no sense came of it, how it was decoded says nothing."""
    unread = any(problem.code == "E002" for problem in reading)
    return reading if unread else [*decoding, *reading]


def _too_many(most: int, first: Draft) -> Problem:
    """The problem of the *first* entry that has no room in the book."""
    return Problem(
        place=first.place,
        code="E006",
        zh=f"各个文件加起来超过 {most} 条，从这一条起没有读取；请删掉不用的，或者分给不同的直播间。",
        en=f"More than {most} entries in all files, none was read from here on: "
        "delete what isn't used, or give it to different rooms.",
        key=first.entry.id,
        found=first.source.line(first.place.line),
    )


def _empty_folders(paths: Sequence[Path], read: Sequence[FaqFile]) -> list[Problem]:
    folders = [path for path in paths if path.is_dir()]
    if not folders or read:
        return []
    return [
        Problem(
            place=Place(file=folders[0].as_posix()),
            code="E007",
            zh="这个文件夹里没有 .yaml 问答文件。",
            en="This folder holds no .yaml FAQ file.",
        )
    ]


def _book(
    read: Sequence[FaqFile],
    entries: tuple[FaqEntry, ...],
    pack: Pack,
    catalogue: Catalogue,
    sources: Sequence[Source],
    guard: Guard,
) -> FaqBook:
    return FaqBook(
        entries=entries,
        version=_version(sources),
        angry_words=_mood_words(read, "angry_words"),
        benign_words=_mood_words(read, "benign_words"),
        catalogue=catalogue,
        pack=pack,
        guard=guard,
    )


def _version(sources: Sequence[Source]) -> str:
    """A hash of all texts, so that the same books have the same version anywhere."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.plain.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()[:16]


def _mood_words(read: Sequence[FaqFile], name: str) -> tuple[str, ...]:
    groups: Iterator[dict[str, Any]] = (
        file.shared["moods"] for file in read if file.shared["moods"]
    )
    return tuple(dict.fromkeys(word for group in groups for word in group[name]))
