"""The node graph of a YAML text: raw scalars with their places, nothing guessed or expanded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from streambot.authoring.decode import Source, left_out, visible
from streambot.authoring.problem import Place, Problem

MAX_DEPTH = 30
#: PyYAML asks of every bracket at every sign whether it opens a key: deeper ones take for ever.
_DEEPEST = 100
DEEP = (
    f"嵌套超过 {MAX_DEPTH} 层，请写得平一些。",
    f"Nested more than {MAX_DEPTH} deep: write it flatter.",
)
#: What the parser says, or is made to say, of brackets in brackets and of "\U0011FFFF".
TOO_DEEP = "nested too deep"
NO_CHARACTER = "found an escape of no character"
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(slots=True, kw_only=True)
class Scalar:
    """A word or text as typed; ``style`` is None for plain, else the quote or block sign.

    ``is_listed``: it is an item between [ ]. ``end`` is the zero-based (line, column) just behind it.
    """

    text: str
    place: Place
    style: str | None = None
    in_flow: bool = False
    is_listed: bool = False
    end: tuple[int, int] = (0, 0)

    @property
    def is_null(self) -> bool:
        """Whether it is YAML's nothing, not a quoted empty text."""
        return self.style is None and self.text in _NULLS


@dataclass(slots=True, kw_only=True)
class Listing:
    """A list of values."""

    place: Place
    items: list[Value] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Table:
    """A mapping, its pairs in order, doubles included."""

    place: Place
    pairs: list[tuple[Scalar, Value]] = field(default_factory=list)


Value = Scalar | Listing | Table


class SyntaxSlip(Exception):
    """The text is no YAML; carries PyYAML's error of the pure-Python parser."""

    def __init__(self, error: yaml.MarkedYAMLError) -> None:
        self.error = error
        super().__init__(str(error))


def compose(
    source: Source,
    *,
    text: str | None = None,
    first_line: int = 0,
) -> tuple[Value | None, list[Problem]]:
    """The graph of *source*, or of *text*, a part of it that starts after *first_line* lines.

    Aliases, anchors, tags and deep nesting become problems, and a null in the graph.

    Raises:
        SyntaxSlip: it is no YAML; the C parser found it, the Python one words it.
    """
    body = source.plain if text is None else text
    try:
        return _build(source, body, _Fast, first_line)
    except yaml.MarkedYAMLError:
        pass
    try:
        return _build(source, body, _Wording, first_line)
    except yaml.MarkedYAMLError as error:
        raise SyntaxSlip(error) from None


class _Wording(yaml.SafeLoader):
    """The Python parser, which stops at brackets too deep before it is lost in them."""

    def fetch_flow_collection_start(self, token: Any) -> None:
        """A bracket opens."""
        if self.flow_level >= _DEEPEST:
            raise yaml.MarkedYAMLError(problem=TOO_DEEP, problem_mark=self.get_mark())
        super().fetch_flow_collection_start(token)


_Fast: Any = getattr(yaml, "CSafeLoader", _Wording)


