"""Tables of character grams, learned from lines written for this project: logistic regression.

Plain Python, so that no library has a say in the bytes that are written.
"""

from __future__ import annotations

import hashlib
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

EPOCHS = 12
RATE = 0.4
DECAY = 2e-5
#: Grams seen less often, or that weigh less (hundredths), are left out.
SEEN = 2
WEIGHS = 8

#: The grams of a line, whether it is of the kind that is looked for, and what it counts.
Example = tuple[tuple[str, ...], int, float]


def trained(data: Sequence[Example], epochs: int = EPOCHS) -> dict[str, float]:
    """Logistic regression by AdaGrad over grams seen often enough; the bias is the gram ""."""
    seen = Counter(gram for line, _, _ in data for gram in line)
    data = [
        (("", *(gram for gram in line if seen[gram] >= SEEN)), label, weight)
        for line, label, weight in data
    ]
    weights = {gram: 0.0 for line, _, _ in data for gram in line}
    pushed = dict.fromkeys(weights, 1e-2)
    chance = random.Random(7)
    order = list(range(len(data)))
    for _ in range(epochs):
        order.sort(key=lambda _: chance.random())
        for place in order:
            line, label, weight = data[place]
            logit = sum(weights[gram] for gram in line)
            slope = weight * (1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))) - label)
            for gram in line:
                push = slope + DECAY * weights[gram]
                pushed[gram] += push * push
                weights[gram] -= RATE * push / math.sqrt(pushed[gram])
    return weights


def table(weights: dict[str, float], heading: Iterable[str]) -> str:
    """The table's text: one row a weight, what weighs alike beside one another."""
    rows: dict[int, list[str]] = {}
    for gram, weight in sorted(weights.items()):
        hundredths = round(weight * 100)
        if gram and abs(hundredths) >= WEIGHS:
            rows.setdefault(hundredths, []).append(gram.replace(" ", "_"))
    lines = (f"{weight}\t{' '.join(found)}" for weight, found in sorted(rows.items()))
    return "\n".join((*heading, *lines, ""))


def heading(origin: str, inputs: str) -> tuple[str, str, str]:
    """The first lines of a table made by and of *origin*, with the fingerprint of its inputs."""
    return (
        f"# Made by {origin}; MIT.",
        "# Hundredths of a logit, then the characters or words and pairs (_ is a space) that weigh so.",
        f"# inputs sha256 {inputs}",
    )


def fingerprint(script: str, *folders: Path) -> str:
    """Of what a table depends on: the files of *folders*, the *script* that makes it, and this one."""
    digest = hashlib.sha256()
    lines = [file for folder in folders for file in sorted(folder.glob("*.txt"))]
    for file in (*lines, Path(script), Path(__file__)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def settle(made: Mapping[Path, str]) -> None:
    """Write tables and say how large they are; with ``--check`` tell only whether one would change."""
    if "--check" in sys.argv:
        same = all(
            path.read_text(encoding="utf-8") == text for path, text in made.items()
        )
        sys.exit(0 if same else 1)
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")
        grams = text.count(" ") + text.count("\t")
        print(f"{path.name}: {len(text.encode()) // 1000} kB, {grams} grams")
