"""Make the table of tones the mood reader ships, from the lines in ``tools/data/mood``.

``python -m tools.train_mood`` writes ``streambot/domain/mood/tone.tsv``, the same bytes each time;
``--check`` only tells whether it would change. Plain Python: no library has a say in the bytes.
"""

from __future__ import annotations

import hashlib
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from streambot.domain.faq.normalise import folded
from streambot.domain.mood.tone import grams, spelled

LINES = Path(__file__).parent / "data" / "mood"
TABLE = Path(__file__).parents[1] / "streambot" / "domain" / "mood" / "tone.tsv"
#: Lines drawn from a template at most; together they weigh its square root.
DRAWS = 40
EPOCHS = 12
RATE = 0.4
DECAY = 2e-5
#: Grams seen less often, or that weigh less (hundredths), are left out.
SEEN = 2
WEIGHS = 8
_CHOICE = re.compile(r"\{([^{}]*)\}")

Example = tuple[tuple[str, ...], int, float]


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


def trained(data: list[Example]) -> dict[str, float]:
    """Logistic regression by AdaGrad over grams seen often enough; the bias is the gram ""."""
    seen = Counter(gram for line, _, _ in data for gram in line)
    data = [
        (("", *(gram for gram in line if seen[gram] >= SEEN)), angry, weight)
        for line, angry, weight in data
    ]
    weights = {gram: 0.0 for line, _, _ in data for gram in line}
    pushed = dict.fromkeys(weights, 1e-2)
    chance = random.Random(7)
    order = list(range(len(data)))
    for _ in range(EPOCHS):
        order.sort(key=lambda _: chance.random())
        for place in order:
            line, angry, weight = data[place]
            logit = sum(weights[gram] for gram in line)
            slope = weight * (1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))) - angry)
            for gram in line:
                push = slope + DECAY * weights[gram]
                pushed[gram] += push * push
                weights[gram] -= RATE * push / math.sqrt(pushed[gram])
    return weights


def table(weights: dict[str, float]) -> str:
    """The table's text: one row a weight, what weighs alike beside one another."""
    rows: dict[int, list[str]] = {}
    for gram, weight in sorted(weights.items()):
        hundredths = round(weight * 100)
        if gram and abs(hundredths) >= WEIGHS:
            rows.setdefault(hundredths, []).append(gram.replace(" ", "_"))
    lines = (f"{weight}\t{' '.join(found)}" for weight, found in sorted(rows.items()))
    return "\n".join((*_heading(), *lines, ""))


def _heading() -> Iterable[str]:
    return (
        "# Made by tools/train_mood.py from tools/data/mood, lines written for this project; MIT.",
        "# Hundredths of a logit, then the characters and pairs (_ is a space) that weigh so.",
        f"# inputs sha256 {fingerprint()}",
    )


def fingerprint() -> str:
    """Of the lines and of this script: what the table depends on."""
    digest = hashlib.sha256()
    for file in (*sorted(LINES.glob("*.txt")), Path(__file__)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def main() -> None:
    """Write the table, or check it."""
    made = table(trained(examples()))
    if "--check" in sys.argv:
        sys.exit(0 if TABLE.read_text(encoding="utf-8") == made else 1)
    TABLE.write_text(made, encoding="utf-8")
    print(
        f"{len(made.encode()) // 1000} kB, {made.count(' ') + made.count(chr(9))} grams"
    )


if __name__ == "__main__":
    main()
