"""Problem: one thing wrong in a file a person wrote, where it is, and the line that puts it right."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_AROUND = 100  # characters shown on either side of the spot
_WORDS = {
    "error": ("错误", "error"),
    "warning": ("提醒", "warning"),
    "info": ("建议", "advice"),
}


class Severity(StrEnum):
    """An error keeps something out of use; a warning does not; advice only helps."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFO}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands: ``line`` and ``column`` from 1; line 0 is no line of a file.

    ``column`` counts code points.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """``code`` E..., W... or I...; ``corrected`` is the whole line as it should be, where we know it."""

    place: Place
    code: str
    zh: str
    en: str
    key: str = ""  # key path, "rooms[0].greeting.within_seconds"
    found: str | None = None  # the line as it is
    corrected: str | None = None

    @property
    def severity(self) -> Severity:
        """Error, warning or advice, told by the code's letter."""
        return _SEVERITIES[self.code[0]]

    @property
    def is_error(self) -> bool:
        """Whether it keeps something out of use."""
        return self.severity is Severity.ERROR

    @property
    def file(self) -> str:
        """The file's name as shown."""
        return self.place.file

    @property
    def line(self) -> int:
        """The line, from 1; 0 for the file as a whole."""
        return self.place.line

    @property
    def column(self) -> int:
        """The column in code points, from 1."""
        return self.place.column

    def sentence(self, language: str = "zh") -> str:
        """What is wrong, without the place: Chinese with English beside it, or English alone."""
        return self.en if language == "en" else f"{self.zh} {self.en}"

    def render(self, language: str = "zh") -> str:
        """Place, reason, the line with a caret under the spot, and the corrected line."""
        zh, en = _WORDS[self.severity]
        word = en if language == "en" else zh
        key = f" {self.key}" if self.key else ""
        rows = [f"{self.place}: {word} {self.code}{key}: {self.sentence(language)}"]
        if self.found is not None and self.found.strip():
            start = max(0, self.column - 1 - _AROUND)
            shown = self.found[start : self.column + _AROUND]
            rows.append(f"  | {shown.expandtabs(1)}")
            rows.append(f"  | {caret(shown, self.column - start)}")
        if self.corrected is not None:
            label = "change to:" if language == "en" else "改成 (change to):"
            rows.append(f"  {label}")
            rows += [f"  | {row[: 2 * _AROUND]}" for row in self.corrected.splitlines()]
        return "\n".join(rows)

    def as_json(self) -> dict[str, str | int | None]:
        """The same as plain values, for ``--json``."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "code": self.code,
            "severity": str(self.severity),
            "key": self.key,
            "zh": self.zh,
            "en": self.en,
            "found": self.found,
            "corrected": self.corrected,
        }


def width(text: str) -> int:
    """Columns *text* takes on a terminal: wide characters take two."""
    return sum(
        0
        if unicodedata.combining(char)
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def caret(line: str, column: int) -> str:
    """A caret under *column* (from 1) of *line*, aligned for double-width characters."""
    return " " * width(line[: max(column - 1, 0)].expandtabs(1)) + "^"
