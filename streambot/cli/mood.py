"""``streambot mood``: how a line sounds, and why."""

from __future__ import annotations

import sys

import click
import msgspec

from streambot.cli.jsonl import BadLines, read_lines, write_line


class _Query(msgspec.Struct):
    text: str
    id: str | int | None = None
    user: str | None = None
    t: float | None = None


@click.command()
def mood() -> None:
    """Read JSON lines {id?, text, user?, t?} and add mood, level, score, evidence."""
    from streambot.domain.mood import MoodReader

    reader, bad = MoodReader(), BadLines()
    for number, query, fields in read_lines(_Query, bad):
        reading = reader.read(query.text)
        fields.setdefault("id", number)
        write_line(
            {
                **fields,
                "mood": reading.mood.value,
                "level": None if reading.level is None else reading.level.value,
                "score": round(reading.score, 4),
                "evidence": [
                    {
                        "rule": each.rule,
                        "span": [each.start, each.end],
                        "text": each.text,
                    }
                    for each in reading.evidence
                ],
            }
        )
    sys.exit(2 if bad.count else 0)
