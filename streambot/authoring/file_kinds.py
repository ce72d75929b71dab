"""Kinds of settings that name files: read relative to where they are written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streambot.authoring.kinds import Text
from streambot.authoring.reader import Reader, items
from streambot.authoring.tree import Scalar, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A path; relative to the config file, or to the current folder from flags and environment."""

    def read(self, value: Value, reader: Reader, key: str) -> Path:
        """The absolute path."""
        text = Text().read(value, reader, key)
        in_file = value.place.line > 0
        base = Path(reader.source.file).parent if in_file else Path()
        return (base / Path(text).expanduser()).absolute()

    def schema(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """A list of paths, or one."""

    def read(self, value: Value, reader: Reader, key: str) -> tuple[Path, ...]:
        """Absolute paths."""
        each = items(value)
        if isinstance(value, Scalar) and not value.place.line:
            each = [
                Scalar(text=part, place=value.place) for part in value.text.split(",")
            ]
        return tuple(File().read(item, reader, key) for item in each)

    def schema(self) -> dict[str, Any]:
        """One or an array of strings."""
        one = {"type": "string"}
        return {"anyOf": [one, {"type": "array", "items": one}]}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOr:
    """One of ``words``, or a path."""

    words: tuple[str, ...]

    def read(self, value: Value, reader: Reader, key: str) -> str:
        """The word, or the absolute path as text."""
        text = Text().read(value, reader, key)
        if text in self.words:
            return text
        return str(File().read(value, reader, key))

    def schema(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string"}
