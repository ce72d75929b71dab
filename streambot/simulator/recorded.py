"""Recorded logs, `{t,user,text}` a line, as cues for a room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from streambot.errors import UsageError
from streambot.simulator.frames import Viewer
from streambot.simulator.script import Cue, Happens


class _Line(msgspec.Struct, frozen=True):
    t: float
    user: str
    text: str
    storm: bool = False


def recorded_cues(path: Path) -> Iterator[Cue]:
    """Every line of the log, spoken at its second; empty lines are skipped.

    Raises:
        UsageError: the file, or a line of it, can't be read.
    """
    decoder = msgspec.json.Decoder(_Line)
    try:
        with path.open("rb") as file:
            for number, row in enumerate(file, 1):
                if row.strip():
                    yield _cue(path, number, row, decoder)
    except OSError as error:
        raise UsageError(
            f"打不开 {path}：请给 demo 或一个 .jsonl 文件。 "
            f"{path} can't be opened: give demo or a .jsonl file."
        ) from error


def _cue(
    path: Path, number: int, row: bytes, decoder: msgspec.json.Decoder[_Line]
) -> Cue:
    try:
        line = decoder.decode(row)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise UsageError(
            f"{path}:{number} 读不懂，每行应为 {{t,user,text}}。 "
            f"Line {number} of {path} is not {{t,user,text}}: {error}"
        ) from error
    fields = {"text": line.text, "storm": True} if line.storm else {"text": line.text}
    viewer = Viewer(id=line.user, name=line.user)
    act = Happens(kind="spoke", viewer=viewer, fields=fields)
    return Cue(at=line.t, tag="recorded", act=act)
