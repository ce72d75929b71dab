"""Make the table of tones the mood reader ships, from the lines in ``tools/data/mood``.

``python -m tools.train_mood`` writes ``streambot/domain/mood/tone.tsv``, the same bytes each time;
``--check`` only tells whether it would change.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from pathlib import Path

from streambot.domain.faq.normalise import folded
from streambot.domain.grams import grams, spelled
from tools import gram_table
from tools.gram_table import Example, heading, settle, table, trained

LINES = Path(__file__).parent / "data" / "mood"
TABLE = Path(__file__).parents[1] / "streambot" / "domain" / "mood" / "tone.tsv"
#: Lines drawn from a template at most; together they weigh its square root.
DRAWS = 40
_CHOICE = re.compile(r"\{([^{}]*)\}")


def templates(folder: Path = LINES) -> Iterator[tuple[str, int]]:
    """Every template and whether it is angry (1) or calm (0), in a fixed order."""
    for file in sorted(folder.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            if file.stem == "words_en":
                yield line[1:], int(line[0] == "+")
            else:
                yield line, int(file.stem.startswith("angry"))


def drawn(template: str) -> list[str]:
    """Some of the lines a template stands for; the same ones each time."""
    chance = random.Random(template)
    lines = set()
    for _ in range(DRAWS):
        line = template
        while found := _CHOICE.search(line):
            choices = found[1].split("|")
            pick = choices[int(chance.random() * len(choices))]
            line = line[: found.start()] + pick + line[found.end() :]
        lines.add(line)
    return sorted(lines)


def examples() -> list[Example]:
    """The grams of every line drawn, its label and its weight."""
    found = []
    for template, angry in templates():
        lines = drawn(template)
        weight = 1 / math.sqrt(len(lines))
        found += [
            (tuple(sorted(grams(spelled(folded(line))))), angry, weight)
            for line in lines
        ]
    return found


def fingerprint() -> str:
    """Of what the table depends on."""
    return gram_table.fingerprint(LINES, __file__)


def made() -> str:
    """The table as its lines make it."""
    origin = "tools/train_mood.py from tools/data/mood, lines written for this project"
    return table(trained(examples()), heading(origin, fingerprint()))


if __name__ == "__main__":
    settle({TABLE: made()})
