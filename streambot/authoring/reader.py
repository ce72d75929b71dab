"""Reader: reads a node graph against a table of fields and gathers every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from streambot.authoring.decode import Source
from streambot.authoring.forgotten_dash import first_item
from streambot.authoring.problem import Place, Problem
from streambot.authoring.tree import Listing, Scalar, Table, Value
from streambot.authoring.unknown_key import unknown_key


class Unreadable(Exception):
    """The value can't be read; the problem was reported."""


class Kind(Protocol):
    """How a value is read and what an editor may offer for it."""

    def read(self, value: Value, reader: Reader, key: str) -> Any:
        """The value, or raises Unreadable after reporting why."""

    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One key: its name, what it means, how it is read, what it is when left out.

    ``also`` are other names for the same key; ``sample`` stands in a proposed line. A required
    key may be left out where the key ``unless`` stands.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    default: Any = None
    also: tuple[str, ...] = ()
    required: bool = False
    unless: str = ""
    sample: str = ""


Spec = tuple[Field, ...]


def by_name(spec: Spec) -> dict[str, Field]:
    """Every field under each of its names."""
    return {name: item for item in spec for name in (item.name, *item.also)}


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads the graph of one source; ``problems`` grows."""

    source: Source
    problems: list[Problem] = field(default_factory=list)

    def report(
        self,
        code: str,
        place: Place,
        key: str,
        zh: str,
        en: str,
        *,
        corrected: str | None = None,
        hidden: bool = False,
    ) -> None:
        """Note a problem at *place*; *hidden*: its line holds a secret and isn't shown."""
        here = place.file == self.source.file and not hidden
        found = self.source.line(place.line) if here else None
        self.problems.append(
            Problem(
                place=place,
                code=code,
                zh=zh,
                en=en,
                key=key,
                found=found,
                corrected=corrected,
            )
        )

    def fail(
        self, value: Value, key: str, zh: str, en: str, *, instead: str | None = None
    ) -> Unreadable:
        """Report that *value* can't be used; *instead* is what could stand there."""
        corrected = None if instead is None else self.with_value(value, instead)
        self.report("E205", value.place, key, zh, en, corrected=corrected)
        return Unreadable()

    def empty(self, value: Scalar, key: str) -> Unreadable:
        """Report that nothing stands at *value*; what a # turned into a remark is put in quotes."""
        place = value.place
        line = self.source.line(place.line) if place.file == self.source.file else ""
        start = place.column - 1
        head, remark = line[:start].rstrip(), line[start:].strip()
        if not (value.is_null and remark.startswith("#")):
            return self.fail(value, key, "这里是空的。", "This is empty.")
        self.report(
            "E205",
            place,
            key,
            "这里是空的：# 开头的内容算注释，要用就加引号。",
            "This is empty: what begins with # is a remark, unless it stands in quotes.",
            corrected=None if '"' in remark else f'{head} "{remark}"',
        )
        return Unreadable()

    def with_value(self, value: Value, instead: str) -> str | None:
        """The line of *value* with *instead* in its place; None where that is not one line."""
        place = value.place
        if not isinstance(value, Scalar) or place.file != self.source.file:
            return None
        line = self.source.line(place.line)
        if value.end[0] + 1 != place.line or value.style in ("|", ">"):
            return None
        head, tail = line[: place.column - 1], line[value.end[1] :]
        gap = " " if head and head[-1] in ":-" else ""
        return f"{head}{gap}{instead}{tail}"

    def table(self, value: Value, spec: Spec, key: str) -> dict[str, Any]:
        """The fields of *spec* under their English names, defaults where left out or bad.

        Raises:
            Unreadable: *value* is no mapping.
        """
        if isinstance(value, Scalar) and value.is_null:
            value = Table(place=value.place)
        if not isinstance(value, Table):
            raise self.fail(
                value,
                key,
                "这里应该是“键: 值”的形式（冒号是英文的，后面有一个空格）。",
                '"key: value" lines are expected here.',
            )
        given, meant = self._pairs(value, spec, key)
        read: dict[str, Any] = {}
        for item in spec:
            hint = item.name in meant or item.unless in given
            read[item.name] = self._field(item, given.get(item.name), value, key, hint)
        return read

    def _field(
        self, item: Field, given: Value | None, table: Table, key: str, meant: bool
    ) -> Any:
        if given is None:
            if item.required and not meant:
                self.missing(item, table, key)
            return item.default
        if isinstance(given, Scalar) and given.is_null and item.default is None:
            if item.required:
                self.missing(item, table, key)
            return None
        try:
            return item.kind.read(given, self, join(key, item.name))
        except Unreadable:
            return item.default

    def missing(self, item: Field, table: Table, key: str) -> None:
        """Report a required key that is not there."""
        name = item.also[0] if _is_chinese(table) and item.also else item.name
        first = table.pairs[0][0].place if table.pairs else table.place
        proposed = f"{' ' * (first.column - 1)}{name}: {item.sample}"
        self.report(
            "E204",
            table.place,
            key,
            f"缺少“{name}”（{item.zh}），请加上这一行。",
            f'"{name}" is missing ({item.en}): add the line.',
            corrected=proposed.rstrip(),
        )

    def _pairs(
        self, table: Table, spec: Spec, key: str
    ) -> tuple[Mapping[str, Value], set[str]]:
        """Values by English name, and the names misspelt keys were probably meant as."""
        meant: set[str] = set()
        known = by_name(spec)
        given: dict[str, tuple[Scalar, Value]] = {}
        for word, value in first_item(table, known, self, key):
            item = known.get(word.text.strip())
            if item is None:
                meant.add(unknown_key(word, known, self, key))
            elif item.name in given:
                self.double(word, given[item.name][0], key)
            else:
                given[item.name] = (word, value)
        return {name: value for name, (_, value) in given.items()}, meant

    def double(self, word: Scalar, first: Scalar, key: str) -> None:
        """Report a key that stands twice."""
        self.report(
            "E201",
            word.place,
            join(key, word.text),
            f"“{word.text}”写了两次（第 {first.place.line} 行和第 {word.place.line} 行），"
            "请只留一个；现在用的是第一个。",
            f'"{word.text}" stands on line {first.place.line} and on line {word.place.line}: '
            "keep one; the first is used.",
            corrected=self.with_value(word, f"# {word.text}"),
        )


def _is_chinese(table: Table) -> bool:
    return any(not word.text.isascii() for word, _ in table.pairs)


def join(key: str, name: str) -> str:
    """A key path one step deeper."""
    return f"{key}.{name}" if key else name


def items(value: Value) -> list[Value]:
    """The items of a list; a single value is a list of one; nothing is an empty list."""
    if isinstance(value, Listing):
        return value.items
    if isinstance(value, Scalar) and value.is_null:
        return []
    return [value]
