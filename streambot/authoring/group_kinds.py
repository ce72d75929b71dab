"""Kinds of values that hold others in files people write: groups of keys, and sets of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from streambot.authoring.kinds import Texts
from streambot.authoring.reader import Reader, Spec, Unreadable, items
from streambot.authoring.schema import of_spec
from streambot.authoring.tree import Listing, Scalar, Table, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Keys of their own."""

    spec: Spec

    def read(self, value: Value, reader: Reader, key: str) -> dict[str, Any]:
        """The group's fields."""
        return reader.table(value, self.spec, key)

    def schema(self) -> dict[str, Any]:
        """The group's schema."""
        return of_spec(self.spec)


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """A list of groups, each with its own keys; *whole*: one with an error in it is none."""

    spec: Spec
    most: int = 1000
    whole: bool = False

    def read(self, value: Value, reader: Reader, key: str) -> list[dict[str, Any]]:
        """One dict per item, with ``_place``; bad items are reported and left out."""
        if (isinstance(value, Scalar) and not value.is_null) or isinstance(
            value, Table
        ):
            raise reader.fail(
                value,
                key,
                "这里应该是列表，每一项以“- ”开头。",
                'A list is expected here, each item starting with "- ".',
            )
        read, given = [], items(value)
        if len(given) > self.most:
            reader.report(
                "E006",
                given[self.most].place,
                key,
                f"超过 {self.most} 项，从这一项起没有读取；请删掉不用的。",
                f"More than {self.most} items, none was read from here on: delete what isn't used.",
            )
        for number, item in enumerate(given[: self.most]):
            before = len(reader.problems)
            try:
                group = reader.table(item, self.spec, f"{key}[{number}]")
            except Unreadable:
                continue
            wrong = any(problem.is_error for problem in reader.problems[before:])
            if wrong and self.whole:
                continue
            read.append({**group, "_place": item.place})
        return read

    def schema(self) -> dict[str, Any]:
        """An array."""
        return {"type": "array", "items": of_spec(self.spec)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sets:
    """A list of lists of texts."""

    def read(
        self, value: Value, reader: Reader, key: str
    ) -> tuple[tuple[str, ...], ...]:
        """One tuple per inner list, those of at least two words."""
        if not isinstance(value, Listing):
            raise reader.fail(
                value,
                key,
                "这里应该是列表的列表，例如 - [红色, 蓝色]。",
                "A list of lists is expected here, such as - [red, blue].",
            )
        read = (Texts().read(item, reader, key) for item in value.items)
        return tuple(words for words in read if len(words) > 1)

    def schema(self) -> dict[str, Any]:
        """An array of arrays."""
        return {
            "type": "array",
            "items": {"type": "array", "items": {"type": "string"}},
        }
