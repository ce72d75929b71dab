"""``streambot mood``: how a line sounds, and why."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click
import msgspec

from streambot.cli.jsonl import BadLines, read_lines, write_line
from streambot.cli.second_look import CommandLook, second_look_option

if TYPE_CHECKING:
    from streambot.domain.mood import MoodReading

_START = datetime(2000, 1, 1, tzinfo=UTC)
#: Seconds from the first line; beyond it no date is left.
_FARTHEST = 1e9


class _Query(msgspec.Struct):
    text: str
    id: str | int | None = None
    user: str | None = None
    t: float | None = None


@click.command()
@second_look_option
def mood(second_look: str) -> None:
    """看情绪：从标准输入读 JSON 行，加上情绪和依据再写出来 · the mood of lines, and why.

    同一个 user 的句子连着看，t 是秒。

    Reads JSON lines {id?, text, user?, t?} and adds mood, level, score, evidence.
    Lines of one user are read in the light of that user's lines before; t is in seconds.
    """
    from streambot.domain.mood import MoodReader, Patience
    from streambot.domain.viewer import ViewerKey

    reader, patience, bad = MoodReader(), Patience(), BadLines()
    look = CommandLook(second_look)
    now = 0.0
    for number, query, fields in read_lines(_Query, bad):
        reading = look.mood(reader, query.text, reader.weigh(query.text))
        now = now if query.t is None else max(-_FARTHEST, min(_FARTHEST, query.t))
        if query.user is not None:
            at = _START + timedelta(seconds=now)
            reading = patience.heard(ViewerKey(query.user), query.text, reading, at)
        fields.setdefault("id", number)
        write_line({**fields, **_told(reading)})
    sys.exit(2 if bad.count else 0)


def _told(reading: MoodReading) -> dict[str, object]:
    return {
        "mood": reading.mood.value,
        "level": None if reading.level is None else reading.level.value,
        "score": reading.score,
        "evidence": [
            {"rule": each.rule, "span": [each.start, each.end], "text": each.text}
            for each in reading.evidence
        ],
    }
