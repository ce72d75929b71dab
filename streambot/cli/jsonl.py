"""Reading JSON Lines from standard input, so that a bad line is named and the rest still runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import BinaryIO, TypeVar

import click
import msgspec

T = TypeVar("T")


class BadLines:
    """Counts lines that could not be read, and names each on standard error."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, number: int, why: str, example: str) -> None:
        """Name one bad line, and tell how it is written."""
        self.count += 1
        click.echo(
            f"第 {number} 行读不懂，每行要写成 {example} 这样 · "
            f"line {number} can't be read, write it like {example}: {why}",
            err=True,
        )


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
        if not line.strip():
            continue
        try:
            yield number, typed.decode(line), plain.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            bad.add(number, str(error), example)


def write_line(value: dict[str, object]) -> None:
    """One result, at once: whoever reads may be waiting for it."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()
