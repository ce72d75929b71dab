"""Make the table of tones the mood reader ships, from the lines in ``tools/data/mood``.

``python -m tools.train_mood`` writes ``streambot/domain/mood/tone.tsv``, the same bytes each time;
``--check`` only tells whether it would change.
"""

from __future__ import annotations

import math
import random
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from streambot.domain.faq.normalise import folded
from streambot.domain.grams import grams, spelled
from tools import gram_table
from tools.gram_table import Example, table, trained

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


def _heading() -> Iterable[str]:
    return (
        "# Made by tools/train_mood.py from tools/data/mood, lines written for this project; MIT.",
        "# Hundredths of a logit, then the characters and pairs (_ is a space) that weigh so.",
        f"# inputs sha256 {fingerprint()}",
    )


def fingerprint() -> str:
    """Of the lines and of the scripts: what the table depends on."""
    scripts = Path(__file__), Path(gram_table.__file__)
    return gram_table.fingerprint((*sorted(LINES.glob("*.txt")), *scripts))


def made() -> str:
    """The table as its lines make it."""
    return table(trained(examples()), _heading())


def main() -> None:
    """Write the table, or check it."""
    text = made()
    if "--check" in sys.argv:
        sys.exit(0 if TABLE.read_text(encoding="utf-8") == text else 1)
    TABLE.write_text(text, encoding="utf-8")
    print(gram_table.size(text))


if __name__ == "__main__":
    main()
