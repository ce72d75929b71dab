"""Reading JSON Lines, from standard input or a file, so that a bad line is named and the rest runs."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator
from typing import BinaryIO, TypeVar

import click
import msgspec

T = TypeVar("T")

#: Bad lines named one by one; more of them are one mistake made everywhere.
_MOST_NAMED = 20
_EXPECTED = re.compile(r"Expected `(.+?)`, got `(.+?)`(?: - at `\$\.?(.*)`)?")
_MISSING = re.compile(r"missing required field `(.+?)`(?: - at `\$\.?(.*)`)?")
_TYPES = {
    "str": "文字",
    "int": "整数",
    "float": "数字",
    "bool": "true 或 false",
    "array": "[ ] 列表",
    "object": "一个 { }",
    "null": "空的",
}
_CHINESE_SIGNS = re.compile("[“”：，｛｝]")


class BadLines:
    """Counts lines of *file* that could not be read, and names the first on standard error."""

    def __init__(self, file: str = "") -> None:
        self.file = file  # empty: standard input
        self.count = 0

    def add(self, number: int, why: tuple[str, str], example: str) -> None:
        """Name one bad line, and tell how it is written."""
        self.count += 1
        if self.count > _MOST_NAMED + 1:
            return
        where_zh, where_en = (
            (f"{self.file} ", f" of {self.file}") if self.file else ("", "")
        )
        zh, en = why
        told = (
            f"{where_zh}第 {number} 行读不懂：{zh}；每行要写成 {example} 这样 · "
            f"line {number}{where_en} can't be read: {en}; write it like {example}"
        )
        if self.count > _MOST_NAMED:
            told = f"{where_zh}读不懂的行还有，不再一一列出 · more lines{where_en} can't be read"
        click.echo(told, err=True)


def read_lines(
    kind: type[T],
    bad: BadLines,
    source: BinaryIO | None = None,
    example: str = '{"text": "包邮吗"}',
) -> Iterator[tuple[int, T, dict[str, object]]]:
    """Each line as number, *kind* and the fields as given; blank lines are passed over."""
    typed = msgspec.json.Decoder(kind)
    plain = msgspec.json.Decoder(dict[str, object])
    for number, line in enumerate(source or sys.stdin.buffer, start=1):
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if not line.strip():
            continue
        try:
            yield number, typed.decode(line), plain.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            bad.add(number, _why(line, error), example)


def _why(line: bytes, error: Exception) -> tuple[str, str]:
    """What is wrong with *line*, in Chinese and English."""
    said = str(error)
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        kind = "UTF-16" if b"\0" in line else "GBK"
        return (
            f"不是 UTF-8 编码，多半是 {kind}，请另存为 UTF-8",
            "not UTF-8: save it so",
        )
    if (missing := _MISSING.search(said)) is not None:
        return f"少了“{_key(missing[2], missing[1])}”", said
    if (wrong := _EXPECTED.search(said)) is not None:
        got = _in_chinese(wrong[2])
        if not wrong[3]:
            return f"一行应该是一个 {{ }}，写的是{got}", said
        return f"“{wrong[3]}”应该是{_in_chinese(wrong[1])}，写的是{got}", said
    return _broken(text, said), said


def _key(inside: str | None, name: str) -> str:
    return f"{inside}.{name}" if inside else name


def _in_chinese(types: str) -> str:
    """ "float | null" as 数字; that a value may be left out goes without saying."""
    names = [name for name in types.split(" | ") if name != "null" or types == "null"]
    return "或".join(_TYPES.get(name, name) for name in names)


def _broken(text: str, said: str) -> str:
    """Why *text* is no JSON."""
    if text.strip() in ("{", "["):
        return "整个 { } 要写在同一行里"
    if _CHINESE_SIGNS.search(re.sub(r'"[^"]*"', "", text)):
        return "引号、冒号、逗号要用英文的"
    if "truncated" in said:
        return "这一行没写完，少了引号或 }"
    if "keys must be strings" in said:
        return "每个键都要用英文双引号括起来"
    if "trailing characters" in said:
        return "} 后面还有别的字"
    if "trailing comma" in said:
        return "} 前面多了一个逗号"
    return "不是 JSON"


def write_line(value: dict[str, object]) -> None:
    """One result, at once: whoever reads may be waiting for it."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()
