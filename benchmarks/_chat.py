"""The chat that benchmarks run on: a recorded evening, or the simulator's script without one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from streambot.simulator import demo_lines

ROOT = Path(__file__).resolve().parent.parent
#: Where recorded evenings are when they are there; ``--data`` names another place.
DATA = ROOT.parent / "shared" / "data"
_EVENING = Path("chat") / "evening-b.jsonl"
#: Lines of one viewer where no log says who wrote what; the recorded evening has four.
_LINES_OF_ONE = 4


@dataclass(frozen=True, slots=True)
class Said:
    """One line and who wrote it."""

    user: str
    text: str
    storm: bool = False


def chat(data: Path) -> list[Said]:
    """The lines of the recorded evening in *data*, else the simulator's script."""
    for path in (data / _EVENING, data / _EVENING.name):
        if path.is_file():
            rows = map(json.loads, path.read_text("utf-8").splitlines())
            return [
                Said(row["user"], row["text"], bool(row.get("storm"))) for row in rows
            ]
    return _scripted()


def _scripted() -> list[Said]:
    texts = [
        line
        for name, lines in sorted(vars(demo_lines).items())
        if name.isupper() and isinstance(lines, tuple)
        for line in lines
        if isinstance(line, str)
    ]
    return [
        Said(f"u{number // _LINES_OF_ONE}", text) for number, text in enumerate(texts)
    ]
