"""Turning the bytes of a file into text, whatever editor wrote them."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from streambot.authoring.problem import Place, Problem

MAX_BYTES = 2 * 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


#: What YAML can't hold, and what it would take for a line end.
_INVISIBLE = re.compile(
    "[^\x09\x0a\x0d\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_MOST_NOTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file's text, with line ends as found; ``lines`` are without them.

    Control characters are taken out; ``cleaned`` are the (line, column) they stood at.
    """

    file: str
    text: str
    encoding: str = "utf-8"
    lines: tuple[str, ...] = ()
    cleaned: tuple[tuple[int, int], ...] = ()

    @classmethod
    def from_text(cls, file: str, text: str, encoding: str = "utf-8") -> Source:
        """A source of *text*; only LF, CRLF and CR end a line, as in YAML."""
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        lines = plain.split("\n")
        cleaned: list[tuple[int, int]] = []
        if _INVISIBLE.search(plain):
            for number, line in enumerate(lines):
                found = _INVISIBLE.search(line)
                if found:
                    cleaned.append((number + 1, found.start() + 1))
                    lines[number] = _INVISIBLE.sub("", line)
        return cls(
            file=file,
            text=text,
            encoding=encoding,
            lines=tuple(lines),
            cleaned=tuple(cleaned),
        )

    @property
    def plain(self) -> str:
        """The text with LF line ends, one per line of ``lines``."""
        return "\n".join(self.lines)

    def line(self, number: int) -> str:
        """Line *number* from 1; empty outside the file."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def decode(data: bytes, file: str) -> tuple[Source, list[Problem]]:
    """Text of *data*: by its byte order mark, else UTF-8, else GB18030 with a warning.

    Unreadable data gives an empty source and one error.
    """
    if len(data) > MAX_BYTES:
        return _nothing(
            file,
            "E003",
            f"文件有 {len(data) // 1024} KB，超过 2 MB 上限，请拆成几个文件。",
            f"The file has {len(data) // 1024} KB, more than 2 MB: split it into several.",
        )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _by(data[len(mark) :], encoding, file)
    try:
        return _with_cleaned(Source.from_text(file, data.decode("utf-8")), [])
    except UnicodeDecodeError:
        return _by(data, "gb18030", file)


def _by(data: bytes, encoding: str, file: str) -> tuple[Source, list[Problem]]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return _nothing(
            file,
            "E002",
            "文件读不出文字（既不是 UTF-8 也不是 GB18030），请用记事本另存为 UTF-8。",
            "The file is neither UTF-8 nor GB18030 text: save it as UTF-8.",
        )
    if encoding == "utf-8":
        return _with_cleaned(Source.from_text(file, text, "utf-8-sig"), [])
    problem = Problem(
        place=Place(file=file, line=1, column=1),
        code="W001",
        zh=f"文件是 {encoding.upper()} 编码，已按它读取；请另存为 UTF-8，或运行 streambot faq check --fix。",
        en=f"The file is encoded in {encoding.upper()} and was read so; "
        "save it as UTF-8, or run streambot faq check --fix.",
    )
    return _with_cleaned(Source.from_text(file, text, encoding), [problem])


def _with_cleaned(
    source: Source, problems: list[Problem]
) -> tuple[Source, list[Problem]]:
    """*source* with a warning for each line that held a control character."""
    for line, column in source.cleaned[:_MOST_NOTED]:
        place = Place(file=source.file, line=line, column=column)
        problems.append(left_out(place, corrected=source.line(line)))
    return source, problems


def left_out(
    place: Place, *, found: str | None = None, corrected: str | None = None
) -> Problem:
    """The warning of a control character at *place*, which nobody could see or say."""
    return Problem(
        place=place,
        code="W002",
        zh="这里有看不见的控制字符，已忽略；请删掉。",
        en="There is an invisible control character here; it was left out, delete it.",
        found=found,
        corrected=corrected,
    )


def visible(text: str) -> str:
    """*text* without control characters, and without halves of characters."""
    return _INVISIBLE.sub("", text)


def _nothing(file: str, code: str, zh: str, en: str) -> tuple[Source, list[Problem]]:
    problem = Problem(place=Place(file=file, line=1, column=1), code=code, zh=zh, en=en)
    return Source.from_text(file, ""), [problem]


def read_source(path: Path) -> tuple[Source, list[Problem]]:
    """The text of the file at *path*; a missing or unreadable one gives one error."""
    shown = path.as_posix()
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        why = error.strerror or type(error).__name__
        return _nothing(
            shown,
            "E004",
            f"打不开这个文件（{why}），请检查路径。",
            f"This file can't be opened ({why}): check the path.",
        )
    return decode(data, shown)
