"""Reading one FAQ file into entries, each with the places its texts stand at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from streambot.authoring.as_typed import as_typed
from streambot.authoring.dashes import spoils_entries
from streambot.authoring.decode import Source
from streambot.authoring.faq_lists import HOLDS
from streambot.authoring.faq_spec import (
    ENTRY,
    ENTRY_KEYS,
    FILE,
    KNOWN,
    LIST_KEYS,
    MAX_ENTRIES,
    TEXT_KEYS,
)
from streambot.authoring.problem import Place, Problem
from streambot.authoring.reader import Field, Reader, Unreadable, by_name, items
from streambot.authoring.rescue import has_fallen_out, rescue
from streambot.authoring.scan import slips
from streambot.authoring.soft_slips import warn_soft_slips
from streambot.authoring.tree import (
    Listing,
    Scalar,
    SyntaxSlip,
    Table,
    Value,
    compose,
)
from streambot.authoring.understood import no_book, not_understood
from streambot.domain.faq.entry import (
    FaqEntry,
    FaqId,
    HandoffRule,
    Validity,
    Visibility,
)
from streambot.domain.faq.pack import IntentId

_ENTRY = by_name(ENTRY)
_SHARED = tuple(item for item in FILE if item.name != "faqs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry that could be read, and where it and its texts stand."""

    entry: FaqEntry
    place: Place
    source: Source
    texts: Mapping[str, Place]  # of questions and answers
    intent_at: Place  # where its intent is named, or the entry

    def at(self, text: str) -> Place:
        """Where *text* stands, or the entry."""
        return self.texts.get(text, self.place)


@dataclass(slots=True, kw_only=True)
class FaqFile:
    """One file: its entries, what stands beside them, and its problems."""

    source: Source
    drafts: list[Draft] = field(default_factory=list)
    shared: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_faq_file(original: Source) -> FaqFile:
    """Every entry of *original* that has no error, and every problem."""
    unread = not_understood(original, KNOWN)
    if unread is not None:
        nothing = read_faq_file(Source.from_text(original.file, ""))
        return replace(nothing, source=original, problems=[unread])
    source, problems = as_typed(original, TEXT_KEYS)
    reader = Reader(source=source, problems=problems)
    file = FaqFile(source=source)
    root, entries = _graph(source, reader)
    file.shared = _shared(root, reader)
    if len(entries) > MAX_ENTRIES:
        place = entries[MAX_ENTRIES].place
        reader.report(
            "E006",
            place,
            "faqs",
            f"超过 {MAX_ENTRIES} 条，后面的没有读取；请拆成几本。",
            f"More than {MAX_ENTRIES} entries, the rest was not read: split the book.",
        )
    for number, value in enumerate(entries[:MAX_ENTRIES]):
        draft = _draft(value, reader, f"faqs[{number}]", original)
        if draft is not None:
            file.drafts.append(draft)
    file.problems = [_as_found(problem, original) for problem in reader.problems]
    return file


def _as_found(problem: Problem, original: Source) -> Problem:
    """The problem with the line as the merchant wrote it."""
    if problem.found is None or problem.found == original.line(problem.line):
        return problem
    return Problem(
        place=problem.place,
        code=problem.code,
        zh=problem.zh,
        en=problem.en,
        key=problem.key,
        found=original.line(problem.line),
        corrected=problem.corrected,
    )


def _graph(source: Source, reader: Reader) -> tuple[Value | None, list[Value]]:
    """The file without its entries, and the entries."""
    try:
        root, found = compose(source)
    except SyntaxSlip:
        return (None, []) if _is_no_book(reader) else _rescued(source, reader)
    if spoils_entries(source, ENTRY_KEYS) or has_fallen_out(root):
        return _rescued(source, reader)
    reader.problems += found
    if isinstance(root, Listing):
        return None, root.items
    entries: list[Value] = []
    if isinstance(root, Table):
        for key, value in root.pairs:
            if key.text.strip() in LIST_KEYS:
                entries += _listed(value, reader)
    return root, entries


def _is_no_book(reader: Reader) -> bool:
    """Whether what can't be read is something else than a book; it is told."""
    problem = no_book(reader.source, KNOWN)
    reader.problems += [problem] if problem is not None else []
    return problem is not None


def _rescued(source: Source, reader: Reader) -> tuple[Value | None, list[Value]]:
    saved = rescue(source)
    reader.problems += saved.problems
    return saved.rest, saved.entries


def _listed(value: Value, reader: Reader) -> list[Value]:
    if isinstance(value, Listing) or (isinstance(value, Scalar) and value.is_null):
        return items(value)
    if not (isinstance(value, Scalar) and _slipped(value, reader)):
        reader.fail(
            value,
            "faqs",
            "这里应该是列表，每一条以“- ”开头。",
            'A list is expected here, each entry starting with "- ".',
        )
    return []