@dataclass(slots=True)
class _Builder:
    """Builds values from parser events without recursion, so depth can't hurt."""

    source: Source
    first_line: int
    problems: list[Problem] = field(default_factory=list)
    stack: list[tuple[Table | Listing, Scalar | None, bool]] = field(
        default_factory=list
    )
    root: Value | None = None
    skipping: int = 0

    def place(self, mark: Any) -> Place:
        """The place of a parser's mark."""
        line = mark.line + 1 + self.first_line
        column = mark.column + 1
        return Place(file=self.source.file, line=line, column=column)

    def refuse(self, event: Any, code: str, zh: str, en: str) -> None:
        """Note something YAML allows and we do not."""
        place = self.place(event.start_mark)
        found = self.source.line(place.line)
        self.problems.append(Problem(place=place, code=code, zh=zh, en=en, found=found))

    def add(self, value: Value) -> None:
        """Put *value* where the graph is open."""
        if not self.stack:
            self.root = value if self.root is None else self.root
            return
        top, key, flow = self.stack[-1]
        if isinstance(top, Listing):
            top.items.append(value)
        elif key is None:
            self.stack[-1] = (top, _as_key(value), flow)
        else:
            top.pairs.append((key, value))
            self.stack[-1] = (top, None, flow)

    def open(self, event: Any, value: Table | Listing) -> None:
        """A list or mapping starts."""
        self.check(event)
        if len(self.stack) + self.skipping >= _DEEPEST:
            raise yaml.MarkedYAMLError(problem=TOO_DEEP, problem_mark=event.start_mark)
        if self.skipping or len(self.stack) >= MAX_DEPTH:
            if not self.skipping:
                self.refuse(event, "E005", *DEEP)
            self.skipping += 1
            return
        self.add(value)
        self.stack.append((value, None, bool(event.flow_style)))

    def close(self) -> None:
        """A list or mapping ends."""
        if self.skipping:
            self.skipping -= 1
        else:
            self.stack.pop()

    def check(self, event: Any) -> None:
        """Refuse anchors and tags."""
        if getattr(event, "anchor", None) is not None:
            self.refuse(
                event,
                "E111",
                "这里用了 YAML 的 & 锚点，不支持；如果是文字，请加引号。",
                "YAML anchors (&) are not supported; quote it if it is text.",
            )
        implicit = event.implicit
        explicit = not (any(implicit) if isinstance(implicit, tuple) else implicit)
        if event.tag is not None and explicit:
            self.refuse(
                event,
                "E112",
                "这里用了 YAML 的 ! 标签，不支持；如果是文字，请加引号。",
                "YAML tags (!) are not supported; quote it if it is text.",
            )

    def scalar(self, event: Any) -> None:
        """A word or text."""
        self.check(event)
        if self.skipping:
            return
        end = event.end_mark
        top, _, in_flow = self.stack[-1] if self.stack else (None, None, False)
        self.add(
            Scalar(
                text=self.text(event),
                place=self.place(event.start_mark),
                style=event.style or None,
                in_flow=in_flow,
                is_listed=in_flow and isinstance(top, Listing),
                end=(end.line + self.first_line, end.column),
            )
        )

    def text(self, event: Any) -> str:
        """What a text says; only escapes may hold an emoji's halves, or what nobody can see."""
        typed: str = event.value
        if event.style != '"' or visible(typed) == typed:
            return typed
        try:
            joined = typed.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            mark = event.start_mark
            raise yaml.MarkedYAMLError(
                problem=NO_CHARACTER, problem_mark=mark
            ) from None
        seen = visible(joined)
        if seen != joined:
            place = self.place(event.start_mark)
            found = self.source.line(place.line)
            self.problems.append(left_out(place, found=found))
        return seen

    def alias(self, event: Any) -> None:
        """An alias: refused, and nothing in its place."""
        self.refuse(
            event,
            "E110",
            "这里用了 YAML 的 * 引用，不支持；如果是文字，请加引号。",
            "YAML aliases (*) are not supported; quote it if it is text.",
        )
        if not self.skipping:
            self.add(Scalar(text="", place=self.place(event.start_mark)))


def _as_key(value: Value) -> Scalar:
    if isinstance(value, Scalar):
        return value
    return Scalar(text="?", place=value.place)


def _build(
    source: Source,
    body: str,
    loader: Any,
    first_line: int,
) -> tuple[Value | None, list[Problem]]:
    builder = _Builder(source, first_line)
    documents = 0
    for event in _events(body, loader):
        match event:
            case yaml.DocumentStartEvent():
                documents += 1
                if documents == 2:
                    builder.refuse(
                        event,
                        "E114",
                        "一个文件只能有一份内容，“---” 之后的没有读取；请删掉这条线或拆成两个文件。",
                        'Only what stands before "---" was read: delete that line or split the file.',
                    )
            case yaml.ScalarEvent():
                builder.scalar(event)
            case yaml.AliasEvent():
                builder.alias(event)
            case yaml.MappingStartEvent():
                builder.open(event, Table(place=builder.place(event.start_mark)))
            case yaml.SequenceStartEvent():
                builder.open(event, Listing(place=builder.place(event.start_mark)))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                builder.close()
            case _:
                pass
    return builder.root, builder.problems


def _events(body: str, loader: Any) -> Iterator[Any]:
    """The parser's events; what it trips over, such as "\\U0011FFFF", is its error as any other."""
    parser = loader(body)
    try:
        while parser.check_event():
            yield parser.get_event()
    except (ValueError, OverflowError, RecursionError) as error:
        mark = parser.get_mark() if isinstance(parser, _Wording) else None
        raise yaml.MarkedYAMLError(problem=NO_CHARACTER, problem_mark=mark) from error
    finally:
        parser.dispose()
