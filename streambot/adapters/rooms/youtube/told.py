"""Told: what one JSON object of the API holds; what is missing or of another kind is a default."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec


class NotUnderstood(Exception):
    """A response or message that makes no sense; ``str()`` is a constant name."""


class Told:
    """An object, or nothing at all."""

    def __init__(self, data: object) -> None:
        self._data: dict[str, Any] = data if isinstance(data, dict) else {}

    @classmethod
    def of(cls, body: bytes) -> Told:
        """The object that *body* is.

        Raises:
            NotUnderstood: it is none.
        """
        try:
            data = msgspec.json.decode(body)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise NotUnderstood("no_json") from error
        if not isinstance(data, dict):
            raise NotUnderstood("no_object")
        return cls(data)

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def text(self, name: str, most: int = 200) -> str:
        """A text without the blanks around it, at most so long."""
        value = self._data.get(name)
        return value[: most * 2].strip()[:most] if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """A whole number, not below 0; large ones come as text."""
        value = self._data.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit():
            value = int(value[:18])
        if not isinstance(value, int | float):
            return 0
        return int(max(0, min(value, 1e15)))

    def yes(self, name: str) -> bool:
        """Whether it says so."""
        return self._data.get(name) is True

    def instant(self, name: str) -> datetime | None:
        """A moment in UTC."""
        try:
            at = datetime.fromisoformat(self.text(name))
            return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
        except (ValueError, OverflowError):  # the year 1, east of Greenwich
            return None

    def inner(self, name: str) -> Told:
        """What stands below *name*."""
        return Told(self._data.get(name))

    def each(self, name: str) -> Iterator[Told]:
        """The objects listed below *name*."""
        values = self._data.get(name)
        yield from (Told(value) for value in values) if isinstance(values, list) else ()