def _slipped(value: Scalar, reader: Reader) -> bool:
    """Whether slips explain why *value* is a text and no mapping; they are reported."""
    if value.style is not None:
        return False
    numbers = range(value.place.line, value.end[0] + 2)
    found = slips(reader.source, numbers, KNOWN)
    reader.problems += found
    return bool(found)


class _Elsewhere:
    """A kind for the entries, which are read one by one."""

    def read(self, value: Value, reader: Reader, key: str) -> None:
        """Nothing here."""

    def schema(self) -> dict[str, Any]:
        """Anything."""
        return {}


def _shared(root: Value | None, reader: Reader) -> dict[str, Any]:
    """Synonyms and the like; a root that is no mapping is explained."""
    spec = tuple(
        item
        if item.name != "faqs"
        else Field(
            name="faqs", also=item.also, kind=_Elsewhere(), zh=item.zh, en=item.en
        )
        for item in FILE
    )
    if isinstance(root, Scalar) and not root.is_null:
        root = None if _slipped(root, reader) or _is_no_book(reader) else root
    value = root if root is not None else Table(place=Place(file=reader.source.file))
    try:
        return reader.table(value, spec, "")
    except Unreadable:
        return {item.name: item.default for item in _SHARED}


def _draft(value: Value, reader: Reader, key: str, original: Source) -> Draft | None:
    """The entry *value* is, or None after reporting what keeps it out."""
    before = len(reader.problems)
    if isinstance(value, Scalar) and _slipped(value, reader):
        return None
    try:
        read = reader.table(value, ENTRY, key)
    except Unreadable:
        return None
    warn_soft_slips(value, reader, HOLDS)
    _check(read, value, reader, key)
    if any(problem.is_error for problem in reader.problems[before:]):
        return None
    return Draft(
        entry=to_entry(read),
        place=value.place,
        source=original,
        texts=_places(value),
        intent_at=_place_of(value, "intent"),
    )


def _check(read: dict[str, Any], value: Value, reader: Reader, key: str) -> None:
    valid = read["valid"]
    if valid and valid["from"] and valid["until"] and valid["from"] > valid["until"]:
        reader.report(
            "E207",
            _place_of(value, "valid"),
            f"{key}.valid",
            "有效期的开始晚于结束，请对调。",
            "valid.from is after valid.until: swap them.",
        )
    for text in set(read["questions"] or ()) & set(read["not_questions"]):
        reader.report(
            "E208",
            _places(value).get(text, value.place),
            f"{key}.not_questions",
            f"“{text}”既在问法里又在“不是问”里，请删掉一个。",
            f'"{text}" is both a question and a not_question: delete one.',
        )
    for name in ("questions", "answer"):
        whole = f"{key}.{name}"
        if read[name] == () and all(each.key != whole for each in reader.problems):
            place = _place_of(value, name)
            reader.report(
                "E207", place, f"{key}.{name}", "这里是空的。", "This is empty."
            )


def _place_of(value: Value, name: str) -> Place:
    """Where the key *name* of an entry stands, under whichever of its names, or the entry."""
    for word, _ in value.pairs if isinstance(value, Table) else ():
        item = _ENTRY.get(word.text.strip())
        if item is not None and item.name == name:
            return word.place
    return value.place


def _places(value: Value) -> dict[str, Place]:
    """Where each text of *value* stands, first come first kept."""
    places: dict[str, Place] = {}
    if not isinstance(value, Table):
        return places
    for _, given in value.pairs:
        if isinstance(given, Table):
            continue
        for item in items(given):
            if isinstance(item, Scalar):
                places.setdefault(item.text.strip(), item.place)
    return places


def to_entry(read: Mapping[str, Any]) -> FaqEntry:
    """The domain's entry of an entry's fields as the table names them."""
    valid, tests = read["valid"], read["tests"] or {"match": (), "not": ()}
    return FaqEntry(
        id=FaqId(read["id"] or (read["questions"] or [read["intent"]])[0][:64]),
        questions=read["questions"] or (),
        answers=read["answer"],
        keywords=read["keywords"],
        must=read["must"],
        any=read["any"],
        none=read["none"],
        not_questions=read["not_questions"],
        products=read["products"],
        valid=Validity(since=valid["from"], until=valid["until"]) if valid else None,
        priority=read["priority"],
        cooldown=read["cooldown_seconds"],
        visibility=Visibility(read["visibility"]),
        handoff=HandoffRule(read["handoff"]),
        handoff_reason=read["handoff_reason"],
        greeting=read["greeting"],
        language=read["language"],
        threshold=read["threshold"],
        follow_up=read["follow_up"],
        tests_match=tests["match"],
        tests_not=tests["not"],
        intent=read["intent"] and IntentId(read["intent"]),
    )
