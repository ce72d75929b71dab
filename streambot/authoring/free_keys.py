"""Free keys: tables whose keys the writer chooses, such as synonyms, groups and shifts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from streambot.authoring.kinds import Text, Texts
from streambot.authoring.reader import Reader, Unreadable, join
from streambot.authoring.tree import Scalar, Table, Value

T = TypeVar("T")


def free_keys(
    value: Value,
    reader: Reader,
    key: str,
    read_one: Callable[[Scalar, Value, str], T],
    form: tuple[str, str] = ("键: 值", "key: value"),
) -> dict[str, T]:
    """Values by keys that the writer chose; bad ones are reported and left out.

    Args:
        value: what was written.
        reader: takes the problems.
        key: where *value* stands.
        read_one: reads one line: its key as written, its value, the whole key.
        form: what a line is to look like, in Chinese and English.
    """
    if isinstance(value, Scalar) and value.is_null:
        return {}
    if not isinstance(value, Table):
        zh, en = form
        raise reader.fail(
            value, key, f"这里应该是“{zh}”的形式。", f'"{en}" lines are expected here.'
        )
    read: dict[str, T] = {}
    seen: dict[str, Scalar] = {}
    for word, item in value.pairs:
        name = word.text.strip()
        if name in seen:
            reader.double(word, seen[name], key)
            continue
        seen[name] = word
        with suppress(Unreadable):
            read[name] = read_one(word, item, join(key, name))
    return read


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Free keys with a text each; ``lists`` allows a list of texts as value."""

    lists: bool = False

    def read(self, value: Value, reader: Reader, key: str) -> dict[str, Any]:
        """A dict of str, or of tuple of str."""
        kind = Texts() if self.lists else Text()
        return free_keys(
            value, reader, key, lambda _, item, whole: kind.read(item, reader, whole)
        )

    def schema(self) -> dict[str, Any]:
        """An object of texts or arrays."""
        kind = Texts() if self.lists else Text()
        return {"type": "object", "additionalProperties": kind.schema()}
